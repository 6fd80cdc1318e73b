/*
 * indexer/stored/dictionary.h - the dictionary that texts are packed with,
 * learnt from some of them.
 *
 * It is kept where its texts may be gone from: in other segments of the run,
 * and in what these are merged into.  So it holds nothing that one article
 * alone has: every DICTIONARY_WINDOW bytes of its words stand in samples of
 * two articles at least.  What zstd's own trainer picks (COVER, as its zdict.h
 * tells) is cut down to that.
 */
#ifndef INDEXER_DICTIONARY_H
#define INDEXER_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"

#define DICTIONARY_SIZE ((size_t)64 << 10)
#define DICTIONARY_WINDOW 24

/* Samples closer to each other than this may be texts of one article. */
#define DICTIONARY_APART 8

/*
 * Put the dictionary of `count` samples, in the order in which they were
 * packed and one after the other in `samples`, into `out`, for texts that are
 * packed at this level.  False, and `out` is empty, if there is nothing to be
 * learnt from them.  Takes time that grows with their bytes.
 */
bool dictionary_learn(struct buf *out, const struct buf *samples,
                      const size_t *size, size_t count, int level);

#endif
