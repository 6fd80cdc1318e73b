/*
 * SHA-256 by the instructions that newer x86 processors have for it, about
 * six times as fast.  They keep the state in two registers, in the order
 * A B E F and C D G H from the top down, and do two rounds at a time.
 */
#include "indexer/bits/sha256_parts.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <pthread.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

static __m128i
load(const void *at)
{
    return _mm_loadu_si128(at);
}

/* Four words, each from its bytes with the highest first. */
WITH_SHA static __m128i
load_words(const unsigned char *at)
{
    return _mm_shuffle_epi8(
        load(at), _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

/* The next four words of the schedule from the sixteen before. */
WITH_SHA static __m128i
next_words(__m128i a, __m128i b, __m128i c, __m128i d)
{
    __m128i sum =
        _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));

    return _mm_sha256msg2_epu32(sum, d);
}

WITH_SHA static void
add_blocks(uint32_t state[8], const unsigned char *data, size_t blocks)
{
    __m128i low = _mm_shuffle_epi32(load(state), 0xb1);      /* CDAB */
    __m128i high = _mm_shuffle_epi32(load(state + 4), 0x1b); /* EFGH */
    __m128i abef = _mm_alignr_epi8(low, high, 8);
    __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);

    for (; blocks; blocks--, data += 64) {
        __m128i word[16];
        __m128i abef_before = abef;
        __m128i cdgh_before = cdgh;

        for (size_t i = 0; i < 16; i++) {
            __m128i sum;

            word[i] = i < 4 ? load_words(data + 16 * i)
                            : next_words(word[i - 4], word[i - 3], word[i - 2],
                                         word[i - 1]);
            sum = _mm_add_epi32(word[i], load(sha256_constant + 4 * i));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef =
                _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1b);  /* FEBA */
    high = _mm_shuffle_epi32(cdgh, 0xb1); /* DCHG */
    _mm_storeu_si128((__m128i *)(void *)state,
                     _mm_blend_epi16(low, high, 0xf0)); /* DCBA */
    _mm_storeu_si128((__m128i *)(void *)(state + 4),
                     _mm_alignr_epi8(high, low, 8)); /* HGFE */
}

static sha256_blocks fast_blocks;

/* Asked once: in a virtual machine the question is answered by its host,
 * which takes as long as the digests of some hundred keys. */
static void
ask_processor(void)
{
    unsigned a;
    unsigned b;
    unsigned c;
    unsigned d;

    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29) &&
        __builtin_cpu_supports("sse4.1"))
        fast_blocks = add_blocks;
}

sha256_blocks
sha256_fast_blocks(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, ask_processor);
    return fast_blocks;
}

#else

sha256_blocks
sha256_fast_blocks(void)
{
    return NULL;
}

#endif
