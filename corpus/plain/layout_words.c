#include "corpus/plain/layout_words.h"

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
words_release(struct words *words)
{
    free(words->hash);
    *words = WORDS_INIT;
}

static bool
has(const struct words *words, uint32_t hash)
{
    if (!words->room)
        return false;
    for (size_t i = hash & (words->room - 1); words->hash[i];
         i = (i + 1) & (words->room - 1))
        if (words->hash[i] == hash)
            return true;
    return false;
}

static void put(struct words *words, uint32_t hash);

static void
grow(struct words *words)
{
    struct words wide = {.room = words->room ? words->room * 2 : 256};

    wide.hash = mem_zero(wide.room, sizeof(*wide.hash));
    for (size_t i = 0; i < words->room; i++)
        if (words->hash[i])
            put(&wide, words->hash[i]);
    free(words->hash);
    *words = wide;
}

static void
put(struct words *words, uint32_t hash)
{
    size_t i;

    if (has(words, hash))
        return;
    if (words->count * 2 >= words->room)
        grow(words);
    for (i = hash & (words->room - 1); words->hash[i];)
        i = (i + 1) & (words->room - 1);
    words->hash[i] = hash;
    words->count++;
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
words_add(struct words *words, const char *text, size_t size)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;

    while (next(&scan, &hash))
        put(words, hash);
}

long
words_shared(const struct words *words, const char *text, size_t size,
             long *all)
{
    struct scan scan = {text, size, 0, 0};
    uint32_t hash;
    long shared = 0;

    *all = 0;
    while (next(&scan, &hash)) {
        ++*all;
        shared += has(words, hash);
    }
    return shared;
}
