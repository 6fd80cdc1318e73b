/*
 * indexer/ranked/likeness.h - what an article is about, in few bytes, and how
 * like another one it is.
 *
 * Of each article the LIKENESS_TERMS terms are kept that say most: by impact
 * times idf, as the ranking weighs them.  They stand in the segment's table
 * likeness, a blob for each article:
 *
 *     term, from the smallest hash on
 *         u16   the hash's lower bits
 *         u8    four bits: the rest of the hash; four: the weight, 1 to 15,
 *               15 that of the article's strongest term
 *
 * A hash of 20 bits lets two of all terms look alike now and then, which moves
 * a likeness by a hundredth.  Two articles are as like as the cosine of the
 * angle between their terms says: 1 for the same, 0 for nothing in common
 * (Salton, A Theory of Indexing, 1975).
 */
#ifndef INDEXER_LIKENESS_H
#define INDEXER_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* With 24 the ranking gains as much less a tenth; with 64 no more. */
#define LIKENESS_TERMS 32

#define LIKENESS_TERM_SIZE 3
#define LIKENESS_SIZE_MAX (LIKENESS_TERMS * LIKENESS_TERM_SIZE)

/* The bits of a hash. */
#define LIKENESS_HASH_BITS 20

struct likeness {
    uint32_t hash[LIKENESS_TERMS]; /* rising */
    unsigned weight[LIKENESS_TERMS];
    size_t terms;
    double norm; /* the length of the vector */
};

uint32_t likeness_hash(const char *term, size_t size);

/* A term that may be kept: its weight, then its hash, so that they sort by
 * what they say. */
static inline uint32_t
likeness_strength(uint32_t weight, uint32_t hash)
{
    uint32_t most = UINT32_MAX >> LIKENESS_HASH_BITS;

    return (weight < most ? weight : most) << LIKENESS_HASH_BITS | hash;
}

/* Write those terms, at most LIKENESS_TERMS, in any order; returns the bytes
 * of `out`, which has LIKENESS_SIZE_MAX. */
size_t likeness_pack(const uint32_t *strength, size_t terms,
                     unsigned char *out);

/* False if that was never packed. */
bool likeness_read(struct likeness *likeness, const unsigned char *from,
                   size_t size);

double likeness_of(const struct likeness *a, const struct likeness *b);

#endif
