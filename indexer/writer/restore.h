/*
 * indexer/writer/restore.h - a manifest for an archive that has lost its own.
 *
 * The catalog keeps a copy of the manifest of its last commit.  If every
 * segment that it lists is there and none is newer, and it knows of every
 * deletion, it is the manifest.
 *
 * Else one is drawn up from the segments that open.  Of articles with one key
 * the one in the segment with the highest number lives, the others are dead;
 * so are articles that were deleted, as the copy, the file of deletions
 * (deletions.h) and what is left of the damaged manifest tell.  Such a manifest
 * knows no sizes and no digests: every segment in it counts as damaged, and is
 * to be written anew.
 */
#ifndef INDEXER_RESTORE_H
#define INDEXER_RESTORE_H

#include <stdbool.h>

#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

/*
 * Only under the lock.  A damaged manifest is kept as "damaged-manifest".
 * `*drawn_up` tells that the segments are to be written anew.
 *
 * STATUS_ABSENT: there are no segments either.
 */
enum status restore_manifest(struct manifest *manifest, const char *dir,
                             bool *drawn_up, struct error *err);

/* Add to a new manifest what was deleted in this folder before everything
 * else in it was lost. */
void restore_deletions(struct manifest *manifest, const char *dir);

#endif
