/* Any bytes: a query is never an error, its form means the same, and what is
 * made of it for FTS5 is what FTS5 takes. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <sqlite3.h>

#include "indexer/segment/schema.h"
#include "query/language/expr.h"
#include "query/match/plan.h"
#include "query/words/leaf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct analyzer *analyzer;
static struct list languages;
static sqlite3_stmt *ask;

static void
set_up(void)
{
    sqlite3 *db = NULL;

    assert(!analyzer_new(&analyzer, "en", NULL));
    list_add_text(&languages, "en");
    list_add_text(&languages, "de");
    assert(!schema_create(&db, ":memory:", "en", NULL));
    assert(sqlite3_prepare_v2(db,
                              "SELECT rowid FROM article_fts"
                              " WHERE article_fts MATCH ?1",
                              -1, &ask, NULL) == SQLITE_OK);
}

/* Patterns stand for words of the archive; here, for those of the query. */
static void
expand_patterns(struct leaves *leaves)
{
    for (size_t i = 0; i < leaves->count; i++) {
        struct leaf *leaf = &leaves->leaf[i];

        if (!leaf_is_pattern(leaf))
            continue;
        for (size_t k = 0; k < leaves->count; k++)
            if (leaves->leaf[k].terms && !leaf_is_pattern(&leaves->leaf[k]))
                list_add_text(leaf_is_prefix(leaf) ? &leaf->stretched
                                                   : &leaf->expansion,
                              leaves->leaf[k].term[0].term);
    }
}

static void
check_match(struct expr *expr)
{
    struct leaves leaves = {0};
    struct plan plan;

    leaves_collect(&leaves, expr, analyzer, &languages);
    expand_patterns(&leaves);
    plan_make(&plan, expr, &leaves);
    if (plan.match.size) {
        sqlite3_bind_text64(ask, 1, plan.match.data, plan.match.size,
                            SQLITE_STATIC, SQLITE_UTF8);
        assert(sqlite3_step(ask) == SQLITE_DONE);
        assert(sqlite3_reset(ask) == SQLITE_OK);
    }
    plan_release(&plan);
    leaves_release(&leaves);
}

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

    if (!ask)
        set_up();
    expr_print(expr, &text);
    again = expr_parse(text.data, text.size, 1541160000, &wide, &notes);
    assert(expr_equal(expr, again));
    if (expr)
        check_match(expr);
    expr_free(expr);
    expr_free(again);
    buf_release(&text);
    list_release(&notes);
    return 0;
}
