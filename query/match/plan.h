/*
 * query/match/plan.h - from the tree to what the index is asked.
 *
 * FTS5 decides words, phrases, prefixes, fields, AND, OR, NOT and the plain
 * NEAR.  For everything else the plan asks it for a set of articles that is
 * surely large enough, and says so: `verify`.  The text for MATCH is made of
 * quoted terms that the index itself produced; nothing that a person typed
 * is in it.
 *
 *     tree     hlead(opcon w/5 transfer) NOT delay     date:2014
 *     MATCH    (({headline body} : NEAR("opcon" "transfer", 4))
 *              NOT {headline byline captions body} : "delay")
 *     verify   yes, for the lead
 *     days     16071 .. 16435
 *
 * A query that asks for what is not there (NOT x) makes the plan a
 * complement: every article that MATCH does not name.
 */
#ifndef QUERY_PLAN_H
#define QUERY_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "query/language/expr.h"
#include "query/words/leaf.h"

/* A phrase of MATCH. */
struct plan_phrase {
    size_t leaf; /* that it belongs to; SIZE_MAX: it does not score */
    size_t held; /* 0, or a number: it must stand `offset` words after the
                    beginning of phrase held - 1, or that counts for nothing */
    uint32_t offset;
};

struct plan {
    struct buf match;  /* empty: no article */
    bool complement;   /* all but those of `match` */
    bool verify;       /* match.h must decide each candidate */
    bool texts;        /* ... and needs to see the texts for it */
    int64_t first_day; /* of publication, both included */
    int64_t last_day;
    bool dated; /* undated articles are out */
    int64_t words_from;
    int64_t words_to;
    bool measured; /* words_from and words_to are to be looked at */

    /* In FTS5's numbering; what one phrase holds comes right after it. */
    struct plan_phrase *phrase;
    size_t phrases;
    size_t phrase_room;
};

/* `leaves` have their expansions (weigh.h).  A NULL tree asks for all. */
void plan_make(struct plan *plan, const struct expr *expr,
               const struct leaves *leaves);
void plan_release(struct plan *plan);

#endif
