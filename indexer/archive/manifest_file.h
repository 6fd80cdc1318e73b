/*
 * indexer/archive/manifest_file.h - the manifest on the disk.
 */
#ifndef INDEXER_MANIFEST_FILE_H
#define INDEXER_MANIFEST_FILE_H

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

/*
 * Read DIR/manifest.
 *
 * STATUS_ABSENT: there is no archive; the sentence says how to make one.
 * STATUS_USAGE: DIR is no folder.
 * STATUS_VERSION, STATUS_DAMAGED, STATUS_IO as their names say.
 */
enum status manifest_read(struct manifest *manifest, const char *dir,
                          struct error *err);

/* The same of this or an earlier version (manifest.h). */
enum status manifest_read_older(struct manifest *manifest, const char *dir,
                                int64_t *version, struct error *err);

/* Append the text of DIR/manifest, whatever it says.  After STATUS_IO or
 * STATUS_DAMAGED (too large) there is what could be read of it. */
enum status manifest_read_text(const char *dir, struct buf *text,
                               struct error *err);

/* Write, sync, rename into place, sync the folder. */
enum status manifest_commit(const struct manifest *manifest, const char *dir,
                            struct error *err);

#endif
