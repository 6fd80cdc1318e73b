#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/segment/phonetic.h"
#include "indexer/segment/vocabulary.h"

static struct sqlite3 *
new_table(void)
{
    struct sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE TABLE spelling(id INTEGER PRIMARY "
                                  "KEY, words BLOB NOT NULL)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    return db;
}

static void
add(struct vocabulary *vocabulary, const char *word, int times)
{
    for (int i = 0; i < times; i++)
        vocabulary_add(vocabulary, word, strlen(word), NULL);
}

static void
write_all(struct vocabulary *vocabulary, struct sqlite3 *db)
{
    struct error err = {0};

    if (vocabulary_write(vocabulary, db, "test", &err))
        fail_msg("%s", err.text);
    vocabulary_free(vocabulary);
}

/* "id: word=occurrences word=occurrences" for each row. */
static void
read_all(struct sqlite3 *db, struct buf *got)
{
    sqlite3_stmt *select = NULL;

    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT id, words FROM spelling ORDER BY id", -1,
                           &select, NULL),
        SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        struct vocabulary_row row;
        const char *text;

        assert_true(vocabulary_row(&row, sqlite3_column_blob(select, 1),
                                   (size_t)sqlite3_column_bytes(select, 1)));
        text = row.text;
        buf_printf(got, "%d:", sqlite3_column_int(select, 0));
        for (size_t i = 0; i < row.words; i++) {
            uint32_t letters;

            buf_printf(got, " %.*s=%u", (int)row.bytes[i], text,
                       vocabulary_u32(row.occurrences, i));
            vocabulary_letters(text, row.bytes[i], &letters);
            assert_int_equal(letters, vocabulary_u32(row.letters, i));
            assert_int_equal(phonetic_number(text, row.bytes[i]),
                             vocabulary_u16(row.sound, i));
            text += row.bytes[i];
        }
        buf_add_text(got, "\n");
    }
    sqlite3_finalize(select);
}

static void
words_go_by_length_and_frequency(void **state)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct sqlite3 *db = new_table();
    struct buf got = BUF_INIT;

    (void)state;
    add(vocabulary, "opcon", 1);
    add(vocabulary, "seoul", 3);
    add(vocabulary, "transfer", 2);
    add(vocabulary, "\xd0\xbc\xd0\xb8\xd1\x80", 1); /* three characters */
    add(vocabulary, "kim", 1);
    /* No words to offer. */
    add(vocabulary, "", 2);
    add(vocabulary, "us", 2);
    add(vocabulary, "2014", 2);
    add(vocabulary, "kf21", 2);
    add(vocabulary, "at&t", 2);
    add(vocabulary, "\xed\x95\x9c\xea\xb5\xad", 2); /* a bigram */
    add(vocabulary, "\xff\xfe\xfd\xfc", 2);
    add(vocabulary, "abcdefghijklmnopqrstuvwxyzabcdefg", 2);
    write_all(vocabulary, db);
    read_all(db, &got);
    assert_string_equal(got.data, "196608: kim=1 \xd0\xbc\xd0\xb8\xd1\x80=1\n"
                                  "327680: seoul=3 opcon=1\n"
                                  "524288: transfer=2\n");
    buf_release(&got);
    sqlite3_close(db);
}

/* "aaaa", "aaab", ...: the digits of the number as letters. */
static void
spell(char word[8], unsigned number)
{
    for (int i = 0; i < 5; i++, number /= 26)
        word[i] = (char)('a' + number % 26);
    word[5] = '\0';
}

static int64_t
count_words(struct sqlite3 *db, int64_t *rows, int64_t *largest)
{
    sqlite3_stmt *select = NULL;
    struct vocabulary_row row;
    int64_t words = 0;

    *rows = 0;
    *largest = 0;
    sqlite3_prepare_v2(db, "SELECT words FROM spelling", -1, &select, NULL);
    while (sqlite3_step(select) == SQLITE_ROW) {
        int size = sqlite3_column_bytes(select, 0);

        assert_true(
            vocabulary_row(&row, sqlite3_column_blob(select, 0), (size_t)size));
        words += (int64_t)row.words;
        *largest = size > *largest ? size : *largest;
        ++*rows;
    }
    sqlite3_finalize(select);
    return words;
}

static void
many_words_fill_rows_of_a_page(void **state)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct sqlite3 *db = new_table();
    int64_t rows;
    int64_t largest;
    char word[8];

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        spell(word, i);
        add(vocabulary, word, 1);
    }
    write_all(vocabulary, db);
    assert_int_equal(count_words(db, &rows, &largest), 20000);
    assert_true(largest <= 4061);
    assert_int_equal(rows, (20000 * 16 + 4039) / 4040);
    sqlite3_close(db);
}

static void
a_large_vocabulary_leaves_out_what_occurs_once(void **state)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct sqlite3 *db = new_table();
    int64_t rows;
    int64_t largest;
    char word[8];

    (void)state;
    for (unsigned i = 0; i < VOCABULARY_SMALL + 1; i++) {
        spell(word, i);
        add(vocabulary, word, i % 5 == 0 ? 2 : 1);
    }
    write_all(vocabulary, db);
    assert_int_equal(count_words(db, &rows, &largest),
                     VOCABULARY_SMALL / 5 + 1);
    sqlite3_close(db);
}

static void
noise_does_not_take_all_memory_nor_the_words(void **state)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct sqlite3 *db = new_table();
    struct buf got = BUF_INIT;
    char word[8];

    (void)state;
    add(vocabulary, "constitution", 3);
    for (unsigned i = 0; i < 1100000; i++) {
        spell(word, i);
        add(vocabulary, word, 1);
    }
    add(vocabulary, "constitution", 1);
    write_all(vocabulary, db);
    read_all(db, &got);
    assert_non_null(strstr(got.data, " constitution=4\n"));
    buf_release(&got);
    sqlite3_close(db);
}

/* So much noise that the rarest words are forgotten, and all get new
 * numbers. */
static void
a_note_of_a_forgotten_word_is_no_other_words(void **state)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct sqlite3 *db = new_table();
    struct buf got = BUF_INIT;
    uint32_t notes[3] = {0};
    char noise[32];

    (void)state;
    vocabulary_add(vocabulary, "storm", 5, &notes[0]);
    for (int i = 0; i < 3; i++)
        vocabulary_add(vocabulary, "opcon", 5, &notes[1]);
    for (unsigned i = 0; i < (1U << 20) + 100; i++) {
        snprintf(noise, sizeof(noise), "x%x", i);
        vocabulary_add(vocabulary, noise, strlen(noise), NULL);
    }
    for (int i = 0; i < 2; i++) {
        vocabulary_add(vocabulary, "storm", 5, &notes[0]);
        vocabulary_add(vocabulary, "opcon", 5, &notes[1]);
        vocabulary_add(vocabulary, "seoul", 5, &notes[2]);
    }
    write_all(vocabulary, db);
    read_all(db, &got);
    assert_non_null(strstr(got.data, "opcon=5 seoul=2 storm=2"));
    buf_release(&got);
    sqlite3_close(db);
}

static void
a_damaged_row_is_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        bool sound;
    } cases[] = {
        {"", 0, false},
        {"\1", 1, false},
        {"\0\0", 2, true},
        {"\0\0x", 3, false},
        {"\1\0", 2, false},
        {"\1\0AAAALLLLSS\3abc", 16, true},
        {"\1\0AAAALLLLSS\3ab", 15, false},
        {"\1\0AAAALLLLSS\3abcd", 17, false},
        {"\377\377AAAALLLLSS\3abc", 16, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct vocabulary_row row;

        if (vocabulary_row(&row, cases[i].bytes, cases[i].size) !=
            cases[i].sound)
            fail_msg("case %zu", i);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_by_length_and_frequency),
        cmocka_unit_test(many_words_fill_rows_of_a_page),
        cmocka_unit_test(a_large_vocabulary_leaves_out_what_occurs_once),
        cmocka_unit_test(noise_does_not_take_all_memory_nor_the_words),
        cmocka_unit_test(a_note_of_a_forgotten_word_is_no_other_words),
        cmocka_unit_test(a_damaged_row_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
