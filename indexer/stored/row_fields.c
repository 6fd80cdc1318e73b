#include "indexer/stored/row_fields.h"

#include <sqlite3.h>

#include "indexer/stored/row.h"

/* A longer one is no language. */
#define LANGUAGE_SIZE_MAX 15

void
row_fields_init(struct row_fields *fields)
{
    for (int i = 0; i < FIELD_DATE; i++)
        fields->text[i] = BUF_INIT;
    fields->mark = 0;
}

void
row_fields_release(struct row_fields *fields)
{
    for (int i = 0; i < FIELD_DATE; i++)
        buf_release(&fields->text[i]);
    fields->mark = 0;
}

/* The view leaves out the mark of the segment's own language, which is no
 * matter: with it or without, the text is read in that. */
static void
set_field(struct row_fields *fields, enum field field,
          const struct article *article, const struct buf *text)
{
    const struct buf *language = &article->language;
    struct buf *out = &fields->text[field];

    buf_clear(out);
    if (!text->size)
        return;
    if (language->size && language->size <= LANGUAGE_SIZE_MAX) {
        buf_printf(out, "\x02%s\x02", language->data);
        fields->mark = out->size;
    }
    buf_add(out, text->data, text->size);
}

static void
set_byline(struct row_fields *fields, const struct article *article,
           struct sqlite3_stmt *select)
{
    const char *more =
        (const char *)sqlite3_column_text(select, ROW_COLUMN_MORE_NAMES);
    struct buf byline = BUF_INIT;

    buf_add(&byline, article->byline.data, article->byline.size);
    if (more && *more)
        buf_printf(&byline, "\n%s", more);
    set_field(fields, FIELD_BYLINE, article, &byline);
    buf_release(&byline);
}

enum status
row_load_fields(struct sqlite3_stmt *select, struct unpacker *unpacker,
                struct article *article, struct row_fields *fields,
                struct error *err)
{
    struct buf captions = BUF_INIT;
    enum status status =
        row_load_captions(select, unpacker, article, &captions, err);

    fields->mark = 0;
    if (!status) {
        set_field(fields, FIELD_BODY, article, &article->body);
        set_field(fields, FIELD_HEADLINE, article, &article->headline);
        set_byline(fields, article, select);
        set_field(fields, FIELD_CAPTIONS, article, &captions);
        set_field(fields, FIELD_DATELINE, article, &article->dateline);
        set_field(fields, FIELD_SOURCE, article, &article->publication);
        set_field(fields, FIELD_SECTION, article, &article->section);
    }
    buf_release(&captions);
    return status;
}

const char *
row_field(const struct row_fields *fields, enum field field, size_t *size)
{
    const struct buf *text = &fields->text[field];
    size_t mark = text->size ? fields->mark : 0;

    *size = text->size - mark;
    return text->data + mark;
}
