/*
 * indexer/stored/row_fields.h - a stored article as the index sees it.
 *
 * The same texts as the view article_text has, of a row that is read for its
 * other columns, too: so its long texts are unpacked once.
 */
#ifndef INDEXER_ROW_FIELDS_H
#define INDEXER_ROW_FIELDS_H

#include <stddef.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "indexer/archive/field.h"

struct sqlite3_stmt;
struct unpacker;

struct row_fields {
    struct buf text[FIELD_DATE]; /* behind the mark of a language
                                    (analysis.h), or without one; that
                                    of FIELD_ADDED never has one */
    size_t mark;                 /* bytes of it, where there is a text */
};

/* Append the statement that makes the view. */
void row_define_view(struct buf *sql);

void row_fields_init(struct row_fields *fields);
void row_fields_release(struct row_fields *fields);

/* As row_load(); the fields, which are cleared first, besides. */
enum status row_load_fields(struct sqlite3_stmt *select,
                            struct unpacker *unpacker, struct article *article,
                            struct row_fields *fields, struct error *err);

/* A field without the mark.  Borrowed. */
const char *row_field(const struct row_fields *fields, enum field field,
                      size_t *size);

#endif
