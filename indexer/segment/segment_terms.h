/*
 * indexer/segment/segment_terms.h - the terms of a segment and their postings,
 * on their way into the tables that FTS5 and spelling read.
 *
 * While ranked_writer_end() goes through the terms to write the ranked index,
 * the same postings go into article_fts and their numbers into the table term.
 */
#ifndef INDEXER_SEGMENT_TERMS_H
#define INDEXER_SEGMENT_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"

struct merged;
struct ranked_article;
struct segment_terms;
struct sqlite3;

/* Both are borrowed; `path` is for the sentence. */
struct segment_terms *segment_terms_new(struct sqlite3 *db, const char *path);
void segment_terms_free(struct segment_terms *terms);

/* The lengths of an article, in order of the numbers.  SQLite's code of the
 * first write that has failed. */
int segment_terms_article(struct segment_terms *terms, int64_t number,
                          const uint32_t length[FIELD_COUNT]);

/* For a ranked_listener: `context` is the struct segment_terms. */
void segment_terms_see(void *context, const struct ranked_article *article,
                       const struct merged *merged);

/* Or, when segments are merged: a term, in byte order; its articles, in order
 * of their numbers, with their places as FTS5 has them; and that was all. */
void segment_terms_begin(struct segment_terms *terms, const char *term,
                         size_t size);
void segment_terms_copy(struct segment_terms *terms, int64_t number,
                        const unsigned char *places, size_t size);
void segment_terms_copied(struct segment_terms *terms, const char *term,
                          size_t size);

/* `total` is the positions of each field.  What went wrong before is told
 * here. */
enum status segment_terms_end(struct segment_terms *terms,
                              uint64_t total[FIELD_COUNT], struct error *err);

#endif
