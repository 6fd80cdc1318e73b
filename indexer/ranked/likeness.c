#include "indexer/ranked/likeness.h"

#include <math.h>
#include <stdlib.h>

#include "corpus/base/fnv.h"
#include "indexer/bits/little_endian.h"

#define HASH_MASK ((UINT32_C(1) << LIKENESS_HASH_BITS) - 1)

enum {
    WEIGHT_MAX = 15
};

uint32_t
likeness_hash(const char *term, size_t size)
{
    uint32_t hash = fnv_add_bytes(FNV_START, term, size);

    return (hash >> LIKENESS_HASH_BITS ^ hash) & HASH_MASK;
}

static int
by_hash(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a & HASH_MASK;
    uint32_t two = *(const uint32_t *)b & HASH_MASK;

    return (one > two) - (one < two);
}

size_t
likeness_pack(const uint32_t *strength, size_t terms, unsigned char *out)
{
    uint32_t sorted[LIKENESS_TERMS];
    uint32_t most = 1;
    unsigned char *at = out;

    if (!terms)
        return 0;
    for (size_t i = 0; i < terms; i++) {
        uint32_t weight = strength[i] >> LIKENESS_HASH_BITS;

        sorted[i] = strength[i];
        most = weight > most ? weight : most;
    }
    qsort(sorted, terms, sizeof(*sorted), by_hash);
    for (size_t i = 0; i < terms; i++) {
        uint32_t hash = sorted[i] & HASH_MASK;
        uint32_t weight = sorted[i] >> LIKENESS_HASH_BITS;

        /* Two terms of one hash are one. */
        if (i + 1 < terms && hash == (sorted[i + 1] & HASH_MASK))
            continue;
        weight = (weight * WEIGHT_MAX + most - 1) / most;
        at = le_set_u16(at, hash & 0xFFFF);
        *at++ = (unsigned char)(hash >> 16 << 4 | (weight ? weight : 1));
    }
    return (size_t)(at - out);
}

bool
likeness_read(struct likeness *likeness, const unsigned char *from, size_t size)
{
    unsigned sum = 0;

    likeness->terms = size / LIKENESS_TERM_SIZE;
    if (size % LIKENESS_TERM_SIZE || likeness->terms > LIKENESS_TERMS)
        return false;
    for (size_t i = 0; i < likeness->terms; i++) {
        const unsigned char *at = from + i * LIKENESS_TERM_SIZE;
        uint32_t hash = le_u16(at) | (uint32_t)(at[2] >> 4) << 16;
        unsigned weight = at[2] & 0xF;

        if (!weight || (i && hash <= likeness->hash[i - 1]))
            return false;
        likeness->hash[i] = hash;
        likeness->weight[i] = weight;
        sum += weight * weight;
    }
    likeness->norm = sqrt(sum);
    return true;
}

double
likeness_of(const struct likeness *a, const struct likeness *b)
{
    unsigned sum = 0;
    size_t j = 0;

    for (size_t i = 0; i < a->terms; i++) {
        while (j < b->terms && b->hash[j] < a->hash[i])
            j++;
        if (j < b->terms && b->hash[j] == a->hash[i])
            sum += a->weight[i] * b->weight[j];
    }
    return sum ? sum / (a->norm * b->norm) : 0;
}
