#include "tests/support/oracle_world.h"

/*
 * Random trees on random articles: what the search finds is what the oracle
 * says, one segment or several.  TEST_SEED and TEST_ROUNDS ask for more; every
 * so many rounds there is another archive.
 */
enum {
    ROUNDS_AN_ARCHIVE = 2000
};

static void
the_search_finds_what_the_oracle_says(void **state)
{
    const char *seed_text = getenv("TEST_SEED");
    const char *rounds_text = getenv("TEST_ROUNDS");
    long rounds = rounds_text ? atol(rounds_text) : 100;
    struct random_expr random = {
        .state = seed_text ? strtoull(seed_text, NULL, 10) : 20181102,
    };
    struct world *world = NULL;

    (void)state;
    for (long i = 0; i < rounds; i++) {
        struct expr *expr;
        uint64_t seed;

        if (i % ROUNDS_AN_ARCHIVE == 0) {
            if (world)
                world_free(world);
            printf("seed %llu from round %ld on\n",
                   (unsigned long long)random.state, i);
            fflush(stdout);
            world = world_new(&random);
        }
        seed = random.state;
        expr = random_expr_new(&random, 1 + (int)(i % 3));
        make_strict(expr);
        compare(world, expr, seed);
        expr_free(expr);
    }
    world_free(world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_finds_what_the_oracle_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
