#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/segment/phonetic.h"

static void
words_that_sound_alike_have_one_key(void **state)
{
    static const struct {
        const char *word;
        const char *key;
    } cases[] = {
        {"gaddafi", "ktf"},
        {"kadafi", "ktf"},
        {"qadhafi", "ktf"},
        {"philippe", "flp"},
        {"filipe", "flp"},
        {"knight", "nkt"},
        {"wright", "rkt"},
        {"catch", "kx"},
        {"exit", "akst"},
        {"cyprus", "sprs"},
        {"a", "a"},
        {"whale", "wl"},
        {"hanoi", "hn"},
        {"yonhap", "ynp"},
        {"", ""},
        {"at&t", ""},
        {"caf\xc3\xa9", ""},
        {"\xff", ""},
        {"rrrrrrrrr", "r"},
        {"bcdfbcdfbcdfbcdfbcdf", "pktfpktfpktfpktf"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char key[PHONETIC_SIZE_MAX + 1];
        size_t length = phonetic_key(key, cases[i].word, strlen(cases[i].word));

        assert_string_equal(key, cases[i].key);
        assert_int_equal(length, strlen(cases[i].key));
        assert_int_equal(
            phonetic_number(cases[i].word, strlen(cases[i].word)) != 0,
            length != 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_sound_alike_have_one_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
