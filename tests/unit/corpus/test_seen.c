#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/seen.h"

static size_t
number_of(struct seen *seen, const char *text)
{
    return seen_number(seen, text, strlen(text));
}

static void
a_text_keeps_the_number_that_it_came_with(void **state)
{
    struct seen seen = SEEN_INIT;

    (void)state;
    assert_int_equal(number_of(&seen, "the harbour"), 0);
    assert_int_equal(number_of(&seen, "a ferry"), 1);
    assert_int_equal(number_of(&seen, "the harbour"), 0);
    assert_int_equal(number_of(&seen, ""), 2);
    assert_int_equal(number_of(&seen, "The harbour"), 3);
    assert_int_equal(number_of(&seen, ""), 2);
    assert_int_equal(seen.count, 4);
    assert_int_equal(seen_find(&seen, "a ferry", 7), 1);
    assert_true(seen_find(&seen, "a fer", 5) == SIZE_MAX);
    assert_int_equal(seen.count, 4);
    seen_release(&seen);
    assert_true(seen_find(&seen, "a ferry", 7) == SIZE_MAX);
    assert_int_equal(number_of(&seen, "a ferry"), 0);
    seen_release(&seen);
}

static void
bytes_behind_a_nul_count(void **state)
{
    struct seen seen = SEEN_INIT;

    (void)state;
    assert_int_equal(seen_number(&seen, "a\0b", 3), 0);
    assert_int_equal(seen_number(&seen, "a\0c", 3), 1);
    assert_int_equal(seen_number(&seen, "a\0b", 3), 0);
    seen_release(&seen);
}

static void
thousands_are_told_apart(void **state)
{
    struct seen seen = SEEN_INIT;
    char text[20];

    (void)state;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < 5000; i++) {
            snprintf(text, sizeof(text), "%zu", i);
            assert_int_equal(number_of(&seen, text), i);
        }
    assert_int_equal(seen.count, 5000);
    seen_release(&seen);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_keeps_the_number_that_it_came_with),
        cmocka_unit_test(bytes_behind_a_nul_count),
        cmocka_unit_test(thousands_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
