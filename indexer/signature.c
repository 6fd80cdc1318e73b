#include "indexer/signature.h"

#include <stdbool.h>

/* A letter, figure or byte of a longer character; punctuation and case make
 * no difference between two copies of a text. */
static bool
is_word_byte(unsigned char byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 32) >= 'a' && (byte | 32) <= 'z');
}

/* The finaliser of SplitMix64: every bit of the input reaches every other. */
static uint64_t
scatter(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

static void
vote(int32_t votes[64], uint64_t hash)
{
    for (unsigned bit = 0; bit < 64; bit++)
        votes[bit] += (int32_t)((hash >> bit) & 1);
}

uint64_t
signature_of(const char *text, size_t size)
{
    int32_t votes[64] = {0};
    int32_t pairs = 0;
    uint64_t before = 0;
    uint64_t signature = 0;
    size_t at = 0;

    while (at < size) {
        uint64_t word = 0xcbf29ce484222325;
        size_t start = at;

        while (at < size && is_word_byte((unsigned char)text[at])) {
            word = (word ^ ((unsigned char)text[at] | 32u)) * 0x100000001b3;
            at++;
        }
        if (at == start) {
            at++;
            continue;
        }
        if (before) {
            vote(votes, scatter(before * 31 + word));
            pairs++;
        }
        before = word;
    }
    for (unsigned bit = 0; bit < 64; bit++)
        if (votes[bit] * 2 > pairs)
            signature |= (uint64_t)1 << bit;
    return signature;
}

int
signature_distance(uint64_t a, uint64_t b)
{
    int differing = 0;

    for (uint64_t rest = a ^ b; rest; rest &= rest - 1)
        differing++;
    return differing;
}
