#include <stdlib.h>
#include <string.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "query/language/zone.h"
#include "query/match/match_parts.h"

void
stretches_add(struct stretches *list, const struct stretch *stretch)
{
    list->item =
        mem_grow(list->item, list->count, &list->room, sizeof(*list->item));
    list->item[list->count++] = *stretch;
}

static int
by_place(const void *a, const void *b)
{
    const struct stretch *left = a;
    const struct stretch *right = b;

    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    if (left->last != right->last)
        return left->last < right->last ? -1 : 1;
    return 0;
}

void
stretches_sort(struct stretches *list)
{
    size_t kept = 0;

    if (list->count < 2)
        return;
    qsort(list->item, list->count, sizeof(*list->item), by_place);
    for (size_t i = 1; i < list->count; i++)
        if (by_place(&list->item[kept], &list->item[i]) != 0)
            list->item[++kept] = list->item[i];
    list->count = kept + 1;
}

enum field
match_field_of(const struct match *match, uint32_t place)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        const struct match_field *field = &match->field[i];

        if (field->count && place >= field->first &&
            place - field->first < field->count)
            return (enum field)i;
    }
    return FIELD_COUNT;
}

const struct match_word *
match_word(const struct match *match, uint32_t place)
{
    const struct match_field *field =
        &match->field[match_field_of(match, place)];

    return &match->word[field->base + (place - field->first)];
}

/* --- leaves --------------------------------------------------------------- */

static bool
letters_fit(const struct match_word *word, unsigned letters)
{
    if (letters & 1u << LETTERS_ALL_CAPITALS && !word->capitals)
        return false;
    if (letters & 1u << LETTERS_CAPITAL && !word->capital)
        return false;
    return !(letters & 1u << LETTERS_NO_CAPITAL) || !word->capital;
}

static bool
in_scope(const struct match *match, const struct stretch *stretch,
         const struct scope *scope)
{
    enum field field = match_field_of(match, stretch->first);
    unsigned fields = scope->fields;

    if (!scope->zoned)
        fields &= (1u << FIELD_TEXT_COUNT) - 1;
    if (field == FIELD_COUNT || !(fields & 1u << field))
        return false;
    if (field == FIELD_BODY && stretch->last >= scope->body_limit)
        return false;
    for (uint32_t i = stretch->first; scope->letters && i <= stretch->last; i++)
        if (!letters_fit(match_word(match, i), scope->letters))
            return false;
    return true;
}

/* The occurrence at a place, or NULL. */
static const struct occurrence *
occurrence_at(const struct occurrences *list, uint32_t place)
{
    struct bisect half = bisect_between(0, list->count);

    while (bisect_next(&half))
        bisect_go(&half, list->item[half.middle].place < place);
    if (half.low < list->count && list->item[half.low].place == place)
        return &list->item[half.low];
    return NULL;
}

/* Where a reading has the parts of a word, does the word stand, too? */
static bool
joined_fit(const struct occurrences *found, const struct leaf *leaf,
           const struct reading *reading, uint32_t place)
{
    const struct leaf_term *term = leaf->term + reading->first;

    for (uint32_t i = 0; i < reading->terms; i++)
        if (term[i].joined &&
            !occurrence_at(&found[term[i].joined - 1], place + i))
            return false;
    return true;
}

/* Follow a reading from each place of its first term. */
static void
find_reading(const struct match *match, const struct leaf *leaf,
             const struct reading *reading, const struct scope *scope,
             struct stretches *out)
{
    const struct occurrences *found =
        match->found + match->first_term[leaf - match->leaves->leaf];
    const struct occurrences *term = found + reading->first;

    for (size_t i = 0; i < term[0].count && !match_late(match, i); i++) {
        const struct occurrence *first = &term[0].item[i];
        const struct occurrence *last = first;
        struct stretch stretch;

        for (size_t j = 1; j < reading->terms && last; j++)
            last = occurrence_at(&term[j], first->place + (uint32_t)j);
        if (!last || !joined_fit(found, leaf, reading, first->place))
            continue;
        stretch.first = first->place;
        stretch.last = last->place;
        stretch.start = first->start;
        stretch.end = last->end > first->end ? last->end : first->end;
        if (in_scope(match, &stretch, scope))
            stretches_add(out, &stretch);
    }
}

void
match_leaf(const struct match *match, const struct leaf *leaf,
           const struct scope *scope, struct stretches *out)
{
    for (size_t i = 0; i < leaf->readings; i++)
        find_reading(match, leaf, &leaf->reading[i], scope, out);
    stretches_sort(out);
}

/* --- scopes --------------------------------------------------------------- */

void
match_narrow(const struct match *match, const struct expr *expr,
             struct scope *scope)
{
    uint32_t limit = UINT32_MAX;

    if (expr->kind == EXPR_CASE)
        scope->letters |= 1u << expr->letters;
    if (expr->kind != EXPR_ZONE)
        return;
    scope->fields &= zone_fields(expr->zone);
    scope->zoned = true;
    if (expr->zone == ZONE_LEAD || expr->zone == ZONE_HLEAD)
        limit = match->lead_end;
    if (expr->zone == ZONE_FIRST)
        limit = match->field[FIELD_BODY].first + (uint32_t)expr->n;
    if (limit < scope->body_limit)
        scope->body_limit = limit;
}

/* --- the rest ------------------------------------------------------------- */

/* Evaluate a part and add where it stands. */
static bool
eval_part(const struct match *match, const struct expr *expr,
          const struct scope *scope, struct stretches *out)
{
    struct stretches part = {0};
    bool truth = match_eval(match, expr, scope, &part);

    for (size_t i = 0; truth && i < part.count; i++)
        stretches_add(out, &part.item[i]);
    free(part.item);
    return truth;
}

static bool
eval_list(const struct match *match, const struct expr *expr,
          const struct scope *scope, struct stretches *out)
{
    bool all = expr->kind == EXPR_AND;
    bool truth = all;

    for (size_t i = 0; i < expr->children; i++) {
        bool part = eval_part(match, expr->child[i], scope, out);

        truth = all ? truth && part : truth || part;
        if (all && !part)
            break;
    }
    if (!truth)
        out->count = 0;
    stretches_sort(out);
    return truth;
}

static bool
eval_atleast(const struct match *match, const struct expr *expr, size_t least,
             const struct scope *scope, struct stretches *out)
{
    size_t begun = 0;

    match_eval(match, expr, scope, out);
    for (size_t i = 0; i < out->count; i++)
        begun += i == 0 || out->item[i].first != out->item[i - 1].first;
    if (begun >= least)
        return true;
    out->count = 0;
    return false;
}

static bool
eval_major(const struct match *match, const struct expr *expr,
           const struct scope *scope, struct stretches *out)
{
    const struct expr hlead = {.kind = EXPR_ZONE, .zone = ZONE_HLEAD};
    struct scope inner = *scope;
    struct stretches part = {0};
    bool prominent;

    match_narrow(match, &hlead, &inner);
    match_eval(match, expr->child[0], &inner, &part);
    prominent = part.count > 0;
    free(part.item);
    if (!prominent)
        return eval_atleast(match, expr->child[0], 3, scope, out);
    match_eval(match, expr->child[0], scope, out);
    return true;
}

static bool
eval_range(const struct match *match, const struct expr *expr)
{
    if (expr->kind == EXPR_LENGTH)
        return match->facts.words >= expr->from &&
               match->facts.words <= expr->to;
    return match->facts.dated && match->facts.day >= expr->from &&
           match->facts.day <= expr->to;
}

static bool
eval_into(const struct match *match, const struct expr *expr,
          const struct scope *scope, struct stretches *out)
{
    struct scope inner = *scope;

    switch (expr->kind) {
    case EXPR_WORD:
    case EXPR_PHRASE:
    case EXPR_PATTERN:
    case EXPR_FUZZY:
        match_leaf(match, &match->leaves->leaf[expr->leaf], scope, out);
        return out->count > 0;
    case EXPR_AND:
    case EXPR_OR:
        return eval_list(match, expr, scope, out);
    case EXPR_NOT:
        return !match_eval(match, expr->child[0], scope, NULL);
    case EXPR_NEAR:
    case EXPR_SENTENCE:
    case EXPR_PARAGRAPH:
    case EXPR_APART:
        return match_near(match, expr, scope, out);
    case EXPR_ATLEAST:
        return eval_atleast(match, expr->child[0], (size_t)expr->n, scope, out);
    case EXPR_MAJOR:
        return eval_major(match, expr, scope, out);
    case EXPR_DATE:
    case EXPR_LENGTH:
        return eval_range(match, expr);
    case EXPR_MUST:
    case EXPR_BOOST:
    case EXPR_ZONE:
    case EXPR_CASE:
    case EXPR_KINDS:
    default:
        match_narrow(match, expr, &inner);
        return match_eval(match, expr->child[0], &inner, out);
    }
}

bool
match_eval(const struct match *match, const struct expr *expr,
           const struct scope *scope, struct stretches *out)
{
    struct stretches own = {0};
    bool truth = eval_into(match, expr, scope, out ? out : &own);

    free(own.item);
    return truth;
}
