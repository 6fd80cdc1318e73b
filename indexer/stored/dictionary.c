#include "indexer/stored/dictionary.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zdict.h>

#include "corpus/base/mem.h"

enum {
    PICKED = 160 << 10, /* bytes, of which two fifths are usually shared */
    HEAD = 256,         /* bytes, and more than what is put before the words */
    SLOTS = 1 << 18,
    WORTH = 1 << 10 /* bytes of words; fewer cost more than they save */
};

#define FACTOR UINT64_C(0x9E3779B97F4A7C15)
#define NOWHERE UINT32_MAX

/* Some DICTIONARY_WINDOW bytes of the words. */
struct window {
    uint64_t hash;
    uint32_t at;     /* where they stand first; NOWHERE: an empty slot */
    uint32_t sample; /* the first that has them; NOWHERE: none yet */
    bool shared;     /* another has them, too */
};

struct windows {
    const char *words;
    struct window *slot;
    uint64_t leaving; /* FACTOR to the power of the window's size */
};

/* The hash of Rabin and Karp, which goes on by a byte at a time. */
static uint64_t
roll(const struct windows *windows, uint64_t hash, const char *text, size_t i)
{
    hash = hash * FACTOR + (unsigned char)text[i] + 1;
    if (i >= DICTIONARY_WINDOW)
        hash -= windows->leaving *
                ((unsigned char)text[i - DICTIONARY_WINDOW] + UINT64_C(1));
    return hash;
}

/* The slot of the window at `text`: its own, or the empty one for it. */
static struct window *
find(const struct windows *windows, uint64_t hash, const char *text)
{
    size_t i = (size_t)(hash * FACTOR >> 46);

    for (;; i = (i + 1) % SLOTS) {
        struct window *slot = &windows->slot[i];

        if (slot->at == NOWHERE ||
            (slot->hash == hash &&
             memcmp(windows->words + slot->at, text, DICTIONARY_WINDOW) == 0))
            return slot;
    }
}

static void
note_words(const struct windows *windows, size_t size)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < size; i++) {
        struct window *slot;
        size_t at;

        hash = roll(windows, hash, windows->words, i);
        if (i + 1 < DICTIONARY_WINDOW)
            continue;
        at = i + 1 - DICTIONARY_WINDOW;
        slot = find(windows, hash, windows->words + at);
        if (slot->at == NOWHERE)
            *slot = (struct window){hash, (uint32_t)at, NOWHERE, false};
    }
}

static void
look_at_sample(const struct windows *windows, uint32_t number, const char *text,
               size_t size)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < size; i++) {
        struct window *slot;

        hash = roll(windows, hash, text, i);
        if (i + 1 < DICTIONARY_WINDOW)
            continue;
        slot = find(windows, hash, text + i + 1 - DICTIONARY_WINDOW);
        if (slot->at == NOWHERE)
            continue;
        if (slot->sample == NOWHERE)
            slot->sample = number;
        else if (number - slot->sample >= DICTIONARY_APART)
            slot->shared = true;
    }
}

/* Only the words of shared windows stay, in their order, with a NUL, which no
 * text has, where others were between them: what meets there by chance says
 * nothing of anybody.  Returns how many bytes that is, no more than before. */
static size_t
keep_shared(const struct windows *windows, char *words, size_t size)
{
    char *kept = mem_resize(NULL, size, 1);
    uint64_t hash = 0;
    size_t count = 0;
    size_t end = 0; /* of what has been kept, in `words` */

    for (size_t i = 0; i < size; i++) {
        size_t from = i + 1 - DICTIONARY_WINDOW;

        hash = roll(windows, hash, words, i);
        if (i + 1 < DICTIONARY_WINDOW ||
            !find(windows, hash, words + from)->shared)
            continue;
        /* A run goes on window by window: between two that overlap there may
         * be one that is not shared. */
        if (count && end == i)
            from = i;
        else if (count && from <= end)
            continue;
        else if (count)
            kept[count++] = '\0';
        memcpy(kept + count, words + from, i + 1 - from);
        count += i + 1 - from;
        end = i + 1;
    }
    memcpy(words, kept, count);
    free(kept);
    return count;
}

/* What is learnt from. */
struct samples {
    const char *text; /* one after the other */
    const size_t *size;
    size_t count;
};

static size_t
cut_down(char *words, size_t size, const struct samples *samples)
{
    struct windows windows = {
        .words = words,
        .slot = mem_resize(NULL, SLOTS, sizeof(*windows.slot)),
        .leaving = 1};
    const char *text = samples->text;

    for (size_t i = 0; i < SLOTS; i++)
        windows.slot[i].at = NOWHERE;
    for (size_t i = 0; i < DICTIONARY_WINDOW; i++)
        windows.leaving *= FACTOR;
    note_words(&windows, size);
    for (size_t i = 0; i < samples->count; text += samples->size[i++])
        look_at_sample(&windows, (uint32_t)i, text, samples->size[i]);
    size = keep_shared(&windows, words, size);
    free(windows.slot);
    return size;
}

/* Of more words than there is room for the last ones: the trainer puts the best
 * of them there. */
static size_t
finish(struct buf *out, const char *words, size_t size,
       const struct samples *samples, int level)
{
    const ZDICT_params_t params = {.compressionLevel = level};
    const size_t room = DICTIONARY_SIZE - HEAD;

    if (size < WORTH)
        return 0;
    if (size > room) {
        words += size - room;
        size = room;
    }
    buf_reserve(out, DICTIONARY_SIZE);
    size = ZDICT_finalizeDictionary(out->data, DICTIONARY_SIZE, words, size,
                                    samples->text, samples->size,
                                    (unsigned)samples->count, params);
    return ZDICT_isError(size) ? 0 : size;
}

bool
dictionary_learn(struct buf *out, const struct buf *samples, const size_t *size,
                 size_t count, int level)
{
    const struct samples from = {samples->data, size, count};
    char *trained = mem_resize(NULL, PICKED, 1);
    size_t all = ZDICT_trainFromBuffer(trained, PICKED, samples->data, size,
                                       (unsigned)count);
    size_t head =
        ZDICT_isError(all) ? 0 : ZDICT_getDictHeaderSize(trained, all);

    out->size = 0;
    if (head && !ZDICT_isError(head)) {
        all = cut_down(trained + head, all - head, &from);
        out->size = finish(out, trained + head, all, &from, level);
    }
    free(trained);
    return out->size > 0;
}
