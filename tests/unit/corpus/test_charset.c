#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/input/charset.h"
#include "corpus/input/charset_labels.h"

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
        {"\xb1", 1, "latin2", "\xc4\x85", "ISO-8859-2"},
        {"\xb1", 1, "\t'ISO-8859-2'; x", "\xc4\x85", "ISO-8859-2"},
        {"\x82", 1, "cp437", "\xc3\xa9", "IBM437"},
        /* Nobody chooses a converter that is not in the list. */
        {"+AGE- \xe9", 7, "utf-7", "+AGE- \xc3\xa9", "windows-1252"},
        {"\x81\xe9", 2, "ebcdic-us", "\xc2\x81\xc3\xa9", "windows-1252"},
        {"caf\xe9", 4, "cp437 or cp850, nobody knows any more which",
         "caf\xce\x98", "IBM437"},
        {"caf\xe9", 4, "a-label-that-is-far-longer-than-any-real-one-is",
         "caf\xc3\xa9", "windows-1252"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
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

/* Where nothing can be loaded any more, as in a worker, and where it can, the
 * same files have to give the same. */
static void
each_label_is_of_a_charset_that_can_be_loaded(void **state)
{
    static const char *const labels[] = {
        "windows-1251", "ISO-8859-16", "KOI8-U",     "x-mac-roman",
        "mac-cyrillic", "cp866",       "cp855",      "gbk",
        "big5",         "euc-jp",      "shift_jis",  "iso-2022-kr",
        "euc-kr",       "tis-620",     "iso-8859-9", "utf-32"};

    (void)state;
    for (size_t i = 0; i < COUNT(labels); i++) {
        const char *name = charset_name(labels[i]);
        iconv_t cd;

        assert_non_null(name);
        cd = iconv_open("UTF-8", name);
        if (cd == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr) */
            fail_msg("%s, which is %s, cannot be loaded", labels[i], name);
        else
            iconv_close(cd);
    }
    assert_null(charset_name(""));
    assert_null(charset_name(" "));
    assert_null(charset_name("8859-2"));
    assert_null(charset_name("iso"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_the_text_that_was_meant),
        cmocka_unit_test(each_label_is_of_a_charset_that_can_be_loaded),
        cmocka_unit_test(one_broken_byte_does_not_overrule_sound_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
