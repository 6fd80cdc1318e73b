#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

static const struct sample samples[] = {
    {.headline = "Ministers delay the opcon transfer",
     .body = "The transfer of control was put off. Seoul agreed.",
     .day = 16367}, /* 2014-10-24 */
    {.headline = "Opcon in Seoul", .body = "The control of it.", .day = 17836},
    {.headline = "Seoul", .body = "A delay, and opcon again.", .day = 17837},
};

static char *dir;
static struct search *search;

static int
begin(void **state)
{
    struct error err = {0};

    (void)state;
    dir = archive_folder_new();
    archive_of(dir, samples, COUNT(samples), 2);
    return search_open(&search, dir, &err) != STATUS_OK;
}

static int
end(void **state)
{
    (void)state;
    search_close(search);
    archive_remove(dir);
    return 0;
}

/* "part > instead = total", a line each. */
static void
ways_of(const char *text, bool advice, struct buf *got)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};

    request.text = text;
    request.advice = advice;
    if (search_run(search, &request, &result, &err))
        fail_msg("%s: %s", text, err.text);
    buf_clear(got);
    for (size_t i = 0; i < result.ways; i++)
        buf_printf(got, "%s > %s = %d\n", result.way[i].part,
                   result.way[i].instead, (int)result.way[i].total);
    search_result_release(&result);
}

static void
a_query_that_finds_nothing_is_offered_with_less(void **state)
{
    static const struct {
        const char *typed, *ways;
    } cases[] = {
        {"opcon AND zeppelin", "zeppelin >  = 3\n"},
        {"opcon AND zeppelin AND airship", "zeppelin, airship >  = 3\n"},
        {"+opcon +date:2001", "+date:2001-01-01..2001-12-31 >  = 3\n"},
        {"opcon date:2001", "date:2001-01-01..2001-12-31 >  = 3\n"},
        {"seoul NEAR/1 transfer",
         "seoul NEAR/1 transfer > seoul AND transfer = 1\n"},
        {"\"transfer opcon\"", "\"transfer opcon\" > transfer AND opcon = 1\n"},
        {"headline:control", "headline:control > control = 2\n"},
        {"headline:(control AND zeppelin)",
         "zeppelin, headline:control > control = 2\n"},
        {"atleast4(control)", "atleast4(control) > control = 2\n"},
        {"allcaps(seoul)", "allcaps(seoul) > seoul = 3\n"},
        {"=transfers", "=transfers > transfers = 1\n"},
        {"opcon NOT seoul", "NOT seoul >  = 3\n"},
        {"opcon NOT w/9 seoul NOT delay",
         "opcon NOT NEAR/9 seoul > opcon = 1\nNOT delay >  = 2\n"},
        {"transfer AND again", "transfer >  = 1\nagain >  = 1\n"},
        /* No single part is to blame: what each finds. */
        {"\"off put\" AND headline:again", " > again = 1\n"},
        /* Nothing is left, or nothing was asked for. */
        {"zeppelin", ""},
        {"zeppelin AND airship", ""},
        {"NOT seoul", ""},
        {"date:1800", ""},
        {"", ""},
        {"\xff((((", ""},
        /* It finds something. */
        {"opcon", ""},
        {"opcon zeppelin", ""},
    };
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ways_of(cases[i].typed, true, &got);
        if (strcmp(got.data, cases[i].ways) != 0)
            fail_msg("%s:\n%s", cases[i].typed, got.data);
        ways_of(cases[i].typed, false, &got);
        assert_string_equal(got.data, "");
    }
    buf_release(&got);
}

/* Each way is a query: asked again, it finds as many. */
static void
a_way_can_be_asked(void **state)
{
    static const char *const typed[] = {
        "headline:(\"transfer opcon\" AND delay) date:2001 -again",
        "atleast7(opcon w/s seoul) AND =transfers AND zeppelin",
        "caps(put) AND major(control) AND wc>500",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct search_result result = SEARCH_RESULT_INIT;
        struct error err = {0};

        request.text = typed[i];
        assert_int_equal(search_run(search, &request, &result, &err), 0);
        assert_int_equal(result.total, 0);
        assert_true(result.ways > 0);
        for (size_t j = 0; j < result.ways; j++) {
            struct search_result again = SEARCH_RESULT_INIT;

            request.text = result.way[j].query;
            assert_int_equal(search_run(search, &request, &again, &err), 0);
            if (again.total != result.way[j].total)
                fail_msg("%s: %d", request.text, (int)again.total);
            search_result_release(&again);
        }
        search_result_release(&result);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_that_finds_nothing_is_offered_with_less),
        cmocka_unit_test(a_way_can_be_asked),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
