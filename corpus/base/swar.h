/*
 * corpus/base/swar.h - looking at eight bytes of text at a time.
 *
 * A mask has the highest bit of a byte set where a byte of the word fits and
 * no other bit; the first byte of the text is the lowest of the word, on any
 * machine.  The method is Lamport's "Multiple Byte Processing with Full-Word
 * Instructions" (1975); everything here is exact for all bytes.
 */
#ifndef CORPUS_SWAR_H
#define CORPUS_SWAR_H

#include <stdint.h>
#include <string.h>

#define SWAR_ONES UINT64_C(0x0101010101010101)
#define SWAR_HIGH UINT64_C(0x8080808080808080)

static inline uint64_t
swar_load(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void
swar_store(char *text, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(text, &word, sizeof(word));
}

/* Bytes from `low` to `high`, which are ASCII and not NUL. */
static inline uint64_t
swar_between(uint64_t word, unsigned char low, unsigned char high)
{
    uint64_t seven = word & ~SWAR_HIGH;
    uint64_t least = seven + SWAR_ONES * (0x80u - low);
    uint64_t above = seven + SWAR_ONES * (0x7fu - high);

    return least & ~above & ~word & SWAR_HIGH;
}

/* How many bytes stand before the first that a mask names; 8 if none does. */
static inline unsigned
swar_first(uint64_t mask)
{
    return mask ? (unsigned)__builtin_ctzll(mask) / 8 : 8;
}

/* How many bytes a mask names. */
static inline unsigned
swar_count(uint64_t mask)
{
    return (unsigned)((mask >> 7) * SWAR_ONES >> 56);
}

#endif
