/*
 * indexer/archive/folder.h - the archive's folder as a place on the disk:
 * chosen, made, locked, read and written.
 */
#ifndef INDEXER_FOLDER_H
#define INDEXER_FOLDER_H

#include <dirent.h>
#include <fcntl.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"

/* For open() of what is to be read in the archive.  Where somebody has put a
 * FIFO in the place of a file, nobody waits for its other end: it has no bytes
 * and is told as damage. */
enum {
    FOLDER_READ = O_RDONLY | O_CLOEXEC | O_NONBLOCK
};

/*
 * The archive's folder: `given` if not NULL, else $NSEARCH_ARCHIVE, else
 * $XDG_DATA_HOME/nsearch, else ~/.local/share/nsearch.  The values of the
 * variables are passed in by the mains.
 */
enum status folder_choose(struct buf *out, const char *given,
                          const char *nsearch_archive,
                          const char *xdg_data_home, const char *home,
                          struct error *err);

/* Make the folder and those above it, as far as they are missing. */
enum status folder_make(const char *dir, struct error *err);

/* Open it to look at the names in it; closedir() after use. */
enum status folder_open(DIR **folder, const char *dir, struct error *err);

/*
 * Lock the archive for one writer.  Close `*fd` to unlock; the end of the
 * process does it as well.
 *
 * STATUS_LOCKED if another run is at work.
 */
enum status folder_lock(int *fd, const char *dir, struct error *err);

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

#endif
