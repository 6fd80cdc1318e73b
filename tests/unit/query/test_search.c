#include <time.h>

#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

/* 2018-11-02 12:00 UTC. */
#define NOW 1541160000

static const struct sample samples[] = {
    {.key = "delay",
     .headline = "Ministers agree to delay the opcon transfer",
     .byline = "By Kim Tae-gyu",
     .caption = "US Secretary Hagel at the Pentagon.",
     .body = "The transfer of wartime operational control (Opcon) was put "
             "off. It was due on Dec. 1, 2015.\nA nuclear test came first.\n"
             "In the third paragraph stands sovereignty.",
     .source = "The Herald",
     .section = "Politics",
     .day = 16367}, /* 2014-10-24 */
    {.key = "fire",
     .headline = "Opcon delay draws fire",
     .byline = "By Park Ji-won",
     .body = "Lawmakers said transferring OPCON was a matter of sovereignty.\n"
             "They told us so.",
     .source = "The Herald",
     .section = "Politics",
     .day = 16368},
    {.key = "command",
     .headline = "Allies keep command after Opcon transfer",
     .byline = "By Lee Chi-dong",
     .body = "SEOUL -- The Combined Forces Command (CFC) stays even after the "
             "transfer of operational control.",
     .source = "Wire",
     .day = 17836}, /* 2018-11-01 */
    {.key = "cafe",
     .headline = "Caf\xc3\xa9 culture comes to Seoul",
     .byline = "By Anne-Marie O'Brien",
     .body = "Coffeehouses sprout. Bank transfers pay the rent.",
     .source = "The Herald",
     .section = "Life",
     .day = 10776}, /* 1999-07-04 */
    {.key = "lyon",
     .headline = "Player transfers: midfielder heads to Lyon",
     .body = "The transfer cost 20 million euros, women and men said.",
     .section = "Sport"},
};

#define SAMPLES (COUNT(samples))

struct world {
    char *dir;
    struct search *search;
};

static int
make_world(void **state, size_t segments)
{
    struct world *world = calloc(1, sizeof(*world));
    struct error err = {0};

    world->dir = archive_folder_new();
    archive_of(world->dir, samples, SAMPLES, segments);
    assert_int_equal(search_open(&world->search, world->dir, &err), STATUS_OK);
    *state = world;
    return 0;
}

static int
one_segment(void **state)
{
    return make_world(state, 1);
}

static int
three_segments(void **state)
{
    return make_world(state, 3);
}

static int
end_world(void **state)
{
    struct world *world = *state;

    search_close(world->search);
    archive_remove(world->dir);
    free(world);
    return 0;
}

static void
run(struct world *world, const char *text, struct search_request *request,
    struct search_result *result)
{
    struct error err = {0};

    request->text = text;
    request->now = NOW;
    if (search_run(world->search, request, result, &err))
        fail_msg("%s: %s", text, err.text);
}

static int
by_key(const void *a, const void *b)
{
    const struct hit *left = a;
    const struct hit *right = b;

    return strcmp(left->key.data, right->key.data);
}

/* The keys of the hits, in order of rank or of the alphabet. */
static void
keys_of(struct world *world, const char *text, bool ranked, struct buf *keys)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    run(world, text, &request, &result);
    buf_clear(keys);
    if (!ranked && result.hits)
        qsort(result.hit, result.hits, sizeof(*result.hit), by_key);
    for (size_t i = 0; i < result.hits; i++)
        buf_printf(keys, "%s%s", i ? " " : "", result.hit[i].key.data);
    assert_int_equal(result.total, result.hits);
    search_result_release(&result);
}

struct row {
    const char *typed;
    const char *keys;
};

static void
check_rows(struct world *world, bool ranked, const struct row *row, size_t rows)
{
    struct buf keys = BUF_INIT;

    for (size_t i = 0; i < rows; i++) {
        keys_of(world, row[i].typed, ranked, &keys);
        if (strcmp(keys.data, row[i].keys) != 0)
            fail_msg("%s: found %s, not %s", row[i].typed, keys.data,
                     row[i].keys);
    }
    buf_release(&keys);
}

#define CHECK_ROWS(world, ranked, rows) \
    check_rows(world, ranked, rows, COUNT(rows))

static void
words_find_articles_best_first(void **state)
{
    static const struct row rows[] = {
        {"opcon transfer", "delay fire command"},
        {"\"operational control\"", "command delay"},
        {"cafe", "cafe"},
        {"obrien", "cafe"},
        {"O'Brien", "cafe"},
        {"taegyu", "delay"},
        {"Tae-gyu", "delay"},
        {"US", "delay"},
        {"what is opcon?", "fire delay command"},
        {"opcon -delay", "command"},
        {"caption:hagel", "delay"},
        {"body:hagel", ""},
        {"by:lee", "command"},
        {"source:herald opcon", "fire delay"},
        {"section:sport", "lyon"},
        {"nosuchword", ""},
        {"", ""},
        {"?", ""},
    };

    CHECK_ROWS(*state, true, rows);
}

static void
operators_hold_by_definition(void **state)
{
    static const struct row rows[] = {
        {"opcon NEAR/1 transfer", "command delay fire"},
        {"control PRE/2 opcon", "delay"},
        {"opcon PRE/2 control", ""},
        {"control w/s opcon", "delay"},
        {"opcon w/s 2015", ""},
        {"opcon w/p 2015", "delay"},
        {"opcon w/p nuclear", ""},
        {"transfer NOT w/3 opcon", "cafe command delay lyon"},
        {"atleast2(transfer)", "command delay lyon"},
        {"hlead(sovereignty)", "fire"},
        {"lead:nuclear", "delay"},
        {"first3(transfer)", "delay fire lyon"},
        {"=transferring", "fire"},
        {"\"transfers\"", "cafe lyon"},
        {"allcaps(opcon)", "fire"},
        {"caps(fire) OR nocaps(combined)", ""},
        {"major(sovereignty)", "fire"},
        {"wc>20", "delay"},
        {"date:2014", "delay fire"},
        {"date:2014 NOT delay", ""},
        {"date:2018 OR cafe", "cafe command"},
        {"(date:2014)^2 AND opcon", "delay fire"},
        {"since:2015", "command"},
        {"NOT opcon", "cafe lyon"},
        {"NOT NOT cafe", "cafe"},
        {"lyon OR NOT transfer", "lyon"},
        {"opcn~", "command delay fire"},
        {"trans*", "cafe command delay fire lyon"},
        {"*fer", "command delay lyon"},
        {"wom?n", "lyon"},
        {"fire*", "fire"},
    };

    CHECK_ROWS(*state, false, rows);
}

static void
a_question_nothing_answers_whole_is_loosened(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    run(*state, "cafe lyon", &request, &result);
    assert_true(result.loose);
    assert_int_equal(result.total, 2);
    assert_int_equal(result.notes.count, 1);
    search_result_release(&result);

    /* Of three words, so few that have all do not make a page. */
    run(*state, "opcon delay fire", &request, &result);
    assert_true(result.loose);
    assert_int_equal(result.total, 3);
    assert_string_equal(result.hit[0].key.data, "fire");
    assert_int_equal(result.notes.count, 1);
    search_result_release(&result);

    /* Of two, one is enough; of many, none need be. */
    run(*state, "opcon fire", &request, &result);
    assert_false(result.loose);
    assert_int_equal(result.total, 1);
    search_result_release(&result);

    /* What only asks is not asked for. */
    run(*state, "please find articles about opcon coffeehouses lyon", &request,
        &result);
    assert_true(result.loose);
    assert_int_equal(result.total, 5);
    search_result_release(&result);

    /* What was marked must be there all the same. */
    run(*state, "+cafe +lyon", &request, &result);
    assert_int_equal(result.total, 0);
    search_result_release(&result);
}

/* What finds nothing as a query and may have been prose is searched as such,
 * and a note says so; what is a query finds nothing. */
static void
a_text_that_is_no_query_finds_its_words(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    run(*state, "lawmakers \"said of lyon", &request, &result);
    assert_int_equal(result.total, 2);
    assert_non_null(
        strstr(result.notes.item[result.notes.count - 1], "words of the text"));
    search_result_release(&result);

    run(*state, "headline:cafe AND headline:lyon", &request, &result);
    assert_int_equal(result.total, 0);
    search_result_release(&result);
}

static bool
is_told(const struct search_result *result, const char *part)
{
    for (size_t i = 0; i < result->notes.count; i++)
        if (strstr(result->notes.item[i], part))
            return true;
    return false;
}

/* What no article has as it stands is looked for in parts, and small words
 * count where there are no others; numbers and addresses have no parts. */
static void
the_least_of_some_words_is_found(void **state)
{
    static const char *const found[] = {"lyon-zepp", "of zepp", "zepp-lyon"};
    static const char *const absent[] = {"zepp", "opcon-77", "a@lyon.example",
                                         "zepp AND lyon", "\"lyon zepp\""};
    struct search_request request = SEARCH_REQUEST_INIT;

    for (size_t i = 0; i < COUNT(found); i++) {
        struct search_result result = SEARCH_RESULT_INIT;

        run(*state, found[i], &request, &result);
        assert_int_not_equal(result.total, 0);
        assert_true(is_told(&result, "as they stand"));
        search_result_release(&result);
    }
    for (size_t i = 0; i < COUNT(absent); i++) {
        struct search_result result = SEARCH_RESULT_INIT;

        run(*state, absent[i], &request, &result);
        assert_int_equal(result.total, 0);
        search_result_release(&result);
    }
}

/* A letter and a word stand in one article each; the letter says half as much
 * by itself. */
static void
one_letter_weighs_half(void **state)
{
    static const struct sample two[] = {
        {.key = "letter", .headline = "Plan b fails", .body = "It did."},
        {.key = "word", .headline = "Plan bee fails", .body = "It did."},
    };
    static const char *const queries[] = {"b", "bee"};
    struct world world = {.dir = archive_folder_new()};
    struct error err = {0};
    double score[COUNT(queries)];

    (void)state;
    archive_of(world.dir, two, COUNT(two), 1);
    assert_int_equal(search_open(&world.search, world.dir, &err), STATUS_OK);
    for (size_t i = 0; i < COUNT(queries); i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct search_result result = SEARCH_RESULT_INIT;

        run(&world, queries[i], &request, &result);
        assert_int_equal(result.total, 1);
        score[i] = result.hit[0].score;
        search_result_release(&result);
    }
    assert_true(score[0] > 0 && score[0] < .6 * score[1]);
    search_close(world.search);
    archive_remove(world.dir);
}

/* Nobody has mistyped a text that was pasted. */
/* No article here has keywords, so they are looked for everywhere. */
static void
keywords_that_nobody_has_are_words(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    run(*state, "keyword:sovereignty", &request, &result);
    assert_int_equal(result.total, 2);
    assert_non_null(strstr(result.notes.item[0], "keywords"));
    search_result_release(&result);
}

/* An address or a key finds its article, and a language those that are in it;
 * no article of the archive says what its language is. */
static void
a_key_finds_its_article(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    run(*state, "key:lyon", &request, &result);
    assert_int_equal(result.total, 1);
    assert_string_equal(result.hit[0].key.data, "lyon");
    search_result_release(&result);
    run(*state, "language:de", &request, &result);
    assert_int_equal(result.total, 0);
    search_result_release(&result);
}

static void
what_is_offered_is_quiet_on_prose(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    run(*state, "ministers transfr", &request, &result);
    assert_true(result.suggestions > 0);
    search_result_release(&result);
    run(*state, "Ministers, again: no transfr -- so it is said by them all.",
        &request, &result);
    assert_true(result.total > 0);
    assert_int_equal(result.suggestions, 0);
    search_result_release(&result);
}

static void
the_day_is_the_readers(void **state)
{
    const char *zone = getenv("TZ");
    char *before = zone ? strdup(zone) : NULL;

    (void)state;
    setenv("TZ", "UTC-9", 1);
    tzset();
    assert_int_equal(search_clock(NOW), NOW + 9 * 3600);
    if (before)
        setenv("TZ", before, 1);
    else
        unsetenv("TZ");
    tzset();
    free(before);
}

static void
hits_can_be_sorted_and_paged(void **state)
{
    static const struct {
        enum search_sort sort;
        const char *first, *last;
    } cases[] = {
        {SORT_NEWEST, "command", "lyon"},
        {SORT_OLDEST, "cafe", "lyon"},
        {SORT_WORDS, "delay", "cafe"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct search_result result = SEARCH_RESULT_INIT;

        request.sort = cases[i].sort;
        run(*state, "transfer", &request, &result);
        assert_int_equal(result.hits, 5);
        assert_string_equal(result.hit[0].key.data, cases[i].first);
        assert_string_equal(result.hit[4].key.data, cases[i].last);
        search_result_release(&result);
        request.offset = 4;
        request.limit = 3;
        run(*state, "transfer", &request, &result);
        assert_int_equal(result.hits, 1);
        assert_int_equal(result.total, 5);
        assert_string_equal(result.hit[0].key.data, cases[i].last);
        search_result_release(&result);
    }
}

static void
facets_count_every_match(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    request.facets = (1u << FACET_COUNT) - 1;
    request.limit = 1;
    run(*state, "transfer", &request, &result);
    assert_int_equal(result.facet[FACET_SOURCE].values, 2);
    assert_string_equal(result.facet[FACET_SOURCE].value[0].name, "The Herald");
    assert_int_equal(result.facet[FACET_SOURCE].value[0].count, 3);
    assert_int_equal(result.facet[FACET_SECTION].none, 1);
    assert_int_equal(result.facet[FACET_YEAR].none, 1);
    search_result_release(&result);
}

/* Between July 1999 and November 2018 nothing is left out. */
static void
dates_are_an_axis(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    const struct facet *year = &result.facet[FACET_YEAR];
    const struct facet *month = &result.facet[FACET_MONTH];

    request.facets = (1u << FACET_COUNT) - 1;
    run(*state, "transfer", &request, &result);
    assert_int_equal(year->values, 2018 - 1999 + 1);
    for (size_t i = 0; i < year->values; i++) {
        uint64_t count = i == 0 || i == 19 ? 1 : i == 15 ? 2 : 0;

        assert_int_equal(atoi(year->value[i].name), 1999 + (int)i);
        assert_int_equal(year->value[i].count, count);
        /* And the archive has no others. */
        assert_int_equal(year->value[i].held, count);
    }
    assert_int_equal(month->values, 12 * 19 + 5);
    assert_string_equal(month->value[183].name, "2014-10");
    assert_int_equal(month->value[183].count, 2);
    /* Of so many days, only those that have something. */
    assert_int_equal(result.facet[FACET_DAY].values, 4);
    search_result_release(&result);
}

/* A value that is part of another one is not that. */
static void
a_search_is_narrowed_to_whole_values(void **state)
{
    static const struct {
        enum search_facet facet;
        const char *value;
        uint64_t total;
    } cases[] = {
        {FACET_SOURCE, "The Herald", 3}, {FACET_SOURCE, "Herald", 0},
        {FACET_SECTION, "Sport", 1},     {FACET_SECTION, "", 1},
        {FACET_BYLINE, "Nobody", 0},
    };

    for (size_t i = 0; i < 2 * COUNT(cases); i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct search_result result = SEARCH_RESULT_INIT;

        request.exhaustive = i % 2;
        request.facets = 1u << FACET_SOURCE;
        request.only[cases[i / 2].facet] = cases[i / 2].value;
        run(*state, "transfer", &request, &result);
        if (result.total != cases[i / 2].total)
            fail_msg("%s: %d", cases[i / 2].value, (int)result.total);
        search_result_release(&result);
    }
}

/* Both ways of finding have to hand out every match. */
static void
facets_are_the_same_from_either_index(void **state)
{
    static const char *const queries[] = {
        "transfer",           "seoul sovereignty", "opcon AND transfer",
        "\"opcon transfer\"", "transfer -opcon",   "transfer date:2014..",
    };

    for (size_t i = 0; i < COUNT(queries); i++) {
        uint64_t sum[2] = {0};
        uint64_t total[2];

        for (int slow = 0; slow < 2; slow++) {
            struct search_request request = SEARCH_REQUEST_INIT;
            struct search_result result = SEARCH_RESULT_INIT;

            request.facets = 1u << FACET_YEAR | 1u << FACET_SOURCE;
            request.exhaustive = slow;
            run(*state, queries[i], &request, &result);
            for (size_t v = 0; v < result.facet[FACET_YEAR].values; v++)
                sum[slow] += result.facet[FACET_YEAR].value[v].count;
            for (size_t v = 0; v < result.facet[FACET_SOURCE].values; v++)
                sum[slow] += 100 * result.facet[FACET_SOURCE].value[v].count;
            total[slow] = result.total;
            search_result_release(&result);
        }
        if (!total[0] || !sum[0] || total[0] != total[1] || sum[0] != sum[1])
            fail_msg("%s: %d of %d, and %d of %d", queries[i], (int)sum[0],
                     (int)total[0], (int)sum[1], (int)total[1]);
    }
}

/* Two of five articles are looked at; all four dates are known anyway. */
static void
a_few_articles_stand_for_all_in_facets(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    uint64_t years = 0;
    uint64_t sources = 0;

    request.facets = (1u << FACET_COUNT) - 1;
    request.facet_looks = 2;
    run(*state, "transfer", &request, &result);
    for (size_t i = 0; i < result.facet[FACET_YEAR].values; i++)
        years += result.facet[FACET_YEAR].value[i].count;
    for (size_t i = 0; i < result.facet[FACET_SOURCE].values; i++)
        sources += result.facet[FACET_SOURCE].value[i].count;
    assert_int_equal(years, 4);
    assert_false(result.facet[FACET_YEAR].about);
    assert_int_equal(sources % 3, 0);
    assert_in_range(sources, 3, 6);
    assert_true(result.facet[FACET_SOURCE].about);
    search_result_release(&result);
    request.facet_looks = 5;
    run(*state, "transfer", &request, &result);
    assert_false(result.facet[FACET_SOURCE].about);
    search_result_release(&result);
}

/* Few of the articles of one source have all words; but enough of all have, so
 * the others of that source are not shown. */
static void
what_narrows_does_not_loosen(void **state)
{
    static const char *const queries[] = {"opcon transfer",
                                          "transfer operational control"};

    for (size_t i = 0; i < COUNT(queries); i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct search_result all = SEARCH_RESULT_INIT;

        request.facets = 1u << FACET_SOURCE | 1u << FACET_YEAR;
        run(*state, queries[i], &request, &all);
        for (size_t k = 0; k < all.facet[FACET_SOURCE].values; k++) {
            const struct facet_value *value = &all.facet[FACET_SOURCE].value[k];
            struct search_result some = SEARCH_RESULT_INIT;

            request.only[FACET_SOURCE] = value->name;
            run(*state, queries[i], &request, &some);
            assert_int_equal(some.total, value->count);
            search_result_release(&some);
        }
        search_result_release(&all);
    }
}

/* However many better articles others have. */
static void
a_rare_value_is_found_among_better_articles(void **state)
{
    struct world world = {.dir = archive_folder_new()};
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct sample sample[400];
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(sample); i++)
        sample[i] = (struct sample){
            .headline = i == 200 ? "Notes" : "Ferry, ferry and ferry",
            .body = i == 200 ? "There was a ferry, and there were many other "
                               "things to be told of that day as well."
                             : "The ferry.",
            .source = i == 200 ? "Rare" : "Often",
            .day = 16000 + (int)i};
    archive_of(world.dir, sample, COUNT(sample), 1);
    assert_int_equal(search_open(&world.search, world.dir, &err), STATUS_OK);
    request.only[FACET_SOURCE] = "Rare";
    run(&world, "ferry", &request, &result);
    assert_int_equal(result.total, 1);
    assert_int_equal(result.hits, 1);
    search_result_release(&result);
    search_close(world.search);
    archive_remove(world.dir);
}

/* Days that are asked for beside the query are those that a query asks for. */
static void
days_narrow_as_dates_of_a_query_do(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;

    request.from_day = 16071; /* 2014 */
    request.to_day = 16435;
    run(*state, "transfer", &request, &result);
    assert_int_equal(result.total, 2);
    assert_string_equal(result.canonical.data, "transfer");
    search_result_release(&result);
    run(*state, "", &request, &result);
    assert_int_equal(result.total, 2);
    search_result_release(&result);
    request.from_day = 17000;
    run(*state, "transfer OR seoul", &request, &result);
    assert_int_equal(result.total, 0);
    search_result_release(&result);
}

static void
an_article_is_fetched_by_its_key(void **state)
{
    struct world *world = *state;
    struct search_request request = SEARCH_REQUEST_INIT;
    struct error err = {0};
    struct hit hit;

    hit_init(&hit);
    request.texts = true;
    request.text = "pentagon nuclear";
    assert_int_equal(search_fetch(world->search, "delay", &request, &hit, &err),
                     STATUS_OK);
    assert_string_equal(hit.captions.data,
                        "US Secretary Hagel at the Pentagon.");
    assert_int_equal(hit.body.spans, 1);
    hit_release(&hit);
    assert_int_equal(
        search_fetch(world->search, "nothing", &request, &hit, &err),
        STATUS_ABSENT);
    hit_release(&hit);
}

static void
a_snippet_shows_what_answers(void **state)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    const struct marked *snippet;

    request.snippet_width = 60;
    run(*state, "third sovereignty", &request, &result);
    snippet = &result.hit[0].snippet;
    assert_string_equal(snippet->text.data,
                        "In the third paragraph stands sovereignty.");
    assert_int_equal(snippet->spans, 2);
    assert_int_equal(snippet->span[0].start, 7);
    assert_int_equal(snippet->span[0].end, 12);
    assert_true(snippet->cut_before);
    assert_false(snippet->cut_after);
    search_result_release(&result);
}

static void
a_snippet_keeps_a_sentence_with_its_quotes(void **state)
{
    static const char text[] = "He left. \"They told us\" (so). \"Why\", he "
                               "asked, and asked again and again.";
    /* Where the words of sentences begin: behind what opens them. */
    static const size_t sentence[] = {0, 10, 31};
    static const struct mark mark[] = {
        {.start = 15, .end = 19, .weight = 1, .sentence = 1}};
    const struct snippet_source source = {.text = text,
                                          .size = sizeof(text) - 1,
                                          .mark = mark,
                                          .marks = 1,
                                          .sentence = sentence,
                                          .sentences = 3};
    struct marked out = MARKED_INIT;

    (void)state;
    snippet_choose(&out, &source, 24);
    assert_string_equal(out.text.data, "\"They told us\" (so).");
    assert_int_equal(out.span[0].start, 6);
    assert_true(out.cut_before && out.cut_after);
    marked_release(&out);
}

/* How many of these articles a question finds. */
static uint64_t
total_in(const struct sample *some, size_t count, const char *question,
         bool exhaustive)
{
    char *dir = archive_folder_new();
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct search *search = NULL;
    struct error err = {0};
    uint64_t total;

    archive_of(dir, some, count, 1);
    assert_int_equal(search_open(&search, dir, &err), STATUS_OK);
    request.text = question;
    request.exhaustive = exhaustive;
    assert_int_equal(search_run(search, &request, &result, &err), STATUS_OK);
    total = result.total;
    search_result_release(&result);
    search_close(search);
    archive_remove(dir);
    return total;
}

/* A word that two languages read in two ways, and one of two parts: any will
 * do. */
static void
any_of_words_and_parts_will_do(void **state)
{
    static const struct sample some[] = {
        {.key = "a", .body = "The lower court met.", .language = "en"},
        {.key = "b", .body = "Lower va dir que no.", .language = "ca"},
        {.key = "c", .body = "The KF-21 flew over it.", .language = "en"},
    };

    (void)state;
    assert_int_equal(total_in(some, COUNT(some), "lower OR KF-21", false), 3);
}

/* What stands behind very many places of a word is near it all the same. */
static void
a_long_article_is_read_to_its_end(void **state)
{
    static const char *const questions[] = {
        "ferry PRE/1 quay", "atleast24000(ferry)", "(ferry OR sound) w/s quay",
        "ferry NOT w/3 quay"};
    enum {
        WORDS = 25000
    };
    struct buf body = BUF_INIT;
    struct sample one = {.key = "a"};

    (void)state;
    for (size_t i = 0; i < WORDS; i++)
        buf_add_text(&body, "ferry ");
    buf_add_text(&body, "quay");
    one.body = body.data;
    for (size_t i = 0; i < COUNT(questions); i++)
        for (int exhaustive = 0; exhaustive < 2; exhaustive++)
            if (total_in(&one, 1, questions[i], exhaustive) != 1)
                fail_msg("%s", questions[i]);
    buf_release(&body);
}

static void
no_archive_is_a_sentence(void **state)
{
    struct search *search = NULL;
    struct error err = {0};

    (void)state;
    assert_int_equal(search_open(&search, "/nonexistent", &err), STATUS_ABSENT);
    assert_null(search);
    assert_non_null(strstr(err.text, "nindex"));
}

#define TWICE(test)                                                \
    cmocka_unit_test_setup_teardown(test, one_segment, end_world), \
        cmocka_unit_test_setup_teardown(test, three_segments, end_world)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TWICE(words_find_articles_best_first),
        TWICE(operators_hold_by_definition),
        TWICE(a_question_nothing_answers_whole_is_loosened),
        TWICE(a_text_that_is_no_query_finds_its_words),
        TWICE(the_least_of_some_words_is_found),
        cmocka_unit_test(one_letter_weighs_half),
        TWICE(what_is_offered_is_quiet_on_prose),
        TWICE(keywords_that_nobody_has_are_words),
        TWICE(a_key_finds_its_article),
        cmocka_unit_test(the_day_is_the_readers),
        TWICE(hits_can_be_sorted_and_paged),
        TWICE(facets_count_every_match),
        TWICE(dates_are_an_axis),
        TWICE(a_search_is_narrowed_to_whole_values),
        TWICE(what_narrows_does_not_loosen),
        cmocka_unit_test(a_rare_value_is_found_among_better_articles),
        TWICE(days_narrow_as_dates_of_a_query_do),
        TWICE(facets_are_the_same_from_either_index),
        TWICE(a_few_articles_stand_for_all_in_facets),
        TWICE(an_article_is_fetched_by_its_key),
        TWICE(a_snippet_shows_what_answers),
        cmocka_unit_test(a_snippet_keeps_a_sentence_with_its_quotes),
        cmocka_unit_test(any_of_words_and_parts_will_do),
        cmocka_unit_test(a_long_article_is_read_to_its_end),
        cmocka_unit_test(no_archive_is_a_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
