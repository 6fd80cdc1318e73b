#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "indexer/segment/schema.h"

/* A name that means something in a URI, to see that it is escaped. */
#define NAME "/a?b#c%41.db"

struct world {
    char dir[64];
    char path[128];
};

static int
make_world(void **state)
{
    struct world *world = calloc(1, sizeof(*world));

    snprintf(world->dir, sizeof(world->dir), "/tmp/test-schema-XXXXXX");
    *state = world;
    if (!mkdtemp(world->dir))
        return -1;
    snprintf(world->path, sizeof(world->path), "%s%s", world->dir, NAME);
    return 0;
}

static int
end_world(void **state)
{
    struct world *world = *state;

    unlink(world->path);
    rmdir(world->dir);
    free(world);
    return 0;
}

/* A segment without articles, then `more` done to it. */
static void
make_segment(const struct world *world, const char *more)
{
    struct sqlite3 *db;
    struct error err = {0};

    if (schema_create(&db, world->path, "en", &err))
        fail_msg("%s", err.text);
    assert_int_equal(sqlite3_exec(db, "INSERT INTO meta VALUES('complete','1')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, more, NULL, NULL, NULL), SQLITE_OK);
    schema_close(db);
}

static void
a_finished_segment_opens_and_cannot_be_changed(void **state)
{
    struct world *world = *state;
    struct sqlite3 *db;
    struct error err = {0};

    make_segment(world, "");
    if (schema_open(&db, world->path, &err))
        fail_msg("%s", err.text);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM meta", NULL, NULL, NULL) &
                         0xff,
                     SQLITE_READONLY);
    schema_close(db);
    schema_close(NULL);
}

static void
what_is_not_a_segment_of_ours_is_refused(void **state)
{
    static const struct {
        const char *sql;
        enum status status;
        const char *words;
    } cases[] = {
        {"DELETE FROM meta WHERE key='complete'", STATUS_DAMAGED,
         "never completed"},
        {"UPDATE meta SET value='0' WHERE key='complete'", STATUS_DAMAGED,
         "never completed"},
        {"PRAGMA application_id=7", STATUS_DAMAGED, "not a segment"},
        {"PRAGMA user_version=99", STATUS_VERSION, "archive format 99"},
        {"UPDATE meta SET value='0' WHERE key='analysis'", STATUS_VERSION,
         "analysis 0"},
        {"DROP TABLE meta", STATUS_DAMAGED, "never completed"},
    };
    struct world *world = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sqlite3 *db;
        struct error err = {0};

        make_segment(world, cases[i].sql);
        assert_int_equal(schema_open(&db, world->path, &err), cases[i].status);
        assert_null(db);
        assert_non_null(strstr(err.text, world->path));
        if (!strstr(err.text, cases[i].words))
            fail_msg("%s: %s", cases[i].sql, err.text);
        assert_int_equal(unlink(world->path), 0);
    }
}

static void
other_files_are_refused(void **state)
{
    static const char *const contents[] = {"", "no database, only text\n"};
    struct world *world = *state;
    struct sqlite3 *db;
    struct error err = {0};

    assert_int_equal(schema_open(&db, world->path, &err), STATUS_ABSENT);
    for (size_t i = 0; i < 2; i++) {
        FILE *file = fopen(world->path, "w");

        assert_non_null(file);
        fputs(contents[i], file);
        fclose(file);
        assert_int_equal(schema_open(&db, world->path, &err), STATUS_DAMAGED);
        assert_null(db);
    }
    assert_int_not_equal(schema_open(&db, world->dir, &err), STATUS_OK);
}

static void
the_columns_are_named_as_the_fields(void **state)
{
    struct world *world = *state;
    struct sqlite3 *db;
    sqlite3_stmt *select;

    make_segment(world, "");
    assert_int_equal(schema_open(&db, world->path, NULL), STATUS_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT * FROM article_fts", -1, &select, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_column_count(select), FIELD_COUNT);
    for (int i = 0; i < FIELD_COUNT; i++)
        assert_string_equal(sqlite3_column_name(select, i),
                            field_name((enum field)i));
    sqlite3_finalize(select);
    schema_close(db);
}

int
main(void)
{
#define IN_WORLD(test) \
    cmocka_unit_test_setup_teardown(test, make_world, end_world)
    const struct CMUnitTest tests[] = {
        IN_WORLD(a_finished_segment_opens_and_cannot_be_changed),
        IN_WORLD(what_is_not_a_segment_of_ours_is_refused),
        IN_WORLD(other_files_are_refused),
        IN_WORLD(the_columns_are_named_as_the_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
