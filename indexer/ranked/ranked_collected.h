/*
 * indexer/ranked/ranked_collected.h - the postings of a term as they were
 * collected, before they become a list.
 *
 * A term has a byte string in each run that it was met in:
 *
 *     for each article   varint id less the id before (from 0)
 *                        varint distance of each place from the one before
 *                        (from -1), plus 1
 *                        0
 *
 * A distance of 0 is a term that came twice at one position, of which FTS5
 * keeps count and the ranked index does not.
 */
#ifndef INDEXER_RANKED_COLLECTED_H
#define INDEXER_RANKED_COLLECTED_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "indexer/archive/field.h"

/* An article; that of id N is at N - 1. */
struct ranked_article {
    int64_t published;
    uint32_t length[FIELD_COUNT];
};

/* One term out of all runs. */
struct merged {
    const char *term; /* good until the next */
    size_t term_size;
    struct buf spelled;
    struct buf data; /* its byte strings, one run after the other */
    size_t *end;     /* where each ends */
    size_t strings;
    size_t string_room;
};

#define MERGED_INIT ((struct merged){.spelled = BUF_INIT, .data = BUF_INIT})

/* A number of a byte string. */
static inline uint32_t
ranked_take_varint(const char **at)
{
    uint32_t number = 0;
    unsigned shift = 0;
    unsigned char byte;

    do {
        byte = (unsigned char)*(*at)++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return number;
}

#endif
