#include "query/spelling/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/bits/word.h"

static uint32_t *
slot_of(const struct candidates *candidates, const char *text, size_t size)
{
    size_t at = word_hash(text, size) & (candidates->slots - 1);

    for (;;) {
        uint32_t *slot = &candidates->slot[at];
        const char *there;

        if (!*slot)
            return slot;
        there = candidates->item[*slot - 1].text;
        if (strncmp(there, text, size) == 0 && there[size] == '\0')
            return slot;
        at = (at + 1) & (candidates->slots - 1);
    }
}

static void
grow(struct candidates *candidates)
{
    free(candidates->slot);
    candidates->slots = candidates->slots ? candidates->slots * 2 : 64;
    candidates->slot = mem_zero(candidates->slots, sizeof(*candidates->slot));
    for (size_t i = 0; i < candidates->count; i++) {
        const char *text = candidates->item[i].text;

        *slot_of(candidates, text, strlen(text)) = (uint32_t)i + 1;
    }
}

size_t
candidates_find(struct candidates *candidates, const char *text, size_t size)
{
    uint32_t *slot;

    if (candidates->count * 2 >= candidates->slots)
        grow(candidates);
    slot = slot_of(candidates, text, size);
    if (!*slot) {
        candidates->item =
            mem_grow(candidates->item, candidates->count, &candidates->room,
                     sizeof(*candidates->item));
        candidates->item[candidates->count++] =
            (struct candidate){mem_text(text, size), 0};
        *slot = (uint32_t)candidates->count;
    }
    return *slot - 1;
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
    free(candidates->slot);
    candidates->slot = NULL;
    candidates->slots = 0;
}

void
candidates_release(struct candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++)
        free(candidates->item[i].text);
    free(candidates->item);
    free(candidates->slot);
    *candidates = (struct candidates){0};
}
