#include "indexer/stored/row.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <sqlite3.h>
#include <zlib.h>

#include "corpus/base/mem.h"
#include "corpus/base/swar.h"
#include "indexer/stored/row_parts.h"
#include "indexer/stored/signature.h"
#include "indexer/stored/store.h"

const int row_text_column[TEXT_COUNT] = {1,  2,  3,  4,  7,  8,  9,  10, 11,
                                         12, 13, 14, 15, 16, 20, 21, 25, 26};

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
    row_set_text(texts, TEXT_KEY, &article->key);
    row_set_text(texts, TEXT_VERSION, &article->version);
    set_literal(texts, TEXT_KIND, article_kind_name(article->kind));
    set_literal(texts, TEXT_FILE, file);
    row_set_text(texts, TEXT_PUBLICATION, &article->publication);
    row_set_text(texts, TEXT_SECTION, &article->section);
    row_set_text(texts, TEXT_URL, &article->url);
    row_set_text(texts, TEXT_LANGUAGE, &article->language);
    row_set_text(texts, TEXT_HEADLINE, &article->headline);
    row_set_text(texts, TEXT_BYLINE, &article->byline);
    row_set_text(texts, TEXT_AUTHORS, &texts->joined[0]);
    row_set_text(texts, TEXT_MORE_NAMES, &texts->joined[1]);
    row_set_text(texts, TEXT_EMAILS, &texts->joined[2]);
    row_set_text(texts, TEXT_DATELINE, &article->dateline);
    set_literal(texts, TEXT_PUBLISHED_FROM,
                date_source_name(article->published_from));
    row_set_text(texts, TEXT_SEEN, &texts->seen);
    row_set_text(texts, TEXT_CAPTIONS, &texts->joined[3]);
    row_set_text(texts, TEXT_BODY, &article->body);
}

static void
release_texts(struct texts *texts)
{
    for (size_t i = 0; i < 4; i++)
        buf_release(&texts->joined[i]);
    buf_release(&texts->seen);
}

uint32_t
row_crc(const struct texts *texts)
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
    crc = row_crc(&texts);
    for (size_t i = 0; i < 2; i++) {
        enum text which = i == 0 ? TEXT_CAPTIONS : TEXT_BODY;

        store_pack(packer, &packed[i], texts.text[which], texts.size[which]);
        row_set_text(&texts, which, &packed[i]);
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
            sqlite3_bind_blob64(insert, 1 + row_text_column[i], at,
                                row->size[i], SQLITE_STATIC);
        else
            sqlite3_bind_text64(insert, 1 + row_text_column[i], at,
                                row->size[i], SQLITE_STATIC, SQLITE_UTF8);
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
