#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

static const struct sample samples[] = {
    {.headline = "President delays the transfer",
     .body = "The president put off the transfer of operational control. "
             "Presidents do. The President of Korea agreed."},
    {.headline = "Philippine president visits", .body = "He left Manila."},
    {.headline = "Storm in the Philippines",
     .body = "The Philippines and Korea. The Philippines again."},
    {.headline = "Korea", .body = "Korea Korea Korea. A xylograph."},
};

struct world {
    char *dir;
    struct search *search;
};

static int
begin(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    struct error err = {0};

    world->dir = archive_folder_new();
    archive_of(world->dir, samples, COUNT(samples), 2);
    assert_int_equal(search_open(&world->search, world->dir, &err), STATUS_OK);
    *state = world;
    return 0;
}

static int
end(void **state)
{
    struct world *world = *state;

    search_close(world->search);
    archive_remove(world->dir);
    free(world);
    return 0;
}

/* "word>better>query" of each suggestion, a line each. */
static void
suggestions_for(struct world *world, const char *text, struct buf *got,
                struct list *notes)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};

    request.text = text;
    request.limit = 0;
    if (search_run(world->search, &request, &result, &err))
        fail_msg("%s: %s", text, err.text);
    buf_clear(got);
    for (size_t i = 0; i < result.suggestions; i++)
        buf_printf(got, "%s>%s>%s\n", result.suggestion[i].word,
                   result.suggestion[i].better, result.suggestion[i].query);
    if (notes)
        list_copy(notes, &result.notes);
    search_result_release(&result);
}

static void
mistyped_words_get_a_suggestion(void **state)
{
    static const struct {
        const char *typed, *suggestions;
    } cases[] = {
        {"presidant", "presidant>president>president\n"},
        {"Presidant transfer", "Presidant>president>President transfer\n"},
        {"filipines storm", "filipines>philippines>philippines storm\n"},
        {"\"presidant of korea\"",
         "presidant>president>\"president of korea\"\n"},
        {"hd:(presidant OR koraea)",
         "presidant>president>hd:(president OR koraea)\n"
         "koraea>korea>hd:(presidant OR korea)\n"},
        {"presidant AND presidant",
         "presidant>president>president AND president\n"},
        {"=presidant", "presidant>president>=president\n"},
        /* Well spelled, wanted so, unlike anything, or no word. */
        {"president", ""},
        {"xylograph", ""},
        {"transfer -presidant", ""},
        {"presidan* preZidant~", ""},
        {"qqqqqqqq", ""},
        {"\"president of korea\"", ""},
        {"50% kf-99 a@b.c", ""},
        {"", ""},
        {"\xff\xfe (((", ""},
    };
    struct buf got = BUF_INIT;

    for (size_t i = 0; i < COUNT(cases); i++) {
        suggestions_for(*state, cases[i].typed, &got, NULL);
        if (strcmp(got.data, cases[i].suggestions) != 0)
            fail_msg("%s: %s", cases[i].typed, got.data);
    }
    buf_release(&got);
}

static void
a_long_query_gets_a_few(void **state)
{
    struct buf query = BUF_INIT;
    struct buf got = BUF_INIT;
    size_t lines = 0;

    for (int c = 'a'; c <= 'z'; c++)
        buf_printf(&query, "presid%cnt ", c);
    suggestions_for(*state, query.data, &got, NULL);
    for (size_t i = 0; i < got.size; i++)
        lines += got.data[i] == '\n';
    assert_true(lines >= 2 && lines <= 4);
    buf_release(&got);
    buf_release(&query);
}

static void
the_word_that_no_article_has_is_named(void **state)
{
    struct list notes = LIST_INIT;
    struct buf got = BUF_INIT;

    suggestions_for(*state, "korea AND qqqqqqqq", &got, &notes);
    assert_true(list_has(&notes, "No article has the word \"qqqqqqqq\"."));
    assert_false(list_has(&notes, "No article has the word \"korea\"."));
    list_clear(&notes);
    suggestions_for(*state, "korea OR qqqqqqqq", &got, &notes);
    assert_false(list_has(&notes, "No article has the word \"qqqqqqqq\"."));
    list_release(&notes);
    buf_release(&got);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistyped_words_get_a_suggestion),
        cmocka_unit_test(a_long_query_gets_a_few),
        cmocka_unit_test(the_word_that_no_article_has_is_named),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
