/*
 * query/match/plan.h - from the tree to what the index is asked.
 *
 * FTS5 decides words, phrases, prefixes, fields, AND, OR and NOT.  For
 * everything else the plan asks it for a set of articles that is surely large
 * enough, and says so: `verify`.  The text for MATCH is made of quoted terms
 * that the index itself produced; nothing that a person typed is in it.
 *
 *     tree     hlead(opcon w/5 transfer) NOT delay     date:2014
 *     asked    opcon AND transfer in headline and body, NOT delay
 *     MATCH    (({headline body} : "opcon" AND {headline body} : "transfer")
 *              NOT {headline byline captions body} : "delay")
 *     verify   yes, for nearness and the lead
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

enum ask_kind {
    ASK_LEAF, /* a leaf in some columns */
    ASK_AND,
    ASK_OR,
    ASK_NOT
};

/* What the index is asked, as a tree.  Leaves score where all that is above
 * them holds; those on the right of a NOT do not. */
struct ask {
    enum ask_kind kind;
    unsigned fields; /* bits 1u << FIELD_... */
    size_t leaf;
    struct ask *left;
    struct ask *right;
};

struct plan {
    struct ask *ask;   /* NULL: no article */
    struct buf match;  /* the same for FTS5; empty: no article */
    bool complement;   /* all but those of `ask` */
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
