/*
 * indexer/archive/deletions.h - what was taken down, a second time.
 *
 * The manifest tells which articles were deleted (manifest.h), and its copy in
 * the catalog does.  Everything else in those two can be made again from the
 * segments and the sources; this cannot, and an article that comes back is
 * worse than one that is lost.  So the same lines stand in a file of their own:
 *
 *     nsearch deletions 1
 *     deleted <64 hex digits> 2026-11-24 at the author's wish
 *
 * What either of the two tells counts: a writer that begins puts into the file
 * what it lacks, and what only the file tells it takes down, before it does
 * anything else or with what it was called to take down (care/takedown.h).  So
 * a file that was put beside an archive from elsewhere, or beside one from a
 * backup, is never lost.  A deletion is in the file before it is in the
 * manifest, and leaves it before, too.  An archive without deletions has no
 * such file.
 */
#ifndef INDEXER_DELETIONS_H
#define INDEXER_DELETIONS_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

#define DELETIONS_FILE "deletions"

/* Add the deletions in a text, whatever else is in it: each line stands for
 * itself. */
void deletions_take(struct manifest *manifest, const struct buf *text);

/* Add those of the file in `dir`, as far as it can be read. */
void deletions_read(struct manifest *manifest, const char *dir);

/* Does the file in `dir` tell of one that the manifest does not? */
bool deletions_has_more(const struct manifest *manifest, const char *dir);

/* Let the file in `dir` say what the manifest says, and what it says besides.
 * Only under the lock. */
enum status deletions_complete(const struct manifest *manifest, const char *dir,
                               struct error *err);

/* Let the file in `dir` say what the manifest says.  Only under the lock. */
enum status deletions_write(const struct manifest *manifest, const char *dir,
                            struct error *err);

#endif
