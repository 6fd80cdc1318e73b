#include "indexer/signature.h"

#include <stdbool.h>
#include <string.h>

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

/* Votes on 64 bits.  They are counted in bytes, eight to a word, and now and
 * then moved to where there is room for more. */
struct ballot {
    uint64_t bytes[8];
    uint32_t votes[64];
    uint32_t voters;
};

static void
count_votes(struct ballot *ballot)
{
    for (unsigned bit = 0; bit < 64; bit++)
        ballot->votes[bit] +=
            (uint32_t)(ballot->bytes[bit / 8] >> (bit % 8 * 8) & 0xff);
    memset(ballot->bytes, 0, sizeof(ballot->bytes));
}

static void
vote(struct ballot *ballot, uint64_t hash)
{
    for (unsigned i = 0; i < 8; i++, hash >>= 8) {
        uint64_t low = (hash & 0x7f) * 0x0002040810204081 & 0x0101010101010101;

        ballot->bytes[i] += low | (hash & 0x80) << 49;
    }
    if (++ballot->voters % 255 == 0)
        count_votes(ballot);
}

uint64_t
signature_of(const char *text, size_t size)
{
    struct ballot ballot = {0};
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
        if (before)
            vote(&ballot, scatter(before * 31 + word));
        before = word;
    }
    count_votes(&ballot);
    for (unsigned bit = 0; bit < 64; bit++)
        if (ballot.votes[bit] * 2 > ballot.voters)
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
