/* Any bytes: a query is never an error, and its form means the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "query/expr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct expr_limits limits = EXPR_LIMITS_DEFAULT;
    /* What is printed may be longer than what was typed. */
    const struct expr_limits wide = {1 << 24, 1 << 20, 1 << 20, 1000};
    struct list notes = LIST_INIT;
    struct buf text = BUF_INIT;
    struct expr *expr =
        expr_parse((const char *)data, size, 1541160000, &limits, &notes);
    struct expr *again;

    expr_print(expr, &text);
    again = expr_parse(text.data, text.size, 1541160000, &wide, &notes);
    assert(expr_equal(expr, again));
    expr_free(expr);
    expr_free(again);
    buf_release(&text);
    list_release(&notes);
    return 0;
}
