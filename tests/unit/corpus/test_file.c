/* Only for mkdtemp and syscall numbers. */
#define _GNU_SOURCE

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/input/file.h"
#include "corpus/input/walk.h"

static void
put(const char *path)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs("12345", file) >= 0);
    fclose(file);
}

/* A folder to work in, which is made the present one. */
static void
enter(char folder[])
{
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("real", 0700), 0);
    assert_int_equal(mkdir("real/sub", 0700), 0);
    put("real/sub/file");
    put("file");
    assert_int_equal(symlink("real", "linked"), 0);
    assert_int_equal(symlink("/etc", "absolute"), 0);
    assert_int_equal(symlink("file", "last"), 0);
    assert_int_equal(symlink("/etc/passwd", "passwd"), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
}

static void
leave(const char *folder)
{
    static const char *const names[] = {
        "real/sub/file", "real/sub", "real",   "file", "linked",
        "absolute",      "last",     "passwd", "loop", "pipe"};

    for (size_t i = 0; i < COUNT(names); i++)
        assert_int_equal(remove(names[i]), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

static const struct {
    const char *path;
    enum status status;
    const char *word;
} cases[] = {
    {"file", STATUS_OK, NULL},
    {"real/sub/file", STATUS_OK, NULL},
    {"real//sub/file", STATUS_OK, NULL},
    {"last", STATUS_USAGE, "link"},
    {"linked/sub/file", STATUS_USAGE, "link"},
    {"absolute/passwd", STATUS_USAGE, "link"},
    {"passwd", STATUS_USAGE, "link"},
    {"loop", STATUS_USAGE, "link"},
    {"loop/file", STATUS_USAGE, "link"},
    {"/proc/self/cwd/file", STATUS_USAGE, "link"},
    {"/proc/self/root/etc/passwd", STATUS_USAGE, "link"},
    {"/dev/stdin", STATUS_USAGE, "link"},
    {"../etc/passwd", STATUS_IO, "../etc/passwd"},
    {"pipe", STATUS_USAGE, "named pipe"},
    {"real", STATUS_USAGE, "folder"},
    {"/dev/null", STATUS_USAGE, "device"},
    {"file/file", STATUS_ABSENT, "file/file"},
    {"real/none", STATUS_ABSENT, "real/none"},
    {"none/file", STATUS_ABSENT, "none/file"},
};

/* The number of the first case that is not as it should be, from 1. */
static int
try_all(void)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error err = {0};
        int fd = -2;
        enum status status = file_open_walked(&fd, cases[i].path, &err);

        if (status != cases[i].status || (status == STATUS_OK) != (fd >= 0) ||
            (status && !strstr(err.text, cases[i].word))) {
            fprintf(stderr, "%s: %d %s\n", cases[i].path, status, err.text);
            return (int)i + 1;
        }
        if (fd >= 0)
            close(fd);
    }
    return 0;
}

static void
no_step_of_a_walked_path_may_be_a_link(void **state)
{
    char folder[] = "/tmp/test_file.XXXXXX";

    (void)state;
    enter(folder);
    assert_int_equal(try_all(), 0);
    leave(folder);
}

/* In a child whose kernel does not know openat2, or whose container forbids
 * it. */
static int
try_without_openat2(int number)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)number),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {4, code};
    int how = -1;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
            prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
            _exit(100);
        _exit(try_all());
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    return WEXITSTATUS(how);
}

static void
without_openat2_the_same_is_found_step_by_step(void **state)
{
    char folder[] = "/tmp/test_file.XXXXXX";

    (void)state;
    enter(folder);
    assert_int_equal(try_without_openat2(38), 0); /* ENOSYS */
    assert_int_equal(try_without_openat2(1), 0);  /* EPERM */
    leave(folder);
}

static void
a_folder_that_becomes_a_link_during_a_walk_is_not_followed(void **state)
{
    char folder[] = "/tmp/test_file.XXXXXX";
    struct walk *walk = NULL;
    struct walk_file file;
    struct buf seen = BUF_INIT;
    struct error err = {0};
    bool more = true;
    int fd = -1;

    (void)state;
    enter(folder);
    put("real/zone");
    assert_int_equal(walk_open(&walk, ".", &err), STATUS_OK);
    while (!walk_next(walk, &file, &more, &err) && more) {
        buf_printf(&seen, "%s ", file.path);
        if (strcmp(file.path, "./real/sub/file") != 0)
            continue;
        /* Somebody puts a link to elsewhere into its place. */
        assert_int_equal(rename("real", "moved"), 0);
        assert_int_equal(symlink("/etc", "real"), 0);
        assert_int_equal(file_open_walked(&fd, file.path, &err), STATUS_USAGE);
    }
    assert_string_equal(seen.data, "./file ./real/sub/file ");
    assert_true(more);
    assert_non_null(strstr(err.text, "./real: is no folder any more"));
    assert_int_equal(walk_next(walk, &file, &more, &err), STATUS_OK);
    assert_false(more);
    walk_close(walk);
    assert_int_equal(remove("real"), 0);
    assert_int_equal(rename("moved", "real"), 0);
    assert_int_equal(remove("real/zone"), 0);
    leave(folder);
    buf_release(&seen);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_step_of_a_walked_path_may_be_a_link),
        cmocka_unit_test(without_openat2_the_same_is_found_step_by_step),
        cmocka_unit_test(
            a_folder_that_becomes_a_link_during_a_walk_is_not_followed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
