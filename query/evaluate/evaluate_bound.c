/*
 * What articles can score at most, block by block, so that whole blocks are
 * passed over once enough matches have been counted: the bounds of block-max
 * WAND (Ding and Suel, SIGIR 2011), of each leaf all of its words together.
 */
#include "indexer/ranked/ranked.h"
#include "query/evaluate/evaluate_parts.h"

/* What one word adds at most in the block that has `docid`, or comes next. */
static float
list_bound(const struct term_list *list, uint32_t docid, uint32_t *until)
{
    uint32_t from = list->block;
    uint32_t last;

    if (from && (from >= list->list.blocks ||
                 ranked_last(&list->list, from - 1) >= docid))
        from = 0;
    from = ranked_seek(&list->list, from, docid);
    if (from >= list->list.blocks)
        return 0;
    last = ranked_last(&list->list, from);
    *until = last < *until ? last : *until;
    return bm25f_unsaturate(ranked_most(&list->list, from));
}

static uint64_t
leaf_bound(const struct evaluated_leaf *leaf, uint32_t docid, uint32_t *until)
{
    uint32_t most = BM25F_IMPACT_MAX;
    float sum = 0;

    if (leaf->leaf->aside || !leaf->fields)
        return 0;
    /* Of a window's many words the blocks would be more than the articles. */
    if (!leaf->window) {
        for (size_t i = 0; i < leaf->lists; i++)
            sum += list_bound(&leaf->list[i], docid, until);
        if (sum <= 0)
            return 0;
        most = bm25f_saturate(sum) + 1;
        if (most > BM25F_IMPACT_MAX)
            most = BM25F_IMPACT_MAX;
    }
    return (uint64_t)leaf->leaf->weight * most;
}

static uint64_t
ask_bound(const struct evaluator *ev, const struct ask *ask, uint32_t docid,
          uint32_t *until)
{
    if (ask->kind == ASK_LEAF)
        return leaf_bound(&ev->leaf[ask->leaf], docid, until);
    if (ask->kind == ASK_NOT)
        return ask_bound(ev, ask->left, docid, until);
    return ask_bound(ev, ask->left, docid, until) +
           ask_bound(ev, ask->right, docid, until);
}

uint64_t
evaluator_bound(const struct evaluator *ev, uint32_t docid, uint32_t *until)
{
    const struct plan *plan = ev->evaluation->plan;

    *until = UINT32_MAX;
    if (!plan->ask || plan->complement)
        return 0;
    return ask_bound(ev, plan->ask, docid, until);
}
