/*
 * indexer/bits/word.h - hashing and comparing words.
 *
 * Words are short and there are very many of them.  What is here reads eight
 * bytes at a time and never behind the end of a word, and is inline, because
 * a call of memcpy() or memcmp() for a handful of bytes costs more than the
 * bytes do.  The hashes are for tables in memory and go into no file.
 */
#ifndef INDEXER_WORD_H
#define INDEXER_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The last `size` < 8 bytes of a word as a number: different for different
 * bytes of the same size. */
static inline uint64_t
word_rest(const char *word, size_t size)
{
    const unsigned char *byte = (const unsigned char *)word;
    uint32_t first;
    uint32_t last;

    if (size >= sizeof(first)) {
        memcpy(&first, word, sizeof(first));
        memcpy(&last, word + size - sizeof(last), sizeof(last));
        return (uint64_t)last << 32 | first;
    }
    if (size == 0)
        return 0;
    return (uint64_t)byte[size - 1] << 16 | (uint64_t)byte[size / 2] << 8 |
           byte[0];
}

static inline uint64_t
word_hash(const char *word, size_t size)
{
    uint64_t hash = size * 0x9e3779b97f4a7c15u;

    for (; size >= 8; word += 8, size -= 8) {
        uint64_t part;

        memcpy(&part, word, 8);
        hash = (hash ^ part) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    hash = (hash ^ word_rest(word, size)) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 29;
    hash *= 0xc4ceb9fe1a85ec53u;
    return hash ^ hash >> 32;
}

/* Are two words of the same size the same? */
static inline bool
word_equal(const char *a, const char *b, size_t size)
{
    for (; size >= 8; a += 8, b += 8, size -= 8) {
        uint64_t one;
        uint64_t two;

        memcpy(&one, a, 8);
        memcpy(&two, b, 8);
        if (one != two)
            return false;
    }
    return word_rest(a, size) == word_rest(b, size);
}

#endif
