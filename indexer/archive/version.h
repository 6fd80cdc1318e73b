/*
 * indexer/archive/version.h - the version of an archive's format.
 *
 * It stands in the manifest and in every segment.  A program that finds
 * another than its own says so and reads no further, but for that which brings
 * an older archive up to date (care/upgrade.h).  nindex(5) describes the
 * format.
 *
 * Whoever raises it, or ANALYSIS_VERSION, adds an archive as the programs made
 * it before to tests/data/upgrade.
 */
#ifndef INDEXER_VERSION_H
#define INDEXER_VERSION_H

#include <stdint.h>

#include "corpus/base/error.h"

#define SCHEMA_VERSION 6

/* STATUS_VERSION: something was made with this version of `part`, and the
 * program knows another.  The sentence says what to do. */
enum status version_refuse(const char *part, int64_t version, int64_t known,
                           struct error *err);

#endif
