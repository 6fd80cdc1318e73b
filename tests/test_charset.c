#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/charset.h"
#include "corpus/utf8.h"

static void
bytes_become_the_text_that_was_meant(void **state)
{
    static const struct {
        const char *data;
        size_t size;
        const char *declared;
        const char *text;
        const char *used;
    } cases[] = {
        {"plain", 5, NULL, "plain", "UTF-8"},
        {"\xef\xbb\xbfmarked", 9, "latin1", "marked", "UTF-8"},
        {"caf\xc3\xa9", 5, "iso-8859-1", "caf\xc3\xa9", "UTF-8"},
        {"caf\xe9 \x93x\x94", 8, "ISO-8859-1",
         "caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d", "windows-1252"},
        {"caf\xe9", 4, NULL, "caf\xc3\xa9", "windows-1252"},
        {"caf\xe9", 4, "no-such-charset", "caf\xc3\xa9", "windows-1252"},
        {"caf\xe9", 4, " \"Windows-1252\";", "caf\xc3\xa9", "windows-1252"},
        {"\xbc\xad\xbf\xef", 4, "euc-kr", "\xec\x84\x9c\xec\x9a\xb8", "CP949"},
        {"\xbc\xad\xbf", 3, "euc-kr", "\xec\x84\x9c\xef\xbf\xbd", "CP949"},
        {"\xff\xfe"
         "a\0b\0",
         6, NULL, "ab", "UTF-16LE"},
        {"\xfe\xff\0a\0b\xd8", 7, NULL, "ab\xef\xbf\xbd", "UTF-16BE"},
        {"a\0b\0c\0d\0", 8, "utf-8", "abcd", "UTF-16LE"},
        {"\x1b$B%\"\x1b(B", 8, "ISO-2022-JP", "\xe3\x82\xa2", "ISO-2022-JP"},
        {"\xc3\xa9\xc3\xa9\xc3\xa9 \xff", 8, "utf-8",
         "\xc3\xa9\xc3\xa9\xc3\xa9 \xef\xbf\xbd", "UTF-8"},
        {"\xc3\xa9\xc3", 3, NULL, "\xc3\x83\xc2\xa9\xc3\x83", "windows-1252"},
        {"\x81\x8d", 2, "ascii", "\xc2\x81\xc2\x8d", "windows-1252"},
        {"", 0, "utf-16", "", "UTF-8"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *used;

        buf_clear(&out);
        used = charset_decode(&out, cases[i].data, cases[i].size,
                              cases[i].declared);
        if (strcmp(out.data, cases[i].text) != 0 ||
            strcmp(used, cases[i].used) != 0)
            fail_msg("case %zu: \"%s\" by %s", i, out.data, used);
    }
    buf_release(&out);
}

static void
one_broken_byte_does_not_overrule_sound_text(void **state)
{
    struct buf data = BUF_INIT;
    struct buf out = BUF_INIT;

    (void)state;
    for (int i = 0; i < 50; i++)
        buf_add_text(&data, "\xc3\xa9 ");
    buf_add_byte(&data, '\xff');
    assert_string_equal(
        charset_decode(&out, data.data, data.size, "iso-8859-1"), "UTF-8");
    assert_true(utf8_valid(out.data, out.size));
    buf_release(&data);
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_the_text_that_was_meant),
        cmocka_unit_test(one_broken_byte_does_not_overrule_sound_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
