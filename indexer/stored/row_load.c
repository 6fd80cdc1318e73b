/* A row of a segment read: the article in it, or as it is into another. */
#include <stdbool.h>
#include <string.h>

#include <sqlite3.h>

#include "indexer/bits/sql.h"
#include "indexer/stored/row_parts.h"
#include "indexer/stored/store.h"

void
row_texts_init(struct row_texts *texts)
{
    *texts = (struct row_texts){0};
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        texts->packed[i] = BUF_INIT;
}

void
row_texts_release(struct row_texts *texts)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        buf_release(&texts->packed[i]);
}

static void
load_text(struct sqlite3_stmt *select, int column, struct buf *out)
{
    const unsigned char *text = sqlite3_column_text(select, column);
    int size = sqlite3_column_bytes(select, column);

    buf_set(out, text ? (const char *)text : "", text ? (size_t)size : 0);
}

static enum status
load_packed(struct sqlite3_stmt *select, struct unpacker *unpacker, int column,
            struct buf *out, struct error *err)
{
    const void *blob = sqlite3_column_blob(select, column);
    int size = sqlite3_column_bytes(select, column);

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
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_ID, id);
    for (int i = 0; !status && i < MEMBER_COUNT; i++) {
        int column = ROW_COLUMN_MEMBER + i;
        struct buf *packed = &texts->packed[i];

        if (row_forms[column] != FORM_PACKED ||
            store_is_packed(texts->to, texts->from,
                            sqlite3_column_blob(select, column),
                            (size_t)sqlite3_column_bytes(select, column)))
            continue;
        status = load_packed(select, texts->from, column, &text, err);
        buf_clear(packed);
        store_pack(texts->to, packed, text.data, text.size);
        sqlite3_bind_blob64(insert, 1 + column, packed->data, packed->size,
                            SQLITE_STATIC);
    }
    buf_release(&text);
    return status;
}

/* The next line of a text; false behind the last. */
static bool
next_line(const struct buf *lines, size_t *at, const char **line, size_t *size)
{
    if (*at >= lines->size)
        return false;
    *line = lines->data + *at;
    *size = strcspn(*line, "\n");
    *at += *size + 1;
    return true;
}

static void
split_list(const struct buf *lines, struct list *list)
{
    const char *line;
    size_t size;

    for (size_t at = 0; next_line(lines, &at, &line, &size);)
        list_add(list, line, size);
}

static void
split_captions(const struct buf *lines, struct article *article)
{
    const char *line;
    size_t size;

    for (size_t at = 0; next_line(lines, &at, &line, &size);) {
        const char *tab = memchr(line, '\t', size);
        size_t text = tab ? (size_t)(tab - line) : size;

        article_add_caption(article, line, text, tab ? tab + 1 : "",
                            tab ? size - text - 1 : 0);
    }
}

static void
load_date(struct sqlite3_stmt *select, struct date *date)
{
    int precision = sqlite3_column_int(select, ROW_COLUMN_PRECISION);

    *date = (struct date){0};
    if (precision <= DATE_NONE || precision > DATE_SECOND)
        return;
    date->precision = (enum date_precision)precision;
    date->seconds = sqlite3_column_int64(select, ROW_COLUMN_PUBLISHED);
    if (sqlite3_column_type(select, ROW_COLUMN_ZONE) == SQLITE_INTEGER) {
        date->has_zone = true;
        date->zone = (int16_t)sqlite3_column_int(select, ROW_COLUMN_ZONE);
    }
}

/* One that is not packed.  `text` is for the moment. */
static void
load_member(struct sqlite3_stmt *select, struct article *article,
            enum article_member member, struct buf *text)
{
    const int column = ROW_COLUMN_MEMBER + (int)member;
    void *at = member_at(article, member);

    switch (article_members[member].type) {
    case TYPE_LINE:
        load_text(select, column, at);
        break;
    case TYPE_LIST:
        load_text(select, column, text);
        split_list(text, at);
        break;
    case TYPE_DATE:
        if (member == MEMBER_PUBLISHED) {
            load_date(select, at);
        } else {
            load_text(select, column, text);
            date_parse(text->data, text->size, true, at);
        }
        break;
    case TYPE_WORD:
        load_text(select, column, text);
        member_set_word(article, member, text->data);
        break;
    case TYPE_PLACE:
        *(uint64_t *)at = (uint64_t)sqlite3_column_int64(select, column);
        break;
    case TYPE_PARAGRAPHS:
    case TYPE_CAPTIONS:
        break;
    }
}

/* Where a packed text goes: captions become more than a text. */
static struct buf *
place_of_packed(struct article *article, enum article_member member,
                struct buf *captions)
{
    return article_members[member].type == TYPE_CAPTIONS
               ? captions
               : member_at(article, member);
}

/* The CRC as row_pack() counted it, from what the row holds now. */
static uint32_t
crc_of_row(struct sqlite3_stmt *select, struct article *article,
           struct buf *captions)
{
    struct texts texts;

    for (int i = 0; i < ROW_COLUMN_COUNT; i++) {
        enum article_member member =
            (enum article_member)(i - ROW_COLUMN_MEMBER);
        const unsigned char *text;

        if (row_forms[i] == FORM_PACKED) {
            row_set_text(&texts, i, place_of_packed(article, member, captions));
        } else if (row_forms[i] == FORM_TEXT) {
            text = sqlite3_column_text(select, i);
            texts.text[i] = text ? (const char *)text : "";
            texts.size[i] = text ? (size_t)sqlite3_column_bytes(select, i) : 0;
        }
    }
    return row_crc(&texts);
}

static enum status
load_all_packed(struct sqlite3_stmt *select, struct unpacker *unpacker,
                struct article *article, struct buf *captions,
                struct error *err)
{
    enum status status = STATUS_OK;

    for (enum article_member i = 0; !status && i < MEMBER_COUNT; i++) {
        int column = ROW_COLUMN_MEMBER + (int)i;

        if (row_forms[column] == FORM_PACKED)
            status = load_packed(select, unpacker, column,
                                 place_of_packed(article, i, captions), err);
    }
    return status;
}

static enum status
load_packed_checked(struct sqlite3_stmt *select, struct unpacker *unpacker,
                    struct article *article, struct buf *captions,
                    struct error *err)
{
    enum status status =
        load_all_packed(select, unpacker, article, captions, err);

    if (!status && crc_of_row(select, article, captions) !=
                       (uint32_t)sqlite3_column_int64(select, ROW_COLUMN_CRC))
        status = error_set(err, STATUS_DAMAGED,
                           "the text does not fit its checksum");
    if (status)
        error_prefix(err, "article %lld: ",
                     (long long)sqlite3_column_int64(select, ROW_COLUMN_ID));
    return status;
}

/* What is not packed, and the captions, which are. */
static void
load_others(struct sqlite3_stmt *select, struct article *article,
            const struct buf *captions)
{
    struct buf text = BUF_INIT;

    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        load_member(select, article, i, &text);
    split_captions(captions, article);
    buf_release(&text);
}

enum status
row_load_captions(struct sqlite3_stmt *select, struct unpacker *unpacker,
                  struct article *article, struct buf *captions,
                  struct error *err)
{
    enum status status;

    article_clear(article);
    status = load_packed_checked(select, unpacker, article, captions, err);
    if (status) {
        article_clear(article);
        buf_clear(captions);
        return status;
    }
    load_others(select, article, captions);
    return STATUS_OK;
}

enum status
row_load_older(struct sqlite3_stmt *select, struct unpacker *unpacker,
               struct article *article, struct error *err)
{
    struct buf captions = BUF_INIT;
    enum status status;

    article_clear(article);
    status = load_all_packed(select, unpacker, article, &captions, err);
    if (!status)
        load_others(select, article, &captions);
    buf_release(&captions);
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
    return sqlite3_column_int64(select, ROW_COLUMN_WORDS);
}

const char *
row_file(struct sqlite3_stmt *select)
{
    const unsigned char *file = sqlite3_column_text(select, ROW_COLUMN_FILE);

    return file ? (const char *)file : "";
}

const char *
row_added(struct sqlite3_stmt *select)
{
    const unsigned char *day = sqlite3_column_text(select, ROW_COLUMN_ADDED);

    return day ? (const char *)day : "";
}
