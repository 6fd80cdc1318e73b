/*
 * corpus/intake/parcel.h - an article as bytes, and back.
 *
 * Parcels go from a worker to its parent on the same machine and are never
 * stored.  Whoever unpacks one trusts nothing in it: a worker that was taken
 * over by a file can write what it likes, so lengths, numbers and text are
 * all looked at, and what unpacking costs goes by the size of the parcel.
 */
#ifndef CORPUS_PARCEL_H
#define CORPUS_PARCEL_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/list.h"

/* Names of rules as strings that stay, and the last one of each member. */
struct parcel_rules {
    struct list names;
    const char *last[MEMBER_COUNT];
};

#define PARCEL_RULES_INIT ((struct parcel_rules){.names = LIST_INIT})

/* Append the article to `out`. */
void parcel_pack(struct buf *out, const struct article *article);

/*
 * Fill `article`, which is cleared first, from exactly `size` bytes.  The
 * names of its rules are kept in `rules`, which has to live as long as the
 * article is used.  False if the bytes are no article.
 */
bool parcel_unpack(struct article *article, struct parcel_rules *rules,
                   const char *data, size_t size);

#endif
