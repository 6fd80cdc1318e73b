/* ASCII's classes beside those of <ctype.h> in the C locale, which is what a
 * program begins in. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "corpus/base/ascii.h"

static void
every_byte_is_what_the_c_library_says(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        const char c = (char)byte;

        assert_int_equal(ascii_is_digit(c), isdigit(byte) != 0);
        assert_int_equal(ascii_is_upper(c), isupper(byte) != 0);
        assert_int_equal(ascii_is_lower(c), islower(byte) != 0);
        assert_int_equal(ascii_is_letter(c), isalpha(byte) != 0);
        assert_int_equal(ascii_is_blank(c), isspace(byte) && byte != '\v');
        assert_int_equal(ascii_is_word_byte(c), isalnum(byte) || byte >= 0x80);
        assert_int_equal((unsigned char)ascii_lower(c), tolower(byte));
    }
}

static void
hexadecimal_digits_have_values(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        const char digit[] = {(char)byte, '\0'};
        const long value = isxdigit(byte) ? strtol(digit, NULL, 16) : -1;

        assert_int_equal(ascii_hex((char)byte), value);
    }
}

static void
a_nul_is_one_of_no_set(void **state)
{
    (void)state;
    assert_false(ascii_is_one_of('\0', "ab"));
    assert_true(ascii_is_one_of('b', "ab"));
    assert_false(ascii_is_one_of('c', "ab"));
}

static void
a_text_is_shouted_or_not(void **state)
{
    (void)state;
    assert_false(ascii_has_lower("ÜBER 9", sizeof("ÜBER 9") - 1));
    assert_true(ascii_has_lower("ABc", 3));
    assert_false(ascii_has_lower("ABc", 2));
    assert_false(ascii_has_lower("", 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_is_what_the_c_library_says),
        cmocka_unit_test(hexadecimal_digits_have_values),
        cmocka_unit_test(a_nul_is_one_of_no_set),
        cmocka_unit_test(a_text_is_shouted_or_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
