#include "indexer/row.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sqlite3.h>
#include <zlib.h>

#include "corpus/mem.h"
#include "corpus/swar.h"
#include "indexer/schema.h"
#include "indexer/signature.h"
#include "indexer/store.h"

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
static const int text_column[TEXT_COUNT] = {1,  2,  3,  4,  7,  8,  9,  10, 11,
                                            12, 13, 14, 15, 16, 20, 21, 25, 26};

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

struct row {
    struct date published;
    uint64_t item;
    uint64_t offset;
    uint64_t signature;
    int64_t words;
    uint32_t crc;
    uint32_t size[TEXT_COUNT];
    char data[]; /* each text with a NUL behind it */
};

/* The texts of an article before they are packed. */
struct texts {
    const char *text[TEXT_COUNT];
    size_t size[TEXT_COUNT];
    struct buf joined[4]; /* authors, more names, emails, captions */
    struct buf seen;
};

static void
set_text(struct texts *texts, enum text which, const struct buf *from)
{
    texts->text[which] = from->data;
    texts->size[which] = from->size;
}

static void
set_literal(struct texts *texts, enum text which, const char *text)
{
    texts->text[which] = text;
    texts->size[which] = strlen(text);
}

static void
join_line(struct buf *out, const char *line)
{
    if (out->size)
        buf_add_byte(out, '\n');
    buf_add_text(out, line);
}

/* Does the byline name this author?  Bylines are often in capitals; beyond
 * ASCII, a difference in case only means that the name is indexed twice. */
static bool
names(const char *byline, const char *author)
{
    size_t size = strlen(author);

    for (; *byline; byline++)
        if (strncasecmp(byline, author, size) == 0)
            return true;
    return size == 0;
}

static void
join_people(const struct article *article, struct texts *texts)
{
    for (size_t i = 0; i < article->authors.count; i++) {
        const char *author = article->authors.item[i];

        join_line(&texts->joined[0], author);
        if (!names(article->byline.data, author))
            join_line(&texts->joined[1], author);
    }
    for (size_t i = 0; i < article->emails.count; i++)
        join_line(&texts->joined[2], article->emails.item[i]);
    for (size_t i = 0; i < article->captions; i++) {
        join_line(&texts->joined[3], article->caption[i].text.data);
        if (article->caption[i].credit.size) {
            buf_add_byte(&texts->joined[3], '\t');
            buf_add_text(&texts->joined[3], article->caption[i].credit.data);
        }
    }
}

static void
gather(const struct article *article, const char *file, struct texts *texts)
{
    for (size_t i = 0; i < 4; i++)
        texts->joined[i] = BUF_INIT;
    texts->seen = BUF_INIT;
    date_print(&article->seen, &texts->seen);
    join_people(article, texts);
    set_text(texts, TEXT_KEY, &article->key);
    set_text(texts, TEXT_VERSION, &article->version);
    set_literal(texts, TEXT_KIND, article_kind_name(article->kind));
    set_literal(texts, TEXT_FILE, file);
    set_text(texts, TEXT_PUBLICATION, &article->publication);
    set_text(texts, TEXT_SECTION, &article->section);
    set_text(texts, TEXT_URL, &article->url);
    set_text(texts, TEXT_LANGUAGE, &article->language);
    set_text(texts, TEXT_HEADLINE, &article->headline);
    set_text(texts, TEXT_BYLINE, &article->byline);
    set_text(texts, TEXT_AUTHORS, &texts->joined[0]);
    set_text(texts, TEXT_MORE_NAMES, &texts->joined[1]);
    set_text(texts, TEXT_EMAILS, &texts->joined[2]);
    set_text(texts, TEXT_DATELINE, &article->dateline);
    set_literal(texts, TEXT_PUBLISHED_FROM,
                date_source_name(article->published_from));
    set_text(texts, TEXT_SEEN, &texts->seen);
    set_text(texts, TEXT_CAPTIONS, &texts->joined[3]);
    set_text(texts, TEXT_BODY, &article->body);
}

static void
release_texts(struct texts *texts)
{
    for (size_t i = 0; i < 4; i++)
        buf_release(&texts->joined[i]);
    buf_release(&texts->seen);
}

/* CRC-32 of the texts, each with the NUL behind it. */
static uint32_t
crc_of(const struct texts *texts)
{
    uLong crc = 0;

    for (size_t i = 0; i < TEXT_COUNT; i++)
        crc = crc32_z(crc, (const Bytef *)texts->text[i], texts->size[i] + 1);
    return (uint32_t)crc;
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

/* Bytes that are no blanks and stand behind one, or at the start. */
static int64_t
count_words(const struct buf *text)
{
    uint64_t blank_before = 1;
    int64_t words = 0;
    size_t at = 0;

    for (; text->size - at >= 8; at += 8) {
        uint64_t word = swar_load(text->data + at);
        uint64_t blank =
            swar_between(word, ' ', ' ') | swar_between(word, '\n', '\n');

        words +=
            swar_count(~blank & (blank << 8 | blank_before << 7) & SWAR_HIGH);
        blank_before = blank >> 63;
    }
    for (; at < text->size; at++) {
        words += !is_blank(text->data[at]) && blank_before;
        blank_before = is_blank(text->data[at]);
    }
    return words;
}

struct row *
row_pack(struct packer *packer, const struct article *article, const char *file)
{
    struct texts texts;
    struct buf packed[2] = {BUF_INIT, BUF_INIT};
    size_t total = 0;
    struct row *row;
    uint32_t crc;
    char *at;

    gather(article, file, &texts);
    crc = crc_of(&texts);
    for (size_t i = 0; i < 2; i++) {
        enum text which = i == 0 ? TEXT_CAPTIONS : TEXT_BODY;

        store_pack(packer, &packed[i], texts.text[which], texts.size[which]);
        set_text(&texts, which, &packed[i]);
    }
    for (size_t i = 0; i < TEXT_COUNT; i++)
        total += texts.size[i] + 1;
    row = mem_alloc(sizeof(*row) + total);
    row->published = article->published;
    row->item = article->item;
    row->offset = article->offset;
    row->signature = signature_of(article->body.data, article->body.size);
    row->words = count_words(&article->body);
    row->crc = crc;
    at = row->data;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        row->size[i] = (uint32_t)texts.size[i];
        memcpy(at, texts.text[i], texts.size[i]);
        at[texts.size[i]] = '\0';
        at += texts.size[i] + 1;
    }
    buf_release(&packed[0]);
    buf_release(&packed[1]);
    release_texts(&texts);
    return row;
}

size_t
row_size(const struct row *row)
{
    size_t size = sizeof(*row);

    for (size_t i = 0; i < TEXT_COUNT; i++)
        size += row->size[i] + 1;
    return size;
}

int
row_published(const struct row *row, int64_t *seconds)
{
    *seconds = row->published.seconds;
    return row->published.precision != DATE_NONE;
}

int
row_compare(const struct row *a, const struct row *b)
{
    int64_t a_time = 0;
    int64_t b_time = 0;
    int a_dated = row_published(a, &a_time);
    int b_dated = row_published(b, &b_time);

    if (a_dated != b_dated)
        return a_dated - b_dated;
    if (a_dated && a_time != b_time)
        return a_time < b_time ? -1 : 1;
    /* Read from the end, as ranking does, the newest comes first and equals
     * come in order of their keys. */
    return strcmp(b->data, a->data);
}

const char *
row_language(const struct row *row)
{
    const char *at = row->data;

    for (size_t i = 0; i < TEXT_LANGUAGE; i++)
        at += row->size[i] + 1;
    return at;
}

void
row_bind(const struct row *row, struct sqlite3_stmt *insert, int64_t id)
{
    const char *at = row->data;

    sqlite3_bind_int64(insert, 1 + COLUMN_ID, id);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        if (i >= TEXT_CAPTIONS)
            sqlite3_bind_blob64(insert, 1 + text_column[i], at, row->size[i],
                                SQLITE_STATIC);
        else
            sqlite3_bind_text64(insert, 1 + text_column[i], at, row->size[i],
                                SQLITE_STATIC, SQLITE_UTF8);
        at += row->size[i] + 1;
    }
    sqlite3_bind_int64(insert, 1 + COLUMN_ITEM, (sqlite3_int64)row->item);
    sqlite3_bind_int64(insert, 1 + COLUMN_OFFSET, (sqlite3_int64)row->offset);
    sqlite3_bind_int(insert, 1 + COLUMN_PRECISION,
                     (int)row->published.precision);
    sqlite3_bind_null(insert, 1 + COLUMN_PUBLISHED);
    sqlite3_bind_null(insert, 1 + COLUMN_ZONE);
    if (row->published.precision != DATE_NONE) {
        sqlite3_bind_int64(insert, 1 + COLUMN_PUBLISHED,
                           row->published.seconds);
        if (row->published.has_zone)
            sqlite3_bind_int(insert, 1 + COLUMN_ZONE, row->published.zone);
    }
    sqlite3_bind_int64(insert, 1 + COLUMN_WORDS, row->words);
    sqlite3_bind_int64(insert, 1 + COLUMN_CRC, row->crc);
    sqlite3_bind_int64(insert, 1 + COLUMN_SIGNATURE,
                       (sqlite3_int64)row->signature);
}

/* FNV-1a over eight bytes at a time, folded so that every bit of a word can
 * reach every bit of the hash. */
static uint64_t
mix(uint64_t hash, const char *data, size_t size)
{
    const uint64_t prime = 0x100000001b3;

    hash = (hash ^ size) * prime;
    for (; size >= 8; data += 8, size -= 8) {
        uint64_t word;

        memcpy(&word, data, sizeof(word));
        hash = (hash ^ word) * prime;
        hash ^= hash >> 32;
    }
    for (; size; data++, size--)
        hash = (hash ^ (unsigned char)*data) * prime;
    return hash;
}

uint64_t
row_digest(const struct article *article)
{
    struct texts texts;
    struct buf published = BUF_INIT;
    uint64_t hash = 0xcbf29ce484222325;

    gather(article, "", &texts);
    date_print(&article->published, &published);
    for (size_t i = TEXT_VERSION; i < TEXT_COUNT; i++)
        hash = mix(hash, texts.text[i], texts.size[i]);
    hash = mix(hash, published.data, published.size);
    buf_release(&published);
    release_texts(&texts);
    return hash;
}

/* --- and back --- */

static void
load_text(struct sqlite3_stmt *select, enum text which, struct buf *out)
{
    const unsigned char *text = sqlite3_column_text(select, text_column[which]);
    int size = sqlite3_column_bytes(select, text_column[which]);

    buf_set(out, text ? (const char *)text : "", text ? (size_t)size : 0);
}

static enum status
load_stored(struct sqlite3_stmt *select, struct unpacker *unpacker,
            enum text which, struct buf *out, struct error *err)
{
    const void *blob = sqlite3_column_blob(select, text_column[which]);
    int size = sqlite3_column_bytes(select, text_column[which]);

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
        return schema_failed_with(sqlite3_db_handle(insert), code,
                                  "a row cannot be copied", err);
    /* What could not be fetched has come as NULL. */
    if (sqlite3_errcode(from) == SQLITE_NOMEM)
        return schema_failed(from, "a row cannot be copied", err);
    sqlite3_bind_int64(insert, 1 + COLUMN_ID, id);
    for (int i = 0; !status && i < 2; i++) {
        enum text which = i == 0 ? TEXT_CAPTIONS : TEXT_BODY;
        struct buf *packed = &texts->packed[i];

        status = load_stored(select, texts->from, which, &text, err);
        buf_clear(packed);
        store_pack(texts->to, packed, text.data, text.size);
        sqlite3_bind_blob64(insert, 1 + text_column[which], packed->data,
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
        const unsigned char *text = sqlite3_column_text(select, text_column[i]);

        texts.text[i] = text ? (const char *)text : "";
        texts.size[i] =
            text ? (size_t)sqlite3_column_bytes(select, text_column[i]) : 0;
    }
    set_text(&texts, TEXT_CAPTIONS, &stored[0]);
    set_text(&texts, TEXT_BODY, &stored[1]);
    return crc_of(&texts);
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
