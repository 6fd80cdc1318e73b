#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/intake/patience.h"

#define MIB (UINT64_C(1) << 20)

static void
time_goes_by_size_and_patience(void **state)
{
    static const struct {
        unsigned cpu;
        uint64_t left;
        uint64_t size;
        unsigned wanted;
        bool hasty;
    } cases[] = {
        {5, 1, 0, 5, false},
        {5, 1, MIB - 1, 5, false},
        {5, 30000, 100 * MIB, 105, false},
        {5, 0, 0, 1, true},
        {5, 0, 3 * MIB, 2, true},
        {5, 0, 100 * MIB, 51, true},
        /* It was to have no more than that. */
        {1, 0, MIB - 1, 1, false},
        {1, 0, 2 * MIB, 2, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct patience patience = {cases[i].cpu, cases[i].left};
        struct allowance got = patience_allow(&patience, cases[i].size);

        if (got.cpu != cases[i].wanted || got.hasty != cases[i].hasty)
            fail_msg("case %zu: %u seconds%s", i, got.cpu,
                     got.hasty ? ", in haste" : "");
    }
}

static void
patience_has_an_end(void **state)
{
    struct patience patience = {.cpu = 5, .left = 3000};

    (void)state;
    /* Many a file is none, and that is found out quickly. */
    for (int i = 0; i < 1000; i++)
        patience_spend(&patience, 999);
    assert_int_equal(patience.left, 3000);
    patience_spend(&patience, 1000);
    assert_int_equal(patience.left, 2000);
    patience_spend(&patience, 5000);
    assert_int_equal(patience.left, 0);
    patience_spend(&patience, UINT64_MAX);
    assert_int_equal(patience.left, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_goes_by_size_and_patience),
        cmocka_unit_test(patience_has_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
