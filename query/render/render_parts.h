/*
 * query/render/render_parts.h - the parts of a result that are written alike in
 * many formats.
 */
#ifndef QUERY_RENDER_PARTS_H
#define QUERY_RENDER_PARTS_H

#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "query/search/result.h"

/* "2014-10-24": the day, or as much of it as is known; nothing if undated. */
void render_day(struct buf *out, const struct date *date);

/* The receipt of a search as one sentence, and as a JSON object. */
void render_receipt(struct buf *out, const struct list *receipt);
void render_receipt_json(struct buf *out, const struct list *receipt);

/* Authors, else the byline without its "By". */
void render_byline(struct buf *out, const struct hit *hit);

/* --- render_copies.c --- */

/*
 * Append what is known of the copies of hit `i`: "+2 copies in 2 papers, first
 * 1987-03-09: 4, 7", the day being that of the earliest of all of them and the
 * numbers those of the copies, of which the first hit has `offset` + 1.
 * Nothing if it has none.
 */
void render_copies(struct buf *out, const struct search_result *result,
                   size_t i, size_t offset);

#endif
