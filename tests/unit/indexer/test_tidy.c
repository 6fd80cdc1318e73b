#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/tidy.h"
#include "tests/support/archive_of.h"

static int
make_folder(void **state)
{
    *state = archive_folder_new();
    return 0;
}

static int
remove_folder(void **state)
{
    archive_remove(*state);
    return 0;
}

static const char *
path_of(const char *dir, const char *name, struct buf *path)
{
    buf_clear(path);
    buf_printf(path, "%s/%s", dir, name);
    return path->data;
}

static void
put(const char *dir, const char *name)
{
    struct buf path = BUF_INIT;
    int fd = open(path_of(dir, name, &path), O_WRONLY | O_CREAT, 0644);

    assert_true(fd >= 0);
    close(fd);
    buf_release(&path);
}

static bool
is_there(const char *dir, const char *name)
{
    struct buf path = BUF_INIT;
    bool there = access(path_of(dir, name, &path), F_OK) == 0;

    buf_release(&path);
    return there;
}

static void
only_what_runs_leave_is_tidied_up(void **state)
{
    static const char *const leftovers[] = {
        "seg-000009.db",       "seg-000009.rank", "seg-000001.db.tmp",
        "seg-000009.runs.tmp", "manifest.tmp",    "deletions.tmp",
    };
    static const char *const kept[] = {
        "seg-000001.db",
        "seg-000001.rank",
        "manifest",
        "deletions",
        "lock",
        "catalog.db",
        "segments.txt",
        "letter.tmp",
        "damaged-seg-000001.db",
    };
    const char *dir = *state;
    struct error err = {0};
    struct buf path = BUF_INIT;
    struct manifest manifest = MANIFEST_INIT;
    struct manifest_segment *segment = manifest_add(&manifest);

    strcpy(segment->name, "seg-000001.db");
    segment->ranked_bytes = 1;
    for (size_t i = 0; i < COUNT(kept); i++)
        put(dir, kept[i]);
    for (size_t i = 0; i < COUNT(leftovers); i++)
        put(dir, leftovers[i]);
    assert_int_equal(tidy_folder(dir, &manifest, &err), STATUS_OK);
    for (size_t i = 0; i < COUNT(leftovers); i++)
        if (is_there(dir, leftovers[i]))
            fail_msg("%s is there", leftovers[i]);
    for (size_t i = 0; i < COUNT(kept); i++)
        if (!is_there(dir, kept[i]))
            fail_msg("%s is gone", kept[i]);
    assert_int_equal(mkdir(path_of(dir, "seg-000009.db", &path), 0755), 0);
    assert_int_equal(tidy_folder(dir, &manifest, &err), STATUS_IO);
    assert_non_null(strstr(err.text, "/seg-000009.db: cannot be removed: "));
    assert_int_equal(tidy_folder("no/such/folder", &manifest, &err),
                     STATUS_ABSENT);
    buf_release(&path);
    manifest_release(&manifest);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_runs_leave_is_tidied_up,
                                        make_folder, remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
