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

struct row {
    struct date published;
    uint64_t item;
    uint64_t offset;
    uint64_t signature;
    int64_t words;
    uint32_t crc;
    uint32_t size; /* of the data */
    char data[];   /* each text in the order of the columns: its size, the
                      text and a NUL behind it */
};

/* The texts of an article, and those of them that had to be made. */
struct gathered {
    struct texts texts;
    struct buf made[ROW_COLUMN_COUNT];
};

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
join_captions(const struct article *article, struct buf *out)
{
    for (size_t i = 0; i < article->captions; i++) {
        join_line(out, article->caption[i].text.data);
        if (article->caption[i].credit.size) {
            buf_add_byte(out, '\t');
            buf_add_text(out, article->caption[i].credit.data);
        }
    }
}

static void
join_list(const struct list *list, struct buf *out)
{
    for (size_t i = 0; i < list->count; i++)
        join_line(out, list->item[i]);
}

static void
join_more_names(const struct article *article, struct buf *out)
{
    for (size_t i = 0; i < article->authors.count; i++)
        if (!names(article->byline.data, article->authors.item[i]))
            join_line(out, article->authors.item[i]);
}

static void
set_literal(struct texts *texts, int column, const char *text)
{
    texts->text[column] = text;
    texts->size[column] = strlen(text);
}

static void
gather_member(const struct article *article, enum article_member member,
              struct gathered *gathered)
{
    const void *at = member_of(article, member);
    const int column = ROW_COLUMN_MEMBER + (int)member;
    struct buf *made = &gathered->made[column];

    switch (article_members[member].type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        row_set_text(&gathered->texts, column, at);
        return;
    case TYPE_WORD:
        set_literal(&gathered->texts, column,
                    member_word(member, *(const unsigned *)at));
        return;
    case TYPE_LIST:
        join_list(at, made);
        break;
    case TYPE_CAPTIONS:
        join_captions(article, made);
        break;
    case TYPE_DATE:
        if (row_is_text(column))
            date_print(at, made);
        break;
    case TYPE_PLACE:
        break;
    }
    row_set_text(&gathered->texts, column, made);
}

static void
gather(const struct article *article, const char *file, const char *added,
       struct gathered *gathered)
{
    struct buf *more = &gathered->made[ROW_COLUMN_MORE_NAMES];

    for (size_t i = 0; i < ROW_COLUMN_COUNT; i++)
        gathered->made[i] = BUF_INIT;
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        gather_member(article, i, gathered);
    join_more_names(article, more);
    row_set_text(&gathered->texts, ROW_COLUMN_MORE_NAMES, more);
    set_literal(&gathered->texts, ROW_COLUMN_FILE, file);
    set_literal(&gathered->texts, ROW_COLUMN_ADDED, added);
}

static void
release_gathered(struct gathered *gathered)
{
    for (size_t i = 0; i < ROW_COLUMN_COUNT; i++)
        if (gathered->made[i].room)
            buf_release(&gathered->made[i]);
}

uint32_t
row_crc(const struct texts *texts)
{
    int column[ROW_ORDER];
    uLong crc = 0;

    row_order(column);
    for (size_t i = 0; i < ROW_ORDER; i++)
        if (row_is_text(column[i]))
            crc = crc32_z(crc, (const Bytef *)texts->text[column[i]],
                          texts->size[column[i]] + 1);
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

/* Put the stored form in the place of the texts that are packed. */
static void
pack_texts(struct packer *packer, struct gathered *gathered)
{
    struct texts *texts = &gathered->texts;

    for (int i = 0; i < ROW_COLUMN_COUNT; i++) {
        struct buf packed = BUF_INIT;

        if (row_forms[i] != FORM_PACKED)
            continue;
        store_pack(packer, &packed, texts->text[i], texts->size[i]);
        buf_swap(&gathered->made[i], &packed);
        buf_release(&packed);
        row_set_text(texts, i, &gathered->made[i]);
    }
}

/* A row with room for the texts, and the texts in it. */
static struct row *
row_of_texts(const struct texts *texts)
{
    size_t total = 0;
    struct row *row;
    char *at;

    for (int i = 0; i < ROW_COLUMN_COUNT; i++)
        if (row_is_text(i))
            total += sizeof(uint32_t) + texts->size[i] + 1;
    row = mem_alloc(sizeof(*row) + total);
    row->size = (uint32_t)total;
    at = row->data;
    for (int i = 0; i < ROW_COLUMN_COUNT; i++) {
        uint32_t size = (uint32_t)texts->size[i];

        if (!row_is_text(i))
            continue;
        memcpy(at, &size, sizeof(size));
        at += sizeof(size);
        memcpy(at, texts->text[i], size);
        at[size] = '\0';
        at += size + 1;
    }
    return row;
}

struct row *
row_pack(struct packer *packer, const struct article *article, const char *file,
         const char *added)
{
    struct gathered gathered;
    struct row *row;
    uint32_t crc;

    gather(article, file, added, &gathered);
    crc = row_crc(&gathered.texts);
    pack_texts(packer, &gathered);
    row = row_of_texts(&gathered.texts);
    row->published = article->published;
    row->item = article->item;
    row->offset = article->offset;
    row->signature = signature_of(article->body.data, article->body.size);
    row->words = count_words(&article->body);
    row->crc = crc;
    release_gathered(&gathered);
    return row;
}

size_t
row_size(const struct row *row)
{
    return sizeof(*row) + row->size;
}

/* The text at `*at`, which moves on behind it. */
static const char *
next_text(const char **at, uint32_t *size)
{
    const char *text = *at + sizeof(*size);

    memcpy(size, *at, sizeof(*size));
    *at = text + *size + 1;
    return text;
}

static const char *
text_in(const struct row *row, int column)
{
    const char *at = row->data;
    const char *text = NULL;
    uint32_t size;

    for (int i = 0; i <= column; i++)
        if (row_is_text(i))
            text = next_text(&at, &size);
    return text;
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
    return strcmp(text_in(b, ROW_COLUMN_KEY), text_in(a, ROW_COLUMN_KEY));
}

const char *
row_language(const struct row *row)
{
    return text_in(row, ROW_COLUMN_LANGUAGE);
}

static void
bind_texts(const struct row *row, struct sqlite3_stmt *insert)
{
    const char *at = row->data;

    for (int i = 0; i < ROW_COLUMN_COUNT; i++) {
        const enum row_form form = row_forms[i];
        const char *text;
        uint32_t size;

        if (!row_is_text(i))
            continue;
        text = next_text(&at, &size);
        if (form == FORM_PACKED)
            sqlite3_bind_blob64(insert, 1 + i, text, size, SQLITE_STATIC);
        else
            sqlite3_bind_text64(insert, 1 + i, text, size, SQLITE_STATIC,
                                SQLITE_UTF8);
    }
}

void
row_bind(const struct row *row, struct sqlite3_stmt *insert, int64_t id)
{
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_ID, id);
    bind_texts(row, insert);
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_MEMBER + MEMBER_ITEM,
                       (sqlite3_int64)row->item);
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_MEMBER + MEMBER_OFFSET,
                       (sqlite3_int64)row->offset);
    sqlite3_bind_int(insert, 1 + ROW_COLUMN_PRECISION,
                     (int)row->published.precision);
    sqlite3_bind_null(insert, 1 + ROW_COLUMN_PUBLISHED);
    sqlite3_bind_null(insert, 1 + ROW_COLUMN_ZONE);
    if (row->published.precision != DATE_NONE) {
        sqlite3_bind_int64(insert, 1 + ROW_COLUMN_PUBLISHED,
                           row->published.seconds);
        if (row->published.has_zone)
            sqlite3_bind_int(insert, 1 + ROW_COLUMN_ZONE, row->published.zone);
    }
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_WORDS, row->words);
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_CRC, row->crc);
    sqlite3_bind_int64(insert, 1 + ROW_COLUMN_SIGNATURE,
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
    struct gathered gathered;
    struct buf published = BUF_INIT;
    uint64_t hash = 0xcbf29ce484222325;
    int column[ROW_ORDER];

    gather(article, "", "", &gathered);
    date_print(&article->published, &published);
    row_order(column);
    for (size_t i = 0; i < ROW_ORDER; i++)
        if (column[i] != ROW_COLUMN_KEY && column[i] != ROW_COLUMN_ADDED &&
            row_is_text(column[i]))
            hash = mix(hash, gathered.texts.text[column[i]],
                       gathered.texts.size[column[i]]);
    hash = mix(hash, published.data, published.size);
    buf_release(&published);
    release_gathered(&gathered);
    return hash;
}
