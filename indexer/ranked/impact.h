/*
 * indexer/ranked/impact.h - writing the ranked index of a segment.
 *
 * FTS5 knows every match but has to look at each of them to find the best
 * ten.  The ranked index holds the same postings with their scores worked
 * out (bm25f.h), and for every block of them the best score in it, so that
 * whole blocks that cannot reach the page are never looked at.  It is built
 * from the token stream that feeds FTS5, and can be dropped and built again.
 *
 *     struct impact *impact = impact_new("/srv/news/seg-000001.runs", 0);
 *
 *     for each article, in order of its number, 1, 2, ...
 *         impact_begin_article(impact, published);
 *         for each of its fields, FIELD_BODY ... FIELD_DATE
 *             impact_begin_field(impact, field);
 *             for each token of the field, in order
 *                 impact_token(impact, term, size, position);
 *     status = impact_end(impact, "/srv/news/seg-000001.rank", NULL, err);
 *     impact_free(impact);
 *
 * All fields are collected, for whoever listens in at the end; only the text
 * fields are in the file (ranked_format.h), which ranked.h reads.
 */
#ifndef INDEXER_IMPACT_H
#define INDEXER_IMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked_format.h"

/* How much impact_new() keeps in memory if it is not told. */
#define IMPACT_MEMORY_DEFAULT ((size_t)256 << 20)

struct impact;

/*
 * Collect up to about `memory` bytes (0: the default); more goes through a
 * file at `runs_path`, which is gone from the folder as soon as it is open.
 */
struct impact *impact_new(const char *runs_path, size_t memory);
void impact_free(struct impact *impact);

/* `published` is in UTC seconds, or RANKED_UNDATED. */
void impact_begin_article(struct impact *impact, int64_t published);

/* Each of an article's fields at most once, in their order. */
void impact_begin_field(struct impact *impact, enum field field);

/* Positions count from 0 in each field and do not fall; several terms may
 * stand at one, also the same one twice.  `note` (may be NULL) is a token's
 * note on the term. */
void impact_token(struct impact *impact, const char *term, size_t size,
                  uint32_t position, uint32_t *note);

/* Has something failed already?  impact_end() will tell. */
bool impact_failed(const struct impact *impact);

/* The positions of each field in the latest article. */
const uint32_t *impact_lengths(const struct impact *impact);

/* Somebody else who wants the postings: gets each term, in byte order, while
 * they are being written.  impact_parts.h tells what they look like. */
struct merged;
typedef void (*impact_see)(void *context, const struct impact *impact,
                           const struct merged *merged);
struct impact_also {
    impact_see see;
    void *context;
};

/*
 * Write the file; it is not synced.  `also` may be NULL.  Whatever went wrong
 * before is told here. After it only impact_free() makes sense.  STATUS_LIMIT
 * for more than RANKED_ARTICLES_MAX articles.
 */
enum status impact_end(struct impact *impact, const char *path,
                       const struct impact_also *also, struct error *err);

#endif
