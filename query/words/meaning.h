/*
 * query/words/meaning.h - what a person wants who types some words.
 *
 * Words with nothing but blanks between them are the one part of the language
 * that is not taken literally:
 *
 *     what is opcon?    opcon; small words go, if others stay
 *     opcon transfer    both; if no article has both, either
 *     three words       all of them; if not even a page of articles has them
 *                       all, any
 *     four or more      any of them, best matches first, and the words by
 *                       which people ask go (request_words.h)
 *
 * Searching for all words of a long question finds next to nothing, and for
 * any of two words far too much; measured on collections of questions and on
 * what people type.  Phrases, +words, fields and operators in the same list
 * always hold.
 */
#ifndef QUERY_MEANING_H
#define QUERY_MEANING_H

#include <stdbool.h>
#include <stddef.h>

#include "query/language/expr.h"
#include "query/words/leaf.h"

/* From so many words on, any of them will do. */
#define MEANING_MANY_WORDS 4

/* Of three words: so many articles with all of them will do. */
#define MEANING_PAGE 10

/* What of a list of words must be found. */
enum meaning_hold {
    MEANING_ALL,  /* what is said above */
    MEANING_ANY,  /* no list asks for all of its words */
    MEANING_LEAST /* and small words count as any */
};

/*
 * The tree to search for, a copy; NULL if nothing is left of it.  `*loose` says
 * whether any list does not.  If one still does, `*enough` is how many articles
 * must be found for that to stay so; else it is 0.
 */
struct expr *meaning_of(const struct expr *typed, struct leaves *leaves,
                        enum meaning_hold hold, bool *loose, size_t *enough);

#endif
