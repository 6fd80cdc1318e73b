/* Things are found again by their hashes, and no others are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/hash_table.h"

enum {
    THINGS = 5000
};

/* How many things have this hash; `wanted` must be among them. */
static unsigned
count(const struct hash_table *table, uint64_t hash, uint32_t wanted)
{
    struct hash_look look = hash_table_look(table, hash);
    unsigned found = 0;
    bool met = wanted == HASH_NONE;
    uint32_t number;

    while ((number = hash_look_next(&look)) != HASH_NONE) {
        found++;
        met = met || number == wanted;
    }
    assert_true(met);
    return found;
}

static uint64_t
scattered(uint32_t number)
{
    return (number + 1) * 0x9e3779b97f4a7c15u;
}

static void
nothing_is_in_a_new_table(void **state)
{
    struct hash_table table = HASH_TABLE_INIT;

    (void)state;
    assert_int_equal(count(&table, 0, HASH_NONE), 0);
    assert_int_equal(count(&table, 17, HASH_NONE), 0);
    hash_table_release(&table);
}

static void
everything_is_found_while_the_table_grows(void **state)
{
    struct hash_table table = HASH_TABLE_INIT;

    (void)state;
    for (uint32_t i = 0; i < THINGS; i++) {
        assert_int_equal(count(&table, scattered(i), HASH_NONE), 0);
        hash_table_add(&table, scattered(i), i);
        assert_int_equal(count(&table, scattered(i / 2), i / 2), 1);
    }
    for (uint32_t i = 0; i < THINGS; i++)
        assert_int_equal(count(&table, scattered(i), i), 1);
    assert_int_equal(table.count, THINGS);
    assert_true(table.slots >= 2 * THINGS);
    hash_table_release(&table);
    assert_int_equal(count(&table, scattered(0), HASH_NONE), 0);
}

static void
all_that_have_one_hash_are_found(void **state)
{
    static const uint64_t hashes[] = {0, 1, UINT32_MAX, UINT64_MAX - 62, 63};
    const size_t kinds = COUNT(hashes);
    struct hash_table table = HASH_TABLE_INIT;

    (void)state;
    /* Of the last slots of the table, and of the first behind them. */
    for (uint32_t i = 0; i < 1000; i++)
        hash_table_add(&table, hashes[i % kinds], i);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(count(&table, hashes[i % kinds], i), 1000 / kinds);
    assert_int_equal(count(&table, 2, HASH_NONE), 0);
    hash_table_release(&table);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_in_a_new_table),
        cmocka_unit_test(everything_is_found_while_the_table_grows),
        cmocka_unit_test(all_that_have_one_hash_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
