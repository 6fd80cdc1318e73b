/*
 * indexer/ranked/ranked_list.h - the articles of a term, block by block, with
 * their impacts and places.
 */
#ifndef INDEXER_RANKED_LIST_H
#define INDEXER_RANKED_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/bits/bitpack.h"
#include "indexer/bits/little_endian.h"
#include "indexer/ranked/ranked_format.h"

struct ranked;

struct ranked_list {
    uint32_t articles;
    uint32_t blocks;
    uint32_t most;   /* largest impact */
    uint32_t kth[3]; /* 10th, 100th, 1000th; 0 if there are not as many */
    const unsigned char *last;    /* columns of the directory; NULL if there */
    const unsigned char *posting; /* is one block only */
    const unsigned char *place;
    const unsigned char *block_most;
    const unsigned char *postings;
    size_t postings_size;
    const unsigned char *places;
    size_t places_size;
    uint64_t term;              /* its number in the dictionary */
    uint32_t forms;             /* in which it is written (ranked_forms.h) */
    const uint32_t *made_docid; /* NULL but for a list made in memory */
    const uint32_t *made_impact;
};

struct ranked_cursor {
    struct ranked *ranked;
    struct ranked_list list;
    uint32_t block;               /* the loaded one; list.blocks if none is */
    uint32_t count;               /* in it */
    const unsigned char *impacts; /* packed, or 16 bits each */
    uint32_t least;
    unsigned impact_bits;
    bool unpacked;
    uint32_t places_at; /* the posting whose places come next, and ... */
    size_t places_bit;  /* ... where; so that neighbours are not skipped
                           over and over */
    uint32_t docid[RANKED_BLOCK];
    uint32_t impact[RANKED_BLOCK];
};

void ranked_start(struct ranked_cursor *cursor, struct ranked *ranked,
                  const struct ranked_list *list);

/* The last docid of a block; of the only block, one that is not before it. */
static inline uint32_t
ranked_last(const struct ranked_list *list, uint32_t block)
{
    return list->last ? le_u32(list->last + (size_t)block * 4) : UINT32_MAX;
}

/* The largest impact in a block. */
static inline uint32_t
ranked_most(const struct ranked_list *list, uint32_t block)
{
    if (!list->last)
        return list->most;
    return le_u16(list->block_most + (size_t)block * 2);
}

/* The first block, not before `from`, that may hold `docid` or one behind it;
 * list->blocks if there is none. */
uint32_t ranked_seek(const struct ranked_list *list, uint32_t from,
                     uint32_t docid);

/* Read the docids of a block; false if it is damaged. */
bool ranked_load_block(struct ranked_cursor *cursor, uint32_t block);

static inline bool
ranked_load(struct ranked_cursor *cursor, uint32_t block)
{
    return cursor->block == block || ranked_load_block(cursor, block);
}

/* The impacts of the loaded block. */
const uint32_t *ranked_unpack(struct ranked_cursor *cursor);

static inline const uint32_t *
ranked_impacts(struct ranked_cursor *cursor)
{
    return cursor->unpacked ? cursor->impact : ranked_unpack(cursor);
}

/* One of them. */
uint32_t ranked_impact(const struct ranked_cursor *cursor, uint32_t i);

/* Where in the loaded block the first docid not before `docid` is; its count
 * if there is none. */
uint32_t ranked_search(const struct ranked_cursor *cursor, uint32_t docid);

/* The places of a term in one article, which count as ranked_format.h says. */
struct ranked_places {
    uint32_t *place; /* `places` of them, rising */
    size_t places;
    size_t room;
    uint32_t *form; /* of each, if it was asked for */
    size_t form_room;
};

/* Of posting i of the loaded block; false if they are damaged. */
bool ranked_places(struct ranked_cursor *cursor, uint32_t i,
                   struct ranked_places *places);

/* The same, and the number of the form at each place. */
bool ranked_formed_places(struct ranked_cursor *cursor, uint32_t i,
                          struct ranked_places *places);

/* Has posting i of the loaded block another form than number 0?  This costs
 * next to nothing. */
bool ranked_is_formed(const struct ranked_cursor *cursor, uint32_t i);
void ranked_places_release(struct ranked_places *places);

/* Add places, in any order; then let them rise, each once. */
void ranked_places_add(struct ranked_places *to,
                       const struct ranked_places *places);
void ranked_places_settle(struct ranked_places *places);

#endif
