/*
 * corpus/base/seen.h - which texts have been seen, and as which.
 *
 *     the harbour   0
 *     a ferry       1
 *     the harbour   0 again
 *
 * What must be there only once is looked for among all that came before it.
 * The texts stand in the balanced tree of tsearch(3), so a text costs the
 * logarithm of their number, whoever chose them: there is no hash that could
 * be foreseen.
 */
#ifndef CORPUS_SEEN_H
#define CORPUS_SEEN_H

#include <stddef.h>

struct seen {
    void *root;
    size_t count;
};

#define SEEN_INIT ((struct seen){0})

/* Forget all; ready for others. */
void seen_release(struct seen *seen);

/* The number of a text among the different ones, from 0 in the order in which
 * they came.  One that is new is noted, and its number is what `count` was. */
size_t seen_number(struct seen *seen, const char *text, size_t size);

/* The same, and SIZE_MAX for one that is new, which is not noted. */
size_t seen_find(const struct seen *seen, const char *text, size_t size);

/* Both of things, which are known by where they are. */
size_t seen_thing(struct seen *seen, const void *thing);
size_t seen_find_thing(const struct seen *seen, const void *thing);

#endif
