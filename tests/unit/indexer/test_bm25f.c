#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/bm25f.h"

static unsigned
impact(uint32_t headline, uint32_t body, uint32_t body_length)
{
    const uint32_t length[FIELD_TEXT_COUNT] = {10, 4, 0, body_length};
    const uint32_t tf[FIELD_TEXT_COUNT] = {headline, 0, 0, body};
    struct bm25f_norm norm;

    bm25f_norm_init(&norm, length);
    return bm25f_impact(&norm, tf);
}

static void
an_impact_fits_its_bits(void **state)
{
    (void)state;
    assert_int_equal(impact(0, 0, 250), 0);
    assert_in_range(impact(0, 1, 1u << 24), 1, BM25F_IMPACT_MAX);
    assert_in_range(impact(UINT32_MAX, UINT32_MAX, 0), 1, BM25F_IMPACT_MAX);
    assert_in_range(impact(0, 1, UINT32_MAX), 1, BM25F_IMPACT_MAX);
}

static void
more_and_more_prominent_words_count_more(void **state)
{
    (void)state;
    assert_true(impact(0, 2, 250) > impact(0, 1, 250));
    assert_true(impact(1, 0, 250) > impact(0, 1, 250));
    assert_true(impact(1, 1, 250) > impact(1, 0, 250));
    assert_true(impact(0, 1, 100) > impact(0, 1, 1000));
    /* It saturates: the tenth adds less than the second. */
    assert_true(impact(0, 2, 250) - impact(0, 1, 250) >
                impact(0, 10, 250) - impact(0, 9, 250));
}

static void
rare_words_weigh_more(void **state)
{
    static const uint64_t df[] = {0, 1, 2, 10, 1000, 400000, 1000000};

    (void)state;
    for (size_t i = 1; i < COUNT(df); i++)
        assert_true(bm25f_weight(df[i - 1], 1000000) >=
                    bm25f_weight(df[i], 1000000));
    assert_in_range(bm25f_weight(1000000, 1000000), 1, BM25F_WEIGHT_MAX);
    assert_in_range(bm25f_weight(0, UINT64_MAX / 2), 1, BM25F_WEIGHT_MAX);
    /* A contradiction is read as a word of every article. */
    assert_int_equal(bm25f_weight(7, 3), bm25f_weight(3, 3));
    assert_int_equal(bm25f_weight(0, 0), bm25f_weight(5, 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_impact_fits_its_bits),
        cmocka_unit_test(more_and_more_prominent_words_count_more),
        cmocka_unit_test(rare_words_weigh_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
