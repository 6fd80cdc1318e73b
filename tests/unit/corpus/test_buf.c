#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"

static void
an_empty_buffer_reads_as_an_empty_string(void **state)
{
    struct buf buf = BUF_INIT;

    (void)state;
    assert_string_equal(buf.data, "");
    buf_release(&buf);
    assert_string_equal(buf.data, "");
}

static void
bytes_beyond_the_limit_are_dropped_and_noted(void **state)
{
    struct buf buf = BUF_LIMITED(5);

    (void)state;
    buf_add_text(&buf, "abc");
    assert_false(buf.over);
    buf_add_text(&buf, "defg");
    assert_true(buf.over);
    assert_string_equal(buf.data, "abcde");
    buf_clear(&buf);
    assert_false(buf.over);
    buf_release(&buf);
    assert_int_equal(buf.limit, 5);
}

static void
printing_more_than_the_small_array_keeps_every_byte(void **state)
{
    struct buf buf = BUF_INIT;
    char text[1001];

    (void)state;
    memset(text, 'x', 1000);
    text[1000] = '\0';
    buf_printf(&buf, "<%s>", text);
    assert_int_equal(buf.size, 1002);
    assert_int_equal(buf.data[1001], '>');
    buf_release(&buf);
}

static void
trimming_takes_blanks_at_both_ends_only(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } cases[] = {{" a b\n", "a b"}, {"\r\n\t ", ""}, {"x", "x"}, {"", ""}};
    struct buf buf = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_set_text(&buf, cases[i].text);
        buf_trim(&buf);
        assert_string_equal(buf.data, cases[i].trimmed);
    }
    buf_release(&buf);
}

static void
taking_the_contents_leaves_an_empty_buffer(void **state)
{
    struct buf buf = BUF_INIT;
    char *text;

    (void)state;
    text = buf_take(&buf);
    assert_string_equal(text, "");
    free(text);
    buf_add_text(&buf, "mine");
    text = buf_take(&buf);
    assert_string_equal(text, "mine");
    assert_string_equal(buf.data, "");
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_reads_as_an_empty_string),
        cmocka_unit_test(bytes_beyond_the_limit_are_dropped_and_noted),
        cmocka_unit_test(printing_more_than_the_small_array_keeps_every_byte),
        cmocka_unit_test(trimming_takes_blanks_at_both_ends_only),
        cmocka_unit_test(taking_the_contents_leaves_an_empty_buffer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
