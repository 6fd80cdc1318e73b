#include <stdlib.h>

#include "corpus/base/mem.h"
#include "query/match/match_parts.h"

/*
 * One side of an operator.  Both sides are sorted by their first words, so
 * those that a stretch of the left one can go with are a window that moves
 * only forward: a long article costs as much as it has pairs in reach.
 */
struct side {
    struct stretches list;
    uint64_t *unit;  /* in which the first word of each lies */
    bool *whole;     /* so does its last word */
    uint32_t *reach; /* the furthest last word of it and all before it */
};

static bool
in_sentence(const struct expr *expr)
{
    return expr->kind == EXPR_SENTENCE || expr->flags & EXPR_IN_SENTENCE;
}

static bool
in_unit(const struct expr *expr)
{
    return in_sentence(expr) || expr->kind == EXPR_PARAGRAPH ||
           expr->flags & EXPR_IN_PARAGRAPH;
}

/* The sentence or paragraph of a place.  Fields come in the order of their
 * places, so these rise with the places. */
static uint64_t
unit_of(const struct match *match, uint32_t place, bool sentence)
{
    const struct match_word *word = match_word(match, place);
    enum field field = match_field_of(match, place);
    uint64_t order = 0;

    while (order < MATCH_FIELDS && match_order[order] != field)
        order++;
    return order << 32 | (sentence ? word->sentence : word->paragraph);
}

static void
side_init(struct side *side, const struct match *match,
          const struct expr *operator, const struct expr * expr,
          const struct scope *scope)
{
    struct stretches *list = &side->list;
    bool sentence = in_sentence(operator);
    uint32_t reach = 0;

    *side = (struct side){0};
    match_eval(match, expr, scope, list);
    side->reach = mem_alloc((list->count + 1) * sizeof(*side->reach));
    side->unit = mem_zero(list->count + 1, sizeof(*side->unit));
    side->whole = mem_zero(list->count + 1, sizeof(*side->whole));
    for (size_t i = 0; i < list->count; i++) {
        const struct stretch *item = &list->item[i];

        reach = item->last > reach ? item->last : reach;
        side->reach[i] = reach;
        if (!in_unit(operator))
            continue;
        side->unit[i] = unit_of(match, item->first, sentence);
        side->whole[i] = unit_of(match, item->last, sentence) == side->unit[i];
    }
}

static void
side_release(struct side *side)
{
    free(side->list.item);
    free(side->unit);
    free(side->whole);
    free(side->reach);
}

/* The first of the other side that can go with a stretch, or with any that
 * begins later. */
static size_t
window_begin(const struct side *right, size_t begin, const struct stretch *a,
             uint32_t distance)
{
    while (begin < right->list.count && right->reach[begin] < a->first &&
           a->first - right->reach[begin] > distance)
        begin++;
    return begin;
}

/* How b stands to a by the operator of `expr`; they do not overlap. */
static bool
near(const struct match *match, const struct expr *expr,
     const struct stretch *a, const struct stretch *b)
{
    if (match_field_of(match, a->first) != match_field_of(match, b->first))
        return false;
    if (b->first > a->last)
        return b->first - a->last <= (uint32_t)expr->n;
    return !(expr->flags & EXPR_ORDERED) &&
           a->first - b->last <= (uint32_t)expr->n;
}

static void
add_hull(struct stretches *out, const struct stretch *a,
         const struct stretch *b)
{
    struct stretch hull = *a;

    if (b->first < a->first) {
        hull.first = b->first;
        hull.start = b->start;
    }
    if (b->last > a->last) {
        hull.last = b->last;
        hull.end = b->end;
    }
    stretches_add(out, &hull);
}

struct pairing {
    const struct match *match;
    const struct expr *expr;
    const struct side *left;
    const struct side *right;
    struct stretches *out;
    size_t begin; /* of the window */
    size_t step;
    bool full;
};

static bool
related(const struct pairing *pairing, size_t i, size_t j)
{
    const struct stretch *a = &pairing->left->list.item[i];
    const struct stretch *b = &pairing->right->list.item[j];

    if (a->last >= b->first && b->last >= a->first)
        return false;
    if (in_unit(pairing->expr))
        return pairing->right->whole[j] &&
               pairing->left->unit[i] == pairing->right->unit[j];
    return near(pairing->match, pairing->expr, a, b);
}

/* Is stretch j of the right too far behind i of the left, as all that follow
 * it then are? */
static bool
is_behind(const struct pairing *pairing, size_t i, size_t j)
{
    const struct stretch *a = &pairing->left->list.item[i];
    const struct stretch *b = &pairing->right->list.item[j];

    if (in_unit(pairing->expr))
        return pairing->right->unit[j] > pairing->left->unit[i];
    return b->first > a->last &&
           b->first - a->last > (uint32_t)pairing->expr->n;
}

/* True if any of the right goes with stretch i of the left. */
static bool
pair(struct pairing *pairing, size_t i)
{
    const struct stretches *right = &pairing->right->list;
    const struct stretch *a = &pairing->left->list.item[i];
    bool apart = pairing->expr->kind == EXPR_APART;
    bool any = false;

    for (size_t j = pairing->begin; j < right->count && !pairing->full; j++) {
        if (is_behind(pairing, i, j) ||
            match_late(pairing->match, ++pairing->step))
            break;
        if (!related(pairing, i, j))
            continue;
        any = true;
        if (apart)
            break;
        add_hull(pairing->out, a, &right->item[j]);
        pairing->full = pairing->out->count >= MATCH_PAIRS_MAX;
    }
    return any;
}

/* Where the window begins for stretch i of the left. */
static void
move_window(struct pairing *pairing, size_t i)
{
    const struct side *right = pairing->right;
    const struct stretch *a = &pairing->left->list.item[i];

    if (!in_unit(pairing->expr)) {
        pairing->begin =
            window_begin(right, pairing->begin, a, (uint32_t)pairing->expr->n);
        return;
    }
    while (pairing->begin < right->list.count &&
           right->unit[pairing->begin] < pairing->left->unit[i])
        pairing->begin++;
}

bool
match_near(const struct match *match, const struct expr *expr,
           const struct scope *scope, struct stretches *out)
{
    struct side left;
    struct side right;
    struct pairing pairing = {.match = match,
                              .expr = expr,
                              .left = &left,
                              .right = &right,
                              .out = out};

    side_init(&left, match, expr, expr->child[0], scope);
    side_init(&right, match, expr, expr->child[1], scope);
    for (size_t i = 0; i < left.list.count && !pairing.full; i++) {
        bool any;

        move_window(&pairing, i);
        any = (!in_unit(expr) || left.whole[i]) && pair(&pairing, i);
        if (!any && expr->kind == EXPR_APART)
            stretches_add(out, &left.list.item[i]);
    }
    side_release(&left);
    side_release(&right);
    stretches_sort(out);
    return out->count > 0;
}
