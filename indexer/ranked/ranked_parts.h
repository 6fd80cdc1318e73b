/*
 * indexer/ranked/ranked_parts.h - what the parts of the ranked index's reader
 * share.
 *
 *     ranked.c        the file, its footer, its articles
 *     ranked_room.c   how much of it is mapped
 *     ranked_sums.c   whether its bytes are those that were written
 *     ranked_terms.c  the dictionary
 *     ranked_forms.c  how the terms are written
 *     ranked_list.c   head, blocks and places of a list
 *     ranked_sentences.c  where the sentences of an article begin
 *     ranked_pairs.c  which common words follow which
 */
#ifndef INDEXER_RANKED_PARTS_H
#define INDEXER_RANKED_PARTS_H

#include "indexer/bits/little_endian.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_format.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_room.h"

enum {
    RANKED_SHORT = 512 /* bytes */
};

struct ranked {
    void *map; /* NULL if the bytes are somebody else's */
    const unsigned char *data;
    size_t size;
    const unsigned char *dictionary;
    const unsigned char *forms;
    const unsigned char *group;
    const unsigned char *sentences;
    const unsigned char *article;
    uint64_t lists_size; /* they begin at `data` */
    uint64_t dictionary_size;
    uint64_t forms_size;
    uint64_t sentences_size;
    uint64_t groups;
    uint64_t terms;
    uint32_t articles;
    uint64_t total[FIELD_TEXT_COUNT];
    bool damaged;
    /* sums; NULL and 0 while the file is made */
    const unsigned char *sum;
    size_t summed;           /* bytes that have any */
    unsigned char *compared; /* a bit for each page whose sum was looked at */
    size_t sound_from;       /* bytes that were lately */
    size_t sound_to;
    /* pairs; no words if there are none */
    const unsigned char *pair_lists;
    uint64_t pair_lists_size;
    const unsigned char *pair_start;
    const unsigned char *pair_row;
    const unsigned char *pair_bits;
    const unsigned char *pair_word;
    uint32_t pair_words;
    uint32_t pairs;
    uint32_t pair_articles; /* each of the words is in so many, at least */
    const struct bitpack *bitpack;

    /* NULL unless it shares a room: a bit for each window that was touched. */
    unsigned char *touched;
    size_t last_window;
    struct ranked_room *room;
    struct ranked *next; /* in the room */
};

void ranked_touch_window(struct ranked *ranked, size_t window);

/* Compare the pages of these bytes with their sums, each once. */
void ranked_compare(struct ranked *ranked, size_t from, size_t to);

/* These bytes are about to be read. */
static inline void
ranked_touch_all(struct ranked *ranked, const void *at, size_t size)
{
    size_t from = (size_t)((const unsigned char *)at - ranked->data);

    if (from < ranked->sound_from || from + size > ranked->sound_to)
        ranked_compare(ranked, from, from + size);
    if (ranked->touched) {
        size_t window = (uintptr_t)at / RANKED_WINDOW -
                        (uintptr_t)ranked->data / RANKED_WINDOW;

        if (window != ranked->last_window)
            ranked_touch_window(ranked, window);
    }
}

/* The same of what is short, as a number or a term with what belongs to it. */
static inline void
ranked_touch(struct ranked *ranked, const void *at)
{
    ranked_touch_all(ranked, at, RANKED_SHORT);
}

/* A number of a group's. */
static inline uint64_t
ranked_group_u64(struct ranked *ranked, uint64_t group, size_t offset)
{
    const unsigned char *at =
        ranked->group + group * RANKED_GROUP_SIZE + offset;

    ranked_touch(ranked, at);
    return le_u64(at);
}

/* `size` bytes of sums behind all that the footer is not; false if there are
 * not as many as there must be. */
bool ranked_open_sums(struct ranked *ranked, size_t size);
void ranked_close_sums(struct ranked *ranked);

/* Out of the room that it shares, if any. */
void ranked_leave_room(struct ranked *ranked);

/* Everything before the postings of a list; false if it is damaged. */
bool ranked_head(struct ranked *ranked, const unsigned char *at, size_t size,
                 struct ranked_list *list);

/* A term of the dictionary. */
struct ranked_term {
    char text[256];
    size_t size;
};

/* Term number `number` and its list; false if it is damaged, or not there. */
bool ranked_term(struct ranked *ranked, uint64_t number,
                 struct ranked_term *term, struct ranked_list *list);

/* Take the pairs that are in `size` bytes at `at`; false if they are cut. */
bool ranked_open_pairs(struct ranked *ranked, const unsigned char *at,
                       size_t size);

/* A varint that ends before `end`; false if it does not, or is too large. */
static inline bool
ranked_varint(const unsigned char **at, const unsigned char *end,
              uint32_t *number)
{
    uint64_t sum = 0;

    for (unsigned shift = 0; shift < 35 && *at < end; shift += 7) {
        unsigned char byte = *(*at)++;

        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            *number = (uint32_t)sum;
            return sum <= UINT32_MAX;
        }
    }
    return false;
}

#endif
