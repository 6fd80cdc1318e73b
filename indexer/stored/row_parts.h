/*
 * indexer/stored/row_parts.h - what packing a row (row.c) and reading one
 * (row_load.c) share; nobody else includes it.
 */
#ifndef INDEXER_ROW_PARTS_H
#define INDEXER_ROW_PARTS_H

#include "indexer/stored/row.h"

/* The texts of a row, in the order in which they are packed. */
enum text {
    TEXT_KEY,
    TEXT_VERSION,
    TEXT_KIND,
    TEXT_FILE,
    TEXT_PUBLICATION,
    TEXT_SECTION,
    TEXT_URL,
    TEXT_LANGUAGE,
    TEXT_HEADLINE,
    TEXT_BYLINE,
    TEXT_AUTHORS,
    TEXT_MORE_NAMES,
    TEXT_EMAILS,
    TEXT_DATELINE,
    TEXT_PUBLISHED_FROM,
    TEXT_SEEN,
    TEXT_CAPTIONS,
    TEXT_BODY,
    TEXT_COUNT
};

/* Where each text stands among the columns of ROW_COLUMNS. */
extern const int row_text_column[TEXT_COUNT];

enum {
    COLUMN_ID = 0,
    COLUMN_FILE = 4,
    COLUMN_ITEM = 5,
    COLUMN_OFFSET = 6,
    COLUMN_PUBLISHED = ROW_COLUMN_PUBLISHED,
    COLUMN_PRECISION = 18,
    COLUMN_ZONE = 19,
    COLUMN_WORDS = 22,
    COLUMN_CRC = 23,
    COLUMN_SIGNATURE = 24
};

/* The texts of an article before they are packed. */
struct texts {
    const char *text[TEXT_COUNT];
    size_t size[TEXT_COUNT];
    struct buf joined[4]; /* authors, more names, emails, captions */
    struct buf seen;
};

static inline void
row_set_text(struct texts *texts, enum text which, const struct buf *from)
{
    texts->text[which] = from->data;
    texts->size[which] = from->size;
}

/* CRC-32 of the texts, each with the NUL behind it. */
uint32_t row_crc(const struct texts *texts);

#endif
