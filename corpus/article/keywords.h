/*
 * corpus/article/keywords.h - what an article is about, a subject at a time.
 *
 * Publishers state subjects, tags and codes as elements of their own or in one
 * line: "Ferries, Varnholt, medtop:20000065".  Each becomes one of the
 * article's keywords.  What is too long to be a keyword is none, and of what
 * is repeated article_tidy() keeps the first.
 */
#ifndef CORPUS_KEYWORDS_H
#define CORPUS_KEYWORDS_H

#include <stddef.h>

struct article;

/* Append one. */
void keywords_add(struct article *article, const char *text, size_t size);

/* Append those of a line, which are parted by the strongest mark in it: line
 * ends, then semicolons, then bars, then commas of any script. */
void keywords_split(struct article *article, const char *text, size_t size);

#endif
