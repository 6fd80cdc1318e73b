#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/bitpack.h"

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
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(bitpack_bits(cases[i].number), cases[i].bits);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width_and_every_way_agrees),
        cmocka_unit_test(bits_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
