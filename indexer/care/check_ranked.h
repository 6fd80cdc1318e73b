/*
 * indexer/care/check_ranked.h - does the ranked index say what FTS5 says?
 *
 * Both hold the same postings.  For a sample of the terms all articles are
 * compared, so that a ranked index that was made from something else, or by
 * a program with an error, is found without reading all of it.
 */
#ifndef INDEXER_CHECK_RANKED_H
#define INDEXER_CHECK_RANKED_H

#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

struct sqlite3;

/*
 * Compare `path`, the ranked index of the segment open in `db`.  `entry` is
 * the segment's.  An index of another version is not looked into.
 *
 * STATUS_DAMAGED: the sentence says where they differ.
 */
enum status check_ranked(struct sqlite3 *db, const char *path,
                         const struct manifest_segment *entry,
                         struct error *err);

#endif
