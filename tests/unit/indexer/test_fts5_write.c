/*
 * What is written straight into the tables of FTS5 against what FTS5 makes
 * of the same tokens itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/field.h"
#include "indexer/bits/varint.h"
#include "indexer/segment/fts5_write.h"
#include "tests/support/random_segment.h"

enum {
    COLUMNS = FIELD_COUNT,
    WORDS_MAX = 400
};

static void
run(struct sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static struct sqlite3 *
open_tables(void)
{
    struct sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run(db, "CREATE TABLE text(id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, "
            "i, j, k, l);"
            "CREATE VIRTUAL TABLE article_fts USING fts5(a, b, c, d, e, f, g, "
            "h, i, j, k, l,"
            " content='text', content_rowid='id', tokenize='ascii');"
            "CREATE VIRTUAL TABLE theirs USING fts5(a, b, c, d, e, f, g, h, i, "
            "j, k, l,"
            " content='text', content_rowid='id', tokenize='ascii');"
            "CREATE VIRTUAL TABLE ours_seen USING"
            " fts5vocab(article_fts, instance);"
            "CREATE VIRTUAL TABLE theirs_seen USING"
            " fts5vocab(theirs, instance);");
    return db;
}

/* A world of texts: how many articles, words and words of a text there are,
 * and how far apart the numbers of two articles may be. */
struct world {
    const char *name;
    size_t articles;
    uint32_t words;
    uint32_t length;
    uint32_t gap;
};

/* "a0", "a00", "a000...": many share long beginnings; a few are as long as
 * terms may be. */
static void
spell(struct buf *out, uint32_t word)
{
    size_t start = out->size;

    buf_printf(out, "%c%u", 'a' + (int)(word % 5), word / 5);
    if (word % 7 == 3)
        buf_printf(out, "shared%u", word % 11);
    if (word % 31 == 30)
        while (out->size - start < TERM_SIZE_MAX)
            buf_add_byte(out, 'z');
}

static void
put_random_text(struct buf *out, const struct world *world, uint64_t *seed)
{
    uint32_t length = random_below(seed, world->length + 1);

    buf_clear(out);
    for (uint32_t i = 0; i < length; i++) {
        uint32_t a = random_below(seed, world->words);
        uint32_t b = random_below(seed, world->words);

        if (i)
            buf_add_byte(out, ' ');
        spell(out, a < b ? a : b);
    }
}

/* Fill the table of texts. */
static void
make_texts(struct sqlite3 *db, const struct world *world, uint64_t *seed)
{
    struct buf text = BUF_INIT;
    sqlite3_stmt *insert;
    sqlite3_int64 id = 0;

    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "INSERT INTO text VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
                           -1, &insert, NULL),
        SQLITE_OK);
    for (size_t i = 0; i < world->articles; i++) {
        id += 1 + random_below(seed, world->gap);
        sqlite3_bind_int64(insert, 1, id);
        for (int j = 0; j < COLUMNS; j++) {
            put_random_text(&text, world, seed);
            sqlite3_bind_text(insert, 2 + j, text.data, (int)text.size,
                              SQLITE_TRANSIENT);
        }
        assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    buf_release(&text);
}

/* FTS5's own index of the texts, and from it what the writer is to be given:
 * postings by term. */
static void
write_lengths(struct sqlite3 *db, struct fts5_write *write)
{
    sqlite3_stmt *select;

    assert_int_equal(sqlite3_prepare_v2(db, "SELECT * FROM text ORDER BY id",
                                        -1, &select, NULL),
                     SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        uint32_t length[COLUMNS] = {0};

        for (int i = 0; i < COLUMNS; i++) {
            const char *text = (const char *)sqlite3_column_text(select, 1 + i);

            length[i] = *text ? 1 : 0;
            for (; *text; text++)
                length[i] += *text == ' ';
        }
        fts5_write_lengths(write, sqlite3_column_int64(select, 0), length);
    }
    sqlite3_finalize(select);
}

struct posting_text {
    struct buf term;
    sqlite3_int64 number; /* 0: none yet */
    unsigned char places[1 << 16];
    size_t size;
    int column;
    sqlite3_int64 place;
};

static void
end_posting(struct fts5_write *write, struct posting_text *posting)
{
    if (posting->number)
        fts5_write_article(write, posting->number, posting->places,
                           posting->size);
    posting->number = 0;
    posting->size = 0;
    posting->column = 0;
    posting->place = 0;
}

static void
add_place(struct posting_text *posting, int column, sqlite3_int64 place)
{
    unsigned char *at = posting->places + posting->size;

    if (column != posting->column) {
        *at++ = 1;
        *at++ = (unsigned char)column;
        posting->column = column;
        posting->place = 0;
    }
    at = varint_put(at, (uint64_t)(place - posting->place + 2));
    posting->place = place;
    posting->size = (size_t)(at - posting->places);
    assert_true(posting->size + 32 < sizeof(posting->places));
}

static void
write_postings(struct sqlite3 *db, struct fts5_write *write)
{
    struct posting_text *posting = calloc(1, sizeof(*posting));
    sqlite3_stmt *select;

    posting->term = BUF_INIT;
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT term, doc, unicode(col) - unicode('a'),"
                           " offset FROM theirs_seen ORDER BY 1, 2, 3, 4",
                           -1, &select, NULL),
        SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const char *term = (const char *)sqlite3_column_text(select, 0);
        sqlite3_int64 number = sqlite3_column_int64(select, 1);

        if (strcmp(term, posting->term.data) != 0) {
            end_posting(write, posting);
            buf_set_text(&posting->term, term);
            fts5_write_term(write, term, strlen(term));
        } else if (number != posting->number) {
            end_posting(write, posting);
        }
        posting->number = number;
        add_place(posting, sqlite3_column_int(select, 2),
                  sqlite3_column_int64(select, 3));
    }
    end_posting(write, posting);
    sqlite3_finalize(select);
    buf_release(&posting->term);
    free(posting);
}

static void
expect_none(struct sqlite3 *db, const char *name, const char *sql)
{
    sqlite3_stmt *ask = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &ask, NULL) != SQLITE_OK)
        fail_msg("%s: %s: %s", name, sql, sqlite3_errmsg(db));
    if (sqlite3_step(ask) == SQLITE_ROW)
        fail_msg("%s: %s: finds \"%s\"", name, sql,
                 (const char *)sqlite3_column_text(ask, 0));
    sqlite3_finalize(ask);
}

/* The same answers, and the same in every table that can be compared. */
static void
compare(struct sqlite3 *db, const char *name)
{
    static const char *const queries[] = {
        "SELECT * FROM (SELECT term, doc, col, offset FROM ours_seen EXCEPT"
        " SELECT term, doc, col, offset FROM theirs_seen)",
        "SELECT * FROM (SELECT term, doc, col, offset FROM theirs_seen EXCEPT"
        " SELECT term, doc, col, offset FROM ours_seen)",
        "SELECT 'more or fewer' WHERE (SELECT count(*) FROM ours_seen) <>"
        " (SELECT count(*) FROM theirs_seen)",
        "SELECT * FROM (SELECT * FROM article_fts_docsize EXCEPT"
        " SELECT * FROM theirs_docsize)",
        "SELECT * FROM (SELECT * FROM theirs_docsize EXCEPT"
        " SELECT * FROM article_fts_docsize)",
        "SELECT 'totals' WHERE (SELECT block FROM article_fts_data WHERE id=1)"
        " <> (SELECT block FROM theirs_data WHERE id=1)",
        "SELECT * FROM (SELECT rowid, rank FROM article_fts('a0 OR b1') EXCEPT"
        " SELECT rowid, rank FROM theirs('a0 OR b1'))",
        "SELECT * FROM (SELECT rowid FROM theirs('a0 c0 d1') EXCEPT"
        " SELECT rowid FROM article_fts('a0 c0 d1'))",
        "SELECT * FROM (SELECT rowid FROM article_fts('a0 c0 d1') EXCEPT"
        " SELECT rowid FROM theirs('a0 c0 d1'))",
        "SELECT * FROM (SELECT rowid FROM article_fts('\"a0 a0\" OR b*') EXCEPT"
        " SELECT rowid FROM theirs('\"a0 a0\" OR b*'))",
        "SELECT 'from the end' WHERE (SELECT group_concat(rowid) FROM (SELECT"
        " rowid FROM article_fts('a0 b0') ORDER BY rowid DESC)) IS NOT"
        " (SELECT group_concat(rowid) FROM (SELECT rowid FROM theirs('a0 b0')"
        " ORDER BY rowid DESC))",
        "SELECT 'in a range' WHERE (SELECT count(*) FROM article_fts('a0') "
        "WHERE"
        " rowid > 700) <> (SELECT count(*) FROM theirs('a0') WHERE"
        " rowid > 700)"};

    for (size_t i = 0; i < COUNT(queries); i++)
        expect_none(db, name, queries[i]);
}

static void
fts5_cannot_tell_it_from_its_own(void **state)
{
    static const struct world worlds[] = {
        {"nothing", 0, 1, 1, 1},
        {"articles without words", 5, 1, 0, 1},
        {"one word", 1, 1, 1, 1},
        {"a term for many leaves", 4000, 1, 12, 2},
        {"two of them", 3000, 2, 8, 3},
        {"places for many leaves", 3, 2, 4000, 100},
        {"many terms", 300, WORDS_MAX, 30, 1000000},
        {"few of each", 60, 5000, 40, 5},
        {"far apart", 2500, 3, 2, 2000000},
        {"as news is", 1500, WORDS_MAX, 20, 1}};
    uint64_t seed = 7;

    (void)state;
    for (size_t i = 0; i < COUNT(worlds); i++) {
        struct sqlite3 *db = open_tables();
        struct fts5_write *write;
        struct error err = {0};

        run(db, "BEGIN");
        make_texts(db, &worlds[i], &seed);
        run(db, "INSERT INTO theirs(theirs) VALUES('rebuild');"
                "INSERT INTO theirs(theirs) VALUES('optimize');");
        write = fts5_write_new(db, "memory");
        write_lengths(db, write);
        write_postings(db, write);
        if (fts5_write_end(write, &err))
            fail_msg("%s: %s", worlds[i].name, err.text);
        fts5_write_free(write);
        run(db, "COMMIT");
        run(db, "INSERT INTO article_fts(article_fts, rank)"
                " VALUES('integrity-check', 1)");
        compare(db, worlds[i].name);
        /* Whoever opens it with FTS5 may go on writing. */
        run(db,
            "INSERT INTO text VALUES(9000000000, 'a0 new', '', '', '', '', '',"
            " '', '', '', '', '', '');"
            "INSERT INTO article_fts(rowid, a) VALUES(9000000000,"
            " 'a0 new');"
            "INSERT INTO article_fts(article_fts) VALUES('optimize');"
            "INSERT INTO article_fts(article_fts, rank)"
            " VALUES('integrity-check', 1)");
        sqlite3_close(db);
    }
}

/* Is the check any good?  One byte elsewhere, and FTS5 notices. */
static void
what_is_left_out_is_noticed(void **state)
{
    static const struct world world = {"as news is", 200, 50, 10, 1};
    struct sqlite3 *db = open_tables();
    uint64_t seed = 11;
    struct fts5_write *write;
    struct error err = {0};

    (void)state;
    make_texts(db, &world, &seed);
    run(db, "INSERT INTO theirs(theirs) VALUES('rebuild')");
    write = fts5_write_new(db, "memory");
    write_lengths(db, write);
    fts5_write_term(write, "a", 1);
    fts5_write_article(write, 1, (const unsigned char *)"\2", 1);
    write_postings(db, write);
    assert_int_equal(fts5_write_end(write, &err), STATUS_OK);
    fts5_write_free(write);
    assert_int_not_equal(
        sqlite3_exec(db,
                     "INSERT INTO article_fts(article_fts, rank)"
                     " VALUES('integrity-check', 1)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

static void
a_failed_write_is_told_at_the_end(void **state)
{
    struct sqlite3 *db = open_tables();
    uint32_t length[COLUMNS] = {1};
    struct fts5_write *write;
    struct error err = {0};

    (void)state;
    write = fts5_write_new(db, "seg.tmp");
    fts5_write_lengths(write, 1, length);
    fts5_write_lengths(write, 1, length); /* twice the same article */
    fts5_write_term(write, "a", 1);
    fts5_write_article(write, 1, (const unsigned char *)"\2", 1);
    assert_int_not_equal(fts5_write_end(write, &err), STATUS_OK);
    assert_non_null(strstr(err.text, "seg.tmp"));
    fts5_write_free(write);
    run(db, "DROP TABLE article_fts");
    write = fts5_write_new(db, "seg.tmp");
    fts5_write_term(write, "a", 1);
    assert_int_not_equal(fts5_write_end(write, &err), STATUS_OK);
    fts5_write_free(write);
    fts5_write_free(NULL);
    sqlite3_close(db);
}

static void
numbers_are_those_of_sqlite(void **state)
{
    static const struct {
        uint64_t number;
        size_t size;
        const char *bytes;
    } cases[] = {
        {0, 1, "\x00"},
        {127, 1, "\x7f"},
        {128, 2, "\x81\x00"},
        {16383, 2, "\xff\x7f"},
        {16384, 3, "\x81\x80\x00"},
        {(uint64_t)1 << 55, 8, "\xc0\x80\x80\x80\x80\x80\x80\x00"},
        {(uint64_t)1 << 56, 9, "\x80\xc0\x80\x80\x80\x80\x80\x80\x00"},
        {UINT64_MAX, 9, "\xff\xff\xff\xff\xff\xff\xff\xff\xff"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned char out[9];

        assert_int_equal(varint_put(out, cases[i].number) - out, cases[i].size);
        assert_memory_equal(out, cases[i].bytes, cases[i].size);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fts5_cannot_tell_it_from_its_own),
        cmocka_unit_test(what_is_left_out_is_noticed),
        cmocka_unit_test(a_failed_write_is_told_at_the_end),
        cmocka_unit_test(numbers_are_those_of_sqlite),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
