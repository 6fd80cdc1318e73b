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
struct sqlite3;
struct sqlite3_stmt;
struct unpacker;

/* How a column is stored. */
enum row_form {
    FORM_NUMBER,
    FORM_NUMBER_OR_NULL,
    FORM_TEXT,
    FORM_PACKED /* a text, as store.h has it */
};

/*
 * The columns of the table article that are no member's, besides the number:
 * USE(column, name, form, before, about) with the member that they stand
 * before in the table, in that order.
 */
/* clang-format off */
#define ROW_OTHERS(USE)                                                       \
    USE(ROW_COLUMN_FILE, file, FORM_TEXT, MEMBER_ITEM, "the source file")     \
    USE(ROW_COLUMN_ADDED, added, FORM_TEXT, MEMBER_ITEM,                      \
        "the day of that, 2026-12-01, or ''")                                 \
    USE(ROW_COLUMN_MORE_NAMES, more_names, FORM_TEXT, MEMBER_EMAILS,          \
        "the authors that byline lacks")                                      \
    USE(ROW_COLUMN_PRECISION, precision, FORM_NUMBER, MEMBER_PUBLISHED_FROM,  \
        "0 none 1 year 2 month 3 day\n"                                       \
        "                                 -- 4 minute 5 second")              \
    USE(ROW_COLUMN_ZONE, zone, FORM_NUMBER_OR_NULL, MEMBER_PUBLISHED_FROM,    \
        "minutes east of UTC, NULL: unstated")                                \
    USE(ROW_COLUMN_WORDS, words, FORM_NUMBER, MEMBER_CAPTIONS, "of the body") \
    USE(ROW_COLUMN_CRC, crc, FORM_NUMBER, MEMBER_CAPTIONS,                    \
        "CRC-32 of all of the above texts")                                   \
    USE(ROW_COLUMN_SIGNATURE, signature, FORM_NUMBER, MEMBER_CAPTIONS,        \
        "near-duplicate signature of the body")
/* clang-format on */

/* The columns as statements name them: the number, the members, the others. */
#define ROW_OTHER_NUMBERED(column, name, form, before, about) column,
enum row_column {
    ROW_COLUMN_ID,
    ROW_COLUMN_MEMBER, /* of the first member; the next follow */
    ROW_COLUMN_LAST_MEMBER = ROW_COLUMN_MEMBER + MEMBER_COUNT - 1,
    ROW_OTHERS(ROW_OTHER_NUMBERED) ROW_COLUMN_COUNT
};

#define ROW_COLUMN_KEY (ROW_COLUMN_MEMBER + MEMBER_KEY)
#define ROW_COLUMN_LANGUAGE (ROW_COLUMN_MEMBER + MEMBER_LANGUAGE)
#define ROW_COLUMN_PUBLISHED (ROW_COLUMN_MEMBER + MEMBER_PUBLISHED)

/* What row_load() wants from a SELECT. */
#define ROW_NAME(column, name, ...) "," #name
#define ROW_COLUMNS "id" ARTICLE_MEMBERS(ROW_NAME) ROW_OTHERS(ROW_NAME)

#define ROW_MARK(column, name, ...) ",?"
#define ROW_INSERT                                \
    "INSERT INTO article(" ROW_COLUMNS ") VALUES" \
    "(?" ARTICLE_MEMBERS(ROW_MARK) ROW_OTHERS(ROW_MARK) ")"

/* Append the statement that makes the table.  Texts in it are valid UTF-8
 * without control characters but for the '\n' between the lines of lists,
 * captions and paragraphs. */
void row_define_table(struct buf *sql);

/* How texts get from one segment into another. */
struct row_texts {
    struct unpacker *from;
    struct packer *to;
    struct buf packed[MEMBER_COUNT]; /* until the step */
};

void row_texts_init(struct row_texts *texts);
void row_texts_release(struct row_texts *texts);

/* Bind the present row of a SELECT of ROW_COLUMNS on another segment, with its
 * texts packed anew unless they are packed so already, to a statement of
 * ROW_INSERT. */
enum status row_copy(struct sqlite3_stmt *select, struct row_texts *texts,
                     struct sqlite3_stmt *insert, int64_t id,
                     struct error *err);

struct row;

/* Pack an article from `file` that entered the archive on the day `added`, or
 * "".  The key must have been filled in.  Never NULL; free(3) it. */
struct row *row_pack(struct packer *packer, const struct article *article,
                     const char *file, const char *added);

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

/*
 * Of a segment of an earlier version: append a SELECT of what ROW_COLUMNS
 * names, in which a column that its table lacks is empty; and read a row of
 * that. Its CRC is of other columns, so the caller sees to it that the file is
 * sound.
 */
enum status row_select_older(struct sqlite3 *db, const char *path,
                             struct buf *sql, struct error *err);
enum status row_load_older(struct sqlite3_stmt *select,
                           struct unpacker *unpacker, struct article *article,
                           struct error *err);

/* How many words the body of the present row has. */
int64_t row_words(struct sqlite3_stmt *select);

/* The source file of the present row.  Borrowed until the next step. */
const char *row_file(struct sqlite3_stmt *select);

/* The day on which it entered the archive, or "".  As borrowed. */
const char *row_added(struct sqlite3_stmt *select);

/*
 * What an article says, as one number: two articles with the same digest are
 * the same article, wherever they were found.  The file, the place in it, the
 * key and the day on which it was added do not count.
 */
uint64_t row_digest(const struct article *article);

#endif
