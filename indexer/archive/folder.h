/*
 * indexer/archive/folder.h - the archive's folder as a place on the disk: made,
 * locked, tidied up.
 */
#ifndef INDEXER_FOLDER_H
#define INDEXER_FOLDER_H

#include <fcntl.h>

#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

/* For open() of what is to be read in the archive.  Where somebody has put a
 * FIFO in the place of a file, nobody waits for its other end: it has no bytes
 * and is told as damage. */
enum {
    FOLDER_READ = O_RDONLY | O_CLOEXEC | O_NONBLOCK
};

/* Make the folder and those above it, as far as they are missing. */
enum status folder_make(const char *dir, struct error *err);

/* For a folder that had no manifest a moment ago.  STATUS_DAMAGED if it still
 * has none but something else: other people's files, or the segments of an
 * archive that has lost its manifest. */
enum status folder_expect_new(const char *dir, struct error *err);

/*
 * Lock the archive for one writer.  Close `*fd` to unlock; the end of the
 * process does it as well.
 *
 * STATUS_LOCKED if another run is at work.
 */
enum status folder_lock(int *fd, const char *dir, struct error *err);

/* Remove what killed runs have left: files that are named like ours and that
 * the manifest does not list.  Only under the lock. */
enum status folder_tidy(const char *dir, const struct manifest *manifest,
                        struct error *err);

/*
 * Call `each` with what folder_tidy() would remove, unless a run is at work:
 * then such files may be its own.  Changes nothing and needs no right to.
 */
void folder_each_leftover(const char *dir, const struct manifest *manifest,
                          void (*each)(void *context, const char *path),
                          void *context);

/*
 * Append what the file `name` in `dir` says.
 *
 * STATUS_ABSENT if it is not there, STATUS_USAGE if `dir` is no folder.  After
 * STATUS_IO, or STATUS_DAMAGED for one that is larger than `text` may be, there
 * is what could be read of it.
 */
enum status folder_read(const char *dir, const char *name, struct buf *text,
                        struct error *err);

/* Put a file in the place of DIR/NAME, if there is one: it is written beside
 * it, synced, renamed, and the folder synced. */
enum status folder_write(const char *dir, const char *name,
                         const struct buf *text, struct error *err);

/* Make what was renamed in `dir` last through a power cut. */
enum status folder_sync(const char *dir, struct error *err);

/* Keep a damaged file under another name, "damaged-" and its own, for nothing
 * that cannot be made again is ever removed.  One that was kept before stays.
 */
void folder_keep_damaged(const char *dir, const char *name);

/* Append the paths of the damaged segments that are kept. */
enum status folder_list_damaged(const char *dir, struct list *paths,
                                struct error *err);

/* Remove a segment and what belongs to it.  What cannot be removed now is
 * removed by the next run's folder_tidy(). */
void folder_remove_segment(const char *dir, const char *name);

#endif
