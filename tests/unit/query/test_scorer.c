#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/archive/field.h"
#include "query/match/scorer.h"

enum {
    LEAVES = 3
};

/* A query of three words that weigh the same; the second may be left out. */
struct world {
    struct leaf leaf[LEAVES];
    struct leaves leaves;
    struct plan plan;
    struct scorer scorer;
};

static void
begin(struct world *world, bool dropped)
{
    *world = (struct world){0};
    for (size_t i = 0; i < LEAVES; i++)
        world->leaf[i].weight = 1000;
    world->leaf[1].dropped = dropped;
    world->leaves = (struct leaves){world->leaf, LEAVES, LEAVES};
    scorer_begin(&world->scorer, &world->plan, &world->leaves);
}

struct position {
    size_t leaf;
    enum field field;
    uint32_t word;
};

static uint64_t
gain(struct world *world, const struct position *position, size_t positions)
{
    for (size_t i = 0; i < positions; i++)
        scorer_add_position(&world->scorer, position[i].leaf, position[i].field,
                            position[i].word);
    return scorer_near(&world->scorer);
}

/* In each row the first gains more than the second. */
static void
where_words_stand_is_worth_something(void **state)
{
    static const struct {
        const char *what;
        bool dropped;
        struct position more[2];
        struct position less[2];
    } cases[] = {
        {"near beats far",
         false,
         {{0, FIELD_BODY, 500}, {1, FIELD_BODY, 501}},
         {{0, FIELD_BODY, 500}, {1, FIELD_BODY, 506}}},
        {"order is nothing, but distance is",
         false,
         {{1, FIELD_BODY, 500}, {0, FIELD_BODY, 501}},
         {{0, FIELD_BODY, 500}, {1, FIELD_BODY, 502}}},
        {"neighbours in the query only",
         false,
         {{0, FIELD_BODY, 500}, {1, FIELD_BODY, 504}},
         {{0, FIELD_BODY, 500}, {2, FIELD_BODY, 501}}},
        {"what was left out parts nobody",
         true,
         {{0, FIELD_BODY, 500}, {2, FIELD_BODY, 501}},
         {{0, FIELD_BODY, 500}, {2, FIELD_BODY, 600}}},
        {"early beats late",
         false,
         {{0, FIELD_BODY, 3}, {2, FIELD_BODY, 400}},
         {{0, FIELD_BODY, 300}, {2, FIELD_BODY, 400}}},
        {"the first position counts",
         false,
         {{0, FIELD_BODY, 900}, {0, FIELD_BODY, 2}},
         {{0, FIELD_BODY, 3}, {0, FIELD_BODY, 4}}},
        {"the headline beats the second sentence",
         false,
         {{0, FIELD_HEADLINE, 9}, {2, FIELD_CAPTIONS, 0}},
         {{0, FIELD_BODY, 20}, {2, FIELD_CAPTIONS, 0}}},
        {"a caption is no lead",
         false,
         {{0, FIELD_BODY, 0}, {0, FIELD_BODY, 90}},
         {{0, FIELD_CAPTIONS, 0}, {0, FIELD_BODY, 90}}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world world;
        uint64_t more;
        uint64_t less;

        begin(&world, cases[i].dropped);
        more = gain(&world, cases[i].more, 2);
        less = gain(&world, cases[i].less, 2);
        if (more <= less)
            fail_msg("%s: %u, %u", cases[i].what, (unsigned)more,
                     (unsigned)less);
        scorer_release(&world.scorer);
    }
}

static void
what_gains_nothing_gains_nothing(void **state)
{
    struct world world;
    const struct position byline = {0, FIELD_BYLINE, 0};

    (void)state;
    begin(&world, false);
    assert_int_equal(gain(&world, NULL, 0), 0);
    assert_int_equal(gain(&world, &byline, 1), 0);
    /* Asking forgets: the second article does not gain by the first. */
    assert_int_equal(gain(&world, NULL, 0), 0);
    scorer_release(&world.scorer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_words_stand_is_worth_something),
        cmocka_unit_test(what_gains_nothing_gains_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
