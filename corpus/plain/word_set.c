#include "corpus/plain/word_set.h"

#include <stdbool.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"

enum {
    LEAST_LETTERS = 4,
    STEM_LETTERS = 7 /* enough of a word: "delay" meets "delayed" or not */
};

void
word_set_release(struct word_set *set)
{
    free(set->hash);
    *set = WORD_SET_INIT;
}

static bool
has(const struct word_set *set, uint32_t hash)
{
    if (!set->room)
        return false;
    for (size_t i = hash & (set->room - 1); set->hash[i];
         i = (i + 1) & (set->room - 1))
        if (set->hash[i] == hash)
            return true;
    return false;
}

static void put(struct word_set *set, uint32_t hash);

static void
grow(struct word_set *set)
{
    struct word_set wide = {.room = set->room ? set->room * 2 : 256};

    wide.hash = mem_zero(wide.room, sizeof(*wide.hash));
    for (size_t i = 0; i < set->room; i++)
        if (set->hash[i])
            put(&wide, set->hash[i]);
    free(set->hash);
    *set = wide;
}

static void
put(struct word_set *set, uint32_t hash)
{
    size_t i;

    if (has(set, hash))
        return;
    if (set->count * 2 >= set->room)
        grow(set);
    for (i = hash & (set->room - 1); set->hash[i];)
        i = (i + 1) & (set->room - 1);
    set->hash[i] = hash;
    set->count++;
}

struct scan {
    const char *text;
    size_t size;
    size_t at;
    uint32_t before; /* the character before, of a script without spaces */
};

static bool
is_word_letter(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);

    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static uint32_t
mix(uint32_t hash, uint32_t code)
{
    return (hash ^ code) * 16777619u;
}

/* The hash of the next word that counts; false at the end. */
static bool
next(struct scan *scan, uint32_t *hash)
{
    size_t letters = 0;
    uint32_t sum = 2166136261u;

    while (scan->at < scan->size) {
        uint32_t code;
        size_t step =
            utf8_decode(scan->text + scan->at, scan->size - scan->at, &code);

        scan->at += step ? step : 1;
        if (code >= 0x2E80 && code <= 0x9FFF) {
            uint32_t before = scan->before;

            scan->before = code;
            *hash = mix(mix(7, before), code) | 1u;
            if (before)
                return true;
            continue;
        }
        scan->before = 0;
        if (is_word_letter(code)) {
            code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
            if (letters++ < STEM_LETTERS)
                sum = mix(sum, code);
            continue;
        }
        *hash = sum | 1u;
        if (letters >= LEAST_LETTERS)
            return true;
        letters = 0;
        sum = 2166136261u;
    }
    *hash = sum | 1u;
    return letters >= LEAST_LETTERS;
}

void
word_set_add(struct word_set *set, const char *text, size_t size)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;

    while (next(&scan, &hash))
        put(set, hash);
}

long
word_set_shared(const struct word_set *set, const char *text, size_t size,
                long *all)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;
    long shared = 0;

    *all = 0;
    while (next(&scan, &hash)) {
        ++*all;
        shared += has(set, hash);
    }
    return shared;
}
