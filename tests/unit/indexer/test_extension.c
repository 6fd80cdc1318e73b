#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* A connection that knows nothing of ours but the file. */
static struct sqlite3 *
open_loaded(void)
{
    struct sqlite3 *db = NULL;
    char *message = NULL;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL),
        SQLITE_OK);
    if (sqlite3_load_extension(db, FTS5_NEWS, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    return db;
}

static int
answer(struct sqlite3 *db, const char *sql)
{
    sqlite3_stmt *select = NULL;
    int value = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &select, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(select) == SQLITE_ROW)
        value = sqlite3_column_int(select, 0);
    sqlite3_finalize(select);
    return value;
}

static void
a_stock_program_can_match_after_loading_it(void **state)
{
    struct sqlite3 *db = open_loaded();

    (void)state;
    answer(db, "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'news en')");
    answer(db, "INSERT INTO t VALUES('Kim Tae-gyu on elections in the U.S.')");
    assert_int_equal(answer(db, "SELECT count(*) FROM t('election')"), 1);
    assert_int_equal(answer(db, "SELECT count(*) FROM t('taegyu')"), 1);
    assert_int_equal(answer(db, "SELECT count(*) FROM t('opcon')"), 0);
    sqlite3_close(db);
}

static void
it_brings_the_functions_of_a_segment(void **state)
{
    struct sqlite3 *db = open_loaded();

    (void)state;
    assert_int_equal(answer(db, "SELECT news_text(x'0003616263') = 'abc'"), 1);
    assert_int_equal(
        answer(db, "SELECT news_dates(0, 0, 3) = '1970 197001 19700101'"), 1);
    assert_int_equal(answer(db, "SELECT length(news_mark('fr', 'x'))"), 5);
    sqlite3_close(db);
}

static void
two_connections_have_one_each(void **state)
{
    struct sqlite3 *first = open_loaded();
    struct sqlite3 *second = open_loaded();

    (void)state;
    sqlite3_close(first);
    answer(second, "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'news')");
    answer(second, "INSERT INTO t VALUES('elections')");
    assert_int_equal(answer(second, "SELECT count(*) FROM t('election')"), 1);
    sqlite3_close(second);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_program_can_match_after_loading_it),
        cmocka_unit_test(it_brings_the_functions_of_a_segment),
        cmocka_unit_test(two_connections_have_one_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
