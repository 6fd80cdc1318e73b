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

struct sqlite3;

struct generation {
    struct manifest manifest;
    struct sqlite3 **db; /* one a segment, NULL: that could not be opened */
};

/* Open what the archive in `dir` has now.  Close it also after a failure.
 * STATUS_DAMAGED: a segment is missing. */
enum status generation_open(struct generation *generation, const char *dir,
                            struct error *err);
void generation_close(struct generation *generation);

#endif
