/*
 * indexer/segment/segment.h - making one segment.
 *
 * A segment is written under a temporary name, in the order of its dates,
 * indexed, closed, synced, hashed, made read-only and renamed.  Nothing
 * refers to it before a manifest does.
 *
 *     struct segment *segment = NULL;
 *     struct manifest_segment entry;
 *
 *     status = segment_open(&segment, &plan, err);
 *     while (!status && ... in order of row_compare() ...)
 *         status = segment_add(segment, row, err);
 *     if (!status)
 *         status = segment_finish(segment, &entry, err);
 *     segment_close(segment);            (an unfinished one is removed)
 *
 * A builder (segment_builder.h) does the sorting.
 */
#ifndef INDEXER_SEGMENT_H
#define INDEXER_SEGMENT_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"
#include "indexer/segment/segment_plan.h"
#include "indexer/stored/row.h"

struct segment;
struct segment_source;

enum status segment_open(struct segment **segment,
                         const struct segment_plan *plan, struct error *err);

/* Append an article; it gets the next number, the first one 1. */
enum status segment_add(struct segment *segment, const struct row *row,
                        struct error *err);

/* The same from the present row of a SELECT of ROW_COLUMNS on another
 * segment. */
enum status segment_copy(struct segment *segment, struct sqlite3_stmt *select,
                         struct unpacker *unpacker, struct error *err);

/*
 * All rows will be copied from these, in segment_copy_from(): if their indexes
 * can be merged, no text will be analysed.  They are borrowed until it is
 * finished.
 */
void segment_merge_from(struct segment *segment, struct segment_source *source,
                        size_t sources);
enum status segment_copy_from(struct segment *segment, size_t source,
                              struct sqlite3_stmt *select,
                              struct unpacker *unpacker, struct error *err);

/* Index, complete, sync and rename.  `entry` is what the manifest wants to
 * know; release its lists with the manifest it goes into. */
enum status segment_finish(struct segment *segment,
                           struct manifest_segment *entry, struct error *err);

/* What is not finished leaves nothing behind.  NULL is fine. */
void segment_close(struct segment *segment);

#endif
