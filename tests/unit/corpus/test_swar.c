#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/base/swar.h"

/* Every byte at every place, between neighbours that could carry into it. */
static void
every_byte_is_judged_alone(void **state)
{
    static const struct {
        unsigned char low;
        unsigned char high;
    } ranges[] = {{'a', 'z'}, {'A', 'Z'}, {' ', ' '}, {'!', '~'}, {1, 127}};
    static const unsigned char around[] = {0x00, 0x1f, 0x61, 0x7f, 0x80, 0xff};

    (void)state;
    for (size_t r = 0; r < COUNT(ranges); r++)
        for (size_t n = 0; n < sizeof(around); n++)
            for (unsigned at = 0; at < 8; at++)
                for (unsigned byte = 0; byte < 256; byte++) {
                    char text[8];
                    uint64_t mask;

                    memset(text, around[n], sizeof(text));
                    text[at] = (char)byte;
                    mask = swar_between(swar_load(text), ranges[r].low,
                                        ranges[r].high);
                    for (unsigned i = 0; i < 8; i++) {
                        unsigned char it = (unsigned char)text[i];
                        bool fits = it >= ranges[r].low && it <= ranges[r].high;

                        assert_int_equal(mask >> (8 * i) & 0xff,
                                         fits ? 0x80 : 0);
                    }
                }
}

static void
the_first_and_the_number_are_found(void **state)
{
    (void)state;
    for (unsigned bytes = 0; bytes < 256; bytes++) {
        uint64_t mask = 0;
        unsigned first = 8;
        unsigned count = 0;

        for (unsigned i = 8; i-- > 0;)
            if (bytes & 1U << i) {
                mask |= UINT64_C(0x80) << (8 * i);
                first = i;
                count++;
            }
        assert_int_equal(swar_first(mask), first);
        assert_int_equal(swar_count(mask), count);
    }
}

static void
what_is_loaded_is_stored(void **state)
{
    char out[8];

    (void)state;
    assert_int_equal(swar_load("a\0\0\0\0\0\0z") & 0xff, 'a');
    assert_int_equal(swar_load("a\0\0\0\0\0\0z") >> 56, 'z');
    swar_store(out, swar_load("headline"));
    assert_memory_equal(out, "headline", 8);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_is_judged_alone),
        cmocka_unit_test(the_first_and_the_number_are_found),
        cmocka_unit_test(what_is_loaded_is_stored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
