#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/base/bisect.h"

enum {
    MOST = 40
};

/* Among the numbers [from, to), of which those below `place` are before. */
static uint64_t
find(uint64_t from, uint64_t to, uint64_t place, unsigned *steps)
{
    struct bisect half = bisect_between(from, to);

    while (bisect_next(&half)) {
        assert_in_range(half.middle, from, to - 1);
        bisect_go(&half, half.middle < place);
        ++*steps;
    }
    return half.low;
}

static void
every_place_is_found_in_few_steps(void **state)
{
    (void)state;
    for (uint64_t count = 0; count <= MOST; count++)
        for (uint64_t place = 0; place <= count; place++) {
            unsigned steps = 0;

            assert_int_equal(find(0, count, place, &steps), place);
            assert_true(1ULL << steps <= 2 * count + 1);
            assert_int_equal(find(7, 7 + count, 7 + place, &steps), 7 + place);
        }
}

static void
a_place_is_found_among_as_many_as_there_can_be(void **state)
{
    unsigned steps = 0;

    (void)state;
    assert_int_equal(find(UINT64_MAX - 9, UINT64_MAX, UINT64_MAX - 3, &steps),
                     UINT64_MAX - 3);
    assert_int_equal(find(0, UINT64_MAX, UINT64_MAX - 3, &steps),
                     UINT64_MAX - 3);
}

static void
of_none_the_first_is_given_back(void **state)
{
    unsigned steps = 0;

    (void)state;
    assert_int_equal(find(1, 0, 5, &steps), 1);
    assert_int_equal(find(4, 4, 5, &steps), 4);
    assert_int_equal(steps, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_is_found_in_few_steps),
        cmocka_unit_test(a_place_is_found_among_as_many_as_there_can_be),
        cmocka_unit_test(of_none_the_first_is_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
