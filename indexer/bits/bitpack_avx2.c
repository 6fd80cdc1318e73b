/*
 * Unpacking with registers of eight numbers.  The number of bits is a
 * constant in each of the 24 copies of the loop, so that the compiler lays it
 * out straight, without a branch: 128 numbers take about 40 instructions.
 */
#include "indexer/bits/bitpack.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE_AVX2 static inline __attribute__((always_inline, target("avx2")))

enum {
    STEPS = BITPACK_COUNT / 8
};

INLINE_AVX2 __m256i
load_row(const unsigned char *packed, unsigned bits, unsigned row)
{
    const void *at = packed + (size_t)row * 32;

    if (bits % 2 && row == bits / 2)
        return _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)at));
    return _mm256_loadu_si256((const __m256i *)at);
}

INLINE_AVX2 __m256i
unpack_step(const unsigned char *packed, unsigned bits, unsigned step)
{
    unsigned row = step * bits / 32;
    unsigned shift = step * bits % 32;
    __m256i word = _mm256_srli_epi32(load_row(packed, bits, row), (int)shift);

    if (shift + bits > 32)
        word = _mm256_or_si256(
            word, _mm256_slli_epi32(load_row(packed, bits, row + 1),
                                    (int)(32 - shift)));
    return _mm256_and_si256(word, _mm256_set1_epi32((int)((1U << bits) - 1)));
}

INLINE_AVX2 void
store(uint32_t *out, __m256i numbers)
{
    _mm256_storeu_si256((__m256i *)(void *)out, numbers);
}

INLINE_AVX2 void
plain_bits(const unsigned char *packed, unsigned bits, uint32_t base,
           uint32_t *out)
{
    __m256i add = _mm256_set1_epi32((int)base);

#pragma GCC unroll 16
    for (unsigned i = 0; i < STEPS; i++)
        store(out + (size_t)i * 8,
              _mm256_add_epi32(add, unpack_step(packed, bits, i)));
}

INLINE_AVX2 void
gaps_bits(const unsigned char *packed, unsigned bits, uint32_t base,
          uint32_t *out)
{
    __m256i carry = _mm256_set1_epi32((int)base);
    const __m256i ranks = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8);
    const __m256i last = _mm256_set1_epi32(7);
    const __m256i low_last = _mm256_setr_epi32(3, 3, 3, 3, 3, 3, 3, 3);
    const __m256i high = _mm256_setr_epi32(0, 0, 0, 0, -1, -1, -1, -1);

#pragma GCC unroll 16
    for (unsigned i = 0; i < STEPS; i++) {
        __m256i x = unpack_step(packed, bits, i);

        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
        x = _mm256_add_epi32(
            x,
            _mm256_and_si256(_mm256_permutevar8x32_epi32(x, low_last), high));
        x = _mm256_add_epi32(_mm256_add_epi32(x, ranks), carry);
        store(out + (size_t)i * 8, x);
        carry = _mm256_permutevar8x32_epi32(x, last);
    }
}

/* clang-format 14 changes its mind about this one each time. */
/* clang-format off */
#define WIDTHS(USE)                                         \
    USE(0) USE(1) USE(2) USE(3) USE(4) USE(5) USE(6)        \
    USE(7) USE(8) USE(9) USE(10) USE(11) USE(12) USE(13)    \
    USE(14) USE(15) USE(16) USE(17) USE(18) USE(19) USE(20) \
    USE(21) USE(22) USE(23) USE(24)
/* clang-format on */

#define DEFINE(b)                                                          \
    AVX2 static void plain_##b(const unsigned char *packed, uint32_t base, \
                               uint32_t *out)                              \
    {                                                                      \
        plain_bits(packed, b, base, out);                                  \
    }                                                                      \
    AVX2 static void gaps_##b(const unsigned char *packed, uint32_t base,  \
                              uint32_t *out)                               \
    {                                                                      \
        gaps_bits(packed, b, base, out);                                   \
    }
WIDTHS(DEFINE)

typedef void unpack_fixed(const unsigned char *packed, uint32_t base,
                          uint32_t *out);

#define PLAIN_NAME(b) plain_##b,
#define GAPS_NAME(b) gaps_##b,

static void
plain_avx2(const unsigned char *packed, unsigned bits, uint32_t base,
           uint32_t out[BITPACK_COUNT])
{
    static unpack_fixed *const width[] = {WIDTHS(PLAIN_NAME)};

    width[bits](packed, base, out);
}

static void
gaps_avx2(const unsigned char *packed, unsigned bits, uint32_t base,
          uint32_t out[BITPACK_COUNT])
{
    static unpack_fixed *const width[] = {WIDTHS(GAPS_NAME)};

    width[bits](packed, base, out);
}

/* There is no comparison of numbers without a sign, but a maximum. */
INLINE_AVX2 __m256i
at_least(const uint32_t *number, __m256i limit)
{
    __m256i eight = _mm256_loadu_si256((const __m256i *)(const void *)number);

    return _mm256_cmpeq_epi32(_mm256_max_epu32(eight, limit), eight);
}

AVX2 static uint64_t
above_avx2(const uint32_t number[BITPACK_LOOK], uint32_t limit)
{
    __m256i least = _mm256_set1_epi32((int)(limit + 1));
    uint64_t bits = 0;

    if (limit == UINT32_MAX)
        return 0;
    for (unsigned i = 0; i < BITPACK_LOOK / 8; i++)
        bits |= (uint64_t)(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(
                    at_least(number + (size_t)i * 8, least)))
                << (i * 8);
    return bits;
}

/* To look at all of them takes less than to halve seven times, each time
 * waiting for what is read. */
AVX2 static uint32_t
below_avx2(const uint32_t number[BITPACK_COUNT], uint32_t limit)
{
    __m256i least = _mm256_set1_epi32((int)limit);
    __m256i sum[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    uint64_t bits;

    for (unsigned i = 0; i < STEPS; i++)
        sum[i % 2] = _mm256_add_epi32(sum[i % 2],
                                      at_least(number + (size_t)i * 8, least));
    /* Each lane counts down to -16 at most; add them up as bytes. */
    sum[0] = _mm256_sub_epi32(_mm256_setzero_si256(),
                              _mm256_add_epi32(sum[0], sum[1]));
    sum[0] = _mm256_sad_epu8(sum[0], _mm256_setzero_si256());
    bits = (uint64_t)_mm256_extract_epi64(sum[0], 0) +
           (uint64_t)_mm256_extract_epi64(sum[0], 1) +
           (uint64_t)_mm256_extract_epi64(sum[0], 2) +
           (uint64_t)_mm256_extract_epi64(sum[0], 3);
    return BITPACK_COUNT - (uint32_t)bits;
}

static const struct bitpack avx2 = {plain_avx2, gaps_avx2, above_avx2,
                                    below_avx2};

const struct bitpack *
bitpack_best(void)
{
    return __builtin_cpu_supports("avx2") ? &avx2 : bitpack_portable();
}

#else

const struct bitpack *
bitpack_best(void)
{
    return bitpack_portable();
}

#endif
