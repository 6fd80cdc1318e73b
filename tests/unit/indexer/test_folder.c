#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/archive/folder.h"
#include "tests/support/archive_of.h"

struct world {
    char *dir;
    struct buf text; /* for reading */
    struct error err;
};

static int
make_world(void **state)
{
    struct world *world = mem_zero(1, sizeof(*world));

    world->dir = archive_folder_new();
    world->text = BUF_INIT;
    *state = world;
    return 0;
}

static int
remove_world(void **state)
{
    struct world *world = *state;

    buf_release(&world->text);
    archive_remove(world->dir);
    free(world);
    return 0;
}

static enum status
put(struct world *world, const char *name, const char *content)
{
    struct buf text = BUF_INIT;
    enum status status;

    buf_set_text(&text, content);
    status = folder_write(world->dir, name, &text, &world->err);
    buf_release(&text);
    return status;
}

static void
expect_content(struct world *world, const char *name, const char *content)
{
    buf_clear(&world->text);
    assert_int_equal(folder_read(world->dir, name, &world->text, &world->err),
                     STATUS_OK);
    assert_string_equal(world->text.data, content);
}

static bool
is_there(const struct world *world, const char *name)
{
    struct buf path = BUF_INIT;
    bool there;

    buf_printf(&path, "%s/%s", world->dir, name);
    there = access(path.data, F_OK) == 0;
    buf_release(&path);
    return there;
}

static void
make_folder(const struct world *world, const char *name)
{
    struct buf path = BUF_INIT;

    buf_printf(&path, "%s/%s", world->dir, name);
    assert_int_equal(mkdir(path.data, 0755), 0);
    buf_release(&path);
}

static void
what_is_written_is_read_in_the_place_of_the_old(void **state)
{
    struct world *world = *state;

    assert_int_equal(put(world, "file", "old and longer"), STATUS_OK);
    assert_int_equal(put(world, "file", "new"), STATUS_OK);
    expect_content(world, "file", "new");
    assert_false(is_there(world, "file.tmp"));
}

static void
what_cannot_be_read_is_told_apart(void **state)
{
    struct world *world = *state;
    struct buf few = BUF_LIMITED(4);

    assert_int_equal(folder_read(world->dir, "none", &world->text, &world->err),
                     STATUS_ABSENT);
    assert_int_equal(put(world, "file", "text"), STATUS_OK);
    assert_int_equal(folder_read(world->dir, "file", &few, &world->err),
                     STATUS_OK);
    buf_clear(&few);
    assert_int_equal(put(world, "file", "texts"), STATUS_OK);
    assert_int_equal(folder_read(world->dir, "file", &few, &world->err),
                     STATUS_DAMAGED);
    assert_string_equal(few.data, "text");
    make_folder(world, "folder");
    assert_int_equal(
        folder_read(world->dir, "folder", &world->text, &world->err),
        STATUS_IO);
    assert_non_null(strstr(world->err.text, "/folder: cannot be read: "));
    buf_release(&few);
}

static void
what_cannot_be_written_leaves_the_old_one(void **state)
{
    struct world *world = *state;
    struct buf text = BUF_INIT;
    struct rlimit limit;
    struct rlimit little;

    assert_int_equal(folder_write("no/such/folder", "file", &text, &world->err),
                     STATUS_ABSENT);
    assert_non_null(strstr(world->err.text, "no/such/folder/file.tmp: cannot"));
    make_folder(world, "folder");
    assert_int_equal(put(world, "folder", "text"), STATUS_IO);
    assert_non_null(
        strstr(world->err.text, "/folder: cannot be put in place: "));
    assert_false(is_there(world, "folder.tmp"));

    assert_int_equal(put(world, "file", "old"), STATUS_OK);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    little = limit;
    little.rlim_cur = 4;
    for (int i = 0; i < 100; i++)
        buf_add_text(&text, "new ");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    assert_int_equal(folder_write(world->dir, "file", &text, &world->err),
                     STATUS_FULL);
    assert_int_equal(folder_write(world->dir, "file", &text, NULL), STATUS_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_false(is_there(world, "file.tmp"));
    expect_content(world, "file", "old");
    buf_release(&text);
}

static void
folders_are_made_as_far_as_they_are_missing(void **state)
{
    struct world *world = *state;
    struct buf path = BUF_INIT;

    buf_printf(&path, "%s/a/b//c", world->dir);
    assert_int_equal(folder_make(path.data, &world->err), STATUS_OK);
    assert_true(is_there(world, "a/b/c"));
    assert_int_equal(folder_make(path.data, &world->err), STATUS_OK);
    assert_int_equal(put(world, "file", ""), STATUS_OK);
    buf_clear(&path);
    buf_printf(&path, "%s/file/a", world->dir);
    assert_int_equal(folder_make(path.data, &world->err), STATUS_ABSENT);
    assert_non_null(strstr(world->err.text, "/file/a: cannot be made: "));
    buf_clear(&path);
    buf_printf(&path, "%s/link", world->dir);
    assert_int_equal(symlink("nowhere", path.data), 0);
    assert_int_equal(folder_make(path.data, &world->err), STATUS_USAGE);
    assert_non_null(strstr(world->err.text, "/link: this is a link"));
    buf_release(&path);
}

static void
the_folder_is_what_was_given_first(void **state)
{
    static const struct {
        const char *given, *variable, *xdg, *home, *folder;
    } cases[] = {
        {"d", "n", "x", "h", "d"},
        {NULL, "n", "x", "h", "n"},
        {NULL, "", "x", "h", "x/nsearch"},
        {NULL, NULL, NULL, "h", "h/.local/share/nsearch"},
        {"", "", "", "h", "h/.local/share/nsearch"},
    };
    struct buf folder = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(folder_choose(&folder, cases[i].given,
                                       cases[i].variable, cases[i].xdg,
                                       cases[i].home, NULL),
                         STATUS_OK);
        assert_string_equal(folder.data, cases[i].folder);
    }
    assert_int_equal(folder_choose(&folder, NULL, NULL, "", NULL, NULL),
                     STATUS_USAGE);
    buf_release(&folder);
}

#define IN_WORLD(test) \
    cmocka_unit_test_setup_teardown(test, make_world, remove_world)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(what_is_written_is_read_in_the_place_of_the_old),
        IN_WORLD(what_cannot_be_read_is_told_apart),
        IN_WORLD(what_cannot_be_written_leaves_the_old_one),
        IN_WORLD(folders_are_made_as_far_as_they_are_missing),
        cmocka_unit_test(the_folder_is_what_was_given_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
