#include <sys/stat.h>

#include <sqlite3.h>

#include "corpus/base/count.h"
#include "query/search/search_parts.h"
#include "tests/support/archive_of.h"

/* 2018-11-02 12:00 UTC. */
#define NOW 1541160000

enum {
    ARTICLES = 400,
    SEGMENTS = 3,
    TEXT_SIZE = 4000
};

static const char *const words[] = {
    "the",    "of",      "delay",     "transfer", "transfers",
    "opcon",  "U.S.",    "Tae-gyu",   "minister", "ministry",
    "talks",  "agency",  "sovereign", "nuclear",  "test",
    "tests",  "command", "Seoul",     "KF-21",    "export",
    "Herald", "rare",    "rarer",     "AT&T",     "tae gyu",
};

#define WORDS (COUNT(words))

static const char *const sources[] = {"The Herald",        "Inland Post",
                                      "The Inland Herald", "Post",
                                      "Inland Posts",      ""};

static uint32_t
next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static const char *
any_word(uint64_t *seed)
{
    uint32_t a = next(seed) % WORDS;
    uint32_t b = next(seed) % WORDS;

    return words[a < b ? a : b];
}

static char *
any_text(uint64_t *seed, uint32_t most)
{
    struct buf text = BUF_INIT;

    for (uint32_t count = next(seed) % most; count; count--) {
        buf_add_text(&text, any_word(seed));
        buf_add_text(&text, next(seed) % 9 ? " " : ". ");
    }
    buf_trim(&text);
    return buf_take(&text);
}

struct world {
    char *dir;
    struct search *search;
    struct sample sample[ARTICLES];
};

static int
make_world(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    uint64_t seed = 20181102;
    struct error err = {0};

    world->dir = archive_folder_new();
    for (size_t i = 0; i < ARTICLES; i++)
        world->sample[i] = (struct sample){
            .headline = any_text(&seed, 8),
            .byline = any_text(&seed, 3),
            .caption = any_text(&seed, 6),
            .body = any_text(&seed, 120),
            .source = sources[i % COUNT(sources)],
            .section = i % 3 ? "Trade" : "World trade",
            .day = next(&seed) % 8 ? 16000 + (int)(next(&seed) % 40) : 0};
    archive_of(world->dir, world->sample, ARTICLES, SEGMENTS);
    assert_int_equal(search_open(&world->search, world->dir, &err), STATUS_OK);
    *state = world;
    return 0;
}

static int
end_world(void **state)
{
    struct world *world = *state;

    search_close(world->search);
    archive_remove(world->dir);
    for (size_t i = 0; i < ARTICLES; i++) {
        free((void *)(uintptr_t)world->sample[i].headline);
        free((void *)(uintptr_t)world->sample[i].byline);
        free((void *)(uintptr_t)world->sample[i].caption);
        free((void *)(uintptr_t)world->sample[i].body);
    }
    free(world);
    return 0;
}

static void
expect_the_same_months(const char *text, const struct facet *quick,
                       const struct facet *slow)
{
    bool same = quick->values == slow->values;

    for (size_t i = 0; same && i < quick->values; i++)
        same = strcmp(quick->value[i].name, slow->value[i].name) == 0 &&
               quick->value[i].count == slow->value[i].count;
    if (!same)
        fail_msg("%s: months differ", text);
}

static void
expect_the_same(struct world *world, struct search_request *request)
{
    struct search_result quick = SEARCH_RESULT_INIT;
    struct search_result slow = SEARCH_RESULT_INIT;
    struct error err = {0};

    request->now = NOW;
    request->exhaustive = false;
    if (search_run(world->search, request, &quick, &err))
        fail_msg("%s: %s", request->text, err.text);
    request->exhaustive = true;
    if (search_run(world->search, request, &slow, &err))
        fail_msg("%s: %s", request->text, err.text);
    if (quick.total != slow.total || quick.hits != slow.hits)
        fail_msg("%s: %zu of %llu, not %zu of %llu", request->text, quick.hits,
                 (unsigned long long)quick.total, slow.hits,
                 (unsigned long long)slow.total);
    for (size_t i = 0; i < quick.hits; i++)
        if (!buf_equal(&quick.hit[i].key, &slow.hit[i].key) ||
            quick.hit[i].score != slow.hit[i].score)
            fail_msg("%s: hit %zu is %s with %f, not %s with %f", request->text,
                     i, quick.hit[i].key.data, quick.hit[i].score,
                     slow.hit[i].key.data, slow.hit[i].score);
    expect_the_same_months(request->text, &quick.facet[FACET_MONTH],
                           &slow.facet[FACET_MONTH]);
    search_result_release(&quick);
    search_result_release(&slow);
}

/* Blanks, OR, AND, phrases, NOT, boosts, days; also what only FTS5 can. */
static void
any_query(struct buf *text, uint64_t *seed)
{
    static const char *const between[] = {" ", " OR ", " AND ", " NOT ", " "};
    const char *join = between[next(seed) % 5];
    uint32_t count = 1 + next(seed) % 5;

    buf_clear(text);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_add_text(text, next(seed) % 8 ? join : " ");
        if (next(seed) % 5 == 0)
            buf_printf(text, "\"%s %s\"", any_word(seed), any_word(seed));
        else if (next(seed) % 12 == 0)
            buf_printf(text, "\"Taegyu %s\"", any_word(seed));
        else
            buf_add_text(text, any_word(seed));
        if (next(seed) % 10 == 0)
            buf_add_text(text, "^3");
    }
    if (next(seed) % 4 == 0)
        buf_add_text(text, next(seed) % 2 ? " date:2013-10-25..2013-11-10"
                                          : " date:2013-11");
}

static void
both_indexes_give_the_same_hits(void **state)
{
    struct world *world = *state;
    struct buf text = BUF_INIT;
    uint64_t seed = 42;

    for (int i = 0; i < 100; i++) {
        struct search_request request = SEARCH_REQUEST_INIT;

        any_query(&text, &seed);
        request.text = text.data;
        request.snippet_width = 0;
        request.limit = next(&seed) % 8 ? 10 : 150;
        request.offset = next(&seed) % 5 ? 0 : 7;
        request.sort = next(&seed) % 6 ? SORT_RANK : SORT_NEWEST;
        request.recent = next(&seed) % 10 == 0;
        expect_the_same(world, &request);
    }
    buf_release(&text);
}

static void
months_are_counted_of_all_readings(void **state)
{
    struct world world = {.dir = archive_folder_new()};
    struct search_request request = SEARCH_REQUEST_INIT;
    struct sample sample[40];
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < 40; i++)
        sample[i] = (struct sample){.headline = "Talks",
                                    .body = i % 3 ? "Kim Tae-gyu spoke."
                                                  : "Kim Tae Gyu spoke.",
                                    .day = 16000 + (int)i};
    archive_of(world.dir, sample, 40, 1);
    assert_int_equal(search_open(&world.search, world.dir, &err), STATUS_OK);
    request.text = "Tae-gyu";
    request.facets = 1u << FACET_MONTH;
    request.facet_looks = 10;
    expect_the_same(&world, &request);
    search_close(world.search);
    archive_remove(world.dir);
}

static void
a_damaged_ranked_index_is_done_without(void **state)
{
    struct world *world = *state;
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result before = SEARCH_RESULT_INIT;
    struct search_result after = SEARCH_RESULT_INIT;
    struct search *search = NULL;
    struct buf path = BUF_INIT;
    struct error err = {0};

    request.text = "opcon transfer";
    request.now = NOW;
    assert_int_equal(search_run(world->search, &request, &before, &err), 0);
    assert_true(before.total > 0);
    buf_printf(&path, "%s/seg-000002.rank", world->dir);
    assert_int_equal(chmod(path.data, 0644), 0);
    assert_int_equal(truncate(path.data, 100), 0);
    assert_int_equal(search_open(&search, world->dir, &err), STATUS_OK);
    assert_int_equal(search_run(search, &request, &after, &err), 0);
    assert_int_equal(after.total, before.total);
    for (size_t i = 0; i < before.hits; i++)
        assert_true(buf_equal(&after.hit[i].key, &before.hit[i].key));
    search_result_release(&before);
    search_result_release(&after);
    search_close(search);
    buf_release(&path);
}

/* --- more than are counted --- */

enum {
    MANY_ARTICLES = 4000,
    MANY_QUERIES = 200,
    ENOUGH = 5 /* yet a hundred of the best are kept */
};

/* Operators of all kinds, which the trees of the ranked index answer. */
static void
any_operators(struct buf *text, uint64_t *seed)
{
    static const char *const operators[] = {
        " w/s ", " NEAR/3 ", " PRE/2 ", " w/p ", " NOT w/2 ", " OR ", " AND "};
    static const char *const around[] = {
        "%s",
        "(%s)",
        "lead:(%s)",
        "first9:(%s)",
        "title:(%s)",
        "(%s) OR t?ansfer",
        "(%s) NOT herald",
        "atleast2(%s)",
        "nocaps(%s) OR min*",
    };
    const char *shape = around[next(seed) % COUNT(around)];
    const char *hole = strstr(shape, "%s");
    bool one = strncmp(shape, "atleast", 7) == 0 || next(seed) % 6 == 0;

    buf_clear(text);
    buf_add(text, shape, (size_t)(hole - shape));
    buf_add_text(text, any_word(seed));
    if (!one)
        buf_printf(text, "%s%s", operators[next(seed) % COUNT(operators)],
                   any_word(seed));
    buf_add_text(text, hole + 2);
}

/* The same hits whether all are counted or not; true if some were not. */
static bool
expect_the_same_best(struct search *search, const char *text)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result all = SEARCH_RESULT_INIT;
    struct search_result some = SEARCH_RESULT_INIT;
    struct error err = {0};
    bool more;

    request.text = text;
    request.now = NOW;
    request.snippet_width = 0;
    request.advice = false;
    if (search_run(search, &request, &all, &err))
        fail_msg("%s: %s", text, err.text);
    request.enough = ENOUGH;
    if (search_run(search, &request, &some, &err))
        fail_msg("%s: %s", text, err.text);
    if (all.more || all.hits != some.hits ||
        (some.more ? some.total >= all.total : some.total != all.total))
        fail_msg("%s: %zu of %llu, not %zu of %llu", text, some.hits,
                 (unsigned long long)some.total, all.hits,
                 (unsigned long long)all.total);
    for (size_t i = 0; i < all.hits; i++)
        if (!buf_equal(&all.hit[i].key, &some.hit[i].key) ||
            all.hit[i].score != some.hit[i].score)
            fail_msg("%s: hit %zu is %s with %f, not %s with %f", text, i,
                     some.hit[i].key.data, some.hit[i].score,
                     all.hit[i].key.data, all.hit[i].score);
    more = some.more;
    search_result_release(&all);
    search_result_release(&some);
    return more;
}

static void
who_is_not_counted_is_none_of_the_best(void **state)
{
    struct sample *sample = calloc(MANY_ARTICLES, sizeof(*sample));
    char *dir = archive_folder_new();
    struct search *search = NULL;
    struct buf text = BUF_INIT;
    struct error err = {0};
    uint64_t seed = 1987;
    int uncounted = 0;

    (void)state;
    assert_non_null(sample);
    for (size_t i = 0; i < MANY_ARTICLES; i++)
        sample[i] = (struct sample){.headline = any_text(&seed, 6),
                                    .body = any_text(&seed, 60),
                                    .day = 16000 + (int)(next(&seed) % 40)};
    archive_of(dir, sample, MANY_ARTICLES, 2);
    assert_int_equal(search_open(&search, dir, &err), STATUS_OK);
    for (int i = 0; i < MANY_QUERIES; i++) {
        any_operators(&text, &seed);
        uncounted += expect_the_same_best(search, text.data);
    }
    assert_in_range(uncounted, MANY_QUERIES / 4, MANY_QUERIES);
    search_close(search);
    archive_remove(dir);
    for (size_t i = 0; i < MANY_ARTICLES; i++) {
        free((void *)(uintptr_t)sample[i].headline);
        free((void *)(uintptr_t)sample[i].body);
    }
    free(sample);
    buf_release(&text);
}

/* --- what is read again --------------------------------------------------- */

static unsigned texts_read;

static int
count_texts(unsigned kind, void *context, void *statement, void *sql)
{
    (void)kind;
    (void)context;
    (void)statement;
    texts_read += strstr(sql, "FROM article_text") != NULL;
    return 0;
}

static int
watch(struct sqlite3 *db, char **message,
      const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_texts, NULL);
}

/* Those that are shown are read with their rows; no others are. */
static void
expect_few_texts(const char *dir, const char *text, uint64_t total)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct search *search = NULL;
    struct error err = {0};

    request.text = text;
    request.now = NOW;
    request.limit = 3;
    assert_int_equal(search_open(&search, dir, &err), STATUS_OK);
    texts_read = 0;
    assert_int_equal(search_run(search, &request, &result, &err), 0);
    if (result.total != total || texts_read > 0)
        fail_msg("%s: %llu found, %u read again", text,
                 (unsigned long long)result.total, texts_read);
    search_result_release(&result);
    search_close(search);
}

/* Articles that have the parts of a word, and elsewhere the word, do not join
 * it; others do.  For neither, anybody's text is read again. */
static void
a_phrase_is_found_without_reading_texts_again(void **state)
{
    static const char *const body[] = {
        "Share holders approved. The shareholders left.",
        "The share-holders approved a merger of the two.",
        "The shareholders approved a merger of the two.",
    };
    struct sample sample[60];
    char *dir = archive_folder_new();

    (void)state;
    for (size_t i = 0; i < 60; i++)
        sample[i] = (struct sample){.headline = "Meeting",
                                    .body = body[i % 20 == 7   ? 0
                                                 : i % 20 == 9 ? 1
                                                               : 2],
                                    .day = 16000 + (int)i};
    archive_of(dir, sample, 60, 2);
    assert_int_equal(sqlite3_auto_extension((void (*)(void))watch), SQLITE_OK);
    expect_few_texts(dir, "\"shareholders approved\"", 57);
    expect_few_texts(dir, "\"the shareholders approved\" merger", 57);
    expect_few_texts(dir, "\"share holders approved\"", 6);
    sqlite3_cancel_auto_extension((void (*)(void))watch);
    archive_remove(dir);
}

/* --- fields that are not in the ranked index ------------------------------ */

/* No part is drawn twice. */
static void
any_part(struct buf *text, uint64_t *seed, size_t *drawn, int depth,
         bool fields)
{
    static const char *const parts[] = {
        "source:herald",
        "source:\"inland post\"",
        "source:(post OR the)",
        "source:(herald NOT inland)",
        "source:pos*",
        "source:*nl*",
        "source:heralt~",
        "source:=\"Inland Post\"",
        "section:world",
        "section:(trade world)",
        "language:en",
        "source:nobody",
        "source:(herald OR date:2013-11)",
    };
    static const char *const others[] = {
        "opcon", "talks",   "agency", "sovereign", "nuclear", "command",
        "seoul", "exports", "delay",  "transfer",  "test",    "rare",
    };
    static const char *const betweens[] = {" AND ", " OR ",     " NOT ",
                                           " w/s ", " NEAR/9 ", " NOT w/9 "};

    if (!depth || next(seed) % 4 == 0) {
        *drawn += 5;
        buf_add_text(text, fields && next(seed) % 2
                               ? parts[*drawn % COUNT(parts)]
                               : others[*drawn % COUNT(others)]);
        return;
    }
    buf_add_text(text, next(seed) % 8 ? "(" : "NOT (");
    any_part(text, seed, drawn, depth - 1, fields);
    buf_add_text(text, betweens[next(seed) % COUNT(betweens)]);
    any_part(text, seed, drawn, depth - 1, fields);
    buf_add_text(text, ")");
}

static void
other_fields_give_the_same_hits(void **state)
{
    struct world *world = *state;
    uint64_t seed = 20261201;
    size_t drawn = 0;

    for (int i = 0; i < 400; i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct buf text = BUF_INIT;

        any_part(&text, &seed, &drawn, 1 + i % 3, i % 4 > 0);
        request.text = text.data;
        request.limit = 12;
        request.strict = true;
        /* FTS5 does not tell of all words beside what it leaves out. */
        request.sort =
            i % 4 && strstr(text.data, "NOT") ? SORT_NEWEST : SORT_RANK;
        expect_the_same(world, &request);
        buf_release(&text);
    }
}

/* --- the time is up while SQLite is asked --------------------------------- */

struct clockwork {
    struct deadline *deadline;
    size_t ticks; /* that are left */
};

static int
tick(void *context)
{
    struct clockwork *clock = context;

    if (clock->deadline->paused)
        return 0;
    if (clock->ticks)
        clock->ticks--;
    clock->deadline->late = clock->deadline->late || !clock->ticks;
    return clock->deadline->late;
}

/* How many are found in so many ticks; what is found is shown. */
static uint64_t
found_in_time(struct search *search, struct search_request *request,
              size_t ticks, bool *cut_short)
{
    struct archive *archive = search->archive;
    struct clockwork clock = {&archive->deadline, ticks};
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};
    uint64_t total;

    for (size_t i = 0; i < archive->manifest.segments; i++)
        sqlite3_progress_handler(archive_db(&archive->segment[i]), 5, tick,
                                 &clock);
    request->now = NOW;
    request->time_limit = 3600000;
    assert_int_equal(search_run(search, request, &result, &err), STATUS_OK);
    total = result.total;
    *cut_short = result.cut_short;
    if (result.hits != (total < request->limit ? total : request->limit))
        fail_msg("%s: %llu found in %zu ticks, %zu shown", request->text,
                 (unsigned long long)total, ticks, result.hits);
    search_result_release(&result);
    return total;
}

/* Lengths are read from the articles' table, one by one. */
static void
what_was_found_when_the_time_was_up_is_shown(void **state)
{
    struct world *world = *state;

    for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
        size_t parts = 0;

        for (size_t ticks = 1; ticks < 4000; ticks += 37) {
            struct search_request request = SEARCH_REQUEST_INIT;
            bool cut_short;
            uint64_t total;

            request.text = "wc>=0";
            request.exhaustive = exhaustive;
            total = found_in_time(world->search, &request, ticks, &cut_short);
            assert_true(cut_short || total == ARTICLES);
            parts += cut_short && total;
            /* Who was not asked has not said no. */
            request.text = "NOT wc>=0";
            total = found_in_time(world->search, &request, ticks, &cut_short);
            assert_int_equal(total, 0);
        }
        assert_true(parts > 20);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(other_fields_give_the_same_hits,
                                        make_world, end_world),
        cmocka_unit_test_setup_teardown(
            what_was_found_when_the_time_was_up_is_shown, make_world,
            end_world),
        cmocka_unit_test_setup_teardown(both_indexes_give_the_same_hits,
                                        make_world, end_world),
        cmocka_unit_test(who_is_not_counted_is_none_of_the_best),
        cmocka_unit_test(months_are_counted_of_all_readings),
        cmocka_unit_test_setup_teardown(a_damaged_ranked_index_is_done_without,
                                        make_world, end_world),
        cmocka_unit_test(a_phrase_is_found_without_reading_texts_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
