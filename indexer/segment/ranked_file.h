/*
 * indexer/segment/ranked_file.h - the ranked index of a segment that is being
 * made: its writer, and its file, which has another name until it is complete.
 *
 *     ranked_file_begin(&file, plan);
 *     ... file.writer ...
 *     status = ranked_file_end(&file, &listener, err);
 *     ... whatever else must have gone well ...
 *     status = ranked_file_publish(&file, entry, err);
 *     ranked_file_release(&file);
 */
#ifndef INDEXER_RANKED_FILE_H
#define INDEXER_RANKED_FILE_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"
#include "indexer/ranked/ranked_writer.h"
#include "indexer/segment/segment_plan.h"

struct ranked_file {
    struct ranked_writer *writer;
    struct buf path;
    struct buf temporary;
    bool published;
};

void ranked_file_begin(struct ranked_file *file,
                       const struct segment_plan *plan);

/* Write all of it; `also` may be NULL (ranked_writer.h). */
enum status ranked_file_end(struct ranked_file *file,
                            const struct ranked_listener *also,
                            struct error *err);

/* Give the file its name, and note its digest and size. */
enum status ranked_file_publish(struct ranked_file *file,
                                struct manifest_segment *entry,
                                struct error *err);

/* What was not published is removed. */
void ranked_file_release(struct ranked_file *file);

#endif
