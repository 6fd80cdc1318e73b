/*
 * indexer/segment/likeness_write.h - the strongest terms of each article into
 * the table likeness (ranked/likeness.h).
 *
 * They are chosen while the postings go by term by term: how many articles of
 * the segment have a term is known then, and what it says in each of them.
 * That takes four bytes a term and article, until all have been seen.
 */
#ifndef INDEXER_LIKENESS_WRITE_H
#define INDEXER_LIKENESS_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"

struct likeness_write;
struct merged;
struct ranked_said;
struct sqlite3;

struct likeness_write *likeness_write_new(int64_t articles);
void likeness_write_free(struct likeness_write *write);

/* A term and what it says, as a ranked_listener gets them. */
void likeness_write_term(struct likeness_write *write,
                         const struct merged *merged,
                         const struct ranked_said *said, size_t count);

/* Write the table; `path` is for the sentence. */
enum status likeness_write_end(struct likeness_write *write, struct sqlite3 *db,
                               const char *path, struct error *err);

#endif
