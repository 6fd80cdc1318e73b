/*
 * corpus/plain/layout_words.h - a set of the words of a text, for telling the
 * headline of a body from those of other stories.
 *
 * Words of up to three letters do not count, case does not; a run of a script
 * without spaces counts by pairs of characters.
 */
#ifndef CORPUS_LAYOUT_WORDS_H
#define CORPUS_LAYOUT_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct words {
    uint32_t *hash; /* a power of two of slots; 0 is free */
    size_t count;
    size_t room;
};

#define WORDS_INIT ((struct words){0})

void words_release(struct words *words);
void words_add(struct words *words, const char *text, size_t size);

/* How many words of `text` count, and how many of those are in the set. */
long words_shared(const struct words *words, const char *text, size_t size,
                  long *all);

#endif
