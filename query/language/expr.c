#include "query/language/expr.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"

struct expr *
expr_new(enum expr_kind kind, const char *text)
{
    struct expr *expr = mem_zero(1, sizeof(*expr));

    expr->kind = kind;
    expr->text = mem_string(text);
    return expr;
}

/* The parser bounds the depth, so recursion is safe here and everywhere. */
void
expr_free(struct expr *expr)
{
    if (!expr)
        return;
    for (size_t i = 0; i < expr->children; i++)
        expr_free(expr->child[i]);
    free(expr->child);
    free(expr->text);
    free(expr);
}

void
expr_add(struct expr *parent, struct expr *child)
{
    parent->child = mem_grow(parent->child, parent->children,
                             &parent->child_room, sizeof(struct expr *));
    parent->child[parent->children++] = child;
}

struct expr *
expr_copy(const struct expr *expr)
{
    struct expr *copy = expr_new(expr->kind, expr->text);

    copy->flags = expr->flags;
    copy->n = expr->n;
    copy->zone = expr->zone;
    copy->letters = expr->letters;
    copy->boost = expr->boost;
    copy->from = expr->from;
    copy->to = expr->to;
    copy->leaf = expr->leaf;
    for (size_t i = 0; i < expr->children; i++)
        expr_add(copy, expr_copy(expr->child[i]));
    return copy;
}

static bool
texts_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    return strcmp(a, b) == 0;
}

static bool
nodes_equal(const struct expr *a, const struct expr *b)
{
    return a->kind == b->kind && a->flags == b->flags && a->n == b->n &&
           a->zone == b->zone && a->letters == b->letters &&
           a->from == b->from && a->to == b->to && a->boost - b->boost < 1e-9 &&
           b->boost - a->boost < 1e-9 && a->children == b->children &&
           texts_equal(a->text, b->text);
}

bool
expr_equal(const struct expr *a, const struct expr *b)
{
    if (!a || !b)
        return a == b;
    if (!nodes_equal(a, b))
        return false;
    for (size_t i = 0; i < a->children; i++)
        if (!expr_equal(a->child[i], b->child[i]))
            return false;
    return true;
}
