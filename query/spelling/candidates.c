#include "query/spelling/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/bits/word.h"

size_t
candidates_find(struct candidates *candidates, const char *text, size_t size)
{
    uint64_t hash = word_hash(text, size);
    struct hash_look look = hash_table_look(&candidates->table, hash);
    uint32_t number;

    while ((number = hash_look_next(&look)) != HASH_NONE) {
        const char *there = candidates->item[number].text;

        if (strncmp(there, text, size) == 0 && there[size] == '\0')
            return number;
    }
    candidates->item = mem_grow(candidates->item, candidates->count,
                                &candidates->room, sizeof(*candidates->item));
    candidates->item[candidates->count] =
        (struct candidate){mem_text(text, size), 0};
    hash_table_add(&candidates->table, hash, (uint32_t)candidates->count);
    return candidates->count++;
}

static int
most_first(const void *a, const void *b)
{
    const struct candidate *left = a;
    const struct candidate *right = b;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->text, right->text);
}

/* In which power of two a count is. */
static unsigned
power_of(uint64_t count)
{
    return count ? 64 - (unsigned)__builtin_clzll(count) : 0;
}

void
candidates_sort(struct candidates *candidates, size_t most)
{
    size_t in[65] = {0};
    size_t front = 0;
    size_t sum = 0;
    unsigned least = 65;

    for (size_t i = 0; i < candidates->count; i++)
        in[power_of(candidates->item[i].count)]++;
    while (least > 0 && sum < most)
        sum += in[--least];
    /* Among those of the last power are all that are needed; the many rare
     * ones after them need no order. */
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate item = candidates->item[i];

        if (power_of(item.count) < least)
            continue;
        candidates->item[i] = candidates->item[front];
        candidates->item[front++] = item;
    }
    if (front)
        qsort(candidates->item, front, sizeof(*candidates->item), most_first);
    hash_table_release(&candidates->table);
}

void
candidates_release(struct candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++)
        free(candidates->item[i].text);
    free(candidates->item);
    hash_table_release(&candidates->table);
    *candidates = (struct candidates){0};
}
