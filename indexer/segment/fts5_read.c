#include "indexer/segment/fts5_read.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/bits/varint.h"

enum {
    HEADER_SIZE = 4
};

#define FIRST_LEAF ((int64_t)1 << 37 | 1)
#define FIRST_SKIP ((int64_t)1 << 37 | (int64_t)1 << 36)

static size_t
get_u16(const unsigned char *at)
{
    return (size_t)at[0] << 8 | at[1];
}

struct fts5_read *
fts5_read_new(struct sqlite3 *db, const char *path)
{
    struct fts5_read *read = mem_zero(1, sizeof(*read));

    read->db = db;
    read->path = path;
    read->joined = BUF_INIT;
    read->next_term = SIZE_MAX;
    read->code = sqlite3_prepare_v2(db,
                                    "SELECT block FROM article_fts_data"
                                    " WHERE id>=?1 AND id<?2 ORDER BY id",
                                    -1, &read->select, NULL);
    if (!read->code) {
        sqlite3_bind_int64(read->select, 1, FIRST_LEAF);
        sqlite3_bind_int64(read->select, 2, FIRST_SKIP);
    }
    return read;
}

void
fts5_read_free(struct fts5_read *read)
{
    if (!read)
        return;
    sqlite3_finalize(read->select);
    buf_release(&read->joined);
    free(read);
}

bool
fts5_read_can(struct sqlite3 *db)
{
    static const unsigned char one[] = {0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1};
    static const unsigned char none[] = {0, 0, 0, 0, 0, 0, 0};
    sqlite3_stmt *select = NULL;
    bool can = false;

    if (sqlite3_prepare_v2(db, "SELECT block FROM article_fts_data WHERE id=10",
                           -1, &select, NULL) == SQLITE_OK &&
        sqlite3_step(select) == SQLITE_ROW) {
        const void *block = sqlite3_column_blob(select, 0);
        size_t size = (size_t)sqlite3_column_bytes(select, 0);

        can = (size > sizeof(one) && memcmp(block, one, sizeof(one)) == 0) ||
              (size == sizeof(none) && memcmp(block, none, size) == 0);
    }
    sqlite3_finalize(select);
    return can;
}

static bool
fail(struct fts5_read *read)
{
    read->damaged = true;
    read->next_term = SIZE_MAX;
    read->page = NULL;
    return false;
}

/* Where the next term begins, of what the footer says. */
static void
take_footer(struct fts5_read *read, size_t from)
{
    uint64_t distance;
    const unsigned char *stop = read->page + read->size;
    const unsigned char *at;

    read->next_term = SIZE_MAX;
    if (read->footer_at >= read->size)
        return;
    at = varint_get(read->page + read->footer_at, stop, &distance);
    if (!at || distance > read->end - from) {
        (void)fail(read);
        return;
    }
    read->footer_at = (size_t)(at - read->page);
    read->next_term = from + (size_t)distance;
}

static bool
next_page(struct fts5_read *read)
{
    int code;

    read->page = NULL;
    read->next_term = SIZE_MAX;
    if (read->code || read->damaged)
        return false;
    code = sqlite3_step(read->select);
    /* Asked again behind the last it would begin with the first. */
    if (code != SQLITE_ROW) {
        read->code = code;
        return false;
    }
    read->page = sqlite3_column_blob(read->select, 0);
    read->size = (size_t)sqlite3_column_bytes(read->select, 0);
    if (!read->page || read->size < HEADER_SIZE)
        return fail(read);
    read->end = get_u16(read->page + 2);
    if (read->end < HEADER_SIZE || read->end > read->size)
        return fail(read);
    read->at = HEADER_SIZE;
    read->footer_at = read->end;
    read->no_term_yet = true;
    read->no_number_yet = true;
    take_footer(read, 0);
    return !read->damaged;
}

static bool
take_number(struct fts5_read *read, uint64_t *number)
{
    const unsigned char *at =
        varint_get(read->page + read->at, read->page + read->end, number);

    if (!at)
        return fail(read);
    read->at = (size_t)(at - read->page);
    return true;
}

bool
fts5_read_term(struct fts5_read *read)
{
    uint64_t shared = 0;
    uint64_t own = 0;

    while (fts5_read_article(read))
        ;
    if (read->damaged || (!read->page && !next_page(read)))
        return false;
    if (read->next_term != read->at)
        return fail(read);
    take_footer(read, read->at);
    if (read->damaged || (!read->no_term_yet && !take_number(read, &shared)) ||
        !take_number(read, &own))
        return false;
    if (shared > read->spelled_size || own > sizeof(read->spelled) - shared ||
        own > read->end - read->at || shared + own == 0)
        return fail(read);
    memcpy(read->spelled + shared, read->page + read->at, (size_t)own);
    read->at += (size_t)own;
    read->spelled_size = (size_t)(shared + own);
    read->term = read->spelled + 1;
    read->term_size = read->spelled_size - 1;
    read->no_term_yet = false;
    read->no_number_yet = false;
    read->first_article = true;
    return true;
}

/* The places, `size` bytes, which may go on on the next leaves. */
static bool
take_places(struct fts5_read *read, size_t size)
{
    read->places = read->page + read->at;
    read->places_size = size;
    if (size <= read->end - read->at) {
        read->at += size;
        return true;
    }
    buf_clear(&read->joined);
    while (size > 0) {
        size_t part = read->end - read->at;

        if (part > size)
            part = size;
        buf_add(&read->joined, read->page + read->at, part);
        read->at += part;
        size -= part;
        if (size > 0 && !next_page(read))
            return fail(read);
    }
    read->places = (const unsigned char *)read->joined.data;
    return true;
}

bool
fts5_read_article(struct fts5_read *read)
{
    uint64_t number;
    uint64_t size;

    if (!read->page)
        return false;
    if (read->at == read->end && !next_page(read))
        return false;
    if (read->at == read->next_term)
        return false;
    if (!take_number(read, &number) || !take_number(read, &size))
        return false;
    if (read->first_article || read->no_number_yet)
        read->number = (int64_t)number;
    else
        read->number += (int64_t)number;
    read->first_article = false;
    read->no_number_yet = false;
    return take_places(read, (size_t)(size / 2));
}

enum status
fts5_read_end(const struct fts5_read *read, struct error *err)
{
    if (read->damaged)
        return error_set(err, STATUS_DAMAGED,
                         "%s: damaged, so it is not merged; look with: "
                         "nindex check",
                         read->path);
    return read->code == SQLITE_DONE
               ? STATUS_OK
               : sql_failed_with(read->db, read->code, read->path, err);
}

bool
fts5_read_lengths(const void *blob, size_t size, uint32_t length[FIELD_COUNT])
{
    const unsigned char *at = blob;
    const unsigned char *end = at ? at + size : at;

    for (size_t i = 0; i < FIELD_COUNT; i++) {
        uint64_t number;

        at = at ? varint_get(at, end, &number) : NULL;
        if (!at || number > UINT32_MAX)
            return false;
        length[i] = (uint32_t)number;
    }
    return at == end;
}
