/* The places of a word are read as they were written, few or very many, near
 * or far. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/ranked/ranked_writer.h"

static const char path[] = "test_ranked_places.rank";

struct shape {
    uint32_t articles;
    uint32_t places; /* of each article */
    uint32_t step;   /* from one to the next */
    uint32_t far;    /* place of one more in the last article, or 0 */
};

static uint32_t
place_of(const struct shape *shape, uint32_t number, uint32_t i)
{
    return i < shape->places ? number % 3 + i * shape->step : shape->far;
}

static uint32_t
places_of(const struct shape *shape, uint32_t number)
{
    return shape->places + (shape->far && number == shape->articles);
}

static struct ranked *
open_shape(const struct shape *shape)
{
    struct ranked_writer *writer =
        ranked_writer_new("test_ranked_places.runs", 0);
    struct error err = {0};
    struct ranked *ranked;
    struct stat found;

    for (uint32_t number = 1; number <= shape->articles; number++) {
        ranked_writer_begin_article(writer, RANKED_UNDATED);
        ranked_writer_begin_field(writer, FIELD_BODY);
        for (uint32_t i = 0; i < places_of(shape, number); i++)
            ranked_writer_token(
                writer,
                &(struct ranked_token){"word", 4, "word", 4,
                                       place_of(shape, number, i), 0},
                NULL);
    }
    assert_int_equal(ranked_writer_end(writer, path, NULL, &err), STATUS_OK);
    ranked_writer_free(writer);
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(ranked_open(&ranked, path, (uint64_t)found.st_size, &err),
                     STATUS_OK);
    unlink(path);
    return ranked;
}

static void
check_shape(const struct shape *shape)
{
    struct ranked *ranked = open_shape(shape);
    struct ranked_places found = {0};
    struct ranked_list list;
    struct ranked_cursor cursor;

    assert_true(ranked_find(ranked, "word", 4, &list));
    assert_int_equal(list.articles, shape->articles);
    ranked_start(&cursor, ranked, &list);
    for (uint32_t docid = 0; docid < shape->articles; docid++) {
        uint32_t number = shape->articles - docid;

        assert_true(ranked_load(&cursor, docid / RANKED_BLOCK));
        assert_true(ranked_places(&cursor, docid % RANKED_BLOCK, &found));
        assert_int_equal(found.places, places_of(shape, number));
        for (uint32_t i = 0; i < found.places; i++)
            assert_int_equal(found.place[i], place_of(shape, number, i));
    }
    assert_false(ranked_damaged(ranked));
    ranked_places_release(&found);
    ranked_close(ranked);
}

static void
places_are_read_as_they_were_written(void **state)
{
    static const struct shape cases[] = {
        {1, 1, 1, 0},          /* a single one */
        {1, 1, 1, 4000000},    /* far from a first one */
        {128, 3, 5, 0},        /* a whole block */
        {300, 4, 900, 0},      /* several, and a shorter one */
        {200, 33, 1, 0},       /* side by side */
        {200, 300, 7, 0},      /* so many that marks are wide */
        {128, 90, 1, 4000000}, /* so far that it stands by itself */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_shape(&cases[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_read_as_they_were_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
