#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/input/walk.h"

static void
make(const char *folder, const char *name, char kind)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (kind == 'd') {
        assert_int_equal(mkdir(path, 0700), 0);
    } else if (kind == 'l') {
        assert_int_equal(symlink("a", path), 0);
    } else if (kind == 'p') {
        assert_int_equal(mkfifo(path, 0600), 0);
    } else if (kind == 'x') {
        assert_int_equal(remove(path), 0);
    } else {
        FILE *file = fopen(path, "w");

        assert_non_null(file);
        assert_int_equal(fputs("12345", file) >= 0, 1);
        fclose(file);
    }
}

/* What a walk of `path` comes by, without the folder's name. */
static void
list(const char *path, size_t cut, struct buf *out)
{
    struct walk *walk = NULL;
    struct walk_file file;
    bool more = true;

    assert_int_equal(walk_open(&walk, path, NULL), STATUS_OK);
    while (!walk_next(walk, &file, &more, NULL) && more) {
        buf_printf(out, "%s:%d ", file.path + cut, (int)file.size);
        assert_true(file.mtime_ns > 0 && file.inode > 0);
    }
    walk_close(walk);
}

static void
files_come_in_byte_order_without_links_pipes_and_hidden_ones(void **state)
{
    static const struct {
        const char *name;
        char kind;
    } tree[] = {{"b", 'd'},      {"b/z", 'f'},  {"b/A", 'f'}, {"b/.no", 'f'},
                {"a", 'f'},      {"c", 'l'},    {"d", 'p'},   {".hid", 'd'},
                {".hid/x", 'f'}, {"B", 'f'},    {"e", 'd'},   {"f", 'd'},
                {"f/link", 'l'}, {"b.txt", 'f'}};
    char folder[] = "/tmp/test_walk.XXXXXX";
    struct buf out = BUF_INIT;
    struct buf path = BUF_INIT;

    (void)state;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < COUNT(tree); i++)
        make(folder, tree[i].name, tree[i].kind);
    buf_printf(&path, "%s//", folder);
    list(path.data, strlen(folder), &out);
    assert_string_equal(out.data, "/B:5 /a:5 /b.txt:5 /b/A:5 /b/z:5 ");
    buf_clear(&out);
    buf_clear(&path);
    buf_printf(&path, "%s/.hid/x", folder);
    list(path.data, strlen(folder), &out);
    assert_string_equal(out.data, "/.hid/x:5 ");
    for (size_t i = COUNT(tree); i > 0; i--)
        if (tree[i - 1].kind != 'd')
            make(folder, tree[i - 1].name, 'x');
    for (size_t i = COUNT(tree); i > 0; i--)
        if (tree[i - 1].kind == 'd')
            make(folder, tree[i - 1].name, 'x');
    assert_int_equal(rmdir(folder), 0);
    buf_release(&out);
    buf_release(&path);
}

static void
a_path_that_is_not_there_is_said_to_be_absent(void **state)
{
    struct walk *walk = NULL;
    struct error err = {0};

    (void)state;
    assert_int_equal(walk_open(&walk, "/no/such/path", &err), STATUS_ABSENT);
    assert_null(walk);
    assert_non_null(strstr(err.text, "/no/such/path"));
    walk_close(walk);
}

static void
mails_that_are_still_being_delivered_are_left_out(void **state)
{
    static const struct {
        const char *name;
        char kind;
    } tree[] = {{"cur", 'd'},       {"new", 'd'},      {"tmp", 'd'},
                {"cur/1:2,S", 'f'}, {"new/2", 'f'},    {"tmp/3", 'f'},
                {"new/tmp", 'd'},   {"new/tmp/4", 'f'}};
    char folder[] = "/tmp/test_walk.XXXXXX";
    struct buf out = BUF_INIT;

    (void)state;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < COUNT(tree); i++)
        make(folder, tree[i].name, tree[i].kind);
    list(folder, strlen(folder), &out);
    assert_string_equal(out.data, "/cur/1:2,S:5 /new/2:5 /new/tmp/4:5 ");
    for (size_t i = COUNT(tree); i > 0; i--)
        make(folder, tree[i - 1].name, 'x');
    assert_int_equal(rmdir(folder), 0);
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mails_that_are_still_being_delivered_are_left_out),
        cmocka_unit_test(
            files_come_in_byte_order_without_links_pipes_and_hidden_ones),
        cmocka_unit_test(a_path_that_is_not_there_is_said_to_be_absent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
