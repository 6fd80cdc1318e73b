/*
 * indexer/segment/segment_builder.h - making a segment of rows in any order.
 *
 * A builder holds packed rows, up to what memory its owner grants it, and
 * writes them sorted.
 */
#ifndef INDEXER_SEGMENT_BUILDER_H
#define INDEXER_SEGMENT_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/segment/segment_plan.h"

struct article;
struct manifest_segment;
struct segment_builder;

/* The caller's name for a row: which article of which source file. */
struct segment_tag {
    unsigned char key[16]; /* the first half of the SHA-256 of its key */
    int64_t file;
    int64_t serial; /* counts up within a run */
};

struct segment_builder *segment_builder_new(void);
void segment_builder_free(struct segment_builder *builder);

/* Add a packed copy of an article from `file`. */
void segment_builder_add(struct segment_builder *builder,
                         const struct article *article, const char *file,
                         const struct segment_tag *tag);

size_t segment_builder_memory(const struct segment_builder *builder);
size_t segment_builder_count(const struct segment_builder *builder);

/*
 * Write all rows as one segment and be empty again, also after a failure.
 * `*tags` is the tag of article 1, 2, ...: yours to free.
 */
enum status segment_builder_write(struct segment_builder *builder,
                                  const struct segment_plan *plan,
                                  struct manifest_segment *entry,
                                  struct segment_tag **tags, struct error *err);

#endif
