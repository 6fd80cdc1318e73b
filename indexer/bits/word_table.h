/*
 * indexer/bits/word_table.h - the number of a word.
 *
 * The table of whoever keeps very many words: their texts one behind the
 * other in `texts`, each with its size in one byte before it, and the words
 * numbered 0, 1, 2, ...  Looking for a word waits for memory more than for
 * anything else, so a word of eight bytes or less is known by what stands in
 * the table alone; of a longer one the text is compared.  With
 * corpus/base/hash_table.h, which has every text compared, a ranked index of
 * 30,000 articles took 2.33 s of processor time instead of 2.07 s.
 *
 *     struct word_key key = word_key(word, size);
 *     uint32_t number = word_table_find(&table, key, texts->data, word);
 *
 *     if (number == WORD_NONE)
 *         word_table_put(&table, key, text, number = words++);
 */
#ifndef INDEXER_WORD_TABLE_H
#define INDEXER_WORD_TABLE_H

#include "indexer/bits/word.h"

#define WORD_NONE UINT32_MAX

enum {
    WORD_SHORT = 8
};

/* A short word's bytes, or the hash of a longer one. */
struct word_key {
    uint64_t bytes;
    uint32_t size;
};

struct word_slot {
    uint64_t key;    /* bytes; or high half of the hash, and where the text
                      * begins */
    uint32_t size;   /* of the word */
    uint32_t number; /* of the word, plus one; 0 is free */
};

struct word_table {
    struct word_slot *slot;
    size_t slots; /* a power of two */
    size_t words;
};

/* Room for `slots` at first. */
void word_table_init(struct word_table *table, size_t slots);
void word_table_release(struct word_table *table);

/* Forget all words, keep the memory. */
void word_table_clear(struct word_table *table);

/* A word that is not in it; `text` is where it begins in the texts, behind
 * its size. */
void word_table_put(struct word_table *table, struct word_key key,
                    uint32_t text, uint32_t number);

static inline size_t
word_table_memory(const struct word_table *table)
{
    return table->slots * sizeof(*table->slot);
}

static inline struct word_key
word_key(const char *word, size_t size)
{
    struct word_key key = {.size = (uint32_t)size};

    if (size < WORD_SHORT)
        key.bytes = word_rest(word, size);
    else if (size == WORD_SHORT)
        memcpy(&key.bytes, word, WORD_SHORT);
    else
        key.bytes = word_hash(word, size);
    return key;
}

/* Where in the table a key belongs.  What a slot keeps of a long one is
 * enough. */
static inline size_t
word_table_home(const struct word_table *table, uint64_t key, uint32_t size)
{
    uint64_t hash = size > WORD_SHORT ? key >> 32 << 32 : key ^ size;

    hash = (hash ^ hash >> 32) * 0xff51afd7ed558ccdu;
    hash = (hash ^ hash >> 29) * 0xc4ceb9fe1a85ec53u;
    return (size_t)(hash >> 32) & (table->slots - 1);
}

static inline bool
word_slot_holds(const struct word_slot *slot, struct word_key key,
                const char *texts, const char *word)
{
    if (slot->size != key.size)
        return false;
    if (key.size <= WORD_SHORT)
        return slot->key == key.bytes;
    return (slot->key ^ key.bytes) >> 32 == 0 &&
           word_equal(texts + (uint32_t)slot->key, word, key.size);
}

/* WORD_NONE if it is not there. */
static inline uint32_t
word_table_find(const struct word_table *table, struct word_key key,
                const char *texts, const char *word)
{
    size_t at = word_table_home(table, key.bytes, key.size);

    for (; table->slot[at].number; at = (at + 1) & (table->slots - 1))
        if (word_slot_holds(&table->slot[at], key, texts, word))
            return table->slot[at].number - 1;
    return WORD_NONE;
}

#endif
