/*
 * indexer/takedown.h - articles that must go, and must not come back.
 *
 * The segments that hold an article, or held an earlier version of it, are
 * written anew at once; afterwards nothing that it says is in the folder.
 * What stays is the hash of its key, the day and the reason, so that reading
 * its source again does not bring it back.
 */
#ifndef INDEXER_TAKEDOWN_H
#define INDEXER_TAKEDOWN_H

#include <stdint.h>

#include "corpus/error.h"
#include "indexer/writer.h"

/*
 * Delete the article with this key or URL and commit.  `why` is one line,
 * the day first.
 *
 * STATUS_ABSENT if the archive has no such article.
 */
enum status takedown_delete(struct writer *writer, const char *key,
                            const char *why, struct error *err);

/*
 * Forget that the article was deleted; it comes back when its source is
 * read next.
 *
 * STATUS_ABSENT if it was not deleted.
 */
enum status takedown_undo(struct writer *writer, const char *key,
                          struct error *err);

#endif
