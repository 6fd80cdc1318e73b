/*
 * indexer/nindex/generation.h - the segments of one generation, all open.
 *
 * Once they are, a run that commits takes only their names away: whoever reads
 * them to their end has read one state of the archive.
 */
#ifndef INDEXER_GENERATION_H
#define INDEXER_GENERATION_H

#include "corpus/base/error.h"
#include "indexer/archive/manifest.h"

struct article;
struct sqlite3;
struct sqlite3_stmt;

struct generation {
    struct manifest manifest;
    struct sqlite3 **db; /* one a segment, NULL: that could not be opened */
};

/* Open what the archive in `dir` has now.  Close it also after a failure.
 * STATUS_DAMAGED: a segment is missing. */
enum status generation_open(struct generation *generation, const char *dir,
                            struct error *err);
void generation_close(struct generation *generation);

/* An article, and the row of ROW_COLUMNS that it was loaded from; both are
 * good for the call. */
typedef enum status generation_take(void *context, struct sqlite3_stmt *row,
                                    const struct article *article,
                                    struct error *err);

/* Hand on the living articles of all segments, or those that have `name` as
 * their key or address, until one is not taken. */
enum status generation_each(const struct generation *generation,
                            const char *name, generation_take *take,
                            void *context, struct error *err);

#endif
