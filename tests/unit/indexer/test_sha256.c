#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/bits/sha256.h"
#include "indexer/bits/sha256_parts.h"

/* The examples of FIPS 180-4 and their like: lengths on both sides of where
 * the padding takes another block. */
static const struct {
    const char *text;
    size_t times;
    const char *hex;
} cases[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1,
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a", 55,
     "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {"a", 64,
     "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {"a", 1000000,
     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

static void
known_texts_have_their_known_digests(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned char digest[SHA256_SIZE];
        char hex[SHA256_HEX_SIZE];
        struct sha256 sha;

        sha256_init(&sha);
        for (size_t n = 0; n < cases[i].times; n++)
            sha256_add(&sha, cases[i].text, strlen(cases[i].text));
        sha256_end(&sha, digest);
        sha256_hex(digest, hex);
        assert_string_equal(hex, cases[i].hex);
    }
}

static void
pieces_make_no_difference(void **state)
{
    char text[300];
    char whole[SHA256_HEX_SIZE];

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t step = 1; step <= sizeof(text); step++) {
        unsigned char digest[SHA256_SIZE];
        char hex[SHA256_HEX_SIZE];
        struct sha256 sha;

        sha256_init(&sha);
        for (size_t at = 0; at < sizeof(text); at += step)
            sha256_add(&sha, text + at,
                       sizeof(text) - at < step ? sizeof(text) - at : step);
        sha256_end(&sha, digest);
        sha256_hex(digest, hex);
        if (step == 1)
            memcpy(whole, hex, sizeof(whole));
        assert_string_equal(hex, whole);
    }
}

static void
the_fast_way_equals_the_portable_one(void **state)
{
    sha256_blocks fast = sha256_fast_blocks();
    unsigned char data[64 * 5];
    uint32_t seed = 1;

    (void)state;
    if (!fast)
        skip();
    for (int round = 0; round < 1000; round++) {
        uint32_t one[8];
        uint32_t two[8];

        for (size_t i = 0; i < sizeof(data); i++) {
            seed = seed * 1103515245u + 12345u;
            data[i] = (unsigned char)(seed >> 16);
        }
        for (size_t i = 0; i < 8; i++)
            one[i] = two[i] = seed * (uint32_t)(i + 1);
        fast(one, data, (size_t)round % 6);
        sha256_portable_blocks(two, data, (size_t)round % 6);
        assert_memory_equal(one, two, sizeof(one));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_texts_have_their_known_digests),
        cmocka_unit_test(pieces_make_no_difference),
        cmocka_unit_test(the_fast_way_equals_the_portable_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
