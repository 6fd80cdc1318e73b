#include "corpus/plain/word_set.h"

#include <stdbool.h>

#include <utf8proc.h>

#include "corpus/base/utf8.h"

enum {
    LEAST_LETTERS = 4,
    STEM_LETTERS = 7 /* enough of a word: "delay" meets "delayed" or not */
};

void
word_set_release(struct word_set *set)
{
    hash_table_release(&set->table);
}

/* Words of one hash are one word. */
static bool
has(const struct word_set *set, uint32_t hash)
{
    struct hash_look look = hash_table_look(&set->table, hash);

    return hash_look_next(&look) != HASH_NONE;
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
            *hash = mix(mix(7, before), code);
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
        *hash = sum;
        if (letters >= LEAST_LETTERS)
            return true;
        letters = 0;
        sum = 2166136261u;
    }
    *hash = sum;
    return letters >= LEAST_LETTERS;
}

void
word_set_add(struct word_set *set, const char *text, size_t size)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;

    while (next(&scan, &hash))
        if (!has(set, hash))
            hash_table_add(&set->table, hash, 0);
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
