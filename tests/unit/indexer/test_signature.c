#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/stored/signature.h"

/* The same by the book: a counter for each bit, up or down for each pair. */
static uint64_t
slowly(const char *text)
{
    int64_t balance[64] = {0};
    uint64_t before = 0;
    uint64_t signature = 0;

    while (*text) {
        uint64_t word = 0xcbf29ce484222325;
        uint64_t pair;

        if (!isalnum((unsigned char)*text)) {
            text++;
            continue;
        }
        for (; isalnum((unsigned char)*text); text++)
            word = (word ^ (uint64_t)(*text | 32)) * UINT64_C(0x100000001b3);
        pair = before * 31 + word;
        pair = (pair ^ (pair >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        pair = (pair ^ (pair >> 27)) * UINT64_C(0x94d049bb133111eb);
        pair ^= pair >> 31;
        for (unsigned bit = 0; before && bit < 64; bit++)
            balance[bit] += pair >> bit & 1 ? 1 : -1;
        before = word;
    }
    for (unsigned bit = 0; bit < 64; bit++)
        signature |= (uint64_t)(balance[bit] > 0) << bit;
    return signature;
}

/* Of 0 to 5,000 words: more pairs than a byte can count, eightfold. */
static void
votes_are_counted_as_by_hand(void **state)
{
    char *text = malloc(5000 * 12 + 1);
    uint32_t seed = 1;

    (void)state;
    assert_non_null(text);
    for (unsigned words = 0; words <= 5000; words += 1 + words / 6) {
        size_t size = 0;

        text[0] = '\0';
        for (unsigned i = 0; i < words; i++) {
            seed = seed * 1664525 + 1013904223;
            /* Few different words, so that bits win by a lot. */
            size += (size_t)sprintf(text + size, "Word%u, ",
                                    (seed >> 16) % (words > 2000 ? 2 : 50));
        }
        assert_true(signature_of(text, size) == slowly(text));
    }
    free(text);
}

static void
case_and_signs_make_no_difference(void **state)
{
    static const char one[] = "Ministers set new milestones for the transfer.";
    static const char two[] =
        "MINISTERS set, new: milestones - for the TRANSFER";

    (void)state;
    assert_true(signature_of(one, sizeof(one) - 1) ==
                signature_of(two, sizeof(two) - 1));
    assert_int_equal(signature_distance(0, 0), 0);
    assert_int_equal(signature_distance(0x8001, 0x0003), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(votes_are_counted_as_by_hand),
        cmocka_unit_test(case_and_signs_make_no_difference),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
