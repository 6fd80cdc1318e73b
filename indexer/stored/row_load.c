/* A row of a segment read: the article in it, or as it is into another. */
#include <stdbool.h>
#include <string.h>

#include <sqlite3.h>

#include "indexer/bits/sql.h"
#include "indexer/stored/row_parts.h"
#include "indexer/stored/store.h"

static void
load_text(struct sqlite3_stmt *select, enum text which, struct buf *out)
{
    const unsigned char *text =
        sqlite3_column_text(select, row_text_column[which]);
    int size = sqlite3_column_bytes(select, row_text_column[which]);

    buf_set(out, text ? (const char *)text : "", text ? (size_t)size : 0);
}

static enum status
load_stored(struct sqlite3_stmt *select, struct unpacker *unpacker,
            enum text which, struct buf *out, struct error *err)
{
    const void *blob = sqlite3_column_blob(select, row_text_column[which]);
    int size = sqlite3_column_bytes(select, row_text_column[which]);

    buf_clear(out);
    return store_unpack(unpacker, out, blob ? blob : "", (size_t)size, err);
}

enum status
row_copy(struct sqlite3_stmt *select, struct row_texts *texts,
         struct sqlite3_stmt *insert, int64_t id, struct error *err)
{
    struct sqlite3 *from = sqlite3_db_handle(select);
    struct buf text = BUF_INIT;
    enum status status = STATUS_OK;
    int code = SQLITE_OK;

    for (int i = 1; i < ROW_COLUMN_COUNT && code == SQLITE_OK; i++)
        code =
            sqlite3_bind_value(insert, i + 1, sqlite3_column_value(select, i));
    if (code != SQLITE_OK)
        return sql_failed_with(sqlite3_db_handle(insert), code,
                               "a row cannot be copied", err);
    /* What could not be fetched has come as NULL. */
    if (sqlite3_errcode(from) == SQLITE_NOMEM)
        return sql_failed(from, "a row cannot be copied", err);
    sqlite3_bind_int64(insert, 1 + COLUMN_ID, id);
    for (int i = 0; !status && i < 2; i++) {
        enum text which = i == 0 ? TEXT_CAPTIONS : TEXT_BODY;
        struct buf *packed = &texts->packed[i];

        status = load_stored(select, texts->from, which, &text, err);
        buf_clear(packed);
        store_pack(texts->to, packed, text.data, text.size);
        sqlite3_bind_blob64(insert, 1 + row_text_column[which], packed->data,
                            packed->size, SQLITE_STATIC);
    }
    buf_release(&text);
    return status;
}

/* Call `add` with each line of a text. */
static void
each_line(struct article *article, const struct buf *lines,
          void (*add)(struct article *, const char *, size_t))
{
    size_t at = 0;

    while (at < lines->size) {
        size_t size = strcspn(lines->data + at, "\n");

        add(article, lines->data + at, size);
        at += size + 1;
    }
}

static void
add_author(struct article *article, const char *line, size_t size)
{
    list_add(&article->authors, line, size);
}

static void
add_email(struct article *article, const char *line, size_t size)
{
    list_add(&article->emails, line, size);
}

static void
add_caption(struct article *article, const char *line, size_t size)
{
    const char *tab = memchr(line, '\t', size);
    size_t text = tab ? (size_t)(tab - line) : size;

    article_add_caption(article, line, text, tab ? tab + 1 : "",
                        tab ? size - text - 1 : 0);
}

static enum date_source
date_source_of(const char *name)
{
    enum date_source source = DATE_FROM_NOWHERE;

    for (int i = DATE_FROM_NOWHERE; i <= DATE_FROM_FILENAME; i++)
        if (strcmp(date_source_name((enum date_source)i), name) == 0)
            source = (enum date_source)i;
    return source;
}

static enum article_kind
kind_of(const char *name)
{
    enum article_kind kind = ARTICLE_STORY;

    for (int i = ARTICLE_STORY; i <= ARTICLE_NOT_FOUND; i++)
        if (strcmp(article_kind_name((enum article_kind)i), name) == 0)
            kind = (enum article_kind)i;
    return kind;
}

static void
load_date(struct sqlite3_stmt *select, struct date *date)
{
    int precision = sqlite3_column_int(select, COLUMN_PRECISION);

    *date = (struct date){0};
    if (precision <= DATE_NONE || precision > DATE_SECOND)
        return;
    date->precision = (enum date_precision)precision;
    date->seconds = sqlite3_column_int64(select, COLUMN_PUBLISHED);
    if (sqlite3_column_type(select, COLUMN_ZONE) == SQLITE_INTEGER) {
        date->has_zone = true;
        date->zone = (int16_t)sqlite3_column_int(select, COLUMN_ZONE);
    }
}

static void
load_lists(struct sqlite3_stmt *select, struct article *article)
{
    struct buf text = BUF_INIT;

    load_text(select, TEXT_KIND, &text);
    article->kind = kind_of(text.data);
    load_text(select, TEXT_AUTHORS, &text);
    each_line(article, &text, add_author);
    load_text(select, TEXT_EMAILS, &text);
    each_line(article, &text, add_email);
    load_text(select, TEXT_PUBLISHED_FROM, &text);
    article->published_from = date_source_of(text.data);
    load_text(select, TEXT_SEEN, &text);
    date_parse(text.data, text.size, true, &article->seen);
    buf_release(&text);
}

/* The CRC as row_pack() counted it, from what the row holds now. */
static uint32_t
crc_of_row(struct sqlite3_stmt *select, struct buf stored[2])
{
    struct texts texts;

    for (size_t i = 0; i < TEXT_CAPTIONS; i++) {
        const unsigned char *text =
            sqlite3_column_text(select, row_text_column[i]);

        texts.text[i] = text ? (const char *)text : "";
        texts.size[i] =
            text ? (size_t)sqlite3_column_bytes(select, row_text_column[i]) : 0;
    }
    row_set_text(&texts, TEXT_CAPTIONS, &stored[0]);
    row_set_text(&texts, TEXT_BODY, &stored[1]);
    return row_crc(&texts);
}

enum status
row_load_captions(struct sqlite3_stmt *select, struct unpacker *unpacker,
                  struct article *article, struct buf *captions,
                  struct error *err)
{
    struct buf stored[2] = {BUF_INIT, BUF_INIT};
    enum status status;

    article_clear(article);
    status = load_stored(select, unpacker, TEXT_CAPTIONS, &stored[0], err);
    if (!status)
        status = load_stored(select, unpacker, TEXT_BODY, &stored[1], err);
    if (!status && crc_of_row(select, stored) !=
                       (uint32_t)sqlite3_column_int64(select, COLUMN_CRC))
        status = error_set(err, STATUS_DAMAGED,
                           "the text does not fit its checksum");
    if (status) {
        error_prefix(err, "article %lld: ",
                     (long long)sqlite3_column_int64(select, COLUMN_ID));
        goto done;
    }
    load_text(select, TEXT_KEY, &article->key);
    load_text(select, TEXT_VERSION, &article->version);
    load_text(select, TEXT_PUBLICATION, &article->publication);
    load_text(select, TEXT_SECTION, &article->section);
    load_text(select, TEXT_URL, &article->url);
    load_text(select, TEXT_LANGUAGE, &article->language);
    load_text(select, TEXT_HEADLINE, &article->headline);
    load_text(select, TEXT_BYLINE, &article->byline);
    load_text(select, TEXT_DATELINE, &article->dateline);
    load_lists(select, article);
    load_date(select, &article->published);
    each_line(article, &stored[0], add_caption);
    buf_swap(captions, &stored[0]);
    buf_swap(&article->body, &stored[1]);
    article->item = (uint64_t)sqlite3_column_int64(select, COLUMN_ITEM);
    article->offset = (uint64_t)sqlite3_column_int64(select, COLUMN_OFFSET);
done:
    buf_release(&stored[0]);
    buf_release(&stored[1]);
    return status;
}

enum status
row_load(struct sqlite3_stmt *select, struct unpacker *unpacker,
         struct article *article, struct error *err)
{
    struct buf captions = BUF_INIT;
    enum status status =
        row_load_captions(select, unpacker, article, &captions, err);

    buf_release(&captions);
    return status;
}

int64_t
row_words(struct sqlite3_stmt *select)
{
    return sqlite3_column_int64(select, COLUMN_WORDS);
}

const char *
row_file(struct sqlite3_stmt *select)
{
    const unsigned char *file = sqlite3_column_text(select, COLUMN_FILE);

    return file ? (const char *)file : "";
}
