#include <sqlite3.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment_files.h"
#include "tests/support/archive_of.h"

static const struct sample samples[] = {
    {.headline = "Opcon delay", .body = "One.\nTwo.", .day = 16367},
    {.headline = "Opcon transfer", .body = "Three.", .day = 16368},
};

struct world {
    char *dir;
    char *path; /* of the only segment */
    struct segment_files *files;
};

static int
make_world(void **state)
{
    struct world *world = mem_zero(1, sizeof(*world));
    struct buf path = BUF_INIT;

    world->dir = archive_folder_new();
    archive_of(world->dir, samples, COUNT(samples), 1);
    buf_printf(&path, "%s/seg-000001.db", world->dir);
    world->path = mem_string(path.data);
    world->files = segment_files_new();
    buf_release(&path);
    *state = world;
    return 0;
}

static int
remove_world(void **state)
{
    struct world *world = *state;

    segment_files_free(world->files);
    archive_remove(world->dir);
    free(world->path);
    free(world);
    return 0;
}

static int64_t
ask(struct sqlite3 *db, const char *sql, int *code)
{
    sqlite3_stmt *statement = NULL;
    int64_t answer = -1;

    *code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (*code == SQLITE_OK)
        *code = sqlite3_step(statement);
    if (*code == SQLITE_ROW)
        answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

static void
what_was_opened_is_read_though_its_name_is_gone(void **state)
{
    struct world *world = *state;
    struct sqlite3 *db = NULL;
    struct error err = {0};
    size_t number = 99;
    int code;

    assert_int_equal(
        segment_files_add(world->files, world->path, &number, &err), STATUS_OK);
    assert_int_equal(number, 0);
    assert_int_equal(unlink(world->path), 0);
    assert_int_equal(
        segment_files_open(world->files, number, &db, NULL, world->path, &err),
        STATUS_OK);
    assert_int_equal(ask(db, "SELECT count(*) FROM article", &code), 2);
    assert_int_equal(ask(db,
                         "SELECT count(*) FROM article_fts"
                         " WHERE article_fts MATCH 'transfer'",
                         &code),
                     1);
    /* What sorts may want a file of SQLite's own. */
    assert_int_equal(
        ask(db, "SELECT id FROM article ORDER BY headline DESC", &code), 2);
    schema_close(db);
}

static void
nothing_is_written(void **state)
{
    struct world *world = *state;
    struct sqlite3 *db = NULL;
    struct error err = {0};
    size_t number;
    int code;

    assert_int_equal(
        segment_files_add(world->files, world->path, &number, &err), STATUS_OK);
    assert_int_equal(
        segment_files_open(world->files, number, &db, NULL, world->path, &err),
        STATUS_OK);
    ask(db, "DELETE FROM article", &code);
    assert_int_equal(code & 0xff, SQLITE_READONLY);
    schema_close(db);
}

static bool
stop_if(void *context)
{
    return *(const bool *)context;
}

static void
reading_can_be_stopped(void **state)
{
    struct world *world = *state;
    struct sqlite3 *db = NULL;
    struct error err = {0};
    bool stop = false;
    size_t number;
    int code;

    segment_files_watch(world->files, stop_if, &stop);
    assert_int_equal(
        segment_files_add(world->files, world->path, &number, &err), STATUS_OK);
    assert_int_equal(
        segment_files_open(world->files, number, &db, NULL, world->path, &err),
        STATUS_OK);
    stop = true;
    ask(db, "SELECT count(words) FROM spelling", &code);
    assert_int_equal(code & 0xff, SQLITE_INTERRUPT);
    stop = false;
    assert_true(ask(db, "SELECT count(words) FROM spelling", &code) > 0);
    schema_close(db);
}

/* A copy of the segment's first bytes, with some of them changed. */
static void
write_copy(const struct world *world, const char *name, size_t size, size_t at,
           const char *bytes)
{
    FILE *from = fopen(world->path, "rb");
    FILE *to = fopen(name, "wb");
    char part[4096];
    size_t got;

    assert_non_null(from);
    assert_non_null(to);
    got = fread(part, 1, size < sizeof(part) ? size : sizeof(part), from);
    memcpy(part + at, bytes, strlen(bytes));
    fwrite(part, 1, got, to);
    fclose(from);
    fclose(to);
}

static void
what_is_no_segment_is_not_taken(void **state)
{
    struct world *world = *state;
    static const struct {
        size_t size, at;
        const char *bytes;
        enum status status;
    } cases[] = {
        {0, 0, "", STATUS_DAMAGED},
        {1, 0, "", STATUS_DAMAGED},
        {99, 0, "", STATUS_DAMAGED},
        {4096, 0, "NOT", STATUS_DAMAGED},
        {4096, 68, "mail", STATUS_DAMAGED},
        {4096, 60, "\x01\x02", STATUS_VERSION},
    };
    size_t number;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error err = {0};
        char name[] = "test_segment_files.db";

        write_copy(world, name, cases[i].size, cases[i].at, cases[i].bytes);
        if (segment_files_add(world->files, name, &number, &err) !=
                cases[i].status ||
            !strstr(err.text, name))
            fail_msg("case %zu: %s", i, err.text);
        unlink(name);
    }
    assert_int_equal(
        segment_files_add(world->files, "/nonexistent/x.db", &number, NULL),
        STATUS_ABSENT);
}

static void
what_was_not_opened_has_no_database(void **state)
{
    struct world *world = *state;
    struct sqlite3 *db = NULL;
    struct error err = {0};

    assert_int_not_equal(
        segment_files_open(world->files, 7, &db, NULL, "seven.db", &err),
        STATUS_OK);
    assert_null(db);
    assert_non_null(strstr(err.text, "seven.db"));
}

int
main(void)
{
#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, make_world, remove_world)
    const struct CMUnitTest tests[] = {
        TEST(what_was_opened_is_read_though_its_name_is_gone),
        TEST(nothing_is_written),
        TEST(reading_can_be_stopped),
        TEST(what_is_no_segment_is_not_taken),
        TEST(what_was_not_opened_has_no_database),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
