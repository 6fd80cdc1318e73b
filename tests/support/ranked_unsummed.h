/*
 * tests/support/ranked_unsummed.h - a ranked index without the sums of its
 * pages.
 *
 * For whoever changes its bytes to see what becomes of them: what is left is
 * the file as it is while it is made.
 */
#ifndef TESTS_RANKED_UNSUMMED_H
#define TESTS_RANKED_UNSUMMED_H

#include <stddef.h>
#include <string.h>

#include <zlib.h>

#include "indexer/bits/little_endian.h"
#include "indexer/ranked/ranked_format.h"

/* The checksum that the footer needs to be believed. */
static inline void
ranked_seal_footer(unsigned char *data, size_t size)
{
    unsigned char *footer = data + size - RANKED_FOOTER_SIZE;

    le_set_u32(footer + RANKED_FOOTER_CRC,
               (uint32_t)crc32_z(0, footer, RANKED_FOOTER_CRC));
}

/* In place; the size without them. */
static inline size_t
ranked_unsummed(unsigned char *data, size_t size)
{
    unsigned char *footer = data + size - RANKED_FOOTER_SIZE;
    size_t sums = le_u32(footer + RANKED_FOOTER_SUMS);

    if (sums > size - RANKED_FOOTER_SIZE)
        sums = 0;
    memmove(footer - sums, footer, RANKED_FOOTER_SIZE);
    le_set_u32(footer - sums + RANKED_FOOTER_SUMS, 0);
    ranked_seal_footer(data, size - sums);
    return size - sums;
}

#endif
