/*
 * indexer/writer/builders.h - threads that turn articles into segments.
 *
 * Each thread sorts and writes segments of its own; nothing is shared but
 * the queue of articles in and the list of segments out.  A second thread
 * starts only after some megabytes, so that a small run makes one segment.
 */
#ifndef INDEXER_BUILDERS_H
#define INDEXER_BUILDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"
#include "indexer/segment/segment_builder.h"

struct builders;

struct builders_plan {
    const char *dir; /* borrowed, as is the next */
    const char *language;
    uint64_t next_segment; /* number of the first segment to write */
    size_t memory;         /* bytes for each thread, about */
    unsigned threads;      /* at most */
};

/* A finished segment.  Yours to release. */
struct builders_made {
    struct manifest_segment entry;
    struct segment_tag *tags; /* of article 1, 2, ... */
};

struct builders *builders_new(const struct builders_plan *plan);

/* Hand over the contents of an article; it is empty after.  Waits if the
 * threads are busy.  Fails if one of them has failed. */
enum status builders_add(struct builders *builders, struct article *article,
                         const char *file, const struct segment_tag *tag,
                         struct error *err);

/* A segment that has been finished, if there is one. */
bool builders_take(struct builders *builders, struct builders_made *made);

/* Wait until everything that was added is in segments. */
enum status builders_finish(struct builders *builders, struct error *err);

/* Number of the next segment; after builders_finish(). */
uint64_t builders_next_segment(const struct builders *builders);

/* What was not taken is removed from the disk.  NULL is fine. */
void builders_free(struct builders *builders);

#endif
