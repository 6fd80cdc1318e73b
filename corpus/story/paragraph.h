/*
 * corpus/story/paragraph.h - plain text to paragraphs.
 *
 * Text arrives in two ways: a line is a paragraph, or lines were broken at
 * some width and a blank line or an indent makes the paragraph:
 *
 *     Showers continued throughout the week in
 *     the Bahia cocoa zone.
 *         The dry period means that ...
 *
 * Which of them it is, is told from the lengths of the lines.
 */
#ifndef CORPUS_PARAGRAPH_H
#define CORPUS_PARAGRAPH_H

#include <stddef.h>

struct article;

/* Add the paragraphs of `text` to the article's body. */
void paragraph_split(struct article *article, const char *text, size_t size);

#endif
