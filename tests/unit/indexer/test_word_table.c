/* Words get their numbers again, and nobody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "indexer/bits/word_table.h"

enum {
    WORDS = 5000
};

struct words {
    struct word_table table;
    struct buf texts;
    uint32_t count;
};

static int
begin(void **state)
{
    static struct words words;

    words = (struct words){.texts = BUF_INIT};
    word_table_init(&words.table, 4);
    *state = &words;
    return 0;
}

static int
end(void **state)
{
    struct words *words = *state;

    word_table_release(&words->table);
    buf_release(&words->texts);
    return 0;
}

static uint32_t
find(const struct words *words, const char *word, size_t size)
{
    return word_table_find(&words->table, word_key(word, size),
                           words->texts.data, word);
}

static void
add(struct words *words, const char *word, size_t size)
{
    buf_add_byte(&words->texts, (char)size);
    word_table_put(&words->table, word_key(word, size),
                   (uint32_t)words->texts.size, words->count++);
    buf_add(&words->texts, word, size);
}

/* Of any size from 1 to 64, and different for different numbers. */
static size_t
spell(char word[80], unsigned number)
{
    static const char tail[] =
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl";
    size_t size = (size_t)snprintf(word, 80, "%x", number);

    memcpy(word + size, tail, number % 60);
    return size + number % 60;
}

static void
every_word_keeps_its_number(void **state)
{
    struct words *words = *state;
    char word[80];

    for (unsigned i = 0; i < WORDS; i++) {
        size_t size = spell(word, i);

        assert_int_equal(find(words, word, size), WORD_NONE);
        add(words, word, size);
    }
    for (unsigned i = 0; i < WORDS; i++)
        assert_int_equal(find(words, word, spell(word, i)), i);
}

static void
size_tells_words_apart(void **state)
{
    static const char zeros[16] = {0};
    static const char same[16] = "aaaaaaaaaaaaaaa";
    struct words *words = *state;

    for (size_t size = 1; size < sizeof(zeros); size++) {
        assert_int_equal(find(words, zeros, size), WORD_NONE);
        add(words, zeros, size);
        assert_int_equal(find(words, same, size), WORD_NONE);
        add(words, same, size);
    }
    for (size_t size = 1; size < sizeof(zeros); size++) {
        assert_int_equal(find(words, zeros, size), size * 2 - 2);
        assert_int_equal(find(words, same, size), size * 2 - 1);
    }
}

static void
the_text_of_a_long_word_counts(void **state)
{
    struct words *words = *state;

    add(words, "harbourmaster", 13);
    words->texts.data[words->texts.size - 1] = 'd';
    assert_int_equal(find(words, "harbourmaster", 13), WORD_NONE);
}

static void
cleared_it_knows_no_word(void **state)
{
    struct words *words = *state;

    add(words, "ferry", 5);
    add(words, "harbourmaster", 13);
    word_table_clear(&words->table);
    assert_int_equal(find(words, "ferry", 5), WORD_NONE);
    assert_int_equal(find(words, "harbourmaster", 13), WORD_NONE);
    assert_int_equal(words->table.words, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_word_keeps_its_number, begin,
                                        end),
        cmocka_unit_test_setup_teardown(size_tells_words_apart, begin, end),
        cmocka_unit_test_setup_teardown(the_text_of_a_long_word_counts, begin,
                                        end),
        cmocka_unit_test_setup_teardown(cleared_it_knows_no_word, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
