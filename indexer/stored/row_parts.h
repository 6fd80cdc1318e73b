/*
 * indexer/stored/row_parts.h - what packing a row (row.c) and reading one
 * (row_load.c) share; nobody else includes it.
 */
#ifndef INDEXER_ROW_PARTS_H
#define INDEXER_ROW_PARTS_H

#include <stdbool.h>

#include "indexer/stored/row.h"

/* How each column is stored.  Lists and captions are a line each; the date of
 * publication is a number, and so a range of dates is one of numbers. */
extern const enum row_form row_forms[ROW_COLUMN_COUNT];

/* Packed or not. */
static inline bool
row_is_text(int column)
{
    return row_forms[column] == FORM_TEXT || row_forms[column] == FORM_PACKED;
}

/* The columns in the order of the table, without the number. */
enum {
    ROW_ORDER = ROW_COLUMN_COUNT - 1
};
void row_order(int column[ROW_ORDER]);

/* The texts of an article before they are packed; of what is no text,
 * nothing. */
struct texts {
    const char *text[ROW_COLUMN_COUNT];
    size_t size[ROW_COLUMN_COUNT];
};

static inline void
row_set_text(struct texts *texts, int column, const struct buf *from)
{
    texts->text[column] = from->data;
    texts->size[column] = from->size;
}

/* CRC-32 of the texts in the order of the table, each with the NUL behind
 * it. */
uint32_t row_crc(const struct texts *texts);

#endif
