/*
 * corpus/plain/word_set.h - a set of the words of a text, for telling the
 * headline of a body from those of other stories.
 *
 * Words of up to three letters do not count, case does not; a run of a script
 * without spaces counts by pairs of characters.
 */
#ifndef CORPUS_WORD_SET_H
#define CORPUS_WORD_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorted before it is asked.  No table by hash: whoever knows how a word is
 * hashed could write a text in which all words lie in one place of it. */
struct word_set {
    uint32_t *hash; /* of each word, as often as it stands there */
    size_t count;
    size_t room;
    bool sorted;
};

#define WORD_SET_INIT ((struct word_set){0})

void word_set_release(struct word_set *set);
void word_set_add(struct word_set *set, const char *text, size_t size);

/* How many words of `text` count, and how many of those are in the set. */
long word_set_shared(struct word_set *set, const char *text, size_t size,
                     long *all);

#endif
