#include "indexer/segment/fts5_write.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/bits/sql.h"
#include "indexer/bits/varint.h"

enum {
    LEAF_SIZE = 4050, /* FTS5's own: two rows of it fill a page of 8192 */
    LEAF_ROOM = LEAF_SIZE + TERM_SIZE_MAX + 32,
    HEADER_SIZE = 4,
    SKIP_LEAVES = 4,
    TOTALS_ID = 1,
    STRUCTURE_ID = 10,
    SEGMENT = 1
};

#define LEAF_ID ((int64_t)SEGMENT << 37)
#define SKIP_ID (LEAF_ID | (int64_t)1 << 36)

/* A skip list that waits: its row comes behind those of all leaves. */
struct skip {
    int64_t leaf;
    size_t end; /* in `skips_data` */
};

struct fts5_write {
    struct sqlite3 *db;
    const char *path;
    sqlite3_stmt *put_data;
    sqlite3_stmt *put_leaf_term;
    sqlite3_stmt *put_lengths;
    int code; /* of the first step that failed */

    /* the leaf being filled */
    int64_t leaf;
    unsigned char page[LEAF_ROOM];
    size_t size;
    unsigned char footer[LEAF_ROOM];
    size_t footer_size;
    size_t last_term_at; /* on this leaf */
    bool no_term_yet;    /* none begins on this leaf */
    bool no_number_yet;  /* of a term of an earlier leaf */

    /* the present term */
    unsigned char term[TERM_SIZE_MAX + 1];
    size_t term_size;
    int64_t term_leaf;
    bool first_article;
    int64_t number; /* of the latest article */

    /* the latest leaf on which a term begins */
    unsigned char leaf_term[TERM_SIZE_MAX + 1];
    size_t leaf_term_size;
    int64_t leaf_of_term;
    unsigned termless; /* leaves since */
    struct buf skip;
    int64_t skip_number;

    struct buf skips_data;
    struct skip *skips;
    size_t skip_count;
    size_t skip_room;

    uint64_t articles;
    uint64_t total[FIELD_COUNT];
};

static void
add_number(struct buf *out, uint64_t number)
{
    unsigned char bytes[VARINT_SIZE_MAX];

    buf_add(out, bytes, (size_t)(varint_put(bytes, number) - bytes));
}

static void
put_u16(unsigned char *at, size_t number)
{
    at[0] = (unsigned char)(number >> 8);
    at[1] = (unsigned char)number;
}

static void
note_code(struct fts5_write *write, int code)
{
    if (!write->code && code != SQLITE_OK)
        write->code = code;
}

static void
prepare(struct fts5_write *write, const char *sql, sqlite3_stmt **statement)
{
    note_code(write, sqlite3_prepare_v2(write->db, sql, -1, statement, NULL));
}

struct fts5_write *
fts5_write_new(struct sqlite3 *db, const char *path)
{
    struct fts5_write *write = mem_zero(1, sizeof(*write));

    write->db = db;
    write->path = path;
    write->leaf = 1;
    write->leaf_of_term = 1;
    write->size = HEADER_SIZE;
    write->no_term_yet = true;
    write->no_number_yet = true;
    write->skip = BUF_INIT;
    write->skips_data = BUF_INIT;
    prepare(write, "REPLACE INTO article_fts_data VALUES(?1, ?2)",
            &write->put_data);
    prepare(write, "INSERT INTO article_fts_idx VALUES(1, ?1, ?2)",
            &write->put_leaf_term);
    prepare(write, "INSERT INTO article_fts_docsize VALUES(?1, ?2)",
            &write->put_lengths);
    return write;
}

void
fts5_write_free(struct fts5_write *write)
{
    if (!write)
        return;
    sqlite3_finalize(write->put_data);
    sqlite3_finalize(write->put_leaf_term);
    sqlite3_finalize(write->put_lengths);
    buf_release(&write->skip);
    buf_release(&write->skips_data);
    free(write->skips);
    free(write);
}

static void
step(struct fts5_write *write, sqlite3_stmt *statement)
{
    if (write->code)
        return;
    (void)sqlite3_step(statement);
    note_code(write, sqlite3_reset(statement));
}

static void
put_block(struct fts5_write *write, sqlite3_stmt *statement, int64_t id,
          const void *data, size_t size)
{
    if (write->code)
        return;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_blob64(statement, 2, data, size, SQLITE_STATIC);
    step(write, statement);
}

int
fts5_write_lengths(struct fts5_write *write, int64_t number,
                   const uint32_t length[FIELD_COUNT])
{
    unsigned char block[FIELD_COUNT * VARINT_SIZE_MAX];
    unsigned char *at = block;

    for (size_t i = 0; i < FIELD_COUNT; i++) {
        at = varint_put(at, length[i]);
        write->total[i] += length[i];
    }
    write->articles++;
    put_block(write, write->put_lengths, number, block, (size_t)(at - block));
    return write->code;
}

/* --- leaves --- */

/* Let the skip list that is ready wait, or forget it: few leaves are
 * faster read one after the other. */
static bool
end_skip(struct fts5_write *write)
{
    bool wanted = write->skip.size > 0 && write->termless >= SKIP_LEAVES;

    if (wanted) {
        buf_add(&write->skips_data, write->skip.data, write->skip.size);
        write->skips = mem_grow(write->skips, write->skip_count,
                                &write->skip_room, sizeof(*write->skips));
        write->skips[write->skip_count++] =
            (struct skip){write->leaf_of_term, write->skips_data.size};
    }
    buf_clear(&write->skip);
    write->termless = 0;
    return wanted;
}

/* Everything about the latest leaf with a term is known. */
static void
end_leaf_term(struct fts5_write *write)
{
    bool skips = end_skip(write);

    if (write->code)
        return;
    sqlite3_bind_blob64(write->put_leaf_term, 1, write->leaf_term,
                        write->leaf_term_size, SQLITE_STATIC);
    sqlite3_bind_int64(write->put_leaf_term, 2,
                       write->leaf_of_term * 2 + skips);
    step(write, write->put_leaf_term);
}

static void
note_skip(struct fts5_write *write, int64_t number)
{
    if (write->skip.size == 0) {
        add_number(&write->skip, 0);
        add_number(&write->skip, (uint64_t)write->leaf);
        add_number(&write->skip, (uint64_t)number);
    } else {
        add_number(&write->skip, (uint64_t)(number - write->skip_number));
    }
    write->skip_number = number;
}

static void
end_leaf(struct fts5_write *write)
{
    put_u16(write->page + 2, write->size);
    if (write->no_term_yet) {
        if (write->no_number_yet && write->skip.size)
            add_number(&write->skip, 0);
        write->termless++;
    } else {
        memcpy(write->page + write->size, write->footer, write->footer_size);
        write->size += write->footer_size;
    }
    put_block(write, write->put_data, LEAF_ID | write->leaf, write->page,
              write->size);
    memset(write->page, 0, HEADER_SIZE);
    write->leaf++;
    write->size = HEADER_SIZE;
    write->footer_size = 0;
    write->last_term_at = 0;
    write->no_term_yet = true;
    write->no_number_yet = true;
}

static size_t
leaf_used(const struct fts5_write *write)
{
    return write->size + write->footer_size;
}

static void
put_number(struct fts5_write *write, uint64_t number)
{
    write->size =
        (size_t)(varint_put(write->page + write->size, number) - write->page);
}

/* The footer's offsets begin with that of the first term. */
static void
note_term(struct fts5_write *write)
{
    unsigned char *end = varint_put(write->footer + write->footer_size,
                                    write->size - write->last_term_at);

    write->footer_size = (size_t)(end - write->footer);
    write->last_term_at = write->size;
}

static void
begin_leaf_term(struct fts5_write *write, const unsigned char *term,
                size_t size)
{
    end_leaf_term(write);
    memcpy(write->leaf_term, term, size);
    write->leaf_term_size = size;
    write->leaf_of_term = write->leaf;
}

void
fts5_write_term(struct fts5_write *write, const char *term, size_t size)
{
    unsigned char spelled[TERM_SIZE_MAX + 1] = "0";
    size_t shared = 0;

    if (size > TERM_SIZE_MAX)
        size = TERM_SIZE_MAX;
    memcpy(spelled + 1, term, size);
    size++;
    if (leaf_used(write) + size + 2 >= LEAF_SIZE && write->size > HEADER_SIZE)
        end_leaf(write);
    note_term(write);
    while (shared < write->term_size && shared < size &&
           write->term[shared] == spelled[shared])
        shared++;
    if (write->no_term_yet && write->leaf > 1)
        begin_leaf_term(write, spelled, shared + 1);
    if (write->no_term_yet)
        shared = 0;
    else
        put_number(write, shared);
    put_number(write, size - shared);
    memcpy(write->page + write->size, spelled + shared, size - shared);
    write->size += size - shared;
    memcpy(write->term, spelled, size);
    write->term_size = size;
    write->no_term_yet = false;
    write->no_number_yet = false;
    write->first_article = true;
}

/* The bytes of whole numbers, at least one, that reach `room` or end. */
static size_t
whole_numbers(const unsigned char *bytes, size_t size, size_t room)
{
    size_t taken = room < size ? room : size;

    /* A number ends with a byte whose top bit is clear; places are far too
     * small for the ninth byte that may have it set. */
    while (taken < size && (taken == 0 || bytes[taken - 1] & 0x80))
        taken++;
    return taken;
}

static void
put_places(struct fts5_write *write, const unsigned char *places, size_t size)
{
    while (size > 0) {
        size_t used = leaf_used(write);
        size_t part = whole_numbers(places, size,
                                    used < LEAF_SIZE ? LEAF_SIZE - used : 0);

        memcpy(write->page + write->size, places, part);
        write->size += part;
        places += part;
        size -= part;
        if (size > 0)
            end_leaf(write);
    }
}

void
fts5_write_article(struct fts5_write *write, int64_t number,
                   const unsigned char *places, size_t size)
{
    if (leaf_used(write) >= LEAF_SIZE)
        end_leaf(write);
    if (write->no_number_yet) {
        put_u16(write->page, write->size);
        note_skip(write, number);
    }
    if (write->no_number_yet || write->first_article)
        put_number(write, (uint64_t)number);
    else
        put_number(write, (uint64_t)(number - write->number));
    write->number = number;
    write->no_number_yet = false;
    write->first_article = false;
    put_number(write, size * 2);
    put_places(write, places, size);
}

/* --- the end --- */

const uint64_t *
fts5_write_totals(const struct fts5_write *write)
{
    return write->total;
}

static void
add_totals(struct buf *block, uint64_t articles,
           const uint64_t total[FIELD_COUNT])
{
    add_number(block, articles);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        add_number(block, total[i]);
}

static void
put_totals(struct fts5_write *write)
{
    struct buf block = BUF_INIT;

    add_totals(&block, write->articles, write->total);
    put_block(write, write->put_data, TOTALS_ID, block.data, block.size);
    buf_release(&block);
}

enum status
fts5_expect_totals(struct sqlite3 *db, const char *path, uint64_t articles,
                   const uint64_t total[FIELD_COUNT], struct error *err)
{
    struct buf block = BUF_INIT;
    sqlite3_stmt *ask = NULL;
    enum status status = STATUS_OK;

    add_totals(&block, articles, total);
    if (sqlite3_prepare_v2(db, "SELECT block FROM article_fts_data WHERE id=?1",
                           -1, &ask, NULL) != SQLITE_OK ||
        sqlite3_bind_int64(ask, 1, TOTALS_ID) != SQLITE_OK ||
        sqlite3_step(ask) != SQLITE_ROW)
        status = sql_failed(db, path, err);
    else if ((size_t)sqlite3_column_bytes(ask, 0) != block.size ||
             memcmp(sqlite3_column_blob(ask, 0), block.data, block.size) != 0)
        status = error_set(err, STATUS_DAMAGED,
                           "%s: is not the segment that the manifest lists; "
                           "look with: nindex check",
                           path);
    sqlite3_finalize(ask);
    buf_release(&block);
    return status;
}

/* The cookie is that of the configuration that the table was made with: 0,
 * as nothing has been configured since. */
static void
put_structure(struct fts5_write *write, int64_t last_leaf)
{
    struct buf block = BUF_INIT;

    buf_add(&block, "\0\0\0\0", 4);
    add_number(&block, 1);
    add_number(&block, 1);
    add_number(&block, 1);
    add_number(&block, 0);
    add_number(&block, 1);
    add_number(&block, SEGMENT);
    add_number(&block, 1);
    add_number(&block, (uint64_t)last_leaf);
    put_block(write, write->put_data, STRUCTURE_ID, block.data, block.size);
    buf_release(&block);
}

static void
put_skips(struct fts5_write *write)
{
    size_t at = 0;

    for (size_t i = 0; i < write->skip_count; i++) {
        const struct skip *skip = &write->skips[i];

        put_block(write, write->put_data, SKIP_ID | skip->leaf,
                  write->skips_data.data + at, skip->end - at);
        at = skip->end;
    }
}

enum status
fts5_write_end(struct fts5_write *write, struct error *err)
{
    /* Of nothing at all FTS5 keeps no segment. */
    if (write->term_size > 0) {
        end_leaf(write);
        end_leaf_term(write);
        put_skips(write);
        put_structure(write, write->leaf - 1);
    }
    put_totals(write);
    if (write->code)
        return sql_failed_with(write->db, write->code, write->path, err);
    return STATUS_OK;
}
