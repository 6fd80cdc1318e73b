/*
 * indexer/archive/tidy.h - which files of a folder are an archive's, and which
 * of those nobody needs any more.
 */
#ifndef INDEXER_TIDY_H
#define INDEXER_TIDY_H

#include "corpus/base/error.h"

struct manifest;

/* For a folder that had no manifest a moment ago.  STATUS_DAMAGED if it still
 * has none but something else: other people's files, or the segments of an
 * archive that has lost its manifest. */
enum status tidy_expect_new(const char *dir, struct error *err);

/* Remove what killed runs have left: files that are named like ours and that
 * the manifest does not list.  Only under the lock. */
enum status tidy_folder(const char *dir, const struct manifest *manifest,
                        struct error *err);

/*
 * Call `each` with what tidy_folder() would remove, unless a run is at work:
 * then such files may be its own.  Changes nothing and needs no right to.
 */
void tidy_each_leftover(const char *dir, const struct manifest *manifest,
                        void (*each)(void *context, const char *path),
                        void *context);

/* Remove a segment and what belongs to it.  What cannot be removed now is
 * removed by the next run's tidy_folder(). */
void tidy_remove_segment(const char *dir, const char *name);

#endif
