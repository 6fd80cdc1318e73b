#include "query/words/telling.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/bm25f.h"

/* Fewer are looked up in no time. */
#define ARTICLES_SEEN 400000

/* A child of the list, its place in it, and what it weighs. */
struct telling {
    struct expr *expr;
    struct leaf *leaf;
    size_t at;
};

static bool
same_readings(const struct leaf *a, const struct leaf *b)
{
    if (a->readings != b->readings || a->terms != b->terms)
        return false;
    for (size_t i = 0; i < a->terms; i++)
        if (a->term[i].test != b->term[i].test ||
            strcmp(a->term[i].term, b->term[i].term) != 0)
            return false;
    return true;
}

/* The first of the leaves [0, count) that means what `leaf` does, or NULL. */
static struct leaf *
said_before(const struct telling *telling, size_t count,
            const struct leaf *leaf)
{
    for (size_t i = 0; i < count; i++)
        if (same_readings(telling[i].leaf, leaf))
            return telling[i].leaf;
    return NULL;
}

/* Whoever says a word again means it more. */
static void
add_weight(struct leaf *first, struct leaf *again)
{
    if (again->repeats)
        return;
    again->repeats = true;
    again->dropped = true;
    first->weight += again->weight;
    if (first->weight > BM25F_WEIGHT_MAX)
        first->weight = BM25F_WEIGHT_MAX;
}

/* Rarest first; of equals, the earlier. */
static int
by_weight(const void *a, const void *b)
{
    const struct telling *one = a;
    const struct telling *two = b;

    if (one->leaf->weight != two->leaf->weight)
        return one->leaf->weight > two->leaf->weight ? -1 : 1;
    return one->at < two->at ? -1 : one->at > two->at;
}

static int
by_place(const void *a, const void *b)
{
    const struct telling *one = a;
    const struct telling *two = b;

    return one->at < two->at ? -1 : one->at > two->at;
}

/* How many of those that are sorted by weight are kept. */
static size_t
count_kept(const struct telling *telling, size_t count, uint64_t articles)
{
    uint64_t most = articles > ARTICLES_SEEN / 2 ? 2 * articles : ARTICLES_SEEN;
    uint64_t sum = 0;
    size_t kept = 0;

    while (kept < count && kept < TELLING_MOST) {
        sum += telling[kept].leaf->articles;
        if (kept >= TELLING_LEAST && sum > most)
            break;
        kept++;
    }
    return kept;
}

static void
keep_in_list(struct expr *list, struct leaves *leaves, uint64_t articles)
{
    struct telling *telling = mem_zero(list->children, sizeof(*telling));
    bool many = list->children > TELLING_MOST;
    size_t count = 0;
    size_t kept;

    for (size_t i = 0; i < list->children; i++) {
        struct expr *child = list->child[i];
        struct leaf *leaf = &leaves->leaf[child->leaf];
        struct leaf *first = many ? said_before(telling, count, leaf) : NULL;

        if (first) {
            add_weight(first, leaf);
            expr_free(child);
            continue;
        }
        telling[count++] = (struct telling){child, leaf, i};
    }
    qsort(telling, count, sizeof(*telling), by_weight);
    kept = count_kept(telling, count, articles);
    for (size_t i = kept; i < count; i++) {
        telling[i].leaf->common = true;
        telling[i].leaf->dropped = true;
        expr_free(telling[i].expr);
    }
    qsort(telling, kept, sizeof(*telling), by_place);
    for (size_t i = 0; i < kept; i++)
        list->child[i] = telling[i].expr;
    list->children = kept;
    free(telling);
}

/* Is it a list of many words, of which any will do? */
static bool
is_long(const struct expr *expr)
{
    if (expr->kind != EXPR_OR || expr->children <= TELLING_LEAST)
        return false;
    for (size_t i = 0; i < expr->children; i++)
        if (expr->child[i]->kind != EXPR_WORD &&
            expr->child[i]->kind != EXPR_PHRASE)
            return false;
    return true;
}

void
telling_keep(struct expr *meant, struct leaves *leaves, uint64_t articles)
{
    if (!meant)
        return;
    if (is_long(meant)) {
        keep_in_list(meant, leaves, articles);
        return;
    }
    for (size_t i = 0; meant->kind == EXPR_AND && i < meant->children; i++)
        if (is_long(meant->child[i]))
            keep_in_list(meant->child[i], leaves, articles);
}
