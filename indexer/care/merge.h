/*
 * indexer/care/merge.h - several segments into one, without their dead
 * articles.
 *
 * Segments are of a size if they are within a factor of eight.  When more
 * than eight are of a size, the eight or more smallest become one; so every
 * article is copied once for each factor of eight that the archive grows,
 * and there are never more than a few dozen segments.  A segment of which
 * more than a third is dead is rewritten.
 */
#ifndef INDEXER_MERGE_H
#define INDEXER_MERGE_H

#include <stdbool.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "indexer/archive/manifest.h"
#include "indexer/writer/writer.h"

/* Put the names of segments that should become one into `names`; false if
 * all is well as it is. */
bool merge_pick(const struct manifest *manifest, struct list *names);

/* What becomes of stored texts. */
enum merge_texts {
    MERGE_AS_THEY_ARE, /* where the dictionary stays the same */
    MERGE_PACKED_ANEW  /* a dictionary may hold words of an article that is to
                          be gone */
};

/*
 * Copy the living articles of these segments into a new one and exchange
 * them.  To be committed by the caller.  STATUS_DAMAGED if a segment is not
 * what the manifest says; nothing has happened then.
 */
enum status merge_segments(struct writer *writer, const struct list *names,
                           enum merge_texts texts, struct error *err);

/* Merge and commit as long as there is something to pick. */
enum status merge_run(struct writer *writer, struct error *err);

/* Merge all into one and commit.  Does nothing if it is one without dead
 * articles already. */
enum status merge_all(struct writer *writer, struct error *err);

#endif
