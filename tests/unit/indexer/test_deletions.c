#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/archive/deletions.h"
#include "indexer/archive/folder.h"
#include "tests/support/archive_of.h"

#define ONE "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TWO "2123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TEN "a123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
each_line_stands_for_itself(void **state)
{
    /* A page of zeros is what a power cut leaves of one. */
    static const char text[] = "deleted " ONE " 2026-11-24 on request\n"
                               "\0\0\0\0\0\n"
                               "deleted " TWO "\n"
                               "deleted 123 2026-11-24\n"
                               "deleted " TWO "  \n"
                               "deleted " TWO " another reason\n"
                               "deletes " TEN " 2026-11-24\n"
                               "deleted A" TEN " 2026-11-24\n"
                               "deleted " TEN "b 2026-11-24\n"
                               "deleted " TEN "x2026-11-24\n"
                               "segment seg-000001.db\n"
                               "deleted " TEN " 2026-11";
    struct manifest manifest = MANIFEST_INIT;
    struct buf buf = BUF_INIT;

    (void)state;
    deletions_take(&manifest, &buf);
    assert_int_equal(manifest.deletions, 0);
    buf_set(&buf, text, sizeof(text) - 1);
    deletions_take(&manifest, &buf);
    assert_int_equal(manifest.deletions, 3);
    assert_string_equal(manifest_deletion(&manifest, ONE)->why,
                        "2026-11-24 on request");
    /* What is known stays as it is. */
    assert_string_equal(manifest_deletion(&manifest, TWO)->why, " ");
    assert_string_equal(manifest_deletion(&manifest, TEN)->why, "2026-11");
    buf_release(&buf);
    manifest_release(&manifest);
}

static void
the_file_says_what_the_manifest_says(void **state)
{
    char *dir = archive_folder_new();
    struct manifest manifest = MANIFEST_INIT;
    struct manifest read = MANIFEST_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};

    (void)state;
    deletions_read(&read, dir);
    assert_int_equal(read.deletions, 0);
    /* Without any there is no file. */
    assert_int_equal(deletions_write(&manifest, dir, &err), STATUS_OK);
    assert_int_equal(folder_read(dir, DELETIONS_FILE, &text, &err),
                     STATUS_ABSENT);
    manifest_add_deletion(&manifest, TWO, "day two");
    manifest_add_deletion(&manifest, ONE, "day one");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(deletions_write(&manifest, dir, &err), STATUS_OK);
        buf_clear(&text);
        assert_int_equal(folder_read(dir, DELETIONS_FILE, &text, &err),
                         STATUS_OK);
        assert_string_equal(text.data, "nsearch deletions 1\n"
                                       "deleted " ONE " day one\n"
                                       "deleted " TWO " day two\n");
        /* A byte that has changed is put right. */
        text.data[30] = 'f';
        assert_int_equal(folder_write(dir, DELETIONS_FILE, &text, &err),
                         STATUS_OK);
    }
    deletions_read(&read, dir);
    assert_int_equal(read.deletions, 2);
    assert_null(manifest_deletion(&read, ONE));
    assert_string_equal(manifest_deletion(&read, TWO)->why, "day two");
    manifest_undelete(&manifest, ONE);
    manifest_undelete(&manifest, TWO);
    assert_int_equal(deletions_write(&manifest, dir, &err), STATUS_OK);
    buf_clear(&text);
    assert_int_equal(folder_read(dir, DELETIONS_FILE, &text, &err),
                     STATUS_ABSENT);
    manifest_release(&manifest);
    manifest_release(&read);
    buf_release(&text);
    archive_remove(dir);
}

static void
what_cannot_be_written_is_told(void **state)
{
    char *dir = archive_folder_new();
    struct manifest manifest = MANIFEST_INIT;
    struct buf path = BUF_INIT;
    struct error err = {0};

    (void)state;
    buf_printf(&path, "%s/" DELETIONS_FILE "/file", dir);
    assert_int_equal(folder_make(path.data, &err), STATUS_OK);
    assert_int_equal(deletions_write(&manifest, dir, &err), STATUS_IO);
    assert_non_null(strstr(err.text, "/deletions: cannot be removed: "));
    manifest_add_deletion(&manifest, ONE, "day");
    assert_int_equal(deletions_write(&manifest, dir, &err), STATUS_IO);
    assert_non_null(strstr(err.text, "/deletions: cannot be put in place: "));
    manifest_release(&manifest);
    buf_release(&path);
    archive_remove(dir);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_stands_for_itself),
        cmocka_unit_test(the_file_says_what_the_manifest_says),
        cmocka_unit_test(what_cannot_be_written_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
