/*
 * corpus/html/html_words.h - the words of classes and ids, and what they say.
 */
#ifndef CORPUS_HTML_WORDS_H
#define CORPUS_HTML_WORDS_H

#include <stdint.h>

/* The traits of one word in lower case; 0 for a word that says nothing. */
uint32_t html_word_traits(const char *word);

#endif
