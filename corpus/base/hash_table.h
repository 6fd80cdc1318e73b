/*
 * corpus/base/hash_table.h - which of many things have this hash?
 *
 * The things are the caller's, numbered as he likes; the table keeps the
 * number of each under its hash, and the caller compares:
 *
 *     struct hash_look look = hash_table_look(&table, hash);
 *     uint32_t number;
 *
 *     while ((number = hash_look_next(&look)) != HASH_NONE)
 *         if (strcmp(item[number].name, name) == 0)
 *             return number;
 *     hash_table_add(&table, hash, number = items++);
 *
 * Of a hash the lower 32 bits are kept, so a table grows without a look at the
 * things, and few are compared that are not equal.
 *
 * Where a hash lies depends on where the program lies, which is another place
 * each time: whoever knows how words are hashed could else write a text whose
 * words all lie side by side, to be passed over for each of them.
 */
#ifndef CORPUS_HASH_TABLE_H
#define CORPUS_HASH_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define HASH_NONE UINT32_MAX

struct hash_slot {
    uint32_t hash;
    uint32_t number; /* plus one; 0 is free */
};

/* At least half of the slots are free. */
struct hash_table {
    struct hash_slot *slot;
    size_t slots; /* a power of two, or 0 */
    size_t count;
    uint64_t factor; /* odd */
};

#define HASH_TABLE_INIT ((struct hash_table){0})

void hash_table_release(struct hash_table *table);

/* Whether there is one already is the caller's to know. */
void hash_table_add(struct hash_table *table, uint64_t hash, uint32_t number);

/* A walk over those that have one hash; good until the next is added. */
struct hash_look {
    const struct hash_table *table;
    size_t at;
    uint32_t hash;
};

/* Where the look for a hash begins, modulo the slots. */
static inline size_t
hash_table_place(const struct hash_table *table, uint32_t hash)
{
    return (size_t)(hash * table->factor >> 32);
}

static inline struct hash_look
hash_table_look(const struct hash_table *table, uint64_t hash)
{
    return (struct hash_look){.table = table,
                              .at = hash_table_place(table, (uint32_t)hash),
                              .hash = (uint32_t)hash};
}

/* The number of the next, in no order; HASH_NONE behind the last. */
static inline uint32_t
hash_look_next(struct hash_look *look)
{
    const struct hash_table *table = look->table;

    if (!table->slots)
        return HASH_NONE;
    for (;;) {
        const struct hash_slot *slot =
            &table->slot[look->at & (table->slots - 1)];

        if (!slot->number)
            return HASH_NONE;
        look->at++;
        if (slot->hash == look->hash)
            return slot->number - 1;
    }
}

#endif
