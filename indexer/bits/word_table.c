#include "indexer/bits/word_table.h"

#include <stdlib.h>

#include "corpus/base/mem.h"

void
word_table_init(struct word_table *table, size_t slots)
{
    *table = (struct word_table){.slots = slots};
    table->slot = mem_zero(slots, sizeof(*table->slot));
}

void
word_table_release(struct word_table *table)
{
    free(table->slot);
    *table = (struct word_table){0};
}

void
word_table_clear(struct word_table *table)
{
    memset(table->slot, 0, word_table_memory(table));
    table->words = 0;
}

static void
place(struct word_table *table, const struct word_slot *slot)
{
    size_t at = word_table_home(table, slot->key, slot->size);

    while (table->slot[at].number)
        at = (at + 1) & (table->slots - 1);
    table->slot[at] = *slot;
}

static void
grow(struct word_table *table)
{
    struct word_table larger;

    word_table_init(&larger, table->slots * 2);
    larger.words = table->words;
    for (size_t i = 0; i < table->slots; i++)
        if (table->slot[i].number)
            place(&larger, &table->slot[i]);
    word_table_release(table);
    *table = larger;
}

void
word_table_put(struct word_table *table, struct word_key key, uint32_t text,
               uint32_t number)
{
    struct word_slot slot = {key.bytes, key.size, number + 1};

    if (key.size > WORD_SHORT)
        slot.key = key.bytes >> 32 << 32 | text;
    if (++table->words * 8 > table->slots * 5)
        grow(table);
    place(table, &slot);
}
