/*
 * indexer/care/repair.h - what can be rescued of a damaged archive.
 *
 * A segment that is not what the manifest says is replaced by one of those
 * of its articles that still fit their checksums.  The damaged file is kept
 * under another name.  The source files of the articles that are lost are
 * read again by the next run.
 *
 * A damaged ranked index is made anew with its segment.
 *
 * What was taken down stays so, even if the manifest does not know it.
 */
#ifndef INDEXER_REPAIR_H
#define INDEXER_REPAIR_H

#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/writer/writer.h"

struct repair_counts {
    uint64_t segments; /* that were damaged */
    int64_t rescued;   /* articles */
    int64_t lost;
};

/* Rescue and commit.  `writer` was opened with `repair`. */
enum status repair_archive(struct writer *writer, struct repair_counts *counts,
                           struct error *err);

#endif
