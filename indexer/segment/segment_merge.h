/*
 * indexer/segment/segment_merge.h - indexing the articles of a segment by what
 * the segments that they come from know of them.
 *
 * No text is read: postings, places and forms are copied from index to index,
 * with new numbers.  What depends on all articles (which forms are common,
 * which words stand side by side, what an article is like) is worked out from
 * these.  The tables of FTS5 are filled while another thread makes the ranked
 * index.
 */
#ifndef INDEXER_SEGMENT_MERGE_H
#define INDEXER_SEGMENT_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/segment/segment_index.h"

struct ranked;

/* A segment that is merged with others: what is borrowed must stay as it is
 * until the new one is finished. */
struct segment_source {
    struct sqlite3 *db;
    const char *path;
    const struct manifest_segment *entry;
    struct ranked *ranked; /* from segment_sources_open() */
};

/* Where an article of the new segment is from. */
struct segment_origin {
    uint32_t source;
    uint32_t id; /* in it */
};

/* All that a merge is from. */
struct segment_sources {
    struct segment_source *source;
    size_t count;
    const struct segment_origin *origin; /* of each article, by number */
};

/* Open what is beside them; false if one of them cannot be merged so, as its
 * index is not there, damaged, or made by others. */
bool segment_sources_open(const struct segment_sources *sources,
                          const struct segment_plan *plan);
void segment_sources_close(const struct segment_sources *sources);

/* As segment_index(); an article of a source that is nobody's origin is
 * dropped. */
enum status segment_merge(const struct segment_articles *articles,
                          const struct segment_plan *plan,
                          const struct segment_sources *sources,
                          struct manifest_segment *entry, struct error *err);

#endif
