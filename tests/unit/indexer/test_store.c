#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/stored/store.h"

static void
a_text_comes_back_as_it_went_in(void **state)
{
    struct packer *packer = packer_new();
    struct unpacker *unpacker = unpacker_new(NULL);
    static const size_t sizes[] = {0,   1,     63,    64,    127,
                                   128, 16383, 16384, 100000};
    struct buf stored = BUF_INIT;
    struct buf text = BUF_INIT;
    struct buf got = BUF_INIT;
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        buf_clear(&text);
        while (text.size < sizes[i])
            buf_printf(&text, "Seoul %zu ", text.size);
        buf_cut(&text, sizes[i]);
        buf_set_text(&stored, "before");
        buf_set_text(&got, "before");
        store_pack(packer, &stored, text.data, text.size);
        assert_int_equal(store_unpack(unpacker, &got, stored.data + 6,
                                      stored.size - 6, &err),
                         STATUS_OK);
        assert_int_equal(got.size, 6 + text.size);
        assert_memory_equal(got.data + 6, text.data, text.size + 1);
        if (sizes[i] >= 16383)
            assert_true(stored.size < text.size / 2);
    }
    buf_release(&stored);
    buf_release(&text);
    buf_release(&got);
    packer_free(packer);
    unpacker_free(unpacker);
}

static void
what_does_not_shrink_is_kept_as_it_is(void **state)
{
    struct packer *packer = packer_new();
    struct buf stored = BUF_INIT;
    unsigned char noise[256];
    uint32_t random = 1;

    (void)state;
    for (size_t i = 0; i < sizeof(noise); i++) {
        random = random * 1664525u + 1013904223u;
        noise[i] = (unsigned char)(random >> 24);
    }
    store_pack(packer, &stored, (const char *)noise, sizeof(noise));
    assert_int_equal(stored.data[0], 0);
    assert_int_equal(stored.size, 3 + sizeof(noise));
    buf_release(&stored);
    packer_free(packer);
}

/* "abc" as a frame of zstd, its block as it is. */
#define FRAME "\x28\xb5\x2f\xfd\x20\x03\x19\x00\x00\x61\x62\x63"
#define FRAME_SIZE 12

/* Stored forms that are none. */
static const struct {
    const char *name;
    const char *data;
    size_t size;
} broken[] = {
    {"empty", "", 0},
    {"one byte", "\x00", 1},
    {"unknown kind", "\x03\x01x", 3},
    {"a length without an end", "\x00\x81\x81", 3},
    {"a length of ten bytes", "\x00\x81\x81\x81\x81\x81\x81\x81\x81\x81\x01x",
     12},
    {"more than it says", "\x00\x01xy", 4},
    {"less than it says", "\x00\x03xy", 4},
    {"not packed", "\x01\x03xyz", 5},
    {"65 MiB", "\x01\xA0\xC0\x80\x00xyz", 8},
    {"a cut frame", "\x01\x03" FRAME, 2 + FRAME_SIZE - 1},
    {"a shorter text", "\x01\x05" FRAME, 2 + FRAME_SIZE},
    {"a longer text", "\x01\x02" FRAME, 2 + FRAME_SIZE},
    {"bytes behind it", "\x01\x03" FRAME "x", 2 + FRAME_SIZE + 1},
    {"no dictionary", "\x02\x03" FRAME, 2 + FRAME_SIZE},
};

static void
damage_is_named_and_nothing_is_appended(void **state)
{
    struct unpacker *unpacker = unpacker_new(NULL);
    static const char sound[] = "\x01\x03" FRAME;
    struct buf got = BUF_INIT;

    (void)state;
    assert_int_equal(
        store_unpack(unpacker, &got, sound, sizeof(sound) - 1, NULL),
        STATUS_OK);
    assert_string_equal(got.data, "abc");
    for (size_t i = 0; i < COUNT(broken); i++) {
        struct error err = {0};
        enum status status =
            store_unpack(unpacker, &got, broken[i].data, broken[i].size, &err);

        if (status != STATUS_DAMAGED)
            print_error("of %s:\n", broken[i].name);
        assert_int_equal(status, STATUS_DAMAGED);
        assert_string_equal(got.data, "abc");
        assert_non_null(strstr(err.text, "damaged"));
    }
    buf_release(&got);
    unpacker_free(unpacker);
}

/* `unpacker`, if not NULL, is the one of the functions. */
static struct sqlite3 *
open_memory(struct unpacker **unpacker)
{
    struct sqlite3 *db = NULL;
    struct error err = {0};

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(store_register(db, unpacker, &err), STATUS_OK);
    return db;
}

static int
count_dictionaries(unsigned kind, void *count, void *statement, void *sql)
{
    (void)kind;
    (void)statement;
    *(unsigned *)count += strstr(sql, "FROM dictionary") != NULL;
    return 0;
}

/* The one value that `sql` selects, appended to `out`. */
static int
select_value(struct sqlite3 *db, const char *sql, struct buf *out)
{
    sqlite3_stmt *select = NULL;
    int result;

    buf_clear(out);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &select, NULL), SQLITE_OK);
    result = sqlite3_step(select);
    if (result == SQLITE_ROW && sqlite3_column_type(select, 0) == SQLITE_NULL)
        buf_add_text(out, "NULL");
    else if (result == SQLITE_ROW)
        buf_add(out, sqlite3_column_text(select, 0),
                (size_t)sqlite3_column_bytes(select, 0));
    sqlite3_finalize(select);
    return result;
}

/* A page of what a newspaper's pages share, and a line of its own. */
static void
make_page(struct buf *text, unsigned number)
{
    buf_clear(text);
    for (unsigned i = 0; i < 24; i++)
        buf_printf(text, "The ministry of region %u said on %u that ",
                   (number * 7 + i * 13) % 97, (number + i) % 31);
    buf_printf(text, "subscribers of the paper number %u read more.", number);
}

static void
keep_dictionary(struct sqlite3 *db, const struct packer *packer)
{
    const struct buf *words = packer_dictionary(packer);
    sqlite3_stmt *insert = NULL;

    assert_int_equal(
        sqlite3_exec(db, "CREATE TABLE dictionary(words)", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO dictionary VALUES(?1)",
                                        -1, &insert, NULL),
                     SQLITE_OK);
    sqlite3_bind_blob64(insert, 1, words->data, words->size, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
}

/* Once for a row's reader, once for SQL. */
static void
read_both_ways(struct sqlite3 *db, struct unpacker *unpacker,
               const struct buf *stored, const struct buf *text)
{
    struct buf got = BUF_INIT;
    struct error err = {0};
    sqlite3_stmt *select = NULL;

    if (store_unpack(unpacker, &got, stored->data, stored->size, &err))
        fail_msg("%s", err.text);
    assert_string_equal(got.data, text->data);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT news_text(?1)", -1, &select, NULL),
        SQLITE_OK);
    sqlite3_bind_blob64(select, 1, stored->data, stored->size, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(select, 0),
                        text->data);
    sqlite3_finalize(select);
    buf_release(&got);
}

/* Another packer, for a segment that is made of this one. */
static void
expect_adopted(struct sqlite3 *db, const struct packer *packer,
               struct unpacker *unpacker, const struct buf *stored,
               const struct buf *text)
{
    struct packer *other = packer_new();
    struct buf again = BUF_INIT;

    assert_false(store_is_packed(other, unpacker, stored->data, stored->size));
    packer_adopt(other, db);
    assert_int_equal(packer_dictionary(other)->size,
                     packer_dictionary(packer)->size);
    store_pack(other, &again, text->data, text->size);
    assert_int_equal(again.size, stored->size);
    assert_memory_equal(again.data, stored->data, stored->size);
    assert_true(store_is_packed(other, unpacker, stored->data, stored->size));
    assert_false(store_is_packed(other, unpacker,
                                 "\x00\x03"
                                 "abc",
                                 5));
    assert_false(store_is_packed(other, unpacker, "", 0));
    sqlite3_exec(db, "UPDATE dictionary SET words=words||x'00'", NULL, NULL,
                 NULL);
    packer_free(other);
    other = packer_new();
    packer_adopt(other, db);
    assert_true(packer_dictionary(other)->size ==
                packer_dictionary(packer)->size + 1);
    assert_true(store_is_packed(other, unpacker, stored->data, stored->size));
    assert_false(store_is_packed(packer, unpacker, stored->data, stored->size));
    packer_free(other);
    buf_release(&again);
}

static void
what_many_texts_share_is_learnt_and_kept_in_the_segment(void **state)
{
    struct packer *packer = packer_new();
    struct unpacker *unpacker;
    struct sqlite3 *db = open_memory(&unpacker);
    unsigned dictionaries = 0;
    struct buf stored = BUF_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};
    size_t before;
    unsigned number = 0;

    (void)state;
    make_page(&text, 12345678);
    store_pack(packer, &stored, text.data, text.size);
    assert_int_equal(stored.data[0], 1);
    before = stored.size;
    while (!packer_dictionary(packer)->size && number < 40000) {
        make_page(&text, number++);
        buf_clear(&stored);
        store_pack(packer, &stored, text.data, text.size);
    }
    assert_true(packer_dictionary(packer)->size > 0);
    make_page(&text, 12345678);
    buf_clear(&stored);
    store_pack(packer, &stored, text.data, text.size);
    assert_int_equal(stored.data[0], 2);
    assert_true(stored.size * 4 < before * 3);

    assert_int_equal(
        store_unpack(unpacker, &text, stored.data, stored.size, &err),
        STATUS_DAMAGED);
    assert_non_null(strstr(err.text, "lost its dictionary"));
    keep_dictionary(db, packer);
    sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_dictionaries, &dictionaries);
    read_both_ways(db, unpacker, &stored, &text);
    assert_int_equal(dictionaries, 1);
    expect_adopted(db, packer, unpacker, &stored, &text);
    packer_free(packer);
    sqlite3_close(db);
    buf_release(&stored);
    buf_release(&text);
}

static void
the_sql_functions_answer(void **state)
{
    static const struct {
        const char *sql, *value;
    } cases[] = {
        {"SELECT news_text(x'0003616263')", "abc"},
        {"SELECT news_text(x'010328b52ffd2003190000616263')", "abc"},
        {"SELECT news_text(x'0000')", ""},
        {"SELECT news_text(NULL)", "NULL"},
        {"SELECT news_text('plain')", "plain"},
        {"SELECT news_mark('fr', 'x')", "\x02"
                                        "fr\x02x"},
        {"SELECT news_mark('en', 'x')", "x"},
        {"SELECT news_mark('', 'x')", "x"},
        {"SELECT news_mark(NULL, 'x')", "x"},
        {"SELECT news_mark('fr', '')", ""},
        {"SELECT news_mark('fr', NULL)", "NULL"},
        {"SELECT news_mark('a-language-no-one-has', 'x')", "x"},
        {"SELECT news_dates(1414112400, 540, 3)", "2014 201410 20141024"},
        {"SELECT news_dates(1414112400, 0, 5)", "2014 201410 20141024"},
        {"SELECT news_dates(1414162800, 540, 3)", "2014 201410 20141025"},
        {"SELECT news_dates(1414112400, 0, 2)", "2014 201410"},
        {"SELECT news_dates(1414112400, 0, 1)", "2014"},
        {"SELECT news_dates(1414112400, 0, 0)", ""},
        {"SELECT news_dates(1414112400, 0, -3)", ""},
        {"SELECT news_dates(-1, 0, 3)", "1969 196912 19691231"},
        {"SELECT news_dates(NULL, NULL, NULL)", ""},
        {"SELECT news_dates(9223372036854775807, 540, 3)", ""},
    };
    struct sqlite3 *db = open_memory(NULL);
    struct buf value = BUF_INIT;

    (void)state;
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE TABLE meta(key, value);"
                                  "INSERT INTO meta VALUES('language', 'en')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (select_value(db, cases[i].sql, &value) != SQLITE_ROW)
            fail_msg("%s: %s", cases[i].sql, sqlite3_errmsg(db));
        if (strcmp(value.data, cases[i].value) != 0)
            print_error("of %s:\n", cases[i].sql);
        assert_string_equal(value.data, cases[i].value);
    }
    buf_release(&value);
    sqlite3_close(db);
}

static void
a_mark_is_made_also_where_no_language_is_known(void **state)
{
    struct sqlite3 *db = open_memory(NULL);
    struct buf value = BUF_INIT;

    (void)state;
    assert_int_equal(select_value(db, "SELECT news_mark('en', 'x')", &value),
                     SQLITE_ROW);
    assert_string_equal(value.data, "\x02"
                                    "en\x02x");
    buf_release(&value);
    sqlite3_close(db);
}

static void
sql_says_corrupt_to_what_is_damaged(void **state)
{
    struct sqlite3 *db = open_memory(NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(broken); i++) {
        sqlite3_stmt *select = NULL;

        assert_int_equal(
            sqlite3_prepare_v2(db, "SELECT news_text(?1)", -1, &select, NULL),
            SQLITE_OK);
        sqlite3_bind_blob64(select, 1, broken[i].data, broken[i].size,
                            SQLITE_STATIC);
        sqlite3_step(select);
        assert_int_equal(sqlite3_finalize(select), SQLITE_CORRUPT);
    }
    sqlite3_close(db);
}

static void
memory_that_runs_out_is_an_error(void **state)
{
    struct packer *packer = packer_new();
    struct buf text = BUF_INIT;
    struct buf stored = BUF_INIT;
    struct sqlite3 *db = open_memory(NULL);
    sqlite3_stmt *select = NULL;

    (void)state;
    while (text.size < 1000000)
        buf_add_text(&text, "one and the same ");
    store_pack(packer, &stored, text.data, text.size);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT news_mark('fr', news_text(?1))",
                                        -1, &select, NULL),
                     SQLITE_OK);
    sqlite3_bind_blob64(select, 1, stored.data, stored.size, SQLITE_STATIC);
    for (sqlite3_int64 more = 500000; more <= 1500000; more += 1000000) {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + more);
        sqlite3_step(select);
        sqlite3_hard_heap_limit64(0);
        assert_int_equal(sqlite3_reset(select), SQLITE_NOMEM);
    }
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    sqlite3_finalize(select);
    sqlite3_close(db);
    buf_release(&text);
    buf_release(&stored);
    packer_free(packer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_comes_back_as_it_went_in),
        cmocka_unit_test(what_does_not_shrink_is_kept_as_it_is),
        cmocka_unit_test(damage_is_named_and_nothing_is_appended),
        cmocka_unit_test(
            what_many_texts_share_is_learnt_and_kept_in_the_segment),
        cmocka_unit_test(the_sql_functions_answer),
        cmocka_unit_test(a_mark_is_made_also_where_no_language_is_known),
        cmocka_unit_test(sql_says_corrupt_to_what_is_damaged),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
