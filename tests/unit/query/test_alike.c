/* Hits that are like the first one come before those that are not. */
#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

/* The one that is not alike is shorter, and newer. */
static const struct sample samples[] = {
    {.key = "first",
     .headline = "Harbour strike",
     .body = "Dockers and pilots joined the strike at the harbour. Pickets "
             "stood at the gate while the union asked for higher wages and "
             "shorter shifts. The cranes stood still.",
     .day = 17000},
    {.key = "alike",
     .headline = "Union meets the port authority",
     .body = "Dockers and pilots met at the harbour again. The union asked "
             "for higher wages, pickets went home, the cranes will move, and "
             "shifts will be shorter from the next month on, it was said.",
     .day = 17001},
    {.key = "apart",
     .headline = "Regatta in the sun",
     .body = "Yachts filled the harbour on Sunday. Children ate ice cream.",
     .day = 17002},
};

static void
what_is_like_the_first_comes_next(void **state)
{
    char *dir = archive_folder_new();
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct search *search = NULL;
    struct error err = {0};

    (void)state;
    archive_of(dir, samples, COUNT(samples), 1);
    assert_int_equal(search_open(&search, dir, &err), STATUS_OK);
    request.text = "harbour strike pickpockets whales";
    request.explain_score = true;
    for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
        request.exhaustive = exhaustive != 0;
        assert_int_equal(search_run(search, &request, &result, &err),
                         STATUS_OK);
        assert_int_equal(result.hits, 3);
        assert_string_equal(result.hit[0].key.data, "first");
        assert_string_equal(result.hit[1].key.data, "alike");
        assert_non_null(
            strstr(result.hit[1].explanation.data, "like the first hits"));
        search_result_release(&result);
    }

    /* Not where age decides, nor any other order. */
    request.sort = SORT_NEWEST;
    assert_int_equal(search_run(search, &request, &result, &err), STATUS_OK);
    assert_string_equal(result.hit[0].key.data, "apart");
    search_result_release(&result);
    search_close(search);
    archive_remove(dir);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_like_the_first_comes_next),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
