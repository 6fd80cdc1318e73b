#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/archive/field.h"
#include "query/language/zone.h"
#include "query/match/plan_parts.h"

/*
 * A part of the tree becomes a set: what MATCH can say, or the complement of
 * it.  With both, AND, OR and NOT never leave what FTS5 has:
 *
 *     P AND Q        P AND Q          P OR Q        P OR Q
 *     P AND -Q       P NOT Q          P OR -Q       -(Q NOT P)
 *     -P AND -Q      -(P OR Q)        -P OR -Q      -(P AND Q)
 *
 * NULL is the empty set, its complement the whole archive.
 */
struct set {
    struct ask *ask;
    bool complement;
    bool exact; /* not only large enough */
};

/* Where a part of the tree is looked for. */
struct within {
    unsigned fields;
    bool zoned;
    bool partial;  /* only a part of the body */
    bool lettered; /* only words written in some way */
};

static struct ask *
ask_new(enum ask_kind kind, struct ask *left, struct ask *right)
{
    struct ask *ask = mem_zero(1, sizeof(*ask));

    ask->kind = kind;
    ask->left = left;
    ask->right = right;
    return ask;
}

static void
ask_free(struct ask *ask)
{
    if (!ask)
        return;
    ask_free(ask->left);
    ask_free(ask->right);
    free(ask);
}

static struct set
everything(void)
{
    return (struct set){.complement = true};
}

static struct set
set_not(struct set set)
{
    if (!set.exact) {
        /* What is surely large enough has no surely small complement. */
        ask_free(set.ask);
        return everything();
    }
    set.complement = !set.complement;
    return set;
}

static struct ask *
ask_both(struct ask *a, struct ask *b)
{
    if (a && b)
        return ask_new(ASK_AND, a, b);
    ask_free(a);
    ask_free(b);
    return NULL;
}

static struct ask *
ask_either(struct ask *a, struct ask *b)
{
    if (a && b)
        return ask_new(ASK_OR, a, b);
    return a ? a : b;
}

static struct ask *
ask_without(struct ask *a, struct ask *b)
{
    if (a && b)
        return ask_new(ASK_NOT, a, b);
    ask_free(b);
    return a;
}

static struct set
set_and(struct set a, struct set b)
{
    struct set out = {.exact = a.exact && b.exact};

    if (!a.complement && !b.complement) {
        out.ask = ask_both(a.ask, b.ask);
    } else if (a.complement && b.complement) {
        out.complement = true;
        out.ask = ask_either(a.ask, b.ask);
    } else if (b.complement) {
        out.ask = ask_without(a.ask, b.ask);
    } else {
        out.ask = ask_without(b.ask, a.ask);
    }
    return out;
}

static struct set
set_or(struct set a, struct set b)
{
    struct set out = {.exact = a.exact && b.exact};

    if (!a.complement && !b.complement) {
        out.ask = ask_either(a.ask, b.ask);
        return out;
    }
    out.complement = true;
    if (a.complement && b.complement)
        out.ask = ask_both(a.ask, b.ask);
    else if (b.complement)
        out.ask = ask_without(b.ask, a.ask);
    else
        out.ask = ask_without(a.ask, b.ask);
    return out;
}

/* --- the tree ------------------------------------------------------------- */

static struct set plan_part(struct planner *planner, const struct expr *expr,
                            const struct within *within);

static bool
leaf_is_exact(const struct leaf *leaf)
{
    for (size_t i = 0; i < leaf->terms; i++)
        if (leaf->term[i].test == LEAF_EXACT ||
            leaf->term[i].test == LEAF_GLOB || leaf->term[i].joined)
            return false;
    return !leaf->stretched.count;
}

/* Is there anything in the index to ask for? */
static bool
leaf_is_askable(const struct leaf *leaf)
{
    if (!leaf->readings)
        return false;
    return !leaf_is_pattern(leaf) || leaf_is_prefix(leaf) ||
           leaf->expansion.count;
}

static unsigned
fields_of(const struct within *within)
{
    if (within->zoned)
        return within->fields;
    return within->fields & ((1u << FIELD_TEXT_COUNT) - 1);
}

static struct set
plan_leaf(struct planner *planner, const struct expr *expr,
          const struct within *within)
{
    const struct leaf *leaf = &planner->leaves->leaf[expr->leaf];
    struct set set = {.exact = true};

    if (!leaf_is_askable(leaf) || !fields_of(within))
        return set;
    set.ask = ask_new(ASK_LEAF, NULL, NULL);
    set.ask->leaf = expr->leaf;
    set.ask->fields = fields_of(within);
    set.exact = leaf_is_exact(leaf) && !within->partial && !within->lettered;
    return set;
}

static struct set
plan_list(struct planner *planner, const struct expr *expr,
          const struct within *within)
{
    struct set all = plan_part(planner, expr->child[0], within);

    for (size_t i = 1; i < expr->children; i++) {
        struct set next = plan_part(planner, expr->child[i], within);

        all = expr->kind == EXPR_AND ? set_and(all, next) : set_or(all, next);
    }
    return all;
}

/* What stands near something has words in the same field: two sets of words,
 * both there.  Truth without words (a date, a NOT) does not count. */
static struct set
plan_near(struct planner *planner, const struct expr *expr,
          const struct within *within)
{
    struct set set = set_and(plan_part(planner, expr->child[0], within),
                             plan_part(planner, expr->child[1], within));

    set.exact = false;
    return set;
}

static void
narrow(const struct expr *expr, struct within *within)
{
    if (expr->kind == EXPR_CASE)
        within->lettered = true;
    if (expr->kind != EXPR_ZONE)
        return;
    within->fields &= zone_fields(expr->zone);
    within->zoned = true;
    within->partial = within->partial || expr->zone == ZONE_LEAD ||
                      expr->zone == ZONE_HLEAD || expr->zone == ZONE_FIRST;
}

static struct set
plan_part(struct planner *planner, const struct expr *expr,
          const struct within *within)
{
    struct within inner = *within;
    struct set set;

    switch (expr->kind) {
    case EXPR_WORD:
    case EXPR_PHRASE:
    case EXPR_PATTERN:
    case EXPR_FUZZY:
        return plan_leaf(planner, expr, within);
    case EXPR_AND:
    case EXPR_OR:
        return plan_list(planner, expr, within);
    case EXPR_NOT:
        return set_not(plan_part(planner, expr->child[0], within));
    case EXPR_NEAR:
    case EXPR_SENTENCE:
    case EXPR_PARAGRAPH:
        return plan_near(planner, expr, within);
    case EXPR_DATE:
    case EXPR_LENGTH:
        return everything();
    case EXPR_APART:
    case EXPR_ATLEAST:
    case EXPR_MAJOR:
        /* A NOT in major() asks of the lead what the article may have. */
        inner.partial = inner.partial || expr->kind == EXPR_MAJOR;
        set = plan_part(planner, expr->child[0], &inner);
        set.exact = false;
        return set;
    case EXPR_MUST:
    case EXPR_BOOST:
    case EXPR_ZONE:
    case EXPR_CASE:
    case EXPR_KINDS:
    default:
        narrow(expr, &inner);
        return plan_part(planner, expr->child[0], &inner);
    }
}

/* --- filters -------------------------------------------------------------- */

/* A date or length that holds for the whole query is looked up, not searched:
 * take it out of the conjunction.  Returns what is left, of `expr` itself. */
static bool
is_filter(struct plan *plan, const struct expr *expr)
{
    if (expr->kind == EXPR_DATE) {
        plan->dated = true;
        if (expr->from > plan->first_day)
            plan->first_day = expr->from;
        if (expr->to < plan->last_day)
            plan->last_day = expr->to;
        return true;
    }
    if (expr->kind == EXPR_LENGTH) {
        plan->measured = true;
        if (expr->from > plan->words_from)
            plan->words_from = expr->from;
        if (expr->to < plan->words_to)
            plan->words_to = expr->to;
        return true;
    }
    return false;
}

/* Everything under the top-level ANDs that is not a filter, as one set. */
static void
plan_top(struct planner *planner, const struct expr *expr, struct set *set)
{
    const struct within anywhere = {.fields = (1u << FIELD_COUNT) - 1};

    if (expr->kind == EXPR_MUST || expr->kind == EXPR_BOOST) {
        plan_top(planner, expr->child[0], set);
        return;
    }
    if (expr->kind == EXPR_AND) {
        for (size_t i = 0; i < expr->children; i++)
            plan_top(planner, expr->child[i], set);
        return;
    }
    if (!is_filter(planner->plan, expr))
        *set = set_and(*set, plan_part(planner, expr, &anywhere));
}

void
plan_make(struct plan *plan, const struct expr *expr,
          const struct leaves *leaves)
{
    struct planner planner = {plan, leaves};
    struct set set = everything();

    set.exact = true;
    *plan = (struct plan){
        .match = BUF_INIT,
        .first_day = EXPR_OPEN_FROM,
        .last_day = EXPR_OPEN_TO,
        .words_from = EXPR_OPEN_FROM,
        .words_to = EXPR_OPEN_TO,
    };
    if (expr)
        plan_top(&planner, expr, &set);
    if (set.ask)
        plan_print(&planner, set.ask, !set.complement);
    plan->complement = set.complement;
    plan->verify = !set.exact;
    plan->texts = leaves->count > 0;
    plan->ask = set.ask;
}

void
plan_release(struct plan *plan)
{
    ask_free(plan->ask);
    buf_release(&plan->match);
    free(plan->phrase);
    *plan = (struct plan){.match = BUF_INIT};
}
