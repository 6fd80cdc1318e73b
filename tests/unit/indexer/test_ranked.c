#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "indexer/bits/bitpack.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_room.h"
#include "indexer/ranked/ranked_terms.h"
#include "tests/support/random_segment.h"

static const char path[] = "test_ranked.rank";

static void
check_places(struct ranked_cursor *cursor, uint32_t i,
             const struct random_article *article, unsigned word)
{
    struct ranked_places places = {0};
    uint32_t base = 0;
    size_t at = 0;

    assert_true(ranked_places(cursor, i, &places));
    for (size_t f = 0; f < FIELD_TEXT_COUNT; f++) {
        for (size_t t = 0; t < article->tokens[f]; t++) {
            if (article->token[f][t].word != word)
                continue;
            assert_true(at < places.places);
            assert_int_equal(places.place[at++],
                             base + article->token[f][t].position);
        }
        base += article->length[f] + 1;
    }
    assert_int_equal(at, places.places);
    ranked_places_release(&places);
}

static void
check_kth(const uint32_t count[BM25F_IMPACT_MAX + 1],
          const struct ranked_list *list)
{
    static const uint32_t nth[3] = {10, 100, 1000};

    for (size_t i = 0; i < 3; i++) {
        uint32_t seen = 0;
        uint32_t impact = BM25F_IMPACT_MAX + 1;

        while (impact > 0 && seen < nth[i])
            seen += count[--impact];
        assert_int_equal(list->kth[i], seen < nth[i] ? 0 : impact);
    }
}

/* Walk the plain articles, newest first, beside the list. */
static void
check_word(const struct random_segment *segment, struct ranked *ranked,
           unsigned word)
{
    struct ranked_list list;
    struct ranked_cursor cursor;
    uint32_t count[BM25F_IMPACT_MAX + 1] = {0};
    uint32_t found = 0;
    uint32_t most = 0;
    char name[16];

    random_word_name(name, word);
    ranked_find(ranked, name, strlen(name), &list);
    ranked_start(&cursor, ranked, &list);
    for (uint32_t docid = 0; docid < segment->articles; docid++) {
        const struct random_article *article =
            &segment->article[segment->articles - 1 - docid];
        uint32_t tf[FIELD_TEXT_COUNT];
        uint32_t i = found % RANKED_BLOCK;
        uint32_t impact;

        if (!random_frequency(article, word, tf))
            continue;
        impact = random_impact(article, tf);
        assert_true(ranked_load(&cursor, found / RANKED_BLOCK));
        assert_true(i < cursor.count);
        assert_int_equal(cursor.docid[i], docid);
        assert_int_equal(ranked_impact(&cursor, i), impact);
        assert_int_equal(ranked_impacts(&cursor)[i], impact);
        assert_true(ranked_most(&list, cursor.block) >= impact);
        assert_int_equal(ranked_search(&cursor, docid), i);
        assert_int_equal(ranked_seek(&list, 0, docid), cursor.block);
        check_places(&cursor, i, article, word);
        count[impact]++;
        most = impact > most ? impact : most;
        found++;
    }
    assert_int_equal(list.articles, found);
    assert_int_equal(list.most, most);
    check_kth(count, &list);
}

static void
what_was_written_is_read(void **state)
{
    static const struct {
        size_t articles;
        size_t memory;
    } cases[] = {{0, 0},   {1, 0},      {7, 0},       {128, 0},
                 {129, 0}, {700, 1000}, {3000, 0},    {3000, 100000},
                 {50, 1},  {400, 0},    {1500, 50000}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t seed = 4711 + i;
        struct random_segment segment;
        struct ranked *ranked;

        random_segment_init(&segment, &seed, cases[i].articles);
        ranked = random_segment_open(&segment, path, cases[i].memory);
        for (unsigned word = 0; word < RANDOM_WORDS + 10; word++)
            check_word(&segment, ranked, word);
        ranked_use(ranked, bitpack_portable());
        for (unsigned word = 0; word < 4; word++)
            check_word(&segment, ranked, word);
        assert_false(ranked_damaged(ranked));
        ranked_close(ranked);
        random_segment_release(&segment);
    }
    unlink(path);
}

struct seen {
    char last[32];
    size_t count;
    size_t most;
};

static bool
see(void *context, const char *term, size_t size, uint32_t articles)
{
    struct seen *seen = context;
    char text[32];

    assert_true(articles > 0);
    snprintf(text, sizeof(text), "%.*s", (int)size, term);
    assert_true(strcmp(seen->last, text) < 0);
    snprintf(seen->last, sizeof(seen->last), "%s", text);
    return ++seen->count < seen->most;
}

static void
terms_come_in_order_by_prefix(void **state)
{
    static const struct {
        const char *prefix;
        size_t most;
        size_t count;
    } cases[] = {
        {"", 1000, 67}, {"w", 1000, 67}, {"w1", 1000, 11}, {"w1", 3, 3},
        {"w59", 9, 1},  {"w599", 9, 0},  {"v", 9, 0},      {"x", 9, 0},
        {"w0", 9, 1},   {"\xff", 9, 0},
    };
    uint64_t seed = 99;
    struct random_segment segment;
    struct ranked *ranked;

    (void)state;
    random_segment_init(&segment, &seed, 3000);
    ranked = random_segment_open(&segment, path, 0);
    assert_int_equal(ranked_terms(ranked), 67);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct seen seen = {.most = cases[i].most};

        ranked_words(ranked, cases[i].prefix, strlen(cases[i].prefix), see,
                     &seen);
        if (seen.count != cases[i].count)
            fail_msg("%s: %zu, not %zu", cases[i].prefix, seen.count,
                     cases[i].count);
    }
    ranked_close(ranked);
    random_segment_release(&segment);
    unlink(path);
}

/* Pass over what begins as `over` does. */
struct browse {
    const char *over;
    size_t most;
    size_t count;
};

static size_t
browse(void *context, const struct ranked_here *here, const char *term,
       size_t size)
{
    struct browse *seen = context;
    size_t over = strlen(seen->over);

    assert_true(ranked_articles_here(here) > 0);
    if (++seen->count == seen->most)
        return SIZE_MAX;
    return over && size >= over && memcmp(term, seen->over, over) == 0 ? over
                                                                       : 0;
}

static void
terms_are_passed_over_where_it_is_no_use_to_look(void **state)
{
    /* "w0" to "w9", ten behind each of "w1" to "w5", seven behind "w6". */
    static const struct {
        const char *from, *over;
        size_t most;
        size_t count;
    } cases[] = {
        {"", "", 1000, 67},   {"w5", "", 1000, 22}, {"", "w", 1000, 1},
        {"", "w1", 1000, 57}, {"", "w6", 1000, 60}, {"w2", "w4", 1000, 45},
        {"", "w", 1, 1},      {"", "", 5, 5},       {"x", "", 1000, 0},
        {"\xff", "", 9, 0},
    };
    uint64_t seed = 99;
    struct random_segment segment;
    struct ranked *ranked;

    (void)state;
    random_segment_init(&segment, &seed, 3000);
    ranked = random_segment_open(&segment, path, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct browse seen = {.over = cases[i].over, .most = cases[i].most};

        ranked_browse(ranked, cases[i].from, strlen(cases[i].from), browse,
                      &seen);
        if (seen.count != cases[i].count)
            fail_msg("from %s over %s: %zu, not %zu", cases[i].from,
                     cases[i].over, seen.count, cases[i].count);
    }
    assert_false(ranked_damaged(ranked));
    ranked_close(ranked);
    random_segment_release(&segment);
    unlink(path);
}

static void
a_span_of_dates_is_a_span_of_ranks(void **state)
{
    static const struct {
        int64_t first;
        int64_t last;
    } cases[] = {
        {INT64_MIN, INT64_MAX}, {1000, 1000},
        {1001, 1009},           {0, 999},
        {1050, 1200},           {9000, 8000},
        {1100, INT64_MAX},      {INT64_MIN, 1100},
        {99999, INT64_MAX},
    };
    uint64_t seed = 5;
    struct random_segment segment;
    struct ranked *ranked;

    (void)state;
    random_segment_init(&segment, &seed, 300);
    ranked = random_segment_open(&segment, path, 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t from;
        uint32_t to;

        ranked_range(ranked, cases[i].first, cases[i].last, &from, &to);
        assert_true(from <= to && to <= 300);
        for (uint32_t docid = 0; docid < 300; docid++) {
            int64_t published = segment.article[299 - docid].published;
            bool in = published != RANKED_UNDATED &&
                      published >= cases[i].first && published <= cases[i].last;

            assert_int_equal(published, ranked_published(ranked, docid));
            assert_int_equal(in, docid >= from && docid < to);
        }
    }
    ranked_close(ranked);
    random_segment_release(&segment);
    unlink(path);
}

static void
read_everything(struct ranked *ranked, unsigned word)
{
    struct ranked_places places = {0};
    struct ranked_list list;
    struct ranked_cursor cursor;
    char name[16];

    random_word_name(name, word);
    ranked_find(ranked, name, strlen(name), &list);
    ranked_start(&cursor, ranked, &list);
    for (uint32_t b = 0; b < list.blocks; b++) {
        if (!ranked_load(&cursor, b))
            continue;
        ranked_impacts(&cursor);
        for (uint32_t i = 0; i < cursor.count; i++) {
            assert_true(cursor.docid[i] < ranked_articles(ranked));
            ranked_places(&cursor, i, &places);
        }
    }
    ranked_places_release(&places);
}

/* Whatever is wrong with a file, reading it ends, and in order. */
static void
damaged_files_are_survived(void **state)
{
    uint64_t seed = 31337;
    struct random_segment segment;
    struct error err = {0};
    struct ranked *ranked;
    unsigned char *good;
    unsigned char *bad;
    size_t size;
    FILE *file;
    int opened = 0;

    (void)state;
    random_segment_init(&segment, &seed, 500);
    ranked_close(random_segment_open(&segment, path, 0));
    size = (size_t)file_size(path);
    good = mem_alloc(size);
    bad = mem_alloc(size);
    file = fopen(path, "rbe");
    assert_int_equal(fread(good, 1, size, file), size);
    fclose(file);
    for (int round = 0; round < 300; round++) {
        memcpy(bad, good, size);
        for (int i = 0; i < 1 + round % 20; i++)
            bad[random_below(&seed, (uint32_t)size - 56)] =
                (unsigned char)random_next(&seed);
        if (ranked_open_bytes(&ranked, bad, size, &err) == 0) {
            opened++;
            for (unsigned word = 0; word < RANDOM_WORDS; word++)
                read_everything(ranked, word);
        }
        ranked_close(ranked);
    }
    assert_true(opened > 250);
    free(good);
    free(bad);
    random_segment_release(&segment);
    unlink(path);
}

static void
what_is_no_ranked_index_is_refused(void **state)
{
    uint64_t seed = 8;
    struct random_segment segment;
    struct ranked *ranked;
    struct error err = {0};
    uint64_t size;

    (void)state;
    random_segment_init(&segment, &seed, 20);
    ranked_close(random_segment_open(&segment, path, 0));
    size = file_size(path);
    assert_int_equal(ranked_open(&ranked, path, size + 1, &err),
                     STATUS_DAMAGED);
    ranked_close(ranked);
    assert_int_equal(truncate(path, (off_t)size - 1), 0);
    assert_int_equal(ranked_open(&ranked, path, size - 1, &err),
                     STATUS_DAMAGED);
    ranked_close(ranked);
    assert_int_equal(truncate(path, 10), 0);
    assert_int_equal(ranked_open(&ranked, path, 10, &err), STATUS_DAMAGED);
    ranked_close(ranked);
    unlink(path);
    assert_int_equal(ranked_open(&ranked, path, size, &err), STATUS_ABSENT);
    ranked_close(ranked);
    random_segment_release(&segment);
}

static void
a_place_that_cannot_be_written_is_told(void **state)
{
    uint64_t seed = 8;
    struct random_segment segment;
    struct error err = {0};

    (void)state;
    random_segment_init(&segment, &seed, 100);
    assert_int_equal(random_segment_write(&segment, "no/such/folder", 0, &err),
                     STATUS_ABSENT);
    assert_int_equal(random_segment_write(&segment, "no/such/folder", 1, &err),
                     STATUS_ABSENT);
    assert_int_equal(random_segment_write(&segment, "/dev/full", 0, &err),
                     STATUS_FULL);
    random_segment_release(&segment);
}

/* A sum over all that a file says of its terms. */
static uint64_t
sum_of_all(struct ranked *ranked)
{
    struct ranked_places places = {0};
    uint64_t sum = 0;

    for (unsigned word = 0; word < RANDOM_WORDS; word++) {
        struct ranked_list list;
        struct ranked_cursor cursor;
        char name[16];

        random_word_name(name, word);
        if (!ranked_find(ranked, name, strlen(name), &list))
            continue;
        ranked_start(&cursor, ranked, &list);
        for (uint32_t b = 0; b < list.blocks && ranked_load(&cursor, b); b++)
            for (uint32_t i = 0; i < cursor.count; i++) {
                assert_true(ranked_places(&cursor, i, &places));
                sum = sum * 31 + cursor.docid[i] + ranked_impact(&cursor, i) +
                      places.place[places.places - 1] +
                      (uint64_t)ranked_published(ranked, cursor.docid[i]);
            }
    }
    ranked_places_release(&places);
    assert_false(ranked_damaged(ranked));
    return sum;
}

static void
a_room_bounds_what_is_mapped_and_changes_nothing(void **state)
{
    enum {
        FILES = 3
    };
    struct random_segment segment[FILES];
    struct ranked *ranked[FILES];
    uint64_t sum[FILES];
    uint64_t seed = 20141024;
    struct ranked_room room = {.limit = 2};

    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        random_segment_init(&segment[i], &seed, 3000);
        ranked[i] = random_segment_open(&segment[i], path, 0);
        assert_true(file_size(path) > 3 * RANKED_WINDOW);
        unlink(path);
        sum[i] = sum_of_all(ranked[i]);
    }
    for (size_t i = 0; i < FILES; i++)
        ranked_share(ranked[i], &room);
    for (size_t i = 0; i < FILES; i++) {
        assert_true(sum_of_all(ranked[i]) == sum[i]);
        assert_true(room.used > 0);
        assert_true(room.used <= room.limit);
    }
    /* The last one that leaves leaves it empty. */
    for (size_t i = 0; i < FILES; i++) {
        assert_non_null(room.first);
        ranked_close(ranked[i]);
        random_segment_release(&segment[i]);
    }
    assert_null(room.first);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(terms_come_in_order_by_prefix),
        cmocka_unit_test(terms_are_passed_over_where_it_is_no_use_to_look),
        cmocka_unit_test(a_span_of_dates_is_a_span_of_ranks),
        cmocka_unit_test(a_room_bounds_what_is_mapped_and_changes_nothing),
        cmocka_unit_test(damaged_files_are_survived),
        cmocka_unit_test(what_is_no_ranked_index_is_refused),
        cmocka_unit_test(a_place_that_cannot_be_written_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
