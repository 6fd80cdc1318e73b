#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/error.h"
#include "corpus/base/utf8.h"

static void
test_sentence_is_kept(void **state)
{
    struct error err = {0};

    (void)state;
    assert_int_equal(error_set(&err, STATUS_IO, "%s: %s", "a", "b"), STATUS_IO);
    assert_int_equal(err.status, STATUS_IO);
    assert_string_equal(err.text, "a: b");
    assert_int_equal(error_set(NULL, STATUS_FULL, "nobody"), STATUS_FULL);
}

/* Whatever the length, the reason is there, and no character is halved. */
static void
test_long_name_leaves_its_reason(void **state)
{
    static const char *const letters[] = {"d", "\xc3\xa9", "\xe2\x82\xac"};
    static const char reason[] = ": File name too long";
    char name[5000];

    (void)state;
    for (size_t i = 0; i < COUNT(letters); i++) {
        size_t step = strlen(letters[i]);

        for (size_t size = 980; size < 1100; size++) {
            struct error err = {0};
            size_t at = size % 3; /* so that the cut falls anywhere */
            size_t end;

            memset(name, 'x', at);
            for (; at + step <= size; at += step)
                memcpy(name + at, letters[i], step);
            name[at] = '\0';
            error_set(&err, STATUS_IO, "%s%s", name, reason);
            end = strlen(err.text);
            assert_true(end < sizeof(err.text));
            assert_true(utf8_valid(err.text, end));
            assert_string_equal(err.text + end - strlen(reason), reason);
            assert_memory_equal(err.text, name, 100);
        }
    }
}

static void
test_prefix_stands_before_it(void **state)
{
    struct error err = {0};

    (void)state;
    error_set(&err, STATUS_IO, "cannot be read");
    assert_int_equal(error_prefix(&err, "%s: ", "file"), STATUS_IO);
    assert_string_equal(err.text, "file: cannot be read");
    /* Nobody wants to know. */
    assert_int_equal(error_prefix(NULL, "%s: ", "file"), STATUS_IO);
}

static void
test_errno_has_its_status(void **state)
{
    static const struct {
        int number;
        enum status status;
    } cases[] = {
        {ENOSPC, STATUS_FULL},    {EDQUOT, STATUS_FULL},
        {EFBIG, STATUS_FULL},     {ENOENT, STATUS_ABSENT},
        {ENOTDIR, STATUS_ABSENT}, {EIO, STATUS_IO},
        {EACCES, STATUS_IO},      {EMFILE, STATUS_IO},
        {ENOMEM, STATUS_MEMORY},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(status_of_errno(cases[i].number), cases[i].status);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentence_is_kept),
        cmocka_unit_test(test_long_name_leaves_its_reason),
        cmocka_unit_test(test_prefix_stands_before_it),
        cmocka_unit_test(test_errno_has_its_status),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
