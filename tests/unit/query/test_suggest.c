#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/count.h"
#include "indexer/segment/vocabulary.h"
#include "query/spelling/edits.h"
#include "query/spelling/suggest.h"
#include "tests/support/mistype.h"

/* --- edits --- */

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

/* The definition, cell by cell. */
static int
edits_by_table(const char *a, const char *b)
{
    int table[32][32];
    size_t rows = strlen(a);
    size_t columns = strlen(b);

    for (size_t i = 0; i <= rows; i++) {
        for (size_t j = 0; j <= columns; j++) {
            int best = (int)(i > j ? i : j);

            if (i && j) {
                best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                best = smaller(best, table[i - 1][j] + 1);
                best = smaller(best, table[i][j - 1] + 1);
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = smaller(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    }
    return table[rows][columns];
}

static uint32_t
draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static void
draw_word(uint64_t *seed, char *word, size_t longest, uint32_t letters)
{
    size_t size = draw(seed, (uint32_t)longest + 1);

    for (size_t i = 0; i < size; i++)
        word[i] = (char)('a' + draw(seed, letters));
    word[size] = '\0';
}

static void
edits_equal_their_definition(void **state)
{
    uint64_t seed = 20141024;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        struct edits edits;
        char a[32];
        char b[32];
        int want;

        draw_word(&seed, a, 30, i % 2 ? 3 : 8);
        draw_word(&seed, b, i % 3 ? 30 : 8, i % 2 ? 3 : 8);
        want = edits_by_table(a, b);
        edits_init(&edits, a, strlen(a));
        if (edits_to(&edits, b, strlen(b)) != want)
            fail_msg("%s and %s are %d apart", a, b, want);
    }
}

static void
edits_cost_about_a_hundred_each(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct edits edits;
        char a[32];
        char b[32];
        int count;
        int cost;

        draw_word(&seed, a, 20, 26);
        draw_word(&seed, b, 20, 26);
        edits_init(&edits, a, strlen(a));
        count = edits_to(&edits, b, strlen(b));
        cost = edits_cost(&edits, b, strlen(b));
        if (cost < 70 * count || cost > 130 * count)
            fail_msg("%s and %s: %d edits cost %d", a, b, count, cost);
    }
}

static void
edits_count_characters_not_bytes(void **state)
{
    static const struct {
        const char *a, *b;
        int edits;
    } cases[] = {
        {"opcno", "opcon", 1},
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "", 3},
        {"\xd0\xbc\xd0\xb8\xd1\x80", "\xd0\xbc\xd0\xb5\xd1\x80", 1},
        {"\xd0\xbc\xd0\xb8\xd1\x80", "\xd0\xb8\xd0\xbc\xd1\x80", 1},
        {"\xc3\xa6gir", "aegir", 2},
        {"\xff\xff", "ab", 2},
        {"ab", "\xe2\x82", 2},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct edits edits;

        edits_init(&edits, cases[i].a, strlen(cases[i].a));
        if (edits_to(&edits, cases[i].b, strlen(cases[i].b)) != cases[i].edits)
            fail_msg("case %zu", i);
    }
}

static int
compare_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

#define WALKED 3000

/* Whatever is passed over begins hopelessly, and nothing near is missed. */
static void
a_walk_finds_what_comparing_each_finds(void **state)
{
    char(*words)[12] = calloc(WALKED, sizeof(*words));
    uint64_t seed = 1914;

    (void)state;
    assert_non_null(words);
    for (size_t i = 0; i < WALKED; i++)
        draw_word(&seed, words[i], 11, 4);
    qsort(words, WALKED, sizeof(*words), compare_text);
    for (int round = 0; round < 60; round++) {
        struct edits_walk walk;
        char word[12];
        size_t hopeless = 0;
        int most = 1 + round % 2;
        const char *bad = NULL;

        draw_word(&seed, word, 11, 5);
        edits_walk_init(&walk, word, strlen(word), most);
        for (size_t i = 0; i < WALKED; i++) {
            bool near = edits_by_table(word, words[i]) <= most;

            if (bad && strncmp(bad, words[i], hopeless) == 0) {
                assert_false(near);
                continue;
            }
            bad = NULL;
            if (edits_walk_to(&walk, words[i], strlen(words[i]), &hopeless) !=
                near)
                fail_msg("%s and %s", word, words[i]);
            if (hopeless)
                bad = words[i];
        }
    }
    free(words);
}

/* --- suggestions --- */

struct word {
    const char *text;
    unsigned times;
};

static struct sqlite3 *
new_segment(const struct word *words, size_t count)
{
    struct vocabulary *vocabulary = vocabulary_new();
    struct sqlite3 *db = NULL;
    struct error err = {0};

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    sqlite3_exec(db,
                 "CREATE TABLE spelling(id INTEGER PRIMARY KEY,"
                 " words BLOB NOT NULL)",
                 NULL, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        for (unsigned n = 0; n < words[i].times; n++)
            vocabulary_add(vocabulary, words[i].text, strlen(words[i].text),
                           NULL);
    if (vocabulary_write(vocabulary, db, "test", &err))
        fail_msg("%s", err.text);
    vocabulary_free(vocabulary);
    return db;
}

static const struct word news[] = {
    {"president", 500},
    {"present", 900},
    {"elections", 120},
    {"election", 200},
    {"selection", 20},
    {"philippines", 80},
    {"philippine", 10},
    {"gaddafi", 40},
    {"opcon", 30},
    {"falcon", 300},
    {"korea", 400},
    {"koran", 10},
    {"kore", 1},
    {"presdient", 2},
    {"the", 2000},
    {"then", 100},
    {"\xd0\xbc\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0", 7},
};

static void
the_likeliest_word_comes_first(void **state)
{
    static const struct {
        const char *typed, *better;
    } cases[] = {
        {"presidant", "president"},
        {"presdient", "president"},
        {"elecsion", "election"},
        {"electoins", "elections"},
        {"filipines", "philippines"},
        {"kadafy", "gaddafi"},
        {"opcno", "opcon"},
        {"korae", "korea"},
        {"teh", "the"},
        {"\xd0\xbc\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd1\x8b",
         "\xd0\xbc\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0"},
        /* Nothing is near. */
        {"xylophone", ""},
        {"", ""},
        {"ab", ""},
        {"\xff\xfe\xfd\xfc", ""},
        {"1234567", ""},
        {"president's men and women of the house", ""},
    };
    struct sqlite3 *db = new_segment(news, COUNT(news));

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct guesses guesses;
        const char *best;

        suggest_words(&guesses, &db, 1, cases[i].typed, strlen(cases[i].typed));
        best = guesses.count ? guesses.guess[0].word : "";
        if (strcmp(best, cases[i].better) != 0)
            fail_msg("%s: \"%s\"", cases[i].typed, best);
        assert_int_equal(suggest_is_better(&guesses), *best != '\0');
    }
    sqlite3_close(db);
}

static void
a_word_that_is_frequent_itself_is_left_alone(void **state)
{
    struct sqlite3 *db = new_segment(news, COUNT(news));
    struct guesses guesses;

    (void)state;
    suggest_words(&guesses, &db, 1, "election", 8);
    assert_int_equal(guesses.occurrences, 200);
    assert_string_equal(guesses.guess[0].word, "elections");
    assert_false(suggest_is_better(&guesses));
    suggest_words(&guesses, &db, 1, "kore", 4);
    assert_int_equal(guesses.occurrences, 1);
    assert_true(suggest_is_better(&guesses));
    sqlite3_close(db);
}

static void
segments_count_together(void **state)
{
    static const struct word one[] = {{"senate", 30}, {"senator", 20}};
    static const struct word two[] = {{"senator", 20}, {"senata", 1}};
    struct sqlite3 *db[2] = {new_segment(one, 2), new_segment(two, 2)};
    struct guesses guesses;

    (void)state;
    suggest_words(&guesses, db, 2, "senatr", 6);
    assert_string_equal(guesses.guess[0].word, "senator");
    assert_int_equal(guesses.guess[0].occurrences, 40);
    assert_int_equal(guesses.guess[1].occurrences, 30);
    suggest_words(&guesses, db, 1, "senatr", 6);
    assert_int_equal(guesses.guess[0].occurrences, 30);
    sqlite3_close(db[0]);
    sqlite3_close(db[1]);
}

static void
a_segment_without_sound_words_offers_nothing(void **state)
{
    struct sqlite3 *db[2] = {NULL, new_segment(news, 1)};
    struct guesses guesses;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &db[0]), SQLITE_OK);
    sqlite3_exec(db[1],
                 "UPDATE spelling SET words = substr(words, 1, 9)"
                 " WHERE id % 65536 = 0",
                 NULL, NULL, NULL);
    suggest_words(&guesses, db, 2, "presidant", 9);
    assert_int_equal(guesses.count, 0);
    assert_false(suggest_is_better(&guesses));
    sqlite3_close(db[0]);
    sqlite3_close(db[1]);
}

/* Words as people could speak them, the first ones frequent. */
static void
invent(uint64_t *seed, char *word)
{
    static const char starts[] = "bcdfghjklmnprstvwz";
    static const char vowels[] = "aeiou";
    size_t size = 0;

    for (uint32_t syllables = 2 + draw(seed, 3); syllables; syllables--) {
        word[size++] = starts[draw(seed, sizeof(starts) - 1)];
        word[size++] = vowels[draw(seed, sizeof(vowels) - 1)];
        if (draw(seed, 3) == 0)
            word[size++] = starts[draw(seed, sizeof(starts) - 1)];
    }
    word[size] = '\0';
}

/* One edit of any kind, anywhere. */
static void
mistype_anywhere(uint64_t *seed, char *word)
{
    size_t at = draw(seed, (uint32_t)strlen(word));
    char letter = (char)('a' + draw(seed, 26));

    mistype(word, draw(seed, MISTYPE_EDITS), at, letter);
}

#define WORDS 20000
#define FREQUENT 2000

static void
typos_of_frequent_words_are_mostly_put_right(void **state)
{
    struct word *words = calloc(WORDS, sizeof(*words));
    char(*text)[16] = calloc(WORDS, sizeof(*text));
    struct sqlite3 *db;
    uint64_t seed = 500;
    int right = 0;
    int tried = 0;

    (void)state;
    assert_non_null(words);
    assert_non_null(text);
    for (unsigned i = 0; i < WORDS; i++) {
        invent(&seed, text[i]);
        words[i] = (struct word){text[i], 1 + 50 * FREQUENT / (i + 1)};
    }
    db = new_segment(words, WORDS);
    while (tried < 500) {
        const char *meant = text[draw(&seed, FREQUENT)];
        struct guesses guesses;
        char typed[20];

        snprintf(typed, sizeof(typed), "%s", meant);
        mistype_anywhere(&seed, typed);
        if (strlen(meant) < 5 || strcmp(typed, meant) == 0)
            continue;
        tried++;
        suggest_words(&guesses, &db, 1, typed, strlen(typed));
        right += guesses.count && strcmp(guesses.guess[0].word, meant) == 0;
    }
    if (right < 450)
        fail_msg("%d of 500", right);
    sqlite3_close(db);
    free(words);
    free(text);
}

static void
the_query_is_offered_with_the_better_word(void **state)
{
    static const struct {
        const char *query, *word, *better, *want;
    } cases[] = {
        {"opcno transfer", "opcno", "opcon", "opcon transfer"},
        {"Presdient Park", "Presdient", "president", "President Park"},
        {"hd:(opcno w/5 x) opcno", "opcno", "opcon", "hd:(opcon w/5 x) opcon"},
        {"opcnos \"opcno\"", "opcno", "opcon", "opcnos \"opcon\""},
        {"opcnos", "opcno", "opcon", ""},
        {"xopcno", "opcno", "opcon", ""},
        {"", "opcno", "opcon", ""},
        {"opcno", "", "opcon", ""},
    };
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool found =
            suggest_query(&got, cases[i].query, cases[i].word, cases[i].better);

        assert_string_equal(got.data, cases[i].want);
        assert_int_equal(found, *cases[i].want != '\0');
    }
    buf_release(&got);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_equal_their_definition),
        cmocka_unit_test(edits_cost_about_a_hundred_each),
        cmocka_unit_test(edits_count_characters_not_bytes),
        cmocka_unit_test(a_walk_finds_what_comparing_each_finds),
        cmocka_unit_test(the_likeliest_word_comes_first),
        cmocka_unit_test(a_word_that_is_frequent_itself_is_left_alone),
        cmocka_unit_test(segments_count_together),
        cmocka_unit_test(a_segment_without_sound_words_offers_nothing),
        cmocka_unit_test(typos_of_frequent_words_are_mostly_put_right),
        cmocka_unit_test(the_query_is_offered_with_the_better_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
