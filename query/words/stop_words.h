/*
 * query/words/stop_words.h - the small words of questions and titles.
 */
#ifndef QUERY_STOP_WORDS_H
#define QUERY_STOP_WORDS_H

#include <stdbool.h>

/* Is it one of them?  Folded. */
bool is_stop_word(const char *folded);

#endif
