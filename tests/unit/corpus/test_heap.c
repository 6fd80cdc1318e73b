/* The best few are those that sorting everything finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/heap.h"

enum {
    ITEMS = 500
};

struct item {
    int value;
    int number; /* in which they came: the earlier is better */
};

static bool
is_worse(const void *context, const void *one, const void *other)
{
    const struct item *a = one;
    const struct item *b = other;
    int sign = *(const int *)context;

    if (a->value != b->value)
        return a->value * sign < b->value * sign;
    return a->number > b->number;
}

static int largest = 1;
static int least = -1;

static int
compare_largest(const void *a, const void *b)
{
    return is_worse(&largest, a, b) - is_worse(&largest, b, a);
}

static int
compare_least(const void *a, const void *b)
{
    return is_worse(&least, a, b) - is_worse(&least, b, a);
}

static void
fill(struct item *item, uint32_t seed, int values)
{
    for (int i = 0; i < ITEMS; i++) {
        seed = seed * 1103515245u + 12345;
        item[i] = (struct item){(int)(seed >> 16) % values, i};
    }
}

static void
expect_best(const struct item *all, size_t most, int *sign)
{
    const struct heap_order order = {sizeof(struct item), is_worse, sign};
    struct item sorted[ITEMS];
    struct item best[ITEMS];
    size_t count = 0;

    memcpy(sorted, all, sizeof(sorted));
    qsort(sorted, ITEMS, sizeof(*sorted),
          sign == &least ? compare_least : compare_largest);
    for (size_t i = 0; i < ITEMS; i++) {
        if (count < most)
            heap_add(best, count++, &all[i], &order);
        else if (is_worse(sign, &best[0], &all[i]))
            heap_replace(best, count, &all[i], &order);
        for (size_t j = 1; j < count; j++)
            assert_false(is_worse(sign, &best[j], &best[0]));
    }
    heap_sort(best, count, &order);
    assert_int_equal(count, most);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(best[i].number, sorted[i].number);
}

static void
the_best_are_kept_and_sorted(void **state)
{
    static const size_t mosts[] = {1, 2, 3, 10, 64, ITEMS - 1, ITEMS};
    struct item item[ITEMS];

    (void)state;
    for (uint32_t seed = 1; seed <= 6; seed++) {
        fill(item, seed, seed % 2 ? 10 : 100000);
        for (size_t i = 0; i < COUNT(mosts); i++) {
            expect_best(item, mosts[i], &largest);
            expect_best(item, mosts[i], &least);
        }
    }
}

static void
of_none_nothing_is_sorted(void **state)
{
    const struct heap_order order = {sizeof(struct item), is_worse, &largest};
    struct item one = {7, 0};

    (void)state;
    heap_sort(NULL, 0, &order);
    heap_sort(&one, 1, &order);
    assert_int_equal(one.value, 7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_are_kept_and_sorted),
        cmocka_unit_test(of_none_nothing_is_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
