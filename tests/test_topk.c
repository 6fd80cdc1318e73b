#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/bitpack.h"
#include "query/topk.h"
#include "tests/random_segment.h"

enum {
    SEGMENTS = 4,
    WORDS_ALL = RANDOM_WORDS + RANDOM_WORDS / 8
};

/* Segments with their ranked indexes, and the impacts of all words worked out
 * plainly. */
struct world {
    struct random_segment plain[SEGMENTS];
    struct manifest_segment entry[SEGMENTS];
    struct topk_segment segment[SEGMENTS];
    uint16_t *impact[SEGMENTS]; /* [article * WORDS_ALL + word] */
    uint64_t articles;
    struct topk_archive archive;
};

/* Keys rise with the rank, as they must within a segment. */
static int
compare_keys(void *context, const struct topk_hit *a, const struct topk_hit *b)
{
    (void)context;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->segment > b->segment) - (a->segment < b->segment);
}

static bool
accept(void *context, size_t segment, int64_t number)
{
    (void)context;
    return (number + (int64_t)segment) % 3 != 0;
}

static void
open_segment(struct world *world, size_t s, uint64_t *seed, size_t articles)
{
    struct random_segment *plain = &world->plain[s];
    char path[32];

    snprintf(path, sizeof(path), "test_topk-%zu.rank", s);
    random_segment_init(plain, seed, articles);
    world->segment[s].ranked = random_segment_open(plain, path, 0);
    unlink(path);
    world->segment[s].entry = &world->entry[s];
    world->entry[s].articles = (int64_t)articles;
    for (uint32_t i = 0; i < articles / 20; i++)
        manifest_kill(&world->entry[s],
                      1 + random_below(seed, (uint32_t)articles));
    world->articles += articles;
    world->impact[s] = mem_zero(articles * WORDS_ALL + 1, sizeof(uint16_t));
    for (size_t i = 0; i < articles; i++) {
        for (unsigned word = 0; word < WORDS_ALL; word++) {
            uint32_t tf[FIELD_TEXT_COUNT];

            if (!random_frequency(&plain->article[i], word, tf))
                continue;
            world->impact[s][i * WORDS_ALL + word] =
                (uint16_t)random_impact(&plain->article[i], tf);
        }
    }
}

static void
open_world(struct world *world, uint64_t *seed, size_t largest)
{
    *world = (struct world){0};
    world->archive = (struct topk_archive){.segment = world->segment,
                                           .segments = SEGMENTS,
                                           .compare_keys = compare_keys,
                                           .accept = accept,
                                           .context = world};
    for (size_t s = 0; s < SEGMENTS; s++)
        open_segment(world, s, seed,
                     s == 2 ? largest
                            : random_below(seed, (uint32_t)largest / 2));
}

static void
close_world(struct world *world)
{
    for (size_t s = 0; s < SEGMENTS; s++) {
        ranked_close(world->segment[s].ranked);
        random_segment_release(&world->plain[s]);
        free(world->impact[s]);
        free(world->entry[s].range);
    }
}

/* --- random queries --- */

enum {
    UNITS = 5,
    ROWS = 2 * UNITS, /* the other row of unit i is row UNITS + i */
    UNIT_TERMS = 4
};

struct asked {
    struct topk_query query;
    struct topk_unit unit[ROWS];
    struct topk_term term[ROWS][UNIT_TERMS];
    unsigned word[ROWS][UNIT_TERMS];
    char name[ROWS][UNIT_TERMS][16];
};

static unsigned
query_word(uint64_t *seed)
{
    /* As often rare as common, and sometimes nowhere. */
    return random_below(seed, 2) ? random_word(seed)
                                 : random_below(seed, WORDS_ALL + 1);
}

static void
random_unit(struct asked *asked, size_t i, uint64_t *seed, size_t terms)
{
    asked->unit[i] = (struct topk_unit){.term = asked->term[i],
                                        .terms = terms,
                                        .weight = 1 + random_below(seed, 20)};
    if (random_below(seed, 5) == 0)
        asked->unit[i].weight = 1 + random_below(seed, BM25F_WEIGHT_MAX);
    for (size_t j = 0; j < terms; j++) {
        asked->word[i][j] = query_word(seed);
        random_word_name(asked->name[i][j], asked->word[i][j]);
        asked->term[i][j] =
            (struct topk_term){asked->name[i][j], strlen(asked->name[i][j]), 0};
    }
}

/* Ask for the other word, too, that always stands with one of the unit's. */
static void
add_companion(struct asked *asked, size_t i, uint64_t *seed)
{
    struct topk_unit *unit = &asked->unit[i];
    size_t with = random_below(seed, unit->terms > 2 ? 3 : 2);
    unsigned word = 7 + 8 * random_below(seed, 2);
    size_t last = unit->terms++;

    asked->word[i][with] = word;
    asked->word[i][last] =
        random_below(seed, 8) ? RANDOM_WORDS + word / 8 : query_word(seed);
    for (size_t j = 0; j <= last; j++) {
        random_word_name(asked->name[i][j], asked->word[i][j]);
        asked->term[i][j] =
            (struct topk_term){asked->name[i][j], strlen(asked->name[i][j]),
                               j == last ? with + 1 : 0};
    }
}

/* Words by themselves or in a row will do as well. */
static void
add_other_row(struct asked *asked, size_t i, uint64_t *seed)
{
    size_t other = UNITS + i;

    random_unit(asked, other, seed, 1 + random_below(seed, 3));
    if (asked->unit[other].terms > 1 && random_below(seed, 2))
        add_companion(asked, other, seed);
    asked->unit[i].other = &asked->unit[other];
}

static void
random_query(struct asked *asked, uint64_t *seed)
{
    size_t units = 1 + random_below(seed, UNITS);
    size_t wanted = 0;
    size_t choices = 1;

    asked->query = TOPK_QUERY_INIT;
    asked->query.unit = asked->unit;
    asked->query.units = units;
    asked->query.all = random_below(seed, 2);
    asked->query.limit = random_below(seed, 4) ? 10 : random_below(seed, 150);
    if (random_below(seed, 3) == 0) {
        asked->query.first = 1000 + random_below(seed, 2000);
        asked->query.last = asked->query.first + random_below(seed, 5000);
    }
    if (random_below(seed, 8) == 0)
        asked->query.sort = TOPK_NEWEST;
    for (size_t i = 0; i < units; i++) {
        bool banned = i && random_below(seed, 6) == 0;
        bool phrase = (asked->query.all || banned || units == 1) &&
                      random_below(seed, 3) == 0;

        random_unit(asked, i, seed, phrase ? 2 + random_below(seed, 2) : 1);
        if (phrase && random_below(seed, 3) == 0)
            add_companion(asked, i, seed);
        if ((asked->query.all || banned || units == 1) &&
            random_below(seed, 4) == 0 && choices < 16) {
            add_other_row(asked, i, seed);
            choices *= 2;
        }
        asked->unit[i].banned = banned;
        wanted += !banned;
    }
    assert_true(wanted > 0);
}

/* --- the plain answer --- */

static size_t
plain_offset(const struct topk_unit *unit, size_t j)
{
    return unit->term[j].with ? unit->term[j].with - 1 : j;
}

/* Whether the words of a unit stand in a row from position `start` on; `from`
 * is the first token there. */
static bool
plain_row(const struct random_article *article, size_t field, size_t from,
          const struct asked *asked, size_t unit)
{
    uint32_t start = article->token[field][from].position;
    size_t found = 0;

    for (size_t t = from; t < article->tokens[field]; t++) {
        uint32_t in = article->token[field][t].position - start;

        if (in >= asked->unit[unit].terms)
            break;
        for (size_t j = 0; j < asked->unit[unit].terms; j++)
            found += in == plain_offset(&asked->unit[unit], j) &&
                     article->token[field][t].word == asked->word[unit][j];
    }
    return found == asked->unit[unit].terms;
}

/* How often the words of a unit stand in a row, in each field. */
static void
plain_rows(const struct random_article *article, const struct asked *asked,
           size_t unit, uint32_t tf[FIELD_TEXT_COUNT])
{
    for (size_t f = 0; f < FIELD_TEXT_COUNT; f++) {
        uint32_t last = UINT32_MAX;

        for (size_t t = 0; t < article->tokens[f]; t++) {
            if (article->token[f][t].position == last)
                continue;
            last = article->token[f][t].position;
            tf[f] += plain_row(article, f, t, asked, unit);
        }
    }
}

static bool
plain_has_words(const uint16_t *impact, const struct asked *asked, size_t unit)
{
    for (size_t j = 0; j < asked->unit[unit].terms; j++)
        if (asked->word[unit][j] >= WORDS_ALL || !impact[asked->word[unit][j]])
            return false;
    return true;
}

static uint32_t
plain_impact(const struct world *world, const struct asked *asked, size_t unit,
             size_t s, size_t article)
{
    const struct random_article *plain = &world->plain[s].article[article];
    const uint16_t *impact = &world->impact[s][article * WORDS_ALL];
    uint32_t tf[FIELD_TEXT_COUNT] = {0};

    if (asked->unit[unit].terms == 1 && !asked->unit[unit].other)
        return asked->word[unit][0] < WORDS_ALL ? impact[asked->word[unit][0]]
                                                : 0;
    if (plain_has_words(impact, asked, unit))
        plain_rows(plain, asked, unit, tf);
    if (asked->unit[unit].other && plain_has_words(impact, asked, UNITS + unit))
        plain_rows(plain, asked, UNITS + unit, tf);
    return random_impact(plain, tf);
}

static bool
in_bounds(const struct topk_segment *segment, size_t s, int64_t number)
{
    if (!segment->bounded)
        return true;
    if (number < segment->first || number > segment->last)
        return false;
    return (number >= segment->sure_first && number <= segment->sure_last) ||
           accept(NULL, s, number);
}

/* The article's score; 0 if it does not match. */
static uint32_t
plain_score(const struct world *world, const struct asked *asked, size_t s,
            size_t article)
{
    const struct topk_query *query = &asked->query;
    int64_t published = world->plain[s].article[article].published;
    uint32_t sum = 0;

    if (manifest_is_dead(&world->entry[s], (int64_t)article + 1) ||
        !in_bounds(&world->segment[s], s, (int64_t)article + 1))
        return 0;
    if ((query->first != INT64_MIN || query->last != INT64_MAX) &&
        (published == IMPACT_UNDATED || published < query->first ||
         published > query->last))
        return 0;
    for (size_t i = 0; i < query->units; i++) {
        uint32_t impact = plain_impact(world, asked, i, s, article);

        if (asked->unit[i].banned ? impact > 0 : query->all && !impact)
            return 0;
        if (!asked->unit[i].banned)
            sum += asked->unit[i].weight * impact;
    }
    return sum;
}

static int
compare_hits(const void *a, const void *b)
{
    const struct topk_hit *one = a;
    const struct topk_hit *two = b;

    if (one->score != two->score)
        return one->score > two->score ? -1 : 1;
    if (one->published != two->published)
        return one->published > two->published ? -1 : 1;
    return compare_keys(NULL, one, two);
}

static size_t
plain_answer(const struct world *world, const struct asked *asked,
             struct topk_hit *hit)
{
    size_t hits = 0;

    for (size_t s = 0; s < SEGMENTS; s++) {
        for (size_t i = 0; i < world->plain[s].articles; i++) {
            uint32_t score = plain_score(world, asked, s, i);

            if (!score)
                continue;
            hit[hits++] = (struct topk_hit){
                .score = asked->query.sort == TOPK_NEWEST ? 0 : score,
                .segment = (uint32_t)s,
                .rank = (uint32_t)(world->plain[s].articles - 1 - i),
                .published = world->plain[s].article[i].published};
        }
    }
    qsort(hit, hits, sizeof(*hit), compare_hits);
    return hits;
}

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
            result.hit[i].rank != hit[i].rank)
            fail_msg("%s: hit %zu is %u of %u with %u, not %u of %u with %u",
                     what, i, result.hit[i].rank, result.hit[i].segment,
                     result.hit[i].score, hit[i].rank, hit[i].segment,
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
    for (size_t i = 0; i < rounds * (sizeof(cases) / sizeof(cases[0])); i++) {
        size_t largest = cases[i % (sizeof(cases) / sizeof(cases[0]))].largest;
        int often = cases[i % (sizeof(cases) / sizeof(cases[0]))].queries;
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
    const struct topk_unit row = {term, 1, 0, false, NULL};
    const struct {
        struct topk_unit unit[2];
        size_t units;
        bool all;
        bool can;
    } cases[] = {
        {{{0}}, 0, true, false},
        {{{term, 1, 1, false, NULL}}, 1, true, true},
        {{{term, 1, 1, true, NULL}}, 1, true, false},
        {{{term, 0, 1, false, NULL}}, 1, true, false},
        {{{term, 2, 1, false, NULL}}, 1, false, true},
        {{{term, 2, 1, false, NULL}, {term, 1, 1, false, NULL}},
         2,
         false,
         false},
        {{{term, 2, 1, false, NULL}, {term, 1, 1, false, NULL}}, 2, true, true},
        {{{term, 2, 1, true, NULL}, {term, 1, 1, false, NULL}}, 2, false, true},
        {{{term, 1000, 1, false, NULL}}, 1, true, false},
        {{{term, 1, 1, false, &row}}, 1, false, true},
        {{{term, 1, 1, false, &row}, {term, 1, 1, false, NULL}}, 2, true, true},
        {{{term, 1, 1, false, &row}, {term, 1, 1, false, NULL}},
         2,
         false,
         false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
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
    const struct topk_term term = {"a", 1, 0};
    struct topk_unit unit[17];
    struct topk_query query = TOPK_QUERY_INIT;

    (void)state;
    for (size_t i = 0; i < 17; i++)
        unit[i] = (struct topk_unit){&term, 1, 1, false,
                                     i + 1 < 17 ? &unit[i + 1] : NULL};
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
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
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
