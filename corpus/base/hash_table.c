#include "corpus/base/hash_table.h"

#include <stdlib.h>

#include "corpus/base/mem.h"

enum {
    SLOTS_FIRST = 64
};

void
hash_table_release(struct hash_table *table)
{
    free(table->slot);
    *table = HASH_TABLE_INIT;
}

static void
place(struct hash_table *table, struct hash_slot slot)
{
    size_t at = hash_table_place(table, slot.hash) & (table->slots - 1);

    while (table->slot[at].number)
        at = (at + 1) & (table->slots - 1);
    table->slot[at] = slot;
}

/* Made of an address: all the surprise that is needed, and no file or call to
 * ask for it where those are shut. */
static uint64_t
surprise(void)
{
    static const char somewhere;

    return ((uint64_t)(uintptr_t)&somewhere >> 4) *
               UINT64_C(0x9E3779B97F4A7C15) |
           1;
}

static void
grow(struct hash_table *table)
{
    struct hash_table larger = {.count = table->count, .factor = surprise()};

    larger.slots = table->slots ? table->slots * 2 : SLOTS_FIRST;
    larger.slot = mem_zero(larger.slots, sizeof(*larger.slot));
    for (size_t i = 0; i < table->slots; i++)
        if (table->slot[i].number)
            place(&larger, table->slot[i]);
    free(table->slot);
    *table = larger;
}

void
hash_table_add(struct hash_table *table, uint64_t hash, uint32_t number)
{
    if (table->count * 2 >= table->slots)
        grow(table);
    place(table, (struct hash_slot){(uint32_t)hash, number + 1});
    table->count++;
}
