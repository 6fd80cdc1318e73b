/*
 * query/spelling/candidates.h - strings, each with a number, as they are met.
 *
 * The terms that a pattern may stand for come segment by segment, and so do
 * the words that fit it; each is wanted once.
 *
 *     at = candidates_find(&terms, "opcon", 5);
 *     terms.item[at].count += 17;
 *     candidates_sort(&terms, 200);      the 200 with the most come first
 */
#ifndef QUERY_CANDIDATES_H
#define QUERY_CANDIDATES_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/hash_table.h"

struct candidate {
    char *text;
    uint64_t count; /* 0 when it is new */
};

struct candidates {
    struct candidate *item; /* `count`, in the order in which they came */
    size_t count;
    size_t room;
    struct hash_table table; /* of their numbers */
};

/* Where the string is in `item`; it is put there if it is new. */
size_t candidates_find(struct candidates *candidates, const char *text,
                       size_t size);

/* Put the `most` items with the largest counts first, those in order; of two
 * with the same count, by their bytes.  Nothing can be found after that. */
void candidates_sort(struct candidates *candidates, size_t most);

void candidates_release(struct candidates *candidates);

#endif
