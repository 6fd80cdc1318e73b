#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "indexer/archive/manifest_file.h"
#include "indexer/care/merge.h"
#include "indexer/care/takedown.h"
#include "indexer/segment/schema.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"
#include "indexer/writer/writer.h"

struct world {
    char dir[64];
    struct writer *writer;
    struct error err;
};

static int
make_world(void **state)
{
    struct world *world = calloc(1, sizeof(*world));

    snprintf(world->dir, sizeof(world->dir), "/tmp/test-writer-XXXXXX");
    *state = world;
    return mkdtemp(world->dir) ? 0 : -1;
}

static int
end_world(void **state)
{
    struct world *world = *state;
    char command[128];
    int failed;

    writer_close(world->writer);
    snprintf(command, sizeof(command), "rm -rf '%s'", world->dir);
    failed = system(command);
    free(world);
    return failed;
}

static void
begin(struct world *world)
{
    struct writer_options options = {
        .dir = world->dir, .memory = 4 << 20, .threads = 2, .make = true};

    if (writer_open(&world->writer, &options, &world->err))
        fail_msg("%s", world->err.text);
}

/* Returns whether there was something to commit. */
static bool
end(struct world *world)
{
    bool changed = false;

    if (writer_commit(world->writer, &changed, &world->err))
        fail_msg("%s", world->err.text);
    writer_close(world->writer);
    world->writer = NULL;
    return changed;
}

/*
 * A source file in one line: articles separated by ';', each "key=body" or
 * "key@version=body"; no key before the '='is a PATH#item.
 */
static void
put_file(struct world *world, const char *path, const char *content)
{
    struct writer_source *source = writer_begin_file(world->writer, path);
    struct catalog_file file = CATALOG_FILE_INIT;
    struct article article;

    article_init(&article);
    while (*content) {
        size_t size = strcspn(content, ";");
        size_t key = strcspn(content, "=");
        size_t name = strcspn(content, "@=");

        buf_set(&article.key, content, name);
        if (name < key)
            buf_set(&article.version, content + name + 1, key - name - 1);
        article.item = file.articles++;
        buf_set_text(&article.headline, "Headline");
        article_add_paragraph(&article, content + key + 1, size - key - 1);
        if (writer_add(world->writer, source, &article, &world->err))
            fail_msg("%s", world->err.text);
        content += size + (content[size] == ';');
    }
    article_release(&article);
    file.refused = writer_counts(world->writer)->refused;
    file.articles -= file.refused;
    if (writer_end_file(world->writer, source, &file, true, &world->err))
        fail_msg("%s", world->err.text);
    buf_release(&file.reason);
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
list_segment(const struct world *world, const struct manifest_segment *entry,
             struct list *lines)
{
    char path[128];
    struct sqlite3 *db;
    sqlite3_stmt *select;
    struct unpacker *unpacker;
    struct article article;
    struct error err = {0};
    struct buf line = BUF_INIT;

    article_init(&article);
    snprintf(path, sizeof(path), "%s/%s", world->dir, entry->name);
    if (schema_open(&db, path, &err))
        fail_msg("%s", err.text);
    unpacker = unpacker_new(db);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT " ROW_COLUMNS " FROM article",
                                        -1, &select, NULL),
                     SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        if (manifest_is_dead(entry, sqlite3_column_int64(select, 0)))
            continue;
        if (row_load(select, unpacker, &article, &err))
            fail_msg("%s", err.text);
        buf_clear(&line);
        buf_printf(&line, "%s=%s", article.key.data, article.body.data);
        list_add_text(lines, line.data);
    }
    sqlite3_finalize(select);
    unpacker_free(unpacker);
    schema_close(db);
    buf_release(&line);
    article_release(&article);
}

/* What stands in the archive: "key=body" in order of keys, joined by ';'. */
static void
expect(const struct world *world, const char *expected)
{
    struct manifest manifest = MANIFEST_INIT;
    struct list lines = LIST_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};

    if (manifest_read(&manifest, world->dir, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < manifest.segments; i++)
        list_segment(world, &manifest.segment[i], &lines);
    if (lines.count)
        qsort(lines.item, lines.count, sizeof(*lines.item), compare_lines);
    for (size_t i = 0; i < lines.count; i++)
        buf_printf(&text, "%s%s", i ? ";" : "", lines.item[i]);
    assert_string_equal(text.data, expected);
    assert_int_equal(manifest_live(&manifest), lines.count);
    buf_release(&text);
    list_release(&lines);
    manifest_release(&manifest);
}

static void
what_is_added_stands_and_comes_once(void **state)
{
    struct world *world = *state;

    begin(world);
    put_file(world, "/a", "k1=one;k2=two;=three");
    assert_true(end(world));
    expect(world, "/a#2=three;k1=one;k2=two");
    begin(world);
    put_file(world, "/a", "k1=one;k2=two;=three");
    assert_int_equal(writer_counts(world->writer)->unchanged, 3);
    assert_false(end(world));
    expect(world, "/a#2=three;k1=one;k2=two");
}

static void
a_changed_file_changes_what_has_changed(void **state)
{
    struct world *world = *state;
    const struct writer_counts *counts;

    begin(world);
    put_file(world, "/a", "k1=one;k2=two;k3=three");
    end(world);
    begin(world);
    put_file(world, "/a", "k1=one;k2=zwei;k4=four");
    counts = writer_counts(world->writer);
    assert_int_equal(counts->unchanged, 1);
    assert_int_equal(counts->changed, 1);
    assert_int_equal(counts->added, 1);
    assert_int_equal(counts->removed, 1);
    end(world);
    expect(world, "k1=one;k2=zwei;k4=four");
}

static void
one_key_in_two_files_stands_once_and_survives_either(void **state)
{
    struct world *world = *state;
    struct catalog_file file = CATALOG_FILE_INIT;

    begin(world);
    put_file(world, "/a", "k=from a");
    put_file(world, "/b", "k=from b");
    assert_int_equal(writer_counts(world->writer)->replaced, 1);
    end(world);
    expect(world, "k=from b");

    begin(world); /* The loser says nothing new: it does not win. */
    put_file(world, "/a", "k=from a");
    assert_false(end(world));

    begin(world);
    assert_true(catalog_find_file(writer_catalog(world->writer), "/b", &file));
    assert_int_equal(writer_drop_file(world->writer, file.id, &world->err), 0);
    assert_true(catalog_find_file(writer_catalog(world->writer), "/a", &file));
    assert_true(file.stale);
    put_file(world, "/a", "k=from a");
    end(world);
    expect(world, "k=from a");
    buf_release(&file.reason);
}

static void
a_newer_version_replaces_and_an_older_one_does_not(void **state)
{
    struct world *world = *state;

    begin(world);
    put_file(world, "/2", "k@9=second");
    put_file(world, "/1", "k@8=first");
    put_file(world, "/3", "k@10=third");
    put_file(world, "/0", "k@=no version");
    put_file(world, "/4", "k@10a=text versions");
    assert_int_equal(writer_counts(world->writer)->older, 1);
    assert_int_equal(writer_counts(world->writer)->replaced, 3);
    end(world);
    expect(world, "k=text versions");
}

static void
the_last_of_one_key_in_one_file_stands(void **state)
{
    struct world *world = *state;

    begin(world);
    put_file(world, "/a", "k=one;k=two;j=x;k=three");
    end(world);
    expect(world, "j=x;k=three");
}

static void
without_a_commit_nothing_has_happened(void **state)
{
    struct world *world = *state;

    begin(world);
    put_file(world, "/a", "k=one");
    end(world);
    begin(world);
    put_file(world, "/a", "k=two");
    put_file(world, "/b", "j=three");
    writer_close(world->writer);
    world->writer = NULL;
    expect(world, "k=one");
    begin(world);
    put_file(world, "/b", "j=three");
    end(world);
    expect(world, "j=three;k=one");
}

static void
many_small_runs_are_merged(void **state)
{
    struct world *world = *state;
    struct list names = LIST_INIT;
    char path[16];
    char content[48];

    for (int run = 0; run < 20; run++) {
        begin(world);
        snprintf(path, sizeof(path), "/%d", run);
        snprintf(content, sizeof(content), "k%02d=x;shared=%d", run, run);
        put_file(world, path, content);
        assert_int_equal(writer_commit(world->writer, NULL, &world->err), 0);
        assert_int_equal(merge_run(world->writer, &world->err), 0);
        assert_true(writer_manifest(world->writer)->segments <= 8);
        assert_false(merge_pick(writer_manifest(world->writer), &names));
        end(world);
    }
    begin(world);
    assert_int_equal(merge_all(world->writer, &world->err), 0);
    assert_int_equal(writer_manifest(world->writer)->segments, 1);
    assert_int_equal(writer_manifest(world->writer)->segment[0].dead, 0);
    assert_int_equal(manifest_live(writer_manifest(world->writer)), 21);
    end(world);
    begin(world); /* The catalog has followed: what changes is found. */
    put_file(world, "/3", "k03=y");
    assert_int_equal(writer_counts(world->writer)->changed, 1);
    end(world);
    list_release(&names);
}

static enum status
take_down(struct world *world, const char *key)
{
    struct takedown takedown = TAKEDOWN_INIT;
    enum status status =
        takedown_mark(&takedown, world->writer, key, "day", &world->err);

    if (!status)
        status = takedown_finish(&takedown, world->writer, &world->err);
    takedown_release(&takedown);
    return status;
}

/* Is it noted outside of the manifest? */
static bool
is_noted(const struct world *world)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/deletions", world->dir);
    return access(path, F_OK) == 0;
}

static void
a_deleted_article_stays_away_until_that_is_undone(void **state)
{
    struct world *world = *state;

    begin(world);
    put_file(world, "/a", "k=xylophone one;j=other");
    end(world);
    begin(world);
    put_file(world, "/a", "k=xylophone two;j=other");
    end(world);
    begin(world);
    assert_int_equal(take_down(world, "nobody"), STATUS_ABSENT);
    assert_false(is_noted(world));
    assert_int_equal(take_down(world, "k"), STATUS_OK);
    assert_true(is_noted(world));
    end(world);
    expect(world, "j=other");
    begin(world);
    put_file(world, "/a", "k=xylophone two;j=other");
    assert_int_equal(writer_counts(world->writer)->refused, 1);
    assert_false(end(world));
    begin(world);
    assert_int_equal(takedown_undo(world->writer, "j", &world->err),
                     STATUS_ABSENT);
    assert_int_equal(takedown_undo(world->writer, "k", &world->err), STATUS_OK);
    assert_false(is_noted(world));
    put_file(world, "/a", "k=xylophone two;j=other");
    end(world);
    expect(world, "j=other;k=xylophone two");
}

static void
a_lost_catalog_is_made_again(void **state)
{
    struct world *world = *state;
    struct catalog_file file = CATALOG_FILE_INIT;
    char path[128];

    begin(world);
    put_file(world, "/a", "k=one;j=two");
    put_file(world, "/b", "i=three");
    end(world);
    snprintf(path, sizeof(path), "%s/catalog.db", world->dir);
    for (int i = 0; i < 2; i++) {
        FILE *broken;

        assert_int_equal(unlink(path), 0);
        if (i == 1) {
            broken = fopen(path, "w");
            assert_non_null(broken);
            fputs("this is not a catalog, not even a database", broken);
            fclose(broken);
        }
        begin(world);
        assert_true(
            catalog_find_file(writer_catalog(world->writer), "/a", &file));
        assert_true(file.stale);
        put_file(world, "/a", "k=one;j=zwei");
        assert_int_equal(writer_counts(world->writer)->unchanged, 1 + i);
        end(world);
    }
    expect(world, "i=three;j=zwei;k=one");
    buf_release(&file.reason);
}

static void
a_second_writer_is_told_to_come_back(void **state)
{
    struct world *world = *state;
    struct writer_options options = {.dir = world->dir};
    struct writer *second;
    struct error err = {0};

    begin(world);
    assert_int_equal(writer_open(&second, &options, &err), STATUS_LOCKED);
    assert_non_null(strstr(err.text, world->dir));
    writer_close(second);
    end(world);
    assert_int_equal(writer_open(&second, &options, &err), STATUS_OK);
    writer_close(second);
}

static void
other_folders_are_left_alone(void **state)
{
    struct world *world = *state;
    struct writer_options options = {.dir = world->dir, .make = true};
    struct writer *writer;
    struct error err = {0};
    char command[256];

    snprintf(command, sizeof(command), "touch %s/letter.txt", world->dir);
    assert_int_equal(system(command), 0);
    assert_int_equal(writer_open(&writer, &options, &err), STATUS_DAMAGED);
    writer_close(writer);
    snprintf(command, sizeof(command),
             "cd %s && rm letter.txt && touch seg-000001.db", world->dir);
    assert_int_equal(system(command), 0);
    assert_int_equal(writer_open(&writer, &options, &err), STATUS_DAMAGED);
    assert_non_null(strstr(err.text, "manifest"));
    writer_close(writer);
    options.make = false;
    assert_int_equal(writer_open(&writer, &options, &err), STATUS_ABSENT);
    writer_close(writer);
}

/* Kill a run of 40 files after its first, second, ... written file event;
 * what stands is the old state or the new one, and the next run completes. */
static void
killed_anywhere_it_is_all_or_nothing(void **state)
{
    struct world *world = *state;

    begin(world);
    put_file(world, "/a", "k=old");
    end(world);
    for (long delay = 0; delay < 60000; delay += 1500) {
        struct timespec wait = {.tv_nsec = delay * 1000};
        struct manifest manifest = MANIFEST_INIT;
        pid_t child = fork();
        int how;

        if (child == 0) {
            begin(world);
            put_file(world, "/a", "k=new;j=new");
            (void)writer_commit(world->writer, NULL, NULL);
            _exit(0);
        }
        assert_true(child > 0);
        (void)nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &how, 0), child);
        assert_int_equal(manifest_read(&manifest, world->dir, NULL), 0);
        if (manifest_live(&manifest) == 2)
            expect(world, "j=new;k=new");
        else
            expect(world, "k=old");
        manifest_release(&manifest);
        begin(world);
        put_file(world, "/a", "k=new;j=new");
        end(world);
        expect(world, "j=new;k=new");
        begin(world);
        put_file(world, "/a", "k=old");
        end(world);
        expect(world, "k=old");
    }
}

int
main(void)
{
#define IN_WORLD(test) \
    cmocka_unit_test_setup_teardown(test, make_world, end_world)
    const struct CMUnitTest tests[] = {
        IN_WORLD(what_is_added_stands_and_comes_once),
        IN_WORLD(a_changed_file_changes_what_has_changed),
        IN_WORLD(one_key_in_two_files_stands_once_and_survives_either),
        IN_WORLD(a_newer_version_replaces_and_an_older_one_does_not),
        IN_WORLD(the_last_of_one_key_in_one_file_stands),
        IN_WORLD(without_a_commit_nothing_has_happened),
        IN_WORLD(many_small_runs_are_merged),
        IN_WORLD(a_deleted_article_stays_away_until_that_is_undone),
        IN_WORLD(a_lost_catalog_is_made_again),
        IN_WORLD(a_second_writer_is_told_to_come_back),
        IN_WORLD(other_folders_are_left_alone),
        IN_WORLD(killed_anywhere_it_is_all_or_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
