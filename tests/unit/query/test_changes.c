/* What one text says otherwise than another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/copies/changes.h"

struct seen {
    struct buf all;   /* with signs */
    struct buf one;   /* what is not in */
    struct buf other; /* what is not out */
};

static void
see(void *context, enum change change, const char *text, size_t size)
{
    static const char *const before[] = {"", "[-", "{+"};
    static const char *const behind[] = {"", "-]", "+}"};
    struct seen *seen = context;

    assert_true(size > 0);
    assert_true(utf8_valid(text, size));
    buf_add_text(&seen->all, before[change]);
    buf_add(&seen->all, text, size);
    buf_add_text(&seen->all, behind[change]);
    if (change != CHANGE_IN)
        buf_add(&seen->one, text, size);
    if (change != CHANGE_OUT)
        buf_add(&seen->other, text, size);
}

/* Compare; all of both texts must have been told. */
static void
compare(const char *text, const char *with, struct seen *seen)
{
    struct story *one = story_new(text, strlen(text));
    struct story *other = story_new(with, strlen(with));

    *seen = (struct seen){BUF_INIT, BUF_INIT, BUF_INIT};
    changes_between(one, other, see, seen);
    if (!changes_are_cut(one, other)) {
        assert_string_equal(seen->one.data, text);
        assert_string_equal(seen->other.data, with);
    }
    story_free(one);
    story_free(other);
}

static void
release(struct seen *seen)
{
    buf_release(&seen->all);
    buf_release(&seen->one);
    buf_release(&seen->other);
}

static void
words_are_told_as_words(void **state)
{
    static const struct {
        const char *one;
        const char *other;
        const char *told;
    } cases[] = {
        {"The board met.", "The board met.", "The board met."},
        {"The board met on Monday and raised fees.",
         "The board met on Friday and raised fees, it said.",
         "The board met on [-Monday-]{+Friday+} and raised fees{+, it said+}."},
        {"Fees rise by 12 percent.", "Fees rise by 13 percent.",
         "Fees rise by [-12-]{+13+} percent."},
        {"The harbour is full", "The harbor is full",
         "The [-harbour-]{+harbor+} is full"},
        {"the Board", "the board", "the [-Board-]{+board+}"},
        {"One two three.", "One three.", "One [-two -]three."},
        {"First.\nSecond.", "First. Second.", "First.[-\n-]{+ +}Second."},
        {"", "New words", "{+New words+}"},
        {"Old words", "", "[-Old words-]"},
        {"", "", ""},
        {"Caf\xc3\xa9 \xc3\xa9t\xc3\xa9", "Caf\xc3\xa8 \xc3\xa9t\xc3\xa9",
         "[-Caf\xc3\xa9-]{+Caf\xc3\xa8+} \xc3\xa9t\xc3\xa9"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct seen seen;

        compare(cases[i].one, cases[i].other, &seen);
        assert_string_equal(seen.all.data ? seen.all.data : "", cases[i].told);
        release(&seen);
    }
}

static uint32_t
next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void
both_texts_are_told_whole(void **state)
{
    static const char *const words[] = {
        "a",  "b", "fees ",    "harbour ",     "12 ", "3.50", ", ",     ". ",
        "\n", " ", "\xc3\xa9", "\xe6\xb8\xaf", "-",   "The ", "Board ",
    };
    uint64_t seed = 5;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct buf text[2] = {BUF_INIT, BUF_INIT};
        struct seen seen;

        for (int k = 0; k < 2; k++) {
            buf_add_text(&text[k], "");
            for (uint32_t n = next(&seed) % 60; n; n--)
                buf_add_text(&text[k], words[next(&seed) % COUNT(words)]);
        }
        compare(text[0].data ? text[0].data : "",
                text[1].data ? text[1].data : "", &seen);
        release(&seen);
        buf_release(&text[0]);
        buf_release(&text[1]);
    }
}

static void
a_text_is_looked_at_up_to_a_size(void **state)
{
    struct buf text = BUF_INIT;
    struct seen seen;

    (void)state;
    buf_add_byte(&text, 'a'); /* no even place is between characters */
    while (text.size < (size_t)1 << 20)
        buf_add_text(&text, "\xc3\xa9");
    compare(text.data, "word0", &seen);
    assert_true(seen.one.size < text.size && seen.one.size > 1000);
    release(&seen);
    buf_release(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_told_as_words),
        cmocka_unit_test(both_texts_are_told_whole),
        cmocka_unit_test(a_text_is_looked_at_up_to_a_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
