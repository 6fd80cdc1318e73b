/*
 * corpus/story/language_table.h - what language.c knows of languages: the
 * commonest words of each and the commonest groups of three letters.
 *
 * language_table.c is made by tools/language_table from texts that Debian has
 * in many languages; who wants another language adds it there.
 */
#ifndef CORPUS_LANGUAGE_TABLE_H
#define CORPUS_LANGUAGE_TABLE_H

#include <stddef.h>

#include "corpus/story/script.h"

struct language_row {
    char code[3];
    enum script script;
    int fit;            /* what a group of letters in it weighs on the average,
                           with its share of the words */
    const char *groups; /* commonest first, a blank between two; '_' is the
                           beginning or the end of a word */
    const char *words;
};

extern const struct language_row language_table[];
extern const size_t language_rows;

enum {
    LANGUAGE_RANKS = 9
};

/* What it says for a language that a group or word has this rank there: of
 * rank 1, 2 and 3, 4 to 7, 8 to 15 and so on, in sixteenths of a nat above one
 * that is not among its commonest. */
extern const unsigned char language_group_weight[LANGUAGE_RANKS];
extern const unsigned char language_word_weight[LANGUAGE_RANKS];

#endif
