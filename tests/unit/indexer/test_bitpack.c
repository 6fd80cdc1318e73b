#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/bits/bitpack.h"

/* Packed numbers with a guard behind them, so that a byte too many shows. */
static void
every_width_and_every_way_agrees(void **state)
{
    const struct bitpack *ways[] = {bitpack_portable(), bitpack_best()};

    (void)state;
    for (unsigned bits = 0; bits <= BITPACK_BITS_MAX; bits++) {
        uint32_t number[BITPACK_COUNT];
        unsigned char packed[BITPACK_BITS_MAX * 16 + 64];
        uint32_t seed = bits + 1;

        for (unsigned i = 0; i < BITPACK_COUNT; i++) {
            seed = seed * 1664525 + 1013904223;
            number[i] = (seed >> 3) & ((1U << bits) - 1);
        }
        memset(packed, 0xa5, sizeof(packed));
        bitpack_pack(packed, number, bits);
        for (size_t i = bitpack_size(bits); i < sizeof(packed); i++)
            assert_int_equal(packed[i], 0xa5);
        for (unsigned i = 0; i < BITPACK_COUNT; i++)
            assert_int_equal(bitpack_get(packed, bits, i), number[i]);
        for (size_t way = 0; way < 2; way++) {
            uint32_t out[BITPACK_COUNT];
            uint32_t sum = 7;

            ways[way]->plain(packed, bits, 1000, out);
            for (unsigned i = 0; i < BITPACK_COUNT; i++)
                assert_int_equal(out[i], 1000 + number[i]);
            ways[way]->gaps(packed, bits, 7, out);
            for (unsigned i = 0; i < BITPACK_COUNT; i++)
                assert_int_equal(out[i], sum += number[i] + 1);
        }
    }
}

static void
bits_are_counted(void **state)
{
    static const struct {
        uint32_t number;
        unsigned bits;
    } cases[] = {{0, 0}, {1, 1}, {2, 2}, {255, 8}, {256, 9}, {UINT32_MAX, 32}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(bitpack_bits(cases[i].number), cases[i].bits);
}

static void
every_way_sees_the_same(void **state)
{
    static const uint32_t limits[] = {0,    1,          2,          500,
                                      1023, 0x7fffffff, 0x80000000, UINT32_MAX};
    const struct bitpack *ways[] = {bitpack_portable(), bitpack_best()};
    uint32_t number[BITPACK_COUNT];

    (void)state;
    for (uint32_t round = 0; round < 200; round++) {
        uint32_t sum = round % 3 ? round : 0;
        uint32_t step = round < 100 ? 9 : 40000000;

        for (uint32_t i = 0; i < BITPACK_COUNT; i++)
            number[i] = sum += (i * 7 + round) * 31 % step;
        for (size_t i = 0; i < 8 + BITPACK_COUNT; i++) {
            uint32_t limit = i < 8 ? limits[i] : number[i - 8];
            uint64_t above = 0;
            uint32_t below = 0;

            for (uint32_t j = 0; j < BITPACK_COUNT; j++) {
                below += number[j] < limit;
                if (j < BITPACK_LOOK && number[j] > limit)
                    above |= 1ULL << j;
            }
            for (size_t way = 0; way < 2; way++) {
                /* What rises must not run over. */
                if (number[BITPACK_COUNT - 1] >= number[0])
                    assert_int_equal(ways[way]->below(number, limit), below);
                assert_true(ways[way]->above(number, limit) == above);
            }
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width_and_every_way_agrees),
        cmocka_unit_test(bits_are_counted),
        cmocka_unit_test(every_way_sees_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
