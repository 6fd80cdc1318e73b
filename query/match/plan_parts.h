/*
 * query/match/plan_parts.h - what the files of plan.h share; nobody else
 * includes it.
 *
 *     plan.c        the tree as a set of articles; what is looked up instead
 *     plan_print.c  that set as the text for MATCH
 */
#ifndef QUERY_PLAN_PARTS_H
#define QUERY_PLAN_PARTS_H

#include "query/match/plan.h"

struct planner {
    struct plan *plan;
    const struct leaves *leaves;
};

/* Append what is asked for to plan->match, and its phrases to plan->phrase;
 * they score if `scores`, but for what must not be there. */
void plan_print(struct planner *planner, const struct ask *ask, bool scores);

#endif
