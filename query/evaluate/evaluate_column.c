/* Parts of the tree about fields that are not in the ranked index. */
#include <stdlib.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "query/evaluate/evaluate_parts.h"

size_t
column_of_leaf(const struct evaluation *evaluation, size_t leaf)
{
    size_t column = 0;

    while (column < evaluation->columns &&
           evaluation->column[column].leaf != leaf)
        column++;
    return column;
}

void
evaluator_list_columns(struct evaluator *ev)
{
    const struct evaluation *evaluation = ev->evaluation;

    ev->column = mem_zero(evaluation->columns + 1, sizeof(*ev->column));
    for (size_t i = 0; i < evaluation->columns; i++) {
        struct column_list *list = &ev->column[i];

        list->known = evaluation->column[i].listed &&
                      evaluation->list(evaluation->asking, ev->run.segment, i,
                                       &list->docid, &list->count);
    }
    for (size_t i = 0; i < evaluation->leaves->count; i++) {
        size_t column = column_of_leaf(evaluation, i);

        if (column < evaluation->columns && ev->column[column].known)
            ev->leaf[i].column = &ev->column[column];
    }
}

void
evaluator_forget_columns(struct evaluator *ev)
{
    for (size_t i = 0; ev->column && i < ev->evaluation->columns; i++)
        free(ev->column[i].docid);
    free(ev->column);
    ev->column = NULL;
}

uint32_t
column_next(struct column_list *list, uint32_t docid)
{
    struct bisect half;

    if (list->at && list->docid[list->at - 1] >= docid)
        list->at = 0;
    half = bisect_between(list->at, list->count);
    while (bisect_next(&half))
        bisect_go(&half, list->docid[half.middle] < docid);
    list->at = half.low;
    return list->at < list->count ? list->docid[list->at] : NO_ARTICLE;
}

/* Is all that the zone is about listed? */
static bool
is_sure(const struct evaluator *ev, const struct expr *zone)
{
    const struct evaluation *evaluation = ev->evaluation;
    bool any = false;

    for (size_t i = 0; i < evaluation->columns; i++) {
        if (evaluation->column[i].zone != zone)
            continue;
        if (!evaluation->column[i].sure || !ev->column[i].known)
            return false;
        any = true;
    }
    return any;
}

/* AND, OR and NOT of lists. */
static bool
is_listed(struct evaluator *ev, const struct expr *expr)
{
    bool all = expr->kind != EXPR_OR;

    if (!expr->children)
        return leaf_may_stand(ev, &ev->leaf[expr->leaf]);
    if (expr->kind == EXPR_NOT)
        return !is_listed(ev, expr->child[0]);
    for (size_t i = 0; i < expr->children; i++)
        if (is_listed(ev, expr->child[i]) != all)
            return !all;
    return all;
}

bool
column_holds(struct evaluator *ev, const struct expr *zone)
{
    const struct evaluation *evaluation = ev->evaluation;
    const struct deadline *deadline = ev->run.heap->archive->deadline;
    bool holds;

    if (is_sure(ev, zone))
        return is_listed(ev, zone);
    holds = evaluation->aside(evaluation->asking, ev->run.segment,
                              ranked_id(ev->run.ranked, ev->docid), zone);
    /* Who was interrupted has not said no. */
    ev->run.done = ev->run.done || (deadline && deadline->late);
    return holds;
}
