/*
 * indexer/ranked/ranked.h - reading the ranked index of a segment.
 *
 * The file (drawn in impact.h) is mapped; looking up a term touches the few
 * pages that the answer is on.  Nothing in it is believed: what would lead
 * out of it, or out of order, sets `damaged`, and the term then has no more
 * articles.  Whoever searches asks ranked_damaged() once at the end.
 *
 *     struct ranked_list list;
 *     struct ranked_cursor cursor;
 *
 *     if (ranked_find(ranked, "opcon", 5, &list)) {
 *         ranked_start(&cursor, ranked, &list);
 *         for (uint32_t b = 0; b < list.blocks && ranked_load(&cursor, b); b++)
 *             for (uint32_t i = 0; i < cursor.count; i++)
 *                 ... cursor.rank[i], ranked_impacts(&cursor)[i] ...
 *     }
 *
 * Ranks: 0 is the newest article of the segment, whose number is the number
 * of articles; see ranked_number().
 */
#ifndef INDEXER_RANKED_H
#define INDEXER_RANKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"
#include "indexer/bits/bitpack.h"
#include "indexer/bits/little_endian.h"

#define RANKED_BLOCK 128

struct ranked;

/*
 * Map the file.  `bytes` is its size by the manifest.
 *
 * STATUS_ABSENT: no such file.  STATUS_VERSION: of another version; the
 * sentence says what to do.  STATUS_DAMAGED: not a ranked index, or cut.
 */
enum status ranked_open(struct ranked **ranked, const char *path,
                        uint64_t bytes, struct error *err);

/* The same of bytes in memory, which must outlive it: for the fuzzer. */
enum status ranked_open_bytes(struct ranked **ranked, const void *data,
                              size_t size, struct error *err);
void ranked_close(struct ranked *ranked);

/*
 * Pages of a mapped file that have been touched count as memory of the
 * process, though the system could take them back at any time.  A room keeps
 * those of several files together below a limit, roughly: when it is reached,
 * all of them are let go, and touched anew as they are needed.  The system
 * maps what is around a touched page with it, so windows are counted.
 */
#define RANKED_WINDOW 65536

struct ranked_room {
    size_t limit; /* windows */
    size_t used;
    struct ranked *first;
};

/* The room must outlive the file, which is in no other. */
void ranked_share(struct ranked *ranked, struct ranked_room *room);

/* Unpack in the portable way, for tests; the answers are the same. */
void ranked_use(struct ranked *ranked, const struct bitpack *bitpack);

const struct bitpack *ranked_used(const struct ranked *ranked);

bool ranked_damaged(const struct ranked *ranked);
uint32_t ranked_articles(const struct ranked *ranked);
uint64_t ranked_terms(const struct ranked *ranked);

/* The article's number in SQLite. */
int64_t ranked_number(const struct ranked *ranked, uint32_t rank);

/* IMPACT_UNDATED (impact.h) if it has no date. */
int64_t ranked_published(struct ranked *ranked, uint32_t rank);
void ranked_lengths(struct ranked *ranked, uint32_t rank,
                    uint32_t length[FIELD_TEXT_COUNT]);

/*
 * The ranks of the articles published from `first` to `last`, both included:
 * [*from, *to).  Undated ones are in no range.
 */
void ranked_range(struct ranked *ranked, int64_t first, int64_t last,
                  uint32_t *from, uint32_t *to);

/* --- terms --- */

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
};

/* False, and an empty list, if the term is not there. */
bool ranked_find(struct ranked *ranked, const char *term, size_t size,
                 struct ranked_list *list);

/* One of many lists to be found. */
struct ranked_wanted {
    struct ranked *ranked;
    const char *term;
    size_t size;
    struct ranked_list *list; /* empty if the term is not there */
    uint64_t low;             /* these are the search's own */
    uint64_t high;
    uint32_t bytes;
};

/* The same as ranked_find() of each; what one waits for from memory is on its
 * way while others are looked at. */
void ranked_find_all(struct ranked_wanted *wanted, size_t count);

/*
 * Every term that begins with `prefix`, in byte order, with the number of its
 * articles, until `see` returns false.  The term is valid during the call.
 */
typedef bool (*ranked_see)(void *context, const char *term, size_t size,
                           uint32_t articles);
void ranked_words(struct ranked *ranked, const char *prefix, size_t size,
                  ranked_see see, void *context);

/*
 * Every term from `from` on in byte order, but those that it is no use to
 * look at: `look` returns 0 to go on with the next, SIZE_MAX to stop, or how
 * many bytes of the term no other one should begin with.  To pass over many
 * costs a search in the dictionary.
 */
struct ranked_here;
typedef size_t (*ranked_look)(void *context, const struct ranked_here *here,
                              const char *term, size_t size);

/* During the call: how many articles have the term. */
uint32_t ranked_articles_here(const struct ranked_here *here);

void ranked_browse(struct ranked *ranked, const char *from, size_t size,
                   ranked_look look, void *context);

/* What is known of two words standing in a row. */
enum ranked_row {
    ROW_UNKNOWN, /* see their places */
    ROW_NEVER,   /* in no article */
    ROW_LIST     /* in those of a list, which has no places */
};

/* Of two lists of ranked_find(); `row` is set if there is a list. */
enum ranked_row ranked_row(struct ranked *ranked, const struct ranked_list *one,
                           const struct ranked_list *two,
                           struct ranked_list *row);

/* --- postings --- */

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
    uint32_t rank[RANKED_BLOCK];
    uint32_t impact[RANKED_BLOCK];
};

void ranked_start(struct ranked_cursor *cursor, struct ranked *ranked,
                  const struct ranked_list *list);

/* The last rank of a block; of the only block, one that is not before it. */
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

/* The first block, not before `from`, that may hold `rank` or one behind it;
 * list->blocks if there is none. */
uint32_t ranked_seek(const struct ranked_list *list, uint32_t from,
                     uint32_t rank);

/* Read the ranks of a block; false if it is damaged. */
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

/* Where in the loaded block the first rank not before `rank` is; its count
 * if there is none. */
uint32_t ranked_search(const struct ranked_cursor *cursor, uint32_t rank);

/* The places of a term in one article, which count as impact.h says. */
struct ranked_places {
    uint32_t *place; /* `places` of them, rising */
    size_t places;
    size_t room;
};

/* Of posting i of the loaded block; false if they are damaged. */
bool ranked_places(struct ranked_cursor *cursor, uint32_t i,
                   struct ranked_places *places);
void ranked_places_release(struct ranked_places *places);

#endif
