/*
 * indexer/stored/row.h - an article as a row of a segment, there and back.
 *
 * On its way into a segment an article is packed: one piece of memory with
 * its long texts packed already, about two fifths of the article's size, so
 * that a great many can wait to be sorted by date.
 */
#ifndef INDEXER_ROW_H
#define INDEXER_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/bits/sha256.h"

struct packer;
struct sqlite3_stmt;
struct unpacker;

/* The columns of the table article, in order; what row_load() wants from a
 * SELECT. */
#define ROW_COLUMNS                                                           \
    "id,key,version,kind,file,item,offset,publication,section,url,language,"  \
    "headline,byline,authors,more_names,emails,dateline,published,precision," \
    "zone,published_from,seen,words,crc,signature,captions,body"
#define ROW_COLUMN_COUNT 27
#define ROW_COLUMN_KEY 1
#define ROW_COLUMN_LANGUAGE 10
#define ROW_COLUMN_MORE_NAMES 14
#define ROW_COLUMN_PUBLISHED 17

#define ROW_INSERT                                \
    "INSERT INTO article(" ROW_COLUMNS ") VALUES" \
    "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

/* How texts get from one segment into another. */
struct row_texts {
    struct unpacker *from;
    struct packer *to;
    struct buf packed[2]; /* until the step */
};

/* Bind the present row of a SELECT of ROW_COLUMNS on another segment, with
 * its texts packed anew, to a statement of ROW_INSERT. */
enum status row_copy(struct sqlite3_stmt *select, struct row_texts *texts,
                     struct sqlite3_stmt *insert, int64_t id,
                     struct error *err);

struct row;

/* Pack an article from `file`.  The key must have been filled in.  Never
 * NULL; free(3) it. */
struct row *row_pack(struct packer *packer, const struct article *article,
                     const char *file);

/* Bytes of memory. */
size_t row_size(const struct row *row);

/* < 0, 0 or > 0 in the order of a segment: undated ones first, then by date,
 * then by key, last one first: so from the end it is newest first and then
 * by key. */
int row_compare(const struct row *a, const struct row *b);

/* The date of publication; false if it has none. */
int row_published(const struct row *row, int64_t *seconds);

/* ISO 639-1, or "". */
const char *row_language(const struct row *row);

/* Bind to a statement of ROW_INSERT.  The row must outlive the step. */
void row_bind(const struct row *row, struct sqlite3_stmt *insert, int64_t id);

/* The article in the present row of a SELECT of ROW_COLUMNS; `article` is
 * cleared first.  STATUS_DAMAGED if a text cannot be unpacked or the CRC does
 * not fit. */
enum status row_load(struct sqlite3_stmt *select, struct unpacker *unpacker,
                     struct article *article, struct error *err);

/* The same, and besides, as one text, the captions as they are stored. */
enum status row_load_captions(struct sqlite3_stmt *select,
                              struct unpacker *unpacker,
                              struct article *article, struct buf *captions,
                              struct error *err);

/* How many words the body of the present row has. */
int64_t row_words(struct sqlite3_stmt *select);

/* The source file of the present row.  Borrowed until the next step. */
const char *row_file(struct sqlite3_stmt *select);

/*
 * What an article says, as one number: two articles with the same digest are
 * the same article, wherever they were found.  The file, the place in it and
 * the key do not count.
 */
uint64_t row_digest(const struct article *article);

#endif
