#include "query/evaluate/evaluate.h"

#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "query/evaluate/evaluate_parts.h"
#include "query/language/zone.h"

enum {
    LOOK_EVERY = 256 /* articles or blocks, at the clock */
};

static bool
has_aside(const struct expr *expr)
{
    bool has = is_aside(expr);

    for (size_t i = 0; !has && i < expr->children; i++)
        has = has_aside(expr->child[i]);
    return has;
}

/* Does only the truth of a part of the tree matter where the whole does?  What
 * stands in another field is near no word of a text, so it may be beside one,
 * but not beside another such part, nor be what nothing else is near. */
static bool
is_of_truths(const struct expr *expr)
{
    if (expr->kind == EXPR_APART)
        return !has_aside(expr->child[0]);
    if (expr->kind == EXPR_NEAR || expr->kind == EXPR_SENTENCE ||
        expr->kind == EXPR_PARAGRAPH)
        return !has_aside(expr->child[0]) || !has_aside(expr->child[1]);
    return expr->kind == EXPR_AND || expr->kind == EXPR_OR ||
           expr->kind == EXPR_NOT || expr->kind == EXPR_MUST ||
           expr->kind == EXPR_BOOST;
}

/* Is every other field asked for by itself, where only the truth matters? */
static bool
is_apart(const struct expr *expr, bool alone)
{
    if (is_aside(expr))
        return alone &&
               !(zone_fields(expr->zone) & ((1u << FIELD_TEXT_COUNT) - 1));
    alone = alone && is_of_truths(expr);
    for (size_t i = 0; i < expr->children; i++)
        if (!is_apart(expr->child[i], alone))
            return false;
    return true;
}

/* Do words of the ranked index, or lists, say which articles to look at? */
static bool
is_anchored(const struct evaluation *evaluation, const struct ask *ask)
{
    size_t column;

    switch (ask->kind) {
    case ASK_LEAF:
        column = column_of_leaf(evaluation, ask->leaf);
        return !evaluation->leaves->leaf[ask->leaf].aside ||
               (column < evaluation->columns &&
                evaluation->column[column].listed);
    case ASK_NOT:
        return is_anchored(evaluation, ask->left);
    case ASK_OR:
        return is_anchored(evaluation, ask->left) &&
               is_anchored(evaluation, ask->right);
    case ASK_AND:
    default:
        return is_anchored(evaluation, ask->left) ||
               is_anchored(evaluation, ask->right);
    }
}

bool
evaluate_can(const struct evaluation *evaluation)
{
    const struct plan *plan = evaluation->plan;
    bool aside = false;

    if (!evaluation->expr || !is_apart(evaluation->expr, true))
        return false;
    for (size_t i = 0; i < evaluation->leaves->count; i++)
        aside = aside || evaluation->leaves->leaf[i].aside;
    return !aside || (!plan->complement && plan->ask &&
                      is_anchored(evaluation, plan->ask));
}

/* --- which articles --- */

/* The first docid, not before another, that may answer what is asked. */
static uint32_t
ask_next(struct evaluator *ev, const struct ask *ask, uint32_t docid)
{
    uint32_t left;
    uint32_t right;

    switch (ask->kind) {
    case ASK_LEAF:
        return leaf_next(ev, &ev->leaf[ask->leaf], docid);
    case ASK_NOT:
        return ask_next(ev, ask->left, docid);
    case ASK_OR:
        left = ask_next(ev, ask->left, docid);
        right = left == docid ? left : ask_next(ev, ask->right, docid);
        return left < right ? left : right;
    case ASK_AND:
    default:
        for (;;) {
            left = ask_next(ev, ask->left, docid);
            if (left == NO_ARTICLE)
                return NO_ARTICLE;
            right = ask_next(ev, ask->right, left);
            if (right == left || right == NO_ARTICLE)
                return right;
            docid = right;
        }
    }
}

static uint32_t
next_article(struct evaluator *ev, uint32_t docid)
{
    const struct plan *plan = ev->evaluation->plan;

    if (docid >= ev->run.to)
        return NO_ARTICLE;
    if (plan->complement)
        return docid;
    return plan->ask ? ask_next(ev, plan->ask, docid) : NO_ARTICLE;
}

/* --- scores --- */

/* Does the present article have what is asked, as FTS5 would say?  What of it
 * scores is added up, or handed to `see`. */
struct counting {
    struct evaluator *ev;
    uint64_t score;
    bool most; /* what it is at most is enough */
    evaluate_see see;
    void *context;
    size_t hit;
};

static void
show_places(struct counting *counting, size_t number,
            const struct ranked_places *places)
{
    struct evaluator *ev = counting->ev;

    article_measure(ev);
    for (size_t i = 0; i < places->places; i++) {
        size_t field = 0;

        while (field + 1 < FIELD_TEXT_COUNT &&
               places->place[i] >= ev->end[field])
            field++;
        counting->see(
            counting->context, counting->hit, number, (enum field)field,
            places->place[i] - (field ? (uint32_t)ev->end[field - 1] + 1 : 0));
    }
}

static bool
count_leaf(struct counting *counting, const struct ask *ask)
{
    struct evaluator *ev = counting->ev;
    struct evaluated_leaf *leaf = &ev->leaf[ask->leaf];
    uint32_t impact;

    if (!leaf_may_stand(ev, leaf))
        return false;
    if (leaf->leaf->aside)
        return true;
    if (counting->see) {
        const struct ranked_places *places = leaf_scoring(ev, leaf);

        if (leaf->fields)
            show_places(counting, ask->leaf, places);
        return places->places > 0;
    }
    if (!leaf->fields)
        return true;
    impact =
        counting->most ? leaf_impact_most(ev, leaf) : leaf_impact(ev, leaf);
    counting->score += (uint64_t)leaf->leaf->weight * impact;
    return impact > 0;
}

static bool count_ask(struct counting *counting, const struct ask *ask);

static bool
holds(struct evaluator *ev, const struct ask *ask)
{
    struct counting whether = {.ev = ev};

    return count_ask(&whether, ask);
}

static bool
count_ask(struct counting *counting, const struct ask *ask)
{
    uint64_t score = counting->score;
    bool left;
    bool right;

    if (ask->kind == ASK_LEAF)
        return count_leaf(counting, ask);
    if (ask->kind == ASK_AND && counting->see && !holds(counting->ev, ask))
        return false;
    if (ask->kind == ASK_NOT)
        return !holds(counting->ev, ask->right) &&
               count_ask(counting, ask->left);
    left = count_ask(counting, ask->left);
    if (ask->kind == ASK_AND && !left)
        return false;
    right = count_ask(counting, ask->right);
    if (ask->kind == ASK_OR)
        return left || right;
    if (!right)
        counting->score = score;
    return right;
}

static uint64_t
score(struct evaluator *ev, bool most)
{
    struct counting counting = {.ev = ev, .most = most};
    const struct plan *plan = ev->evaluation->plan;

    if (plan->ask && !plan->complement)
        count_ask(&counting, plan->ask);
    return counting.score;
}

static uint64_t
score_most(struct evaluator *ev)
{
    if (!ev->weighed)
        ev->most = score(ev, true);
    ev->weighed = true;
    return ev->most;
}

/* --- one segment after the other --- */

static void
offer(struct evaluator *ev, uint32_t docid)
{
    struct run *run = &ev->run;
    const struct heap *heap = run->heap;
    uint64_t sum = 0;
    bool ranked = run->query->sort == TOPK_BEST && heap->limit > 0;

    /* Who cannot get in is counted only. */
    if (ranked && heap->hits == heap->limit) {
        sum = score_most(ev);
        ranked = sum >= heap->hit[0].score;
    }
    if (ranked)
        sum = score(ev, false);
    run_offer(run, docid, sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX);
}

/* Have enough been counted, so that only the best are still wanted? */
static bool
is_pruning(const struct evaluator *ev)
{
    const struct heap *heap = ev->run.heap;
    const struct evaluation *evaluation = ev->evaluation;

    return evaluation->enough && evaluation->sort == TOPK_BEST &&
           !evaluation->meet && heap->limit > 0 && heap->hits == heap->limit &&
           ev->counted + ev->run.count > evaluation->enough;
}

/* Can an article that scores so much at most, or one behind it, be among the
 * best?  Who scores as much as the worst of them may, by its date. */
static bool
may_join(const struct evaluator *ev, uint32_t docid, uint64_t most)
{
    const struct topk_hit *worst = ev->run.heap->hit;

    return most > worst->score ||
           (most == worst->score &&
            ranked_published(ev->run.ranked, docid) >= worst->published);
}

/* The next article that may be among the best. */
static uint32_t
next_worthy(struct evaluator *ev, uint32_t docid)
{
    uint32_t blocks = 0;

    while (docid < ev->run.to) {
        if (docid < ev->bound_from || docid > ev->bound_until) {
            ev->bound = evaluator_bound(ev, docid, &ev->bound_until);
            ev->bound_from = docid;
        }
        if (!may_join(ev, docid, ev->bound)) {
            ev->skipped = true;
            if (ev->bound_until == UINT32_MAX)
                break;
            docid = ev->bound_until + 1;
            if (++blocks % LOOK_EVERY == 0 && run_is_late(&ev->run))
                break;
            continue;
        }
        docid = next_article(ev, docid);
        if (docid <= ev->bound_until)
            return docid;
    }
    return NO_ARTICLE;
}

/* Can the present article be among the best? */
static bool
is_worthy(struct evaluator *ev)
{
    if (!is_pruning(ev) || may_join(ev, ev->docid, score_most(ev)))
        return true;
    ev->skipped = true;
    return false;
}

static void
run_segment(struct evaluator *ev)
{
    struct run *run = &ev->run;
    uint32_t docid = run->from;
    uint32_t looks = 0;

    evaluator_open(ev);
    evaluator_list_columns(ev);
    ev->bound_from = UINT32_MAX; /* nothing is known of this segment */
    for (;; docid++) {
        docid =
            is_pruning(ev) ? next_worthy(ev, docid) : next_article(ev, docid);
        if (docid >= run->to || run->done)
            break;
        if (++looks % LOOK_EVERY == 0 && run_is_late(run))
            break;
        article_begin(ev, docid);
        /* Who is to be asked for elsewhere is asked for last; who was left when
         * the time was up has not answered. */
        if (is_worthy(ev) && tree_matches(ev) && !run->done &&
            run_admits(run, docid))
            offer(ev, docid);
    }
    evaluator_close(ev);
}

static void
evaluator_release(struct evaluator *ev)
{
    for (size_t i = 0; i < ev->rooms; i++)
        free(ev->room[i].item);
    free(ev->room);
    ranked_places_release(&ev->gathered);
    ranked_sentences_release(&ev->sentences);
}

bool
evaluate_run(const struct topk_archive *archive,
             const struct evaluation *evaluation, struct topk_result *result)
{
    const struct topk_query query = {.sort = evaluation->sort,
                                     .first = INT64_MIN,
                                     .last = INT64_MAX,
                                     .limit = evaluation->limit,
                                     .meet = evaluation->meet,
                                     .meeting = evaluation->meeting,
                                     .count = true};
    struct heap heap = {.archive = archive, .limit = evaluation->limit};
    struct evaluator ev = {.evaluation = evaluation,
                           .run = {.query = &query, .heap = &heap}};
    bool sound = true;

    heap.hit = mem_resize(NULL, heap.limit + 1, sizeof(*heap.hit));
    for (size_t i = 0;
         i < archive->segments && !deadline_look(archive->deadline); i++) {
        run_enter(&ev.run, i);
        ev.run.every = true;
        run_segment(&ev);
        result->count += ev.run.count;
        ev.counted = result->count;
        sound = sound && !ranked_damaged(ev.run.ranked);
    }
    run_sort(&ev.run);
    result->hit = heap.hit;
    result->hits = heap.hits;
    result->late = deadline_look(archive->deadline);
    result->exact = !result->late && !ev.skipped;
    evaluator_release(&ev);
    return sound;
}

bool
evaluate_look(const struct topk_archive *archive,
              const struct evaluation *evaluation, const struct topk_hit *hit,
              size_t hits, evaluate_see see, void *context)
{
    const struct topk_query query = TOPK_QUERY_INIT;
    struct heap heap = {.archive = archive};
    struct evaluator ev = {.evaluation = evaluation,
                           .run = {.query = &query, .heap = &heap}};
    const struct plan *plan = evaluation->plan;
    bool sound = true;

    for (size_t s = 0; s < archive->segments; s++) {
        bool open = false;

        for (size_t i = 0; i < hits && !deadline_look(archive->deadline); i++) {
            struct counting counting = {
                .ev = &ev, .see = see, .context = context, .hit = i};

            if (hit[i].segment != s || !plan->ask || plan->complement)
                continue;
            if (!open) {
                run_enter(&ev.run, s);
                evaluator_open(&ev);
                evaluator_list_columns(&ev);
            }
            open = true;
            article_begin(&ev, hit[i].docid);
            count_ask(&counting, plan->ask);
        }
        if (open) {
            sound = sound && !ranked_damaged(ev.run.ranked);
            evaluator_close(&ev);
        }
    }
    evaluator_release(&ev);
    return sound;
}
