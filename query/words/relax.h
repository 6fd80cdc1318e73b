/*
 * query/words/relax.h - the same question, asking for a little less.
 *
 * When nothing is found, a person wants to know which part of the query is to
 * blame, and what would be found without it.  Each way of asking for less is
 * a tree of its own:
 *
 *     typed      hd:(opcon w/5 transfer) delay date:2014
 *     without    hd:(opcon w/5 transfer)      -> delay date:2014
 *     instead    (opcon w/5 transfer)         -> ... in the whole article
 *     instead    hd:(opcon AND transfer)      -> ... anywhere in it
 *     without    delay, without date:2014
 *
 * Words that the archive does not have at all are left out together, first,
 * and from every other way.
 * Whether a way leads anywhere is for the caller to find out.
 */
#ifndef QUERY_RELAX_H
#define QUERY_RELAX_H

#include <stdbool.h>
#include <stddef.h>

#include "query/language/expr.h"
#include "query/words/leaf.h"

/* More would not be read. */
#define RELAX_MOST 12

struct relaxed {
    struct expr *expr;
    struct buf part;    /* what was asked for, in canonical form */
    struct buf instead; /* what is asked for now; empty: nothing */
};

struct relaxations {
    struct relaxed way[RELAX_MOST];
    size_t count;
    bool absent; /* the first leaves out what no article has: if it leads
                    anywhere, the others lead too far */
};

/* `leaves` are those of the tree, with their articles counted. */
void relax(struct relaxations *ways, const struct expr *typed,
           const struct leaves *leaves);

/* If nothing of that helps: all the words, wherever they stand, and each of
 * them alone. */
void relax_to_words(struct relaxations *ways, const struct leaves *leaves);

void relaxations_release(struct relaxations *ways);

#endif
