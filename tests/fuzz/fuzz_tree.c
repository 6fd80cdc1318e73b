/*
 * Bytes that decide what a tree is like: pruned, exhaustive and by the oracle,
 * a search finds the same.
 */
#include <stddef.h>
#include <stdint.h>

#include "tests/support/oracle_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct world *world;

static void
remove_world(void)
{
    world_free(world);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct random_expr random = {.state = 20181102};
    struct expr *expr;

    if (!world) {
        world = world_new(&random);
        atexit(remove_world);
    }
    if (size < 2)
        return 0;
    random.words = asked;
    random.bytes = data + 1;
    random.left = size - 1;
    expr = random_expr_new(&random, data[0] % 4);
    make_strict(expr);
    compare(world, expr, 0);
    expr_free(expr);
    return 0;
}
