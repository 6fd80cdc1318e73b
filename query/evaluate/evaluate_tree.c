/* The tree over the places of an article, as query/match/match.h defines it. */
#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "query/evaluate/evaluate_parts.h"
#include "query/language/zone.h"

enum {
    STEPS = 4096 /* of pairing, between two looks at the clock */
};

/* Empty room for extents, which is given back when ev->used is what it was
 * before: its number. */
static size_t
take_room(struct evaluator *ev)
{
    if (ev->used == ev->rooms) {
        size_t rooms = ev->rooms ? ev->rooms * 2 : 16;

        ev->room = mem_resize(ev->room, rooms, sizeof(*ev->room));
        for (; ev->rooms < rooms; ev->rooms++)
            ev->room[ev->rooms] = (struct extents){0};
    }
    ev->room[ev->used].count = 0;
    return ev->used++;
}

void
extents_add(struct extents *list, uint32_t first, uint32_t last)
{
    list->item =
        mem_grow(list->item, list->count, &list->room, sizeof(*list->item));
    list->item[list->count++] = (struct extent){first, last};
}

static int
by_place(const void *a, const void *b)
{
    const struct extent *left = a;
    const struct extent *right = b;

    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->last > right->last) - (left->last < right->last);
}

void
extents_sort(struct extents *list)
{
    size_t kept = 0;
    bool sorted = true;

    for (size_t i = 1; sorted && i < list->count; i++)
        sorted = by_place(&list->item[i - 1], &list->item[i]) < 0;
    if (sorted)
        return;
    qsort(list->item, list->count, sizeof(*list->item), by_place);
    for (size_t i = 1; i < list->count; i++)
        if (by_place(&list->item[kept], &list->item[i]) != 0)
            list->item[++kept] = list->item[i];
    list->count = kept + 1;
}

/* A part of the tree in a scope; where it stands goes to the room of that
 * number, or nowhere. */
#define NOWHERE SIZE_MAX

static bool evaluate(struct evaluator *ev, const struct expr *expr,
                     const struct scope *scope, size_t out);

static void
narrow(struct evaluator *ev, const struct expr *expr, struct scope *scope)
{
    uint32_t limit = UINT32_MAX;

    if (expr->kind == EXPR_CASE)
        scope->letters |= 1u << expr->letters;
    if (expr->kind != EXPR_ZONE)
        return;
    scope->fields &= zone_fields(expr->zone);
    if (expr->zone == ZONE_LEAD || expr->zone == ZONE_HLEAD)
        limit = ranked_lead(ev->run.ranked, ev->docid);
    if (expr->zone == ZONE_FIRST)
        limit = (uint32_t)expr->n;
    if (limit < scope->body_limit)
        scope->body_limit = limit;
}

/* --- nearness ------------------------------------------------------------- */

/* Two sides of an operator in one article. */
struct sides {
    const struct expr *expr;
    const struct extents *left;
    const struct extents *right;
    bool sentence;
    bool paragraph;
    uint32_t widest; /* of the right: words from first to last */
};

/* What may be beside `a`: it lies in places [*first, *end), or it is out. */
static void
neighbourhood(struct evaluator *ev, const struct sides *sides,
              const struct extent *a, uint32_t *first, uint64_t *end)
{
    uint32_t n = (uint32_t)sides->expr->n;
    enum field field;

    if (sides->sentence || sides->paragraph) {
        article_unit(ev, a->first, sides->sentence, first, end);
        return;
    }
    field = article_field(ev, a->first);
    *first = field && field < FIELD_TEXT_COUNT
                 ? (uint32_t)ev->end[field - 1] + 1
                 : 0;
    *end = field < FIELD_TEXT_COUNT ? ev->end[field] : UINT32_MAX;
    /* Only nearer than n matters; where b is long it may begin before. */
    if (a->first > n && a->first - n > sides->widest &&
        a->first - n - sides->widest > *first)
        *first = a->first - n - sides->widest;
    if ((uint64_t)a->last + n + 1 < *end)
        *end = (uint64_t)a->last + n + 1;
}

/* Is b, which begins in the neighbourhood of a, near it? */
static bool
is_near(struct evaluator *ev, const struct sides *sides, const struct extent *a,
        const struct extent *b, uint64_t end)
{
    const struct expr *expr = sides->expr;

    if (a->last >= b->first && b->last >= a->first)
        return false;
    if (sides->sentence || sides->paragraph)
        return a->last < end && b->last < end;
    if (article_field(ev, a->first) != article_field(ev, b->first))
        return false;
    if (b->first > a->last)
        return b->first - a->last <= (uint32_t)expr->n;
    return !(expr->flags & EXPR_ORDERED) &&
           a->first - b->last <= (uint32_t)expr->n;
}

/* Pair `a` with what is near it; all of it if there is `out`, else one will do.
 * Both sides rise, and so do neighbourhoods: `*from` is where this one begins
 * on the right. */
static bool
pair_one(struct evaluator *ev, const struct sides *sides,
         const struct extent *a, size_t *from, struct extents *out)
{
    const struct extents *right = sides->right;
    bool any = false;
    uint32_t first;
    uint64_t end;

    neighbourhood(ev, sides, a, &first, &end);
    while (*from < right->count && right->item[*from].first < first)
        (*from)++;
    for (size_t i = *from; i < right->count; i++) {
        const struct extent *b = &right->item[i];

        if (b->first >= end ||
            (++ev->steps % STEPS == 0 && run_is_late(&ev->run)))
            break;
        if (!is_near(ev, sides, a, b, end))
            continue;
        any = true;
        if (!out || out->count == MATCH_PAIRS_MAX)
            break;
        extents_add(out, a->first < b->first ? a->first : b->first,
                    a->last > b->last ? a->last : b->last);
    }
    return any;
}

/* Pair each of the left with what is near it; without `out`, is there any? */
static bool
pair_up(struct evaluator *ev, const struct sides *sides, struct extents *out)
{
    size_t from = 0;
    bool any = false;

    for (size_t i = 0; i < sides->left->count && !ev->run.done &&
                       (out ? out->count < MATCH_PAIRS_MAX : !any);
         i++)
        any = pair_one(ev, sides, &sides->left->item[i], &from, out) || any;
    return any;
}

/* Those of the left that have nothing near them. */
static bool
leave_apart(struct evaluator *ev, const struct sides *sides,
            struct extents *out)
{
    size_t from = 0;
    bool any = false;

    for (size_t i = 0; i < sides->left->count && !ev->run.done && (out || !any);
         i++) {
        const struct extent *a = &sides->left->item[i];

        if (pair_one(ev, sides, a, &from, NULL))
            continue;
        any = true;
        if (out)
            extents_add(out, a->first, a->last);
    }
    return any;
}

/* Can a part of the tree stand in the present article at all, as far as its
 * articles go? */
static bool
may_stand(struct evaluator *ev, const struct expr *expr)
{
    bool all = expr->kind != EXPR_OR;

    if (!expr->children && expr->text)
        return leaf_may_stand(ev, &ev->leaf[expr->leaf]);
    if (expr->kind == EXPR_NOT || !expr->children)
        return true;
    if (expr->kind == EXPR_APART)
        return may_stand(ev, expr->child[0]);
    for (size_t i = 0; i < expr->children; i++)
        if (may_stand(ev, expr->child[i]) != all)
            return !all;
    return all;
}

static bool
evaluate_near(struct evaluator *ev, const struct expr *expr,
              const struct scope *scope, size_t out)
{
    struct sides sides = {.expr = expr,
                          .sentence = expr->kind == EXPR_SENTENCE ||
                                      expr->flags & EXPR_IN_SENTENCE,
                          .paragraph = expr->kind == EXPR_PARAGRAPH ||
                                       expr->flags & EXPR_IN_PARAGRAPH};
    struct extents *to;
    size_t left;
    size_t right;
    bool truth;

    if (!may_stand(ev, expr->child[0]))
        return false;
    if (!may_stand(ev, expr->child[1])) {
        if (expr->kind != EXPR_APART)
            return false;
        left = out == NOWHERE ? take_room(ev) : out;
        evaluate(ev, expr->child[0], scope, left);
        return ev->room[left].count > 0;
    }
    left = take_room(ev);
    right = take_room(ev);
    evaluate(ev, expr->child[0], scope, left);
    if (!ev->room[left].count)
        return false;
    evaluate(ev, expr->child[1], scope, right);
    sides.left = &ev->room[left];
    sides.right = &ev->room[right];
    for (size_t i = 0; i < sides.right->count; i++) {
        const struct extent *b = &sides.right->item[i];

        if (b->last - b->first > sides.widest)
            sides.widest = b->last - b->first;
    }
    to = out == NOWHERE ? NULL : &ev->room[out];
    truth = expr->kind == EXPR_APART ? leave_apart(ev, &sides, to)
                                     : pair_up(ev, &sides, to);
    if (to)
        extents_sort(to);
    return truth;
}

/* --- the rest ------------------------------------------------------------- */

static bool
evaluate_list(struct evaluator *ev, const struct expr *expr,
              const struct scope *scope, size_t out)
{
    bool all = expr->kind == EXPR_AND;
    bool truth = all;

    for (size_t i = 0; i < expr->children; i++) {
        size_t used = ev->used;
        size_t part = out == NOWHERE ? NOWHERE : take_room(ev);
        bool holds = evaluate(ev, expr->child[i], scope, part);

        for (size_t j = 0; holds && part != NOWHERE && j < ev->room[part].count;
             j++)
            extents_add(&ev->room[out], ev->room[part].item[j].first,
                        ev->room[part].item[j].last);
        ev->used = used;
        truth = all ? truth && holds : truth || holds;
        if (all ? !holds : truth && out == NOWHERE)
            break;
    }
    if (out == NOWHERE)
        return truth;
    if (!truth)
        ev->room[out].count = 0;
    extents_sort(&ev->room[out]);
    return truth;
}

static bool
evaluate_atleast(struct evaluator *ev, const struct expr *expr, size_t least,
                 const struct scope *scope, size_t out)
{
    size_t used = ev->used;
    size_t part = out == NOWHERE ? take_room(ev) : out;
    struct extents *list;
    size_t begun = 0;

    evaluate(ev, expr, scope, part);
    list = &ev->room[part];
    for (size_t i = 0; i < list->count; i++)
        begun += i == 0 || list->item[i].first != list->item[i - 1].first;
    if (begun < least)
        list->count = 0;
    ev->used = used;
    return begun >= least;
}

static bool
evaluate_major(struct evaluator *ev, const struct expr *expr,
               const struct scope *scope, size_t out)
{
    const struct expr hlead = {.kind = EXPR_ZONE, .zone = ZONE_HLEAD};
    struct scope inner = *scope;
    size_t used = ev->used;
    size_t part = take_room(ev);
    bool prominent;

    narrow(ev, &hlead, &inner);
    evaluate(ev, expr->child[0], &inner, part);
    prominent = ev->room[part].count > 0;
    ev->used = used;
    if (!prominent)
        return evaluate_atleast(ev, expr->child[0], 3, scope, out);
    if (out != NOWHERE)
        evaluate(ev, expr->child[0], scope, out);
    return true;
}

static bool
evaluate_range(struct evaluator *ev, const struct expr *expr)
{
    const struct match_facts *facts = article_facts(ev);

    if (expr->kind == EXPR_LENGTH)
        return facts->words >= expr->from && facts->words <= expr->to;
    return facts->dated && facts->day >= expr->from && facts->day <= expr->to;
}

static bool
evaluate_kind(struct evaluator *ev, const struct expr *expr,
              const struct scope *scope, size_t out)
{
    struct scope inner = *scope;

    switch (expr->kind) {
    case EXPR_WORD:
    case EXPR_PHRASE:
    case EXPR_PATTERN:
    case EXPR_FUZZY:
        return leaf_stands(ev, &ev->leaf[expr->leaf], scope,
                           out == NOWHERE ? NULL : &ev->room[out]);
    case EXPR_AND:
    case EXPR_OR:
        return evaluate_list(ev, expr, scope, out);
    case EXPR_NOT:
        return !evaluate(ev, expr->child[0], scope, NOWHERE);
    case EXPR_NEAR:
    case EXPR_SENTENCE:
    case EXPR_PARAGRAPH:
    case EXPR_APART:
        return evaluate_near(ev, expr, scope, out);
    case EXPR_ATLEAST:
        return evaluate_atleast(ev, expr->child[0], (size_t)expr->n, scope,
                                out);
    case EXPR_MAJOR:
        return evaluate_major(ev, expr, scope, out);
    case EXPR_DATE:
    case EXPR_LENGTH:
        return evaluate_range(ev, expr);
    case EXPR_MUST:
    case EXPR_BOOST:
    case EXPR_ZONE:
    case EXPR_CASE:
    case EXPR_KINDS:
    default:
        if (is_aside(expr))
            return column_holds(ev, expr);
        narrow(ev, expr, &inner);
        return evaluate(ev, expr->child[0], &inner, out);
    }
}

static bool
evaluate(struct evaluator *ev, const struct expr *expr,
         const struct scope *scope, size_t out)
{
    size_t used = ev->used;
    bool truth = evaluate_kind(ev, expr, scope, out);

    ev->used = used;
    return truth;
}

/* Dates of the whole query are those of the articles that are looked at. */
static bool
top_matches(struct evaluator *ev, const struct expr *expr)
{
    static const struct scope whole_article = {
        .fields = (1u << FIELD_TEXT_COUNT) - 1,
        .body_limit = UINT32_MAX,
    };

    if (expr->kind == EXPR_DATE)
        return true;
    if (expr->kind == EXPR_MUST)
        return top_matches(ev, expr->child[0]);
    if (expr->kind != EXPR_AND)
        return evaluate(ev, expr, &whole_article, NOWHERE);
    /* What is asked elsewhere is asked last. */
    for (size_t i = 0; i < expr->children; i++)
        if (!is_aside(expr->child[i]) && !top_matches(ev, expr->child[i]))
            return false;
    for (size_t i = 0; i < expr->children; i++)
        if (is_aside(expr->child[i]) && !top_matches(ev, expr->child[i]))
            return false;
    return true;
}

bool
tree_matches(struct evaluator *ev)
{
    return top_matches(ev, ev->evaluation->expr);
}
