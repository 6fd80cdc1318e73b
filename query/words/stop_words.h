/*
 * query/words/stop_words.h - the small words of questions and titles.
 *
 * Each language has its own: German "die" is none in English.
 */
#ifndef QUERY_STOP_WORDS_H
#define QUERY_STOP_WORDS_H

#include <stdbool.h>

/* Is it one of them in this language, an ISO 639-1 code?  Folded. */
bool is_stop_word(const char *language, const char *folded);

#endif
