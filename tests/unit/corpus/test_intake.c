/* For syscall(2) and RTLD_NEXT. */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/intake/intake.h"

/* What each reader of this process may write before the system refuses; < 0:
 * all it likes. */
static long may_write = -1;

/* The C library's, but for the pipe of a reader. */
ssize_t
write(int fd, const void *data, size_t size)
{
    enum {
        RESULTS = 4
    };

    if (fd == RESULTS && may_write == 0) {
        errno = EIO;
        return -1;
    }
    if (fd == RESULTS && may_write > 0)
        may_write--;
    return syscall(SYS_write, fd, data, size);
}

static bool may_fork = true;

pid_t
fork(void)
{
    pid_t (*real)(void) = NULL;
    void *found = dlsym(RTLD_NEXT, "fork");

    if (!may_fork) {
        errno = EAGAIN;
        return -1;
    }
    memcpy(&real, &found, sizeof(real));
    return real();
}

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
    for (int workers = 0; workers <= 3; workers++) {
        buf_clear(&story);
        run(world, workers, &story);
        assert_string_equal(
            story.data,
            "<a.jsonl+#id=1-+#id=3>2 <b.jsonl>0! <c.jsonl+#id=4>1 ");
    }
    buf_release(&story);
}

static void
a_file_that_is_not_there_is_one_failed_file(void **state)
{
    struct world *world = *state;
    struct buf story = BUF_INIT;

    unlink(put_file(world, "gone", "x"));
    put_file(world, "empty", "");
    for (int workers = 0; workers <= 1; workers++) {
        buf_clear(&story);
        run(world, workers, &story);
        assert_string_equal(story.data, "<gone>0! <empty>0! ");
    }
    buf_release(&story);
}

/* More than a pipe and a window hold, in each of many files. */
static void
workers_and_this_process_tell_the_same(void **state)
{
    struct world *world = *state;
    struct buf text = BUF_INIT;
    struct buf here = BUF_INIT;
    struct buf there = BUF_INIT;
    char name[16];

    for (int i = 0; i < 30; i++) {
        buf_clear(&text);
        for (int j = 0; j <= i * 7 % 50 * 40; j++)
            buf_printf(&text,
                       "{\"id\":\"%d-%d\",\"title\":\"T\",\"body\":\"%0500d"
                       "\"}\n",
                       i, j, j);
        snprintf(name, sizeof(name), "%d", i);
        put_file(world, name, text.data);
    }
    run(world, 0, &here);
    run(world, 3, &there);
    assert_true(buf_equal(&here, &there));
    buf_release(&text);
    buf_release(&here);
    buf_release(&there);
}

/* Whatever worker there is. */
static void
kill_children(void)
{
    char path[64];
    FILE *children;
    int pid;

    snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
    children = fopen(path, "r");
    if (!children)
        skip();                               /* the kernel does not tell */
    while (fscanf(children, "%d", &pid) == 1) /* NOLINT(cert-err34-c) */
        kill(pid, SIGKILL);
    fclose(children);
}

static void
a_worker_that_dies_costs_one_file(void **state)
{
    struct world *world = *state;
    struct intake_options options = {.workers = 1};
    struct intake *intake = NULL;
    struct intake_event event;
    struct buf text = BUF_INIT;
    int killed = 0;
    int whole = 0;

    for (int j = 0; j < 20000; j++)
        buf_printf(&text, "{\"title\":\"T\",\"body\":\"%0500d\"}\n", j);
    for (int i = 0; i < 5; i++) {
        char name[16];

        snprintf(name, sizeof(name), "%d", i);
        put_file(world, name, i == 2 ? text.data : "{\"title\":\"T\"}\n");
    }
    assert_int_equal(intake_open(&intake, &options, NULL), STATUS_OK);
    for (size_t i = 0; i < world->paths.count; i++)
        intake_add(intake, world->paths.item[i]);
    while (intake_next(intake, &event)) {
        if (event.number == 2 && event.kind == INTAKE_ARTICLE && !killed) {
            kill_children();
            killed = 1;
        } else if (event.kind == INTAKE_END && event.number == 2) {
            assert_int_equal(event.error.status, STATUS_INTERRUPTED);
            assert_non_null(strstr(event.error.text, event.path));
            assert_true(event.articles > 0 && event.articles < 20000);
        } else if (event.kind == INTAKE_END) {
            whole += event.articles == 1 && event.error.status == STATUS_OK;
        }
    }
    intake_close(intake);
    assert_int_equal(whole, 4);
    buf_release(&text);
}

static void
what_a_reader_cannot_pass_on_is_read_another_time(void **state)
{
    struct world *world = *state;
    struct intake_options options = {.workers = 1};
    struct intake *intake = NULL;
    struct intake_event event;
    struct buf text = BUF_INIT;

    for (int j = 0; j < 3000; j++)
        buf_printf(&text, "{\"title\":\"T\",\"body\":\"%0500d\"}\n", j);
    put_file(world, "large", text.data);
    may_write = 2;
    assert_int_equal(intake_open(&intake, &options, NULL), STATUS_OK);
    may_write = -1;
    intake_add(intake, world->paths.item[0]);
    while (intake_next(intake, &event) && event.kind != INTAKE_END)
        continue;
    assert_int_equal(event.kind, INTAKE_END);
    assert_int_equal(event.error.status, STATUS_INTERRUPTED);
    assert_non_null(strstr(event.error.text, "could not pass on"));
    assert_true(event.articles > 0 && event.articles < 3000);
    intake_close(intake);
    buf_release(&text);
}

/* A reader that cannot be replaced takes its other files with it, and none of
 * them is to blame. */
static void
files_without_a_reader_are_read_another_time(void **state)
{
    struct world *world = *state;
    struct intake_options options = {.workers = 1};
    struct intake *intake = NULL;
    struct intake_event event;
    int left = 0;

    put_three_files(world);
    assert_int_equal(intake_open(&intake, &options, NULL), STATUS_OK);
    kill_children();
    may_fork = false;
    for (size_t i = 0; i < world->paths.count; i++)
        intake_add(intake, world->paths.item[i]);
    while (intake_next(intake, &event))
        left += event.kind == INTAKE_END && event.articles == 0 &&
                event.error.status == STATUS_INTERRUPTED &&
                strstr(event.error.text, event.path) == event.error.text;
    may_fork = true;
    intake_close(intake);
    assert_int_equal(left, 3);
}

static void
files_may_be_added_between_events(void **state)
{
    struct world *world = *state;
    struct intake_options options = {.workers = 2};
    struct intake *intake = NULL;
    struct intake_event event;
    size_t added = 1;

    put_three_files(world);
    assert_int_equal(intake_open(&intake, &options, NULL), STATUS_OK);
    assert_false(intake_next(intake, &event));
    intake_add(intake, world->paths.item[0]);
    while (intake_next(intake, &event)) {
        if (event.kind != INTAKE_END)
            continue;
        assert_int_equal(event.number, added - 1);
        assert_string_equal(event.path, world->paths.item[added - 1]);
        if (added == 1)
            assert_string_equal(event.format, "jsonl");
        if (added == 2)
            assert_non_null(strstr(event.error.text, "a PDF document"));
        if (added < world->paths.count)
            intake_add(intake, world->paths.item[added++]);
    }
    assert_int_equal(added, 3);
    intake_close(intake);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(events_come_file_by_file_in_order,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_file_that_is_not_there_is_one_failed_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(workers_and_this_process_tell_the_same,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_worker_that_dies_costs_one_file,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_a_reader_cannot_pass_on_is_read_another_time, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            files_without_a_reader_are_read_another_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_may_be_added_between_events,
                                        set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
