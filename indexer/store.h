/*
 * indexer/store.h - texts deflated and inflated, and the SQL side of it.
 *
 * A stored text is one byte that says how (0 as it is, 1 zlib), the length
 * of the text as an SQLite varint, and the bytes.  Short texts and those that
 * do not shrink stay as they are.
 *
 * Captions are stored as one line each: text, then a TAB and the credit if
 * there is one.
 */
#ifndef INDEXER_STORE_H
#define INDEXER_STORE_H

#include <stddef.h>

#include "corpus/article.h"
#include "corpus/buf.h"
#include "corpus/error.h"

struct sqlite3;
struct sqlite3_stmt;

/* Append the stored form of `text`. */
void store_deflate(struct buf *out, const char *text, size_t size);

/* Append the text of a stored form.  STATUS_DAMAGED if it is not one, or
 * claims more than 64 MiB. */
enum status store_inflate(struct buf *out, const void *data, size_t size,
                          struct error *err);

/*
 * The SQL functions of a segment, for the view and for people:
 *
 *     news_text(blob)             the inflated text
 *     news_mark(language, text)   text with the mark of analysis.h before it
 *                                 unless the language is the segment's own
 *     news_dates(published, zone, precision)   "2014 201410 20141024"
 */
enum status store_register(struct sqlite3 *db, struct error *err);

#endif
