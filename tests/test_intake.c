#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/buf.h"
#include "corpus/intake.h"

/* A folder of files for one test. */
struct world {
    char folder[64];
    struct list paths;
};

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof(*world));

    assert_non_null(world);
    strcpy(world->folder, "/tmp/test_intake.XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < world->paths.count; i++)
        unlink(world->paths.item[i]);
    list_release(&world->paths);
    rmdir(world->folder);
    free(world);
    return 0;
}

static const char *
put_file(struct world *world, const char *name, const char *text)
{
    struct buf path = BUF_INIT;
    FILE *file;

    buf_printf(&path, "%s/%s", world->folder, name);
    file = fopen(path.data, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
    list_add_text(&world->paths, path.data);
    buf_release(&path);
    return world->paths.item[world->paths.count - 1];
}

/* The run in short: "<a" begins file a, "+id" is an article, "-" a bad one,
 * ">2" ends it with two articles, ">0!" in an error. */
static void
run(struct world *world, int workers, struct buf *story)
{
    struct intake_options options = {.workers = workers};
    struct intake *intake = NULL;
    struct intake_event event;

    assert_int_equal(intake_open(&intake, &options, NULL), STATUS_OK);
    for (size_t i = 0; i < world->paths.count; i++)
        intake_add(intake, world->paths.item[i]);
    while (intake_next(intake, &event)) {
        assert_string_equal(event.path, world->paths.item[event.number]);
        switch (event.kind) {
        case INTAKE_BEGIN:
            buf_printf(story, "<%s", event.path + strlen(world->folder) + 1);
            break;
        case INTAKE_ARTICLE:
            buf_printf(story, "+%s", event.article->key.data);
            break;
        case INTAKE_BAD:
            assert_true(event.error.text[0] != '\0');
            buf_add_text(story, "-");
            break;
        case INTAKE_END:
            buf_printf(story, ">%d%s ", (int)event.articles,
                       event.error.status ? "!" : "");
            break;
        }
    }
    intake_close(intake);
}

static void
put_three_files(struct world *world)
{
    put_file(world, "a.jsonl",
             "{\"id\":\"1\",\"title\":\"One\"}\n"
             "{\"id\":\"2\",\"title\"\n"
             "{\"id\":\"3\",\"title\":\"Three\"}\n");
    put_file(world, "b.jsonl", "%PDF-1.4\n");
    put_file(world, "c.jsonl", "{\"id\":\"4\",\"title\":\"Four\"}\n");
}

static void
events_come_file_by_file_in_order(void **state)
{
    struct world *world = *state;
    struct buf story = BUF_INIT;

    put_three_files(world);
    run(world, 0, &story);
    assert_string_equal(story.data,
                        "<a.jsonl+1-+3>2 <b.jsonl>0! <c.jsonl+4>1 ");
    buf_release(&story);
}

static void
a_file_that_is_not_there_is_one_failed_file(void **state)
{
    struct world *world = *state;
    struct buf story = BUF_INIT;

    unlink(put_file(world, "gone", "x"));
    put_file(world, "empty", "");
    run(world, 0, &story);
    assert_string_equal(story.data, "<gone>0! <empty>0! ");
    buf_release(&story);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(events_come_file_by_file_in_order,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_file_that_is_not_there_is_one_failed_file, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
