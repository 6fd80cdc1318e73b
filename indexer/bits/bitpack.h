/*
 * indexer/bits/bitpack.h - 128 small numbers, each in as few bits as the
 * largest needs.
 *
 * The numbers are dealt out to eight lanes, so that eight of them are found
 * with one shift, by a processor with wide registers or without:
 *
 *     number       0  1  2 ... 7     lanes 0 ... 7, bits [0, b)
 *                  8  9 10 ... 15    lanes 0 ... 7, bits [b, 2b)
 *                  ...
 *     lane         16 * b bits, in words of 32 bits
 *     bytes        word 0 of lanes 0 ... 7, word 1 of lanes 0 ... 7, ...;
 *                  if b is odd the last words have 16 bits
 *
 * Words are little-endian.  The size is 16 * b bytes, whatever the numbers.
 */
#ifndef INDEXER_BITPACK_H
#define INDEXER_BITPACK_H

#include <stddef.h>
#include <stdint.h>

#define BITPACK_COUNT 128
#define BITPACK_LOOK 64

/* More bits than that are not packed. */
#define BITPACK_BITS_MAX 24

/* How many bits `number` needs; 0 needs none. */
static inline unsigned
bitpack_bits(uint32_t number)
{
    return number ? 32 - (unsigned)__builtin_clz(number) : 0;
}

/* Bytes of a block of `bits` each. */
size_t bitpack_size(unsigned bits);

/* Write bitpack_size(bits) bytes. */
void bitpack_pack(unsigned char *out, const uint32_t number[BITPACK_COUNT],
                  unsigned bits);

/* One number, without unpacking the others. */
uint32_t bitpack_get(const unsigned char *packed, unsigned bits, unsigned i);

/*
 * How to unpack, and to look through numbers, on this processor.  All
 * ways give the same answers; `bits` is at most BITPACK_BITS_MAX.
 */
struct bitpack {
    /* out[i] = base + number[i] */
    void (*plain)(const unsigned char *packed, unsigned bits, uint32_t base,
                  uint32_t out[BITPACK_COUNT]);
    /* out[i] = base + (number[0] + 1) + ... + (number[i] + 1) */
    void (*gaps)(const unsigned char *packed, unsigned bits, uint32_t base,
                 uint32_t out[BITPACK_COUNT]);
    /* Which of BITPACK_LOOK numbers exceed `limit`: a bit for each. */
    uint64_t (*above)(const uint32_t number[BITPACK_LOOK], uint32_t limit);
    /* How many are less, of a block that rises. */
    uint32_t (*below)(const uint32_t number[BITPACK_COUNT], uint32_t limit);
};

/* The portable way. */
const struct bitpack *bitpack_portable(void);

/* The fastest way here. */
const struct bitpack *bitpack_best(void);

#endif
