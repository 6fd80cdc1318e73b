/*
 * indexer/bits/varint.h - numbers as SQLite writes them: seven bits a byte, the
 * most significant first, and 0x80 in all but the last
 * (https://www.sqlite.org/fileformat2.html#varint).
 */
#ifndef INDEXER_VARINT_H
#define INDEXER_VARINT_H

#include <stdint.h>

#define VARINT_SIZE_MAX 9

unsigned char *varint_put_long(unsigned char *out, uint64_t number);

/* Append a number: the next byte's address.  `out` has room for
 * VARINT_SIZE_MAX. */
static inline unsigned char *
varint_put(unsigned char *out, uint64_t number)
{
    if (number >= 0x80)
        return varint_put_long(out, number);
    *out = (unsigned char)number;
    return out + 1;
}

/* The address behind a number; NULL if it does not end before `end`, or needs
 * the ninth byte, which is of another kind and of no size or distance. */
const unsigned char *varint_get(const unsigned char *at,
                                const unsigned char *end, uint64_t *number);

#endif
