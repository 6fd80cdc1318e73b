/*
 * indexer/care/upgrade.h - an archive of an earlier version made one of this.
 *
 * Segment by segment the living articles are read by what the old table has,
 * analysed as of now, and written into a segment of the present format beside
 * the old one.  The manifest that lists the new ones instead of the old is the
 * commit: before it the archive is what it was, for the old programs too, and
 * after it all of it is new.  Killed anywhere, the same command does it again.
 *
 * The deletions stay, and so do the catalog's notes of the files; where an
 * article stands it learns from the new segments.  What is dead is left out.
 * An article without a language gets the one that it is written in.
 * Nothing but the archive itself is read: the sources may be gone.
 *
 * A ranked index of an earlier version is made again.
 */
#ifndef INDEXER_UPGRADE_H
#define INDEXER_UPGRADE_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"

struct upgrade_plan {
    const char *dir;
    size_t memory; /* bytes for indexing, 0: the writer's default */

    /* Is told what is to be done before anything is, if there is something. */
    void (*begin)(void *context, size_t segments, uint64_t needed,
                  uint64_t free);
    void *context;
};

struct upgrade_counts {
    size_t segments;  /* that were written anew */
    size_t ranked;    /* or of which only the ranked index was */
    int64_t articles; /* in those segments */
};

/*
 * Bring the archive up to date; one that is loses nothing.
 *
 * STATUS_FULL: there is less room than it takes, and nothing was begun.
 * STATUS_DAMAGED: a segment is not what the manifest says; the archive is as
 * it was.  STATUS_VERSION: it is of no version that was ever known.
 */
enum status upgrade_archive(const struct upgrade_plan *plan,
                            struct upgrade_counts *counts, struct error *err);

#endif
