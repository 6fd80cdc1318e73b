/*
 * indexer/care/check.h - is this archive sound?  With a reason if it is not.
 *
 * Three depths, each with all before it:
 *
 *     quick   the manifest's checksum; every file it lists is there, of its
 *             size, and opens as a segment
 *     normal  every byte: SHA-256 of every file against the manifest
 *     full    what the bytes mean: SQLite's and FTS5's own integrity checks,
 *             the CRC of every article, the counts
 *
 * Files that a killed run has left are told of, too, but the archive is sound
 * with them.
 *
 * Nothing is changed, least of all removed.  FTS5's check can die of a
 * damaged index (SQLite 3.40.1), so the full depth works in a child process;
 * one that dies counts as a finding.
 */
#ifndef INDEXER_CHECK_H
#define INDEXER_CHECK_H

#include "corpus/base/error.h"

enum check_depth {
    CHECK_QUICK,
    CHECK_NORMAL,
    CHECK_FULL
};

/* Is told each finding: a sentence that names the file and says what to do. */
typedef void (*check_report)(void *context, const char *text);

/*
 * Check the archive in `dir`.  STATUS_OK: sound.  STATUS_DAMAGED: it is not,
 * and every finding has been reported.  STATUS_ABSENT, STATUS_VERSION,
 * STATUS_IO: it could not be looked at; the sentence says why.
 */
enum status check_archive(const char *dir, enum check_depth depth,
                          check_report report, void *context,
                          struct error *err);

#endif
