/*
 * indexer/segment/segment_index.h - indexing the articles of a segment.
 *
 * Every text is analysed once.  What comes of it is collected by term, and
 * goes, in one pass over the sorted terms, into all that search reads: the
 * tables of FTS5 and the table term, the ranked index, and, of the words as
 * they are written, the table spelling.
 */
#ifndef INDEXER_SEGMENT_INDEX_H
#define INDEXER_SEGMENT_INDEX_H

#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"
#include "indexer/segment/segment_plan.h"

struct sqlite3;

struct segment_articles {
    struct sqlite3 *db;       /* all articles are in */
    const char *path;         /* for the sentences */
    const int64_t *published; /* of article 1, 2, ...; or RANKED_UNDATED */
    int64_t count;
};

/*
 * Fill the tables of `articles->db`; write, sync and rename the ranked index.
 * The lengths and the ranked index are noted in `entry`.
 */
enum status segment_index(const struct segment_articles *articles,
                          const struct segment_plan *plan,
                          struct manifest_segment *entry, struct error *err);

/* The same for the ranked index alone; the tables are only read. */
enum status segment_index_ranked(const struct segment_articles *articles,
                                 const struct segment_plan *plan,
                                 struct manifest_segment *entry,
                                 struct error *err);

#endif
