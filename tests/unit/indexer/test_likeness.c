/* The strongest terms of an article, and how like two articles are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/ranked/likeness.h"

/* Terms 0, step, 2 * step ... of weights that fall. */
static void
make(struct likeness *likeness, size_t terms, uint32_t step)
{
    uint32_t strength[LIKENESS_TERMS];
    unsigned char packed[LIKENESS_SIZE_MAX];
    size_t size;

    for (size_t i = 0; i < terms; i++)
        strength[terms - 1 - i] = likeness_strength(4000 - 100 * (uint32_t)i,
                                                    (uint32_t)i * step + 70000);
    size = likeness_pack(strength, terms, packed);
    assert_int_equal(size, terms * LIKENESS_TERM_SIZE);
    assert_true(likeness_read(likeness, packed, size));
}

static void
what_was_packed_is_read(void **state)
{
    struct likeness likeness;

    (void)state;
    make(&likeness, LIKENESS_TERMS, 3);
    assert_int_equal(likeness.terms, LIKENESS_TERMS);
    assert_int_equal(likeness.hash[0], 70000);
    assert_int_equal(likeness.hash[31], 70093);
    assert_int_equal(likeness.weight[0], 15);
    assert_true(likeness.weight[31] < 8 && likeness.weight[31] > 0);
    make(&likeness, 0, 1);
    assert_int_equal(likeness.terms, 0);
}

static void
the_cosine_tells_who_is_like_whom(void **state)
{
    struct likeness one;
    struct likeness same;
    struct likeness half;
    struct likeness other;
    double partly;

    (void)state;
    make(&one, 20, 2);
    make(&same, 20, 2);
    make(&half, 20, 4);
    make(&other, 20, 2);
    for (size_t i = 0; i < other.terms; i++)
        other.hash[i]++;
    assert_true(likeness_of(&one, &same) > 0.999);
    partly = likeness_of(&one, &half);
    assert_true(partly > 0.3 && partly < 0.8);
    assert_true(partly == likeness_of(&half, &one));
    assert_true(likeness_of(&one, &other) == 0);
    other.terms = 0;
    assert_true(likeness_of(&one, &other) == 0);
}

/* Two terms of one hash are one, the weights stay within their bits. */
static void
hashes_that_meet_are_one(void **state)
{
    uint32_t strength[2] = {likeness_strength(99999, 5),
                            likeness_strength(1, 5)};
    unsigned char packed[LIKENESS_SIZE_MAX];
    struct likeness likeness;

    (void)state;
    assert_int_equal(likeness_pack(strength, 2, packed), LIKENESS_TERM_SIZE);
    assert_true(likeness_read(&likeness, packed, LIKENESS_TERM_SIZE));
    assert_int_equal(likeness.hash[0], 5);
}

static void
what_was_never_packed_is_refused(void **state)
{
    static const unsigned char falling[] = {9, 0, 1, 8, 0, 1};
    static const unsigned char weightless[] = {9, 0, 0};
    unsigned char much[LIKENESS_SIZE_MAX + LIKENESS_TERM_SIZE] = {0};
    struct likeness likeness;

    (void)state;
    assert_false(likeness_read(&likeness, falling, sizeof(falling)));
    assert_false(likeness_read(&likeness, weightless, sizeof(weightless)));
    assert_false(likeness_read(&likeness, much, sizeof(much)));
    assert_false(likeness_read(&likeness, falling, 2));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_read),
        cmocka_unit_test(the_cosine_tells_who_is_like_whom),
        cmocka_unit_test(hashes_that_meet_are_one),
        cmocka_unit_test(what_was_never_packed_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
