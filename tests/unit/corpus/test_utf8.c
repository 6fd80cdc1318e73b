#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

static void
only_rfc_3629_is_valid(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } cases[] = {
        {"", true},
        {"plain ASCII text that is longer than eight bytes", true},
        {"caf\xC3\xA9", true},
        {"\xED\x9F\xBF \xEE\x80\x80", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"\xC0\x80", false},         /* overlong NUL */
        {"\xE0\x9F\xBF", false},     /* overlong */
        {"\xED\xA0\x80", false},     /* surrogate */
        {"\xF4\x90\x80\x80", false}, /* above U+10FFFF */
        {"abc\xFF", false},
        {"tail \xE2\x82", false},
        {"\x80", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (utf8_valid(cases[i].text, strlen(cases[i].text)) != cases[i].valid)
            fail_msg("case %zu", i);
}

static void
repair_puts_one_mark_for_each_broken_sequence(void **state)
{
    static const struct {
        const char *text, *repaired;
    } cases[] = {
        {"sound", "sound"},
        {"a\xFF"
         "b",
         "a\xEF\xBF\xBD"
         "b"},
        {"\xE2\x82", "\xEF\xBF\xBD"},
        {"\xE2\x82\xE2\x82\xAC", "\xEF\xBF\xBD\xE2\x82\xAC"},
        {"\xC0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        utf8_repair(&out, cases[i].text, strlen(cases[i].text));
        assert_string_equal(out.data, cases[i].repaired);
    }
    buf_release(&out);
}

static void
every_code_point_survives_a_round_trip(void **state)
{
    struct buf out = BUF_INIT;

    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        uint32_t back;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        buf_clear(&out);
        utf8_encode(&out, code);
        if (utf8_decode(out.data, out.size, &back) != out.size || back != code)
            fail_msg("U+%04X", code);
    }
    buf_clear(&out);
    utf8_encode(&out, 0xD800);
    assert_string_equal(out.data, "\xEF\xBF\xBD");
    buf_release(&out);
}

static void
a_cut_never_splits_a_character(void **state)
{
    static const char text[] = "a\xE2\x82\xAC"
                               "b";
    static const size_t cut[] = {0, 1, 1, 1, 4, 5, 5};

    (void)state;
    for (size_t at = 0; at < COUNT(cut); at++)
        assert_int_equal(utf8_cut(text, 5, at), cut[at]);
}

static void
tidy_text_has_single_blanks_and_no_controls(void **state)
{
    static const struct {
        const char *text;
        bool lines;
        const char *tidy;
    } cases[] = {
        {"  two \t\n words\xC2\xA0 ", false, "two words"},
        {"one \n\n  two\n", true, "one\ntwo"},
        {"race\x1F"
         "6\x1E\x1D"
         "Doombury",
         false, "race 6 Doombury"},
        {"bell\x07 esc\x1B[31m", false, "bell esc[31m"},
        {"soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth", false,
         "softhyphen zerowidth"},
        {"c1\xC2\x9Bx", false, "c1x"},
        {"over\xE2\x80\xAEride", false, "override"},
        {"\xD9\x85\xDB\x8C\xE2\x80\x8C\xE2\x80\x8C\xD8\xAE", false,
         "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE"},
        {"a\xE2\x80\x8D"
         "b \xE2\x80\x8C c",
         false, "ab c"},
        {"bad\xFFtail\xE2", false, "bad\xEF\xBF\xBDtail\xEF\xBF\xBD"},
        {"\n \n", true, ""},
        {"line\xE2\x80\xA8separator", true, "line\nseparator"},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        utf8_tidy(&out, cases[i].text, strlen(cases[i].text), cases[i].lines);
        assert_string_equal(out.data, cases[i].tidy);
    }
    buf_release(&out);
}

/* A byte of a name that is no character, and what a terminal would obey. */
static void
a_terminal_is_shown_nothing_that_it_obeys(void **state)
{
    static const struct {
        const char *text;
        const char *shown;
    } cases[] = {
        {"plain \xc3\xa9t\xc3\xa9 \xe4\xb8\xad",
         "plain \xc3\xa9t\xc3\xa9 \xe4\xb8\xad"},
        {"\x1b]0;title\x07\x7f\n", " ]0;title   "},
        {"\xc2\x9b"
         "31m",
         " 31m"},
        {"\x9b"
         "31m\xff\xc3",
         " 31m  "},
        {"a\xe2\x80\xae"
         "b\xe2\x81\xa9",
         "a b "},
        /* A mark that turns nothing. */
        {"\xe2\x80\x8e", "\xe2\x80\x8e"},
        {"", ""},
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        utf8_plain(&out, cases[i].text, strlen(cases[i].text));
        assert_string_equal(out.data, cases[i].shown);
    }
    buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_is_shown_nothing_that_it_obeys),
        cmocka_unit_test(only_rfc_3629_is_valid),
        cmocka_unit_test(repair_puts_one_mark_for_each_broken_sequence),
        cmocka_unit_test(every_code_point_survives_a_round_trip),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(tidy_text_has_single_blanks_and_no_controls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
