/*
 * indexer/ranked/ranked_union.h - several posting lists of a segment as one.
 *
 * A word may stand in the index under several terms: typed with accents it
 * also means what is written without, a pattern means every word that fits.
 * To the search it is one word, so its lists are made one, in memory:
 *
 *     one       3:20  7:11
 *     another   3:20        9:15      docid : impact
 *     union     3:31  7:11  9:15
 *
 * The impact of an article that is in several is that of the places of all
 * of them together, each counted once.
 */
#ifndef INDEXER_RANKED_UNION_H
#define INDEXER_RANKED_UNION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/ranked/ranked_list.h"

/* The list, good until ranked_union_release().  It has no places. */
struct ranked_union {
    struct ranked_list list;
    uint32_t *docid; /* list.articles of each */
    uint32_t *impact;
    unsigned char *last; /* columns of the directory: list.blocks of each */
    unsigned char *most;
};

/* Asked now and then; true to stop, with what was united so far. */
typedef bool (*ranked_late)(void *context);

/* Lists of one segment, of the docids [from, to). */
struct ranked_uniting {
    struct ranked *ranked;
    const struct ranked_list *list;
    size_t lists;
    uint32_t from;
    uint32_t to;
    ranked_late late; /* may be NULL */
    void *context;    /* of it */
};

/* Unite them.  Damage is marked as everywhere in ranked.h, and ends a list. */
void ranked_unite(struct ranked_union *out, const struct ranked_uniting *of);

/* Make a list of docids that rise and their impacts, list.articles of each:
 * its directory is what the file would have. */
void ranked_union_seal(struct ranked_union *out);
void ranked_union_release(struct ranked_union *united);

#endif
