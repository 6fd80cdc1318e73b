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
#include "query/topk/topk.h"
#include "tests/support/plain_topk.h"

static void
expect(const struct world *world, const struct asked *asked,
       const struct topk_hit *hit, size_t hits, const char *what)
{
    struct topk_result result = TOPK_RESULT_INIT;
    size_t wanted = hits < asked->query.limit ? hits : asked->query.limit;

    assert_true(topk_can(&asked->query));
    assert_true(topk_run(&world->archive, &asked->query, &result));
    if (result.hits != wanted)
        fail_msg("%s: %zu hits, not %zu", what, result.hits, wanted);
    for (size_t i = 0; i < wanted; i++)
        if (result.hit[i].score != hit[i].score ||
            result.hit[i].segment != hit[i].segment ||
            result.hit[i].docid != hit[i].docid)
            fail_msg("%s: hit %zu is %u of %u with %u, not %u of %u with %u",
                     what, i, result.hit[i].docid, result.hit[i].segment,
                     result.hit[i].score, hit[i].docid, hit[i].segment,
                     hit[i].score);
    assert_true(result.count >= hits);
    if (result.exact)
        assert_int_equal(result.count, hits);
    topk_result_release(&result);
}

/* Now and then only some numbers of each segment are asked for. */
static void
bound_numbers(struct world *world, uint64_t *seed)
{
    bool bounded = random_below(seed, 4) == 0;

    for (size_t s = 0; s < SEGMENTS; s++) {
        struct topk_segment *segment = &world->segment[s];
        uint32_t articles = (uint32_t)world->plain[s].articles + 2;

        segment->bounded = bounded;
        segment->first = random_below(seed, articles);
        segment->last = segment->first + random_below(seed, articles);
        segment->sure_first = segment->first + random_below(seed, articles);
        segment->sure_last = segment->last - random_below(seed, articles);
    }
}

static void
try_queries(struct world *world, uint64_t *seed, int queries)
{
    struct topk_hit *hit = mem_resize(NULL, world->articles + 1, sizeof(*hit));

    for (int i = 0; i < queries; i++) {
        struct asked asked;
        size_t hits;
        char what[64];

        bound_numbers(world, seed);
        snprintf(what, sizeof(what), "seed %llu", (unsigned long long)*seed);
        random_query(&asked, seed);
        hits = plain_answer(world, &asked, hit);
        expect(world, &asked, hit, hits, what);
        asked.query.exhaustive = true;
        expect(world, &asked, hit, hits, what);
        asked.query.exhaustive = false;
        asked.query.count = true;
        expect(world, &asked, hit, hits, what);
    }
    free(hit);
}

/* A number from the environment: TEST_ROUNDS, for more than there is time for
 * every day, and TEST_SEED, for others. */
static uint64_t
asked_for(const char *name, uint64_t usual)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 10) : usual;
}

static void
pruned_is_exhaustive_is_plain(void **state)
{
    static const struct {
        size_t largest;
        int queries;
    } cases[] = {{40, 1000}, {300, 600}, {2500, 100}, {6000, 20}};
    uint64_t rounds = asked_for("TEST_ROUNDS", 1);
    uint64_t first = asked_for("TEST_SEED", 20141024);
    int queries = 0;

    (void)state;
    for (size_t i = 0; i < rounds * (COUNT(cases)); i++) {
        size_t largest = cases[i % (COUNT(cases))].largest;
        int often = cases[i % (COUNT(cases))].queries;
        uint64_t seed = first + i;
        struct world world;

        open_world(&world, &seed, largest);
        try_queries(&world, &seed, often);
        for (size_t s = 0; s < SEGMENTS; s++)
            ranked_use(world.segment[s].ranked, bitpack_portable());
        try_queries(&world, &seed, often / 10);
        close_world(&world);
        queries += often + often / 10;
    }
    print_message("%d queries, each pruned, exhaustive and counted\n", queries);
}

static void
what_cannot_be_answered_is_said(void **state)
{
    const struct topk_term term[2] = {{"a", 1, 0}, {"b", 1, 0}};
    const struct topk_unit phrase = {term, 1, 0, false, 0, NULL};
    const struct {
        struct topk_unit unit[2];
        size_t units;
        bool all;
        bool can;
    } cases[] = {
        {{{0}}, 0, true, false},
        {{{term, 1, 1, false, 0, NULL}}, 1, true, true},
        {{{term, 1, 1, true, 0, NULL}}, 1, true, false},
        {{{term, 0, 1, false, 0, NULL}}, 1, true, false},
        {{{term, 2, 1, false, 0, NULL}}, 1, false, true},
        {{{term, 2, 1, false, 0, NULL}, {term, 1, 1, false, 0, NULL}},
         2,
         false,
         true},
        {{{term, 2, 1, false, 0, NULL}, {term, 1, 1, false, 0, NULL}},
         2,
         true,
         true},
        {{{term, 2, 1, true, 0, NULL}, {term, 1, 1, false, 0, NULL}},
         2,
         false,
         true},
        {{{term, 1000, 1, false, 0, NULL}}, 1, true, false},
        {{{term, 1, 1, false, 0, &phrase}}, 1, false, true},
        {{{term, 1, 1, false, 0, &phrase}, {term, 1, 1, false, 0, NULL}},
         2,
         true,
         true},
        {{{term, 1, 1, false, 0, &phrase}, {term, 1, 1, false, 0, NULL}},
         2,
         false,
         true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct topk_query query = TOPK_QUERY_INIT;

        query.unit = cases[i].unit;
        query.units = cases[i].units;
        query.all = cases[i].all;
        if (topk_can(&query) != cases[i].can)
            fail_msg("case %zu", i);
    }
}

static void
too_many_choices_cannot_be_answered(void **state)
{
    const struct topk_term term[2] = {{"a", 1, 0}, {"b", 1, 0}};
    struct topk_unit unit[17];
    struct topk_query query = TOPK_QUERY_INIT;

    (void)state;
    for (size_t i = 0; i < 17; i++)
        unit[i] = (struct topk_unit){
            term, 2, 1, false, 0, i + 1 < 17 ? &unit[i + 1] : NULL};
    query.units = 1;
    query.all = true;
    query.unit = &unit[0];
    assert_false(topk_can(&query));
    query.unit = &unit[1];
    assert_true(topk_can(&query));
}

/* --- the time is up ------------------------------------------------------- */

/* What is told of matches and places until somebody has seen enough. */
struct watched {
    struct deadline deadline;
    size_t seen;
    size_t last; /* segment, or hit */
    bool moved;  /* there was one behind it */
};

static void
see_one(struct watched *watched, size_t what)
{
    watched->moved = watched->moved || (watched->seen && what != watched->last);
    watched->last = what;
    watched->seen++;
    watched->deadline.at = 1; /* long ago */
}

static void
meet_and_stop(void *context, size_t segment, int64_t number)
{
    (void)number;
    see_one(context, segment);
}

static void
see_and_stop(void *context, size_t hit, size_t unit, enum field field,
             uint32_t position)
{
    (void)unit;
    (void)field;
    (void)position;
    see_one(context, hit);
}

/* The most frequent word, alone or with the next one. */
static void
ask_for_frequent(struct asked *asked, size_t units, bool all)
{
    *asked = (struct asked){0};
    asked->query = TOPK_QUERY_INIT;
    asked->query.unit = asked->unit;
    asked->query.units = units;
    asked->query.all = all;
    asked->query.count = true;
    for (size_t i = 0; i < units; i++) {
        random_word_name(asked->name[i][0], (unsigned)i);
        asked->term[i][0] =
            (struct topk_term){asked->name[i][0], strlen(asked->name[i][0]), 0};
        asked->unit[i] =
            (struct topk_unit){.term = asked->term[i], .terms = 1, .weight = 1};
    }
}

static void
a_search_ends_when_the_time_is_up(void **state)
{
    static const struct {
        size_t units;
        bool all;
    } cases[] = {{1, true}, {1, false}, {2, true}, {2, false}};
    uint64_t seed = 20141024;
    struct world world;

    (void)state;
    open_world(&world, &seed, 2500);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct watched watched = {0};
        struct topk_result result = TOPK_RESULT_INIT;
        struct asked asked;

        ask_for_frequent(&asked, cases[i].units, cases[i].all);
        asked.query.meet = meet_and_stop;
        asked.query.meeting = &watched;
        world.archive.deadline = &watched.deadline;
        assert_true(topk_run(&world.archive, &asked.query, &result));
        assert_true(result.late);
        assert_false(result.exact);
        assert_true(watched.seen > 0);
        assert_false(watched.moved);
        topk_result_release(&result);

        watched = (struct watched){.deadline = {.at = 1}};
        assert_true(topk_run(&world.archive, &asked.query, &result));
        assert_true(result.late);
        assert_int_equal(result.hits, 0);
        assert_int_equal(watched.seen, 0);
        topk_result_release(&result);
    }
    close_world(&world);
}

static void
a_look_ends_when_the_time_is_up(void **state)
{
    uint64_t seed = 20141024;
    struct watched watched = {0};
    struct topk_result result = TOPK_RESULT_INIT;
    struct asked asked;
    struct world world;

    (void)state;
    open_world(&world, &seed, 2500);
    ask_for_frequent(&asked, 2, false);
    assert_true(topk_run(&world.archive, &asked.query, &result));
    assert_false(result.late);
    assert_true(result.hits > 1);
    world.archive.deadline = &watched.deadline;
    assert_true(topk_look(&world.archive, &asked.query, result.hit, result.hits,
                          see_and_stop, &watched));
    assert_true(watched.seen > 0);
    assert_false(watched.moved);
    /* What has all the time sees more than one of them. */
    world.archive.deadline = NULL;
    watched = (struct watched){0};
    assert_true(topk_look(&world.archive, &asked.query, result.hit, result.hits,
                          see_and_stop, &watched));
    assert_true(watched.moved);
    topk_result_release(&result);
    close_world(&world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pruned_is_exhaustive_is_plain),
        cmocka_unit_test(a_search_ends_when_the_time_is_up),
        cmocka_unit_test(a_look_ends_when_the_time_is_up),
        cmocka_unit_test(what_cannot_be_answered_is_said),
        cmocka_unit_test(too_many_choices_cannot_be_answered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
