#include "indexer/stored/signature.h"

#include <stdbool.h>
#include <string.h>

/* FNV-1a over the bytes of a word. */
#define HASH_START UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME UINT64_C(0x100000001b3)

/* 1 for a letter, figure or byte of a longer character: punctuation and case
 * make no difference between two copies of a text. */
static unsigned
is_word_byte(unsigned byte)
{
    return (byte >> 7) | (byte - '0' < 10) | ((byte | 32) - 'a' < 26);
}

/* The finaliser of SplitMix64: every bit of the input reaches every other. */
static uint64_t
scatter(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

/*
 * Votes on 64 bits.  Sums are kept crosswise, a word for all their ones, a
 * word for all their twos and so on: eight votes are added to them by full
 * adders (Harley and Seal's, as for counting bits), and only the carries, of
 * which each is worth eight votes, are counted one by one; in bytes, eight to
 * a word, which now and then move to where there is room for more.
 */
struct ballot {
    uint64_t held[8]; /* votes that wait for the others */
    uint64_t ones;
    uint64_t twos;
    uint64_t fours;
    uint64_t bytes[8];
    uint32_t votes[64];
    uint32_t voters;
};

/* Bit 0 of each byte, where the bit of `bits` is set. */
static uint64_t
spread(uint64_t bits)
{
    uint64_t low = (bits & 0x7f) * 0x0002040810204081 & 0x0101010101010101;

    return low | (bits & 0x80) << 49;
}

/* Two words into one: the sum stays, what carries is returned. */
static uint64_t
add_two(uint64_t *sum, uint64_t a, uint64_t b)
{
    uint64_t differ = *sum ^ a;
    uint64_t carry = (*sum & a) | (differ & b);

    *sum = differ ^ b;
    return carry;
}

static void
count_bytes(struct ballot *ballot)
{
    for (unsigned bit = 0; bit < 64; bit++)
        ballot->votes[bit] +=
            (uint32_t)(ballot->bytes[bit / 8] >> (bit % 8 * 8) & 0xff) * 8;
    memset(ballot->bytes, 0, sizeof(ballot->bytes));
}

static void
count_held(struct ballot *ballot)
{
    const uint64_t *h = ballot->held;
    uint64_t two[4];
    uint64_t four[2];
    uint64_t eight;

    for (size_t i = 0; i < 4; i++)
        two[i] = add_two(&ballot->ones, h[2 * i], h[2 * i + 1]);
    for (size_t i = 0; i < 2; i++)
        four[i] = add_two(&ballot->twos, two[2 * i], two[2 * i + 1]);
    eight = add_two(&ballot->fours, four[0], four[1]);
    for (unsigned i = 0; i < 8; i++, eight >>= 8)
        ballot->bytes[i] += spread(eight);
}

static void
vote(struct ballot *ballot, uint64_t hash)
{
    ballot->held[ballot->voters++ % 8] = hash;
    if (ballot->voters % 8 == 0)
        count_held(ballot);
    /* A byte has had as many carries as it can hold. */
    if (ballot->voters % (8 * 255) == 0)
        count_bytes(ballot);
}

/* The votes for a bit that have not been carried. */
static uint32_t
votes_left(const struct ballot *ballot, unsigned bit)
{
    uint32_t votes = (uint32_t)(ballot->ones >> bit & 1) +
                     (uint32_t)(ballot->twos >> bit & 1) * 2 +
                     (uint32_t)(ballot->fours >> bit & 1) * 4;

    for (uint32_t i = 0; i < ballot->voters % 8; i++)
        votes += (uint32_t)(ballot->held[i] >> bit & 1);
    return votes;
}

/*
 * The hashes of the words that end in the text, at most one for two bytes and
 * one more.  `*hash` and `*inside` say how a word stands at its start and end.
 * Where a word ends cannot be guessed, so nothing here jumps there.
 */
static size_t
hash_words(const char *text, size_t size, uint64_t *hash, unsigned *inside,
           uint64_t *out)
{
    uint64_t word = *hash;
    unsigned was = *inside;
    size_t words = 0;

    for (size_t at = 0; at < size; at++) {
        unsigned byte = (unsigned char)text[at];
        unsigned is = is_word_byte(byte);
        uint64_t mask = 0 - (uint64_t)is;

        out[words] = word;
        words += was & ~is;
        word =
            (((word ^ (byte | 32)) * HASH_PRIME) & mask) | (HASH_START & ~mask);
        was = is;
    }
    *hash = word;
    *inside = was;
    return words;
}

uint64_t
signature_of(const char *text, size_t size)
{
    enum {
        PART = 512
    };
    uint64_t words[PART / 2 + 2] = {0};
    struct ballot ballot = {0};
    uint64_t hash = HASH_START;
    uint64_t before = 0;
    uint64_t signature = 0;
    unsigned inside = 0;

    for (size_t at = 0; at < size; at += PART) {
        size_t part = size - at < PART ? size - at : PART;
        size_t count = hash_words(text + at, part, &hash, &inside, words);

        if (at + part == size && inside)
            words[count++] = hash;
        for (size_t i = 0; i < count; i++) {
            if (before)
                vote(&ballot, scatter(before * 31 + words[i]));
            before = words[i];
        }
    }
    count_bytes(&ballot);
    for (unsigned bit = 0; bit < 64; bit++)
        if ((ballot.votes[bit] + votes_left(&ballot, bit)) * 2 > ballot.voters)
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
