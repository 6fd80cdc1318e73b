#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_pairs.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/ranked/ranked_writer_parts.h"
#include "tests/support/random_segment.h"
#include "tests/support/ranked_unsummed.h"

static const char path[] = "test_ranked_pairs.rank";

enum {
    WORDS_ALL = RANDOM_WORDS + RANDOM_WORDS / 8
};

static enum ranked_pair
pair_of(struct ranked *ranked, const char *one, const char *two,
        struct ranked_list *pair)
{
    struct ranked_list list[2];

    ranked_find(ranked, one, strlen(one), &list[0]);
    ranked_find(ranked, two, strlen(two), &list[1]);
    *pair = (struct ranked_list){0};
    return ranked_pair(ranked, &list[0], &list[1], pair);
}

static enum ranked_pair
pair_of_words(struct ranked *ranked, unsigned one, unsigned two,
              struct ranked_list *pair)
{
    char name[2][16];

    random_word_name(name[0], one);
    random_word_name(name[1], two);
    return pair_of(ranked, name[0], name[1], pair);
}

/* --- what the articles say ------------------------------------------------ */

/* In how many articles each word is, and how often each word stands before
 * each in one. */
struct plain {
    uint32_t articles[WORDS_ALL];
    uint32_t tf[WORDS_ALL][WORDS_ALL][FIELD_TEXT_COUNT];
};

static void
count_articles(struct plain *plain, const struct random_segment *segment)
{
    uint32_t tf[FIELD_TEXT_COUNT];

    memset(plain, 0, sizeof(*plain));
    for (size_t i = 0; i < segment->articles; i++)
        for (unsigned word = 0; word < WORDS_ALL; word++)
            plain->articles[word] +=
                random_frequency(&segment->article[i], word, tf) > 0;
}

static void
count_rows(struct plain *plain, const struct random_article *article)
{
    memset(plain->tf, 0, sizeof(plain->tf));
    for (size_t f = 0; f < FIELD_TEXT_COUNT; f++) {
        const struct random_token *token = article->token[f];

        for (size_t i = 0; i < article->tokens[f]; i++)
            for (size_t j = i + 1; j < article->tokens[f] &&
                                   token[j].position <= token[i].position + 1;
                 j++)
                if (token[j].position == token[i].position + 1)
                    plain->tf[token[i].word][token[j].word][f]++;
    }
}

struct walk {
    struct ranked_list list;
    struct ranked_cursor cursor;
    enum ranked_pair pair;
    uint32_t found;
};

static void
check_article(struct walk *walk, uint32_t docid,
              const struct random_article *article, const uint32_t *tf)
{
    uint32_t impact = random_impact(article, tf);
    uint32_t i = walk->found % RANKED_BLOCK;

    if (walk->pair == PAIR_UNKNOWN || !impact)
        return;
    assert_int_equal(walk->pair, PAIR_LIST);
    assert_true(walk->found < walk->list.articles);
    assert_true(ranked_load(&walk->cursor, walk->found / RANKED_BLOCK));
    assert_int_equal(walk->cursor.docid[i], docid);
    assert_int_equal(ranked_impact(&walk->cursor, i), impact);
    assert_true(ranked_most(&walk->list, walk->cursor.block) >= impact);
    assert_true(walk->list.most >= impact);
    walk->found++;
}

static void
check_segment(const struct random_segment *segment, struct ranked *ranked,
              struct plain *plain)
{
    uint32_t least = (uint32_t)segment->articles / 16;
    struct walk *walks =
        mem_zero((size_t)WORDS_ALL * WORDS_ALL, sizeof(*walks));

    least = least < 128 ? 128 : least;
    count_articles(plain, segment);
    for (unsigned i = 0; i < WORDS_ALL * WORDS_ALL; i++) {
        unsigned one = i / WORDS_ALL;
        unsigned two = i % WORDS_ALL;
        bool common =
            plain->articles[one] >= least && plain->articles[two] >= least;
        struct walk *walk = &walks[i];

        walk->pair = pair_of_words(ranked, one, two, &walk->list);
        if ((walk->pair != PAIR_UNKNOWN) != common)
            fail_msg("%zu articles: w%u w%u", segment->articles, one, two);
        ranked_start(&walk->cursor, ranked, &walk->list);
    }
    for (uint32_t docid = 0; docid < segment->articles; docid++) {
        const struct random_article *article =
            &segment->article[segment->articles - 1 - docid];

        count_rows(plain, article);
        for (unsigned i = 0; i < WORDS_ALL * WORDS_ALL; i++)
            check_article(&walks[i], docid, article,
                          plain->tf[i / WORDS_ALL][i % WORDS_ALL]);
    }
    for (unsigned i = 0; i < WORDS_ALL * WORDS_ALL; i++) {
        assert_int_equal(walks[i].found, walks[i].list.articles);
        assert_int_equal(walks[i].pair == PAIR_LIST, walks[i].found > 0);
    }
    assert_false(ranked_damaged(ranked));
    free(walks);
}

static void
pairs_are_those_of_the_articles(void **state)
{
    static const size_t cases[] = {0, 1, 127, 150, 400, 2500};
    struct plain *plain = mem_alloc(sizeof(*plain));

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t seed = 19870331 + i;
        struct random_segment segment;
        struct ranked *ranked;

        random_segment_init(&segment, &seed, cases[i]);
        ranked = random_segment_open(&segment, path, 0);
        check_segment(&segment, ranked, plain);
        ranked_close(ranked);
        random_segment_release(&segment);
    }
    free(plain);
    unlink(path);
}

/* --- the file ------------------------------------------------------------- */

static void
read_file(struct buf *bytes)
{
    FILE *file = fopen(path, "rbe");
    size_t size = (size_t)file_size(path);

    buf_clear(bytes);
    buf_reserve(bytes, size);
    assert_int_equal(fread(bytes->data, 1, size, file), size);
    bytes->size = ranked_unsummed((unsigned char *)bytes->data, size);
    fclose(file);
}

static void
passes_make_the_same_file(void **state)
{
    static const size_t memory[] = {40000, 400000};
    uint64_t seed = 7;
    struct random_segment segment;
    struct buf whole = BUF_INIT;
    struct buf parts = BUF_INIT;

    (void)state;
    random_segment_init(&segment, &seed, 800);
    ranked_close(random_segment_open(&segment, path, 0));
    read_file(&whole);
    for (size_t i = 0; i < COUNT(memory); i++) {
        ranked_close(random_segment_open(&segment, path, memory[i]));
        read_file(&parts);
        assert_int_equal(whole.size, parts.size);
        assert_memory_equal(whole.data, parts.data, whole.size);
    }
    buf_release(&whole);
    buf_release(&parts);
    random_segment_release(&segment);
    unlink(path);
}

/* 200 articles of "t00" to "t69" in a row; "t05", "t15", ..., `fewer` of them,
 * are not in every fifth. */
static struct ranked *
open_row(unsigned fewer)
{
    struct ranked_writer *writer =
        ranked_writer_new("test_ranked_pairs.runs", 0);
    struct error err = {0};
    struct ranked *ranked = NULL;

    for (unsigned article = 0; article < 200; article++) {
        ranked_writer_begin_article(writer, 1000 + article);
        ranked_writer_begin_field(writer, FIELD_BODY);
        for (unsigned i = 0; i < 70; i++) {
            bool less = i % 10 == 5 && i / 10 < fewer;
            char name[16];

            snprintf(name, sizeof(name), "t%02u", i);
            if (!less || article % 5)
                ranked_writer_token(writer,
                                    &(struct ranked_token){name, strlen(name),
                                                           name, strlen(name),
                                                           i, 0},
                                    NULL);
        }
    }
    assert_int_equal(ranked_writer_end(writer, path, NULL, &err), 0);
    ranked_writer_free(writer);
    assert_int_equal(ranked_open(&ranked, path, file_size(path), &err), 0);
    return ranked;
}

/* Of more common words than are kept, those in the most articles are; of
 * equal ones, the first. */
static void
the_commonest_words_are_kept(void **state)
{
    static const struct {
        unsigned fewer;
        const char *one, *two;
        enum ranked_pair pair;
    } cases[] = {
        {1, "t00", "t01", PAIR_LIST},    {1, "t01", "t00", PAIR_NEVER},
        {1, "t00", "t00", PAIR_NEVER},   {1, "t63", "t64", PAIR_LIST},
        {1, "t64", "t65", PAIR_UNKNOWN}, {1, "t65", "t00", PAIR_UNKNOWN},
        {1, "t04", "t05", PAIR_UNKNOWN}, {1, "t04", "none", PAIR_UNKNOWN},
        {6, "t64", "t65", PAIR_LIST},    {6, "t68", "t69", PAIR_LIST},
        {6, "t04", "t05", PAIR_UNKNOWN}, {6, "t69", "t00", PAIR_NEVER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ranked *ranked = open_row(cases[i].fewer);
        struct ranked_list pair;

        if (pair_of(ranked, cases[i].one, cases[i].two, &pair) != cases[i].pair)
            fail_msg("%u: %s %s", cases[i].fewer, cases[i].one, cases[i].two);
        if (cases[i].pair == PAIR_LIST)
            assert_int_equal(pair.articles, 200);
        ranked_close(ranked);
    }
    unlink(path);
}

/* --- other files ---------------------------------------------------------- */

static void
set_u32(struct buf *bytes, size_t at, uint32_t number)
{
    for (size_t i = 0; i < 4; i++)
        bytes->data[at + i] = (char)(unsigned char)(number >> (8 * i));
}

/* Another footer number, and its checksum. */
static void
set_footer(struct buf *bytes, size_t offset, uint32_t number)
{
    size_t footer = bytes->size - RANKED_FOOTER_SIZE;

    set_u32(bytes, footer + offset, number);
    ranked_seal_footer((unsigned char *)bytes->data, bytes->size);
}

static uint32_t
pairs_size(const struct buf *bytes)
{
    return le_u32((const unsigned char *)bytes->data + bytes->size -
                  RANKED_FOOTER_SIZE + RANKED_FOOTER_PAIRS);
}

/* What a file was before there were pairs. */
static void
strip(struct buf *bytes)
{
    size_t size = pairs_size(bytes);
    size_t footer = bytes->size - RANKED_FOOTER_SIZE;

    assert_true(size > 0);
    memmove(bytes->data + footer - size, bytes->data + footer,
            RANKED_FOOTER_SIZE);
    bytes->size -= size;
    set_footer(bytes, RANKED_FOOTER_PAIRS, 0);
}

static void
files_without_pairs_are_read_others_refused(void **state)
{
    uint64_t seed = 1;
    struct random_segment segment;
    struct ranked *ranked;
    struct ranked_list pair;
    struct buf bytes = BUF_INIT;
    struct error err = {0};

    (void)state;
    random_segment_init(&segment, &seed, 500);
    ranked_close(random_segment_open(&segment, path, 0));
    read_file(&bytes);
    strip(&bytes);
    assert_int_equal(ranked_open_bytes(&ranked, bytes.data, bytes.size, &err),
                     0);
    assert_int_equal(pair_of_words(ranked, 0, 1, &pair), PAIR_UNKNOWN);
    assert_false(ranked_damaged(ranked));
    ranked_close(ranked);
    set_footer(&bytes, 8, RANKED_VERSION + 1);
    assert_int_equal(ranked_open_bytes(&ranked, bytes.data, bytes.size, &err),
                     STATUS_VERSION);
    assert_non_null(strstr(err.text, "nindex optimize --rebuild-ranked"));
    ranked_close(ranked);
    buf_release(&bytes);
    random_segment_release(&segment);
    unlink(path);
}

static void
read_rows(struct ranked *ranked)
{
    for (unsigned i = 0; i < WORDS_ALL * WORDS_ALL; i++) {
        struct ranked_list pair;
        struct ranked_cursor cursor;

        pair_of_words(ranked, i / WORDS_ALL, i % WORDS_ALL, &pair);
        ranked_start(&cursor, ranked, &pair);
        for (uint32_t b = 0; b < pair.blocks && ranked_load(&cursor, b); b++)
            for (uint32_t p = 0; p < cursor.count; p++)
                assert_true(cursor.docid[p] < ranked_articles(ranked));
    }
}

static void
damaged_pairs_are_survived(void **state)
{
    uint64_t seed = 2;
    struct random_segment segment;
    struct ranked *ranked;
    struct buf good = BUF_INIT;
    struct buf bad = BUF_INIT;
    struct error err = {0};
    unsigned damaged = 0;
    uint32_t size;

    (void)state;
    random_segment_init(&segment, &seed, 400);
    ranked_close(random_segment_open(&segment, path, 0));
    read_file(&good);
    size = pairs_size(&good);
    for (int round = 0; round < 300; round++) {
        size_t end = good.size - RANKED_FOOTER_SIZE;
        /* Half of them in what leads to the lists. */
        uint32_t span = round % 2 && size > 4000 ? 4000 : size;

        buf_set(&bad, good.data, good.size);
        for (int i = 0; i <= round % 20; i++)
            bad.data[end - 1 - random_below(&seed, span)] =
                (char)random_next(&seed);
        if (round % 10 == 9)
            set_footer(&bad, RANKED_FOOTER_PAIRS, random_below(&seed, 100));
        if (!ranked_open_bytes(&ranked, bad.data, bad.size, &err)) {
            read_rows(ranked);
            damaged += ranked_damaged(ranked);
        }
        ranked_close(ranked);
    }
    assert_true(damaged > 10);
    buf_release(&good);
    buf_release(&bad);
    random_segment_release(&segment);
    unlink(path);
}

/* Every list in turn begins behind the end of all. */
static void
lists_outside_of_the_file_are_damage(void **state)
{
    static const uint32_t starts[] = {1 << 28, 0x7fffffff, UINT32_MAX};
    uint64_t seed = 3;
    struct random_segment segment;
    struct ranked *ranked;
    struct buf bytes = BUF_INIT;
    struct error err = {0};
    const unsigned char *end;
    size_t first;

    (void)state;
    random_segment_init(&segment, &seed, 300);
    ranked_close(random_segment_open(&segment, path, 0));
    read_file(&bytes);
    end = (const unsigned char *)bytes.data + bytes.size - RANKED_FOOTER_SIZE;
    /* Words, and pairs, by the three numbers at the end of the tables. */
    first = bytes.size - RANKED_FOOTER_SIZE - 12 -
            (size_t)le_u32(end - 12) * 20 - (size_t)le_u32(end - 8) * 4;
    for (size_t i = 0; i < COUNT(starts); i++) {
        set_u32(&bytes, first + i * 4, starts[i]);
        assert_int_equal(
            ranked_open_bytes(&ranked, bytes.data, bytes.size, &err), 0);
        read_rows(ranked);
        assert_true(ranked_damaged(ranked));
        ranked_close(ranked);
    }
    buf_release(&bytes);
    random_segment_release(&segment);
    unlink(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_those_of_the_articles),
        cmocka_unit_test(passes_make_the_same_file),
        cmocka_unit_test(the_commonest_words_are_kept),
        cmocka_unit_test(files_without_pairs_are_read_others_refused),
        cmocka_unit_test(damaged_pairs_are_survived),
        cmocka_unit_test(lists_outside_of_the_file_are_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
