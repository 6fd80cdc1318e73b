#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"
#include "tests/support/random_typing.h"

/*
 * Whatever bytes are typed, the search answers: no error, and nothing that it
 * says speaks of what is underneath.  TEST_SEED and TEST_ROUNDS ask for more.
 */
static const struct sample samples[] = {
    {.headline = "Ministers delay the opcon transfer",
     .byline = "By Kim Tae-gyu",
     .caption = "Secretary Hagel at the Pentagon.",
     .body = "The transfer of control was put off.\nU.S. and Seoul agreed.",
     .source = "The Herald",
     .day = 16367},
    {.headline = "Caf\xc3\xa9 culture", .body = "AT&T pays 50% of $20 at C++."},
    {.headline = "\xd0\xbc\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0",
     .body = "\xe4\xb8\xad\xe6\x96\x87 and O'Brien.",
     .day = 10776},
};

static void
check_text(const char *typed, const char *said)
{
    static const char *const secrets[] = {"SQL",  "sql",   "FTS5",
                                          "fts5", "MATCH", "article_fts"};

    /* What was typed may be quoted. */
    for (size_t i = 0; i < COUNT(secrets); i++)
        if (strstr(said, secrets[i]) && !strstr(typed, secrets[i]))
            fail_msg("%s: %s", typed, said);
}

static void
ask(struct search *search, const char *typed, uint64_t seed)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};

    request.text = typed;
    request.now = 1541160000;
    request.explain = true;
    request.limit = seed % 4;
    if (search_run(search, &request, &result, &err))
        fail_msg("seed %llu: %s: %s", (unsigned long long)seed, typed,
                 err.text);
    for (size_t i = 0; i < result.notes.count; i++)
        check_text(typed, result.notes.item[i]);
    check_text(typed, result.explanation.data);
    assert_true(result.hits <= result.total);
    assert_true(result.total <= result.articles);
    search_result_release(&result);
}

static void
any_bytes_are_a_question(void **state)
{
    const char *seed_text = getenv("TEST_SEED");
    const char *rounds_text = getenv("TEST_ROUNDS");
    long rounds = rounds_text ? atol(rounds_text) : 2000;
    struct random_expr random = {
        .state = seed_text ? strtoull(seed_text, NULL, 10) : 19990704,
    };
    struct search *search = NULL;
    struct buf typed = BUF_INIT;
    struct error err = {0};
    char *dir = archive_folder_new();

    (void)state;
    printf("seed %llu\n", (unsigned long long)random.state);
    archive_of(dir, samples, COUNT(samples), 2);
    assert_int_equal(search_open(&search, dir, &err), STATUS_OK);
    for (long i = 0; i < rounds; i++) {
        uint64_t seed = random.state;

        type_anything(&random, &typed);
        ask(search, typed.data, seed);
    }
    search_close(search);
    archive_remove(dir);
    buf_release(&typed);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bytes_are_a_question),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
