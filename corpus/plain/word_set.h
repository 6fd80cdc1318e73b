/*
 * corpus/plain/word_set.h - a set of the words of a text, for telling the
 * headline of a body from those of other stories.
 *
 * Words of up to three letters do not count, case does not; a run of a script
 * without spaces counts by pairs of characters.
 */
#ifndef CORPUS_WORD_SET_H
#define CORPUS_WORD_SET_H

#include <stddef.h>

#include "corpus/base/hash_table.h"

struct word_set {
    struct hash_table table;
};

#define WORD_SET_INIT ((struct word_set){0})

void word_set_release(struct word_set *set);
void word_set_add(struct word_set *set, const char *text, size_t size);

/* How many words of `text` count, and how many of those are in the set. */
long word_set_shared(const struct word_set *set, const char *text, size_t size,
                     long *all);

#endif
