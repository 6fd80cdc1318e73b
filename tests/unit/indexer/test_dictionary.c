#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <zdict.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "indexer/stored/dictionary.h"

enum {
    ARTICLES = 1200,
    TEXTS = 2 /* of each; two that follow each other are one article's */
};

struct taught {
    struct buf samples;
    size_t size[ARTICLES * TEXTS];
    size_t count;
};

static uint32_t
next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* Words that no other article has, in a row. */
static void
add_own(struct buf *out, uint64_t *seed)
{
    for (int i = 0; i < 12; i++) {
        for (uint32_t letters = 4 + next(seed) % 6; letters; letters--)
            buf_add_byte(out, (char)('a' + next(seed) % 26));
        buf_add_byte(out, ' ');
    }
}

/* Turns of phrase of a paper between what is an article's own, which it has
 * over and over and in each of its texts. */
static void
make_articles(struct taught *taught)
{
    static const char *const phrase[] = {
        "said in a statement on Thursday, according to people who were there. ",
        "The Halden Ledger. All rights reserved; not to be reprinted. ",
        "declined to comment when he was asked about it by this paper. ",
        "Further reporting by the Corve desk and by our own correspondents. ",
    };
    uint64_t seed = 7;

    for (size_t i = 0; i < ARTICLES; i++) {
        struct buf own = BUF_INIT;

        add_own(&own, &seed);
        for (size_t t = 0; t < TEXTS; t++) {
            size_t before = taught->samples.size;

            for (int part = 0; part < 8; part++) {
                buf_add(&taught->samples, own.data, own.size);
                buf_add_text(&taught->samples, phrase[next(&seed) % 4]);
            }
            taught->size[taught->count++] = taught->samples.size - before;
        }
        buf_release(&own);
    }
}

/* How many articles have these bytes; more than two do not matter. */
static size_t
articles_with(const struct taught *taught, const char *bytes, size_t size)
{
    const char *text = taught->samples.data;
    size_t last = SIZE_MAX;
    size_t found = 0;

    for (size_t i = 0; i < taught->count && found < 2; i++) {
        if (i / TEXTS != last && memmem(text, taught->size[i], bytes, size)) {
            last = i / TEXTS;
            found++;
        }
        text += taught->size[i];
    }
    return found;
}

/* Learn, and look at every window that begins at a multiple of `step`. */
static void
expect_shared(const struct taught *taught, size_t step)
{
    struct buf out = BUF_INIT;
    size_t head;
    size_t shared = 0;

    assert_true(dictionary_learn(&out, &taught->samples, taught->size,
                                 taught->count, 3));
    head = ZDICT_getDictHeaderSize(out.data, out.size);
    assert_false(ZDICT_isError(head));
    for (size_t at = head; at + DICTIONARY_WINDOW <= out.size; at += step) {
        size_t has = articles_with(taught, out.data + at, DICTIONARY_WINDOW);

        if (has < 2 && !memchr(out.data + at, 0, DICTIONARY_WINDOW))
            fail_msg("\"%.*s\" is of one article", DICTIONARY_WINDOW,
                     out.data + at);
        shared += has > 1;
    }
    assert_true(shared > 20);
    buf_release(&out);
}

static void
nothing_is_of_one_article_alone(void **state)
{
    struct taught *taught = test_calloc(1, sizeof(*taught));

    (void)state;
    make_articles(taught);
    expect_shared(taught, 7);
    buf_release(&taught->samples);
    test_free(taught);
}

/* One article has a run of words, a second how it begins, a third how it
 * ends: the two that are shared overlap, and what lies across is the first
 * one's. */
static void
nor_is_what_lies_between_two_that_are_shared(void **state)
{
    enum {
        RUNS = 150,
        BEYOND = 10,
        SIZE = DICTIONARY_WINDOW + BEYOND
    };
    struct taught *taught = test_calloc(1, sizeof(*taught));
    char run[RUNS][SIZE];
    uint64_t seed = 11;

    (void)state;
    for (size_t i = 0; i < RUNS; i++)
        for (size_t k = 0; k < SIZE; k++)
            run[i][k] = (char)('a' + next(&seed) % 26);
    for (int part = 0; part < 3; part++)
        for (size_t i = 0; i < RUNS; i++) {
            const char *from = run[i] + (part == 2 ? BEYOND : 0);
            const size_t size = part ? DICTIONARY_WINDOW : SIZE;

            for (size_t t = 0; t < TEXTS; t++) {
                size_t before = taught->samples.size;

                for (int again = 0; again < 6; again++) {
                    buf_add(&taught->samples, from, size);
                    buf_add_text(&taught->samples,
                                 " as the Halden Ledger has been told. ");
                }
                taught->size[taught->count++] = taught->samples.size - before;
            }
        }
    expect_shared(taught, 1);
    buf_release(&taught->samples);
    test_free(taught);
}

static void
from_few_or_strangers_nothing_is_learnt(void **state)
{
    struct taught *taught = test_calloc(1, sizeof(*taught));
    struct buf out = BUF_INIT;
    uint64_t seed = 3;

    (void)state;
    assert_false(dictionary_learn(&out, &taught->samples, taught->size, 0, 3));
    for (size_t i = 0; i < ARTICLES; i++) {
        size_t before = taught->samples.size;

        add_own(&taught->samples, &seed);
        taught->size[taught->count++] = taught->samples.size - before;
    }
    assert_false(dictionary_learn(&out, &taught->samples, taught->size,
                                  taught->count, 3));
    assert_int_equal(out.size, 0);
    buf_release(&out);
    buf_release(&taught->samples);
    test_free(taught);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_of_one_article_alone),
        cmocka_unit_test(nor_is_what_lies_between_two_that_are_shared),
        cmocka_unit_test(from_few_or_strangers_nothing_is_learnt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
