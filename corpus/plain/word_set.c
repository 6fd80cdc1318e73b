#include "corpus/plain/word_set.h"

#include <stdbool.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "corpus/base/fnv.h"
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

static int
compare(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static bool
has(const struct word_set *set, uint32_t hash)
{
    return set->count &&
           bsearch(&hash, set->hash, set->count, sizeof(hash), compare);
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

/* The hash of the next word that counts; false at the end. */
static bool
next(struct scan *scan, uint32_t *hash)
{
    size_t letters = 0;
    uint32_t sum = FNV_START;

    while (scan->at < scan->size) {
        uint32_t code;
        size_t step =
            utf8_decode(scan->text + scan->at, scan->size - scan->at, &code);

        scan->at += step ? step : 1;
        if (code >= 0x2E80 && code <= 0x9FFF) {
            uint32_t before = scan->before;

            scan->before = code;
            *hash = fnv_add(fnv_add(7, before), code) | 1u;
            if (before)
                return true;
            continue;
        }
        scan->before = 0;
        if (is_word_letter(code)) {
            code = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
            if (letters++ < STEM_LETTERS)
                sum = fnv_add(sum, code);
            continue;
        }
        *hash = sum | 1u;
        if (letters >= LEAST_LETTERS)
            return true;
        letters = 0;
        sum = FNV_START;
    }
    *hash = sum | 1u;
    return letters >= LEAST_LETTERS;
}

void
word_set_add(struct word_set *set, const char *text, size_t size)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;

    while (next(&scan, &hash)) {
        set->hash = mem_grow(set->hash, set->count, &set->room, sizeof(hash));
        set->hash[set->count++] = hash;
    }
    set->sorted = false;
}

long
word_set_shared(struct word_set *set, const char *text, size_t size, long *all)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;
    long shared = 0;

    if (set->count && !set->sorted)
        qsort(set->hash, set->count, sizeof(*set->hash), compare);
    set->sorted = true;
    *all = 0;
    while (next(&scan, &hash)) {
        ++*all;
        shared += has(set, hash);
    }
    return shared;
}
