#include "indexer/bits/bitpack.h"

#include <string.h>

#include "indexer/bits/little_endian.h"

enum {
    LANES = 8,
    STEPS = BITPACK_COUNT / LANES,
    WORDS_MAX = (STEPS * BITPACK_BITS_MAX + 31) / 32
};

/* Bytes of a row, one word of each lane. */
static const size_t row_size = (size_t)4 * LANES;

size_t
bitpack_size(unsigned bits)
{
    return (size_t)bits * (BITPACK_COUNT / 8);
}

void
bitpack_pack(unsigned char *out, const uint32_t number[BITPACK_COUNT],
             unsigned bits)
{
    uint32_t word[WORDS_MAX + 1][LANES] = {{0}};
    unsigned rows = bits / 2;

    for (unsigned step = 0; step < STEPS; step++) {
        unsigned shift = step * bits % 32;
        uint32_t *low = word[step * bits / 32];
        uint32_t *high = word[step * bits / 32 + 1];

        for (unsigned lane = 0; lane < LANES; lane++)
            low[lane] |= number[step * LANES + lane] << shift;
        if (shift + bits <= 32)
            continue;
        for (unsigned lane = 0; lane < LANES; lane++)
            high[lane] |= number[step * LANES + lane] >> (32 - shift);
    }
    for (unsigned row = 0; row < rows; row++)
        for (unsigned lane = 0; lane < LANES; lane++)
            le_set_u32(out + row * row_size + (size_t)lane * 4,
                       word[row][lane]);
    for (unsigned lane = 0; bits % 2 && lane < LANES; lane++)
        le_set_u16(out + rows * row_size + (size_t)lane * 2, word[rows][lane]);
}

/* The word of a row in one lane; the last row of an odd number of bits is
 * half as wide. */
static uint32_t
word_at(const unsigned char *packed, unsigned bits, unsigned row, unsigned lane)
{
    const unsigned char *at = packed + row * row_size;

    if (bits % 2 && row == bits / 2) {
        at += (size_t)lane * 2;
        return le_u16(at);
    }
    at += (size_t)lane * 4;
    return le_u32(at);
}

uint32_t
bitpack_get(const unsigned char *packed, unsigned bits, unsigned i)
{
    unsigned bit = i / LANES * bits;
    unsigned lane = i % LANES;
    uint64_t word;

    if (!bits)
        return 0;
    word = word_at(packed, bits, bit / 32, lane);
    if (bit % 32 + bits > 32)
        word |= (uint64_t)word_at(packed, bits, bit / 32 + 1, lane) << 32;
    return (uint32_t)(word >> (bit % 32)) & ((1U << bits) - 1);
}

static void
plain_portable(const unsigned char *packed, unsigned bits, uint32_t base,
               uint32_t out[BITPACK_COUNT])
{
    uint32_t word[WORDS_MAX + 1][LANES];
    uint32_t mask = (1U << bits) - 1;
    unsigned rows = (bits + 1) / 2;

    for (unsigned row = 0; row < rows; row++)
        for (unsigned lane = 0; lane < LANES; lane++)
            word[row][lane] = word_at(packed, bits, row, lane);
    memset(word[rows], 0, sizeof(word[rows]));
    for (unsigned step = 0; step < STEPS; step++) {
        unsigned row = step * bits / 32;
        unsigned shift = step * bits % 32;
        const uint32_t *low = word[row];
        const uint32_t *high = word[row + (row < rows)];

        for (unsigned lane = 0; lane < LANES; lane++) {
            uint64_t both = (uint64_t)high[lane] << 32 | low[lane];

            out[step * LANES + lane] =
                base + ((uint32_t)(both >> shift) & mask);
        }
    }
}

static void
gaps_portable(const unsigned char *packed, unsigned bits, uint32_t base,
              uint32_t out[BITPACK_COUNT])
{
    plain_portable(packed, bits, 1, out);
    for (unsigned i = 0; i < BITPACK_COUNT; i++) {
        base += out[i];
        out[i] = base;
    }
}

static uint64_t
above_portable(const uint32_t number[BITPACK_LOOK], uint32_t limit)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < BITPACK_LOOK; i++)
        bits |= (uint64_t)(number[i] > limit) << i;
    return bits;
}

/* No branch depends on what is compared: the processor would guess it wrong
 * half of the time. */
static uint32_t
below_portable(const uint32_t number[BITPACK_COUNT], uint32_t limit)
{
    const uint32_t *low = number;

    for (uint32_t half = BITPACK_COUNT / 2; half > 0; half /= 2)
        low = low[half - 1] < limit ? low + half : low;
    return (uint32_t)(low - number) + (*low < limit);
}

static const struct bitpack portable = {plain_portable, gaps_portable,
                                        above_portable, below_portable};

const struct bitpack *
bitpack_portable(void)
{
    return &portable;
}
