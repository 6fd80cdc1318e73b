#include "query/search/quick.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked_format.h"
#include "query/evaluate/evaluate.h"
#include "query/search/columns.h"
#include "query/topk/topk.h"
#include "query/words/hyphens.h"

enum {
    TIES_SEEN = 500 /* of more hits, all keys are read */
};

/* The tree as units, and the leaf of each. */
struct quick {
    const struct leaves *leaves;
    struct topk_query query;
    struct topk_unit *unit;
    struct topk_unit *reading; /* the second and further ones */
    size_t readings;
    struct topk_term *term;
    size_t term_room;
    size_t *leaf;
    size_t terms;
    size_t wanted;
    bool boosted; /* the whole query */
};

static bool
add_reading(struct quick *quick, const struct leaf *leaf,
            const struct reading *reading, struct topk_unit *unit)
{
    const struct leaf_term *term = leaf->term + reading->first;

    for (size_t i = 0; i < reading->terms; i++)
        if (term[i].test != LEAF_TERM && term[i].test != LEAF_TWIN)
            return false;
    unit->term = &quick->term[quick->terms];
    unit->terms =
        hyphens_terms(leaf, term, reading->terms, &quick->term[quick->terms],
                      quick->term_room - quick->terms);
    unit->language = reading->language;
    quick->terms += unit->terms;
    return unit->terms > 0;
}

/* A word or phrase: any of its readings. */
static bool
add_leaf(struct quick *quick, const struct expr *expr, bool banned)
{
    const struct leaf *leaf;
    struct topk_unit *unit = &quick->unit[quick->query.units];

    if (expr->kind != EXPR_WORD && expr->kind != EXPR_PHRASE)
        return false;
    leaf = &quick->leaves->leaf[expr->leaf];
    if (!leaf->readings || quick->query.units == quick->leaves->count)
        return false;
    *unit = (struct topk_unit){.weight = leaf->weight ? leaf->weight : 1,
                               .banned = banned};
    for (size_t i = 0; i < leaf->readings; i++) {
        if (i) {
            unit->other = &quick->reading[quick->readings];
            unit = &quick->reading[quick->readings++];
            *unit = (struct topk_unit){0};
        }
        if (!add_reading(quick, leaf, &leaf->reading[i], unit))
            return false;
    }
    quick->leaf[quick->query.units++] = expr->leaf;
    quick->wanted += !banned;
    return true;
}

static const struct expr *
unboosted(const struct expr *expr)
{
    while (expr->kind == EXPR_BOOST)
        expr = expr->child[0];
    return expr;
}

static bool
add_any(struct quick *quick, const struct expr *list)
{
    for (size_t i = 0; i < list->children; i++)
        if (!add_leaf(quick, unboosted(list->child[i]), false))
            return false;
    return true;
}

/* Days of the whole query are those of the plan, which sees none under a
 * boost. */
static bool
is_filter(const struct quick *quick, const struct expr *expr)
{
    while (expr->kind == EXPR_MUST)
        expr = expr->child[0];
    return expr->kind == EXPR_DATE && !quick->boosted;
}

/* The members of a list that must all hold.  One of them may be a list of
 * which any will do, if nothing else is wanted. */
static bool
add_all(struct quick *quick, const struct expr *list)
{
    const struct expr *any = NULL;

    for (size_t i = 0; i < list->children; i++) {
        const struct expr *child = unboosted(list->child[i]);
        bool added;

        while (child->kind == EXPR_MUST)
            child = unboosted(child->child[0]);
        if (is_filter(quick, list->child[i]))
            continue;
        if (child->kind == EXPR_OR && !any) {
            any = child;
            continue;
        }
        added = child->kind == EXPR_NOT
                    ? add_leaf(quick, unboosted(child->child[0]), true)
                    : add_leaf(quick, child, false);
        if (!added)
            return false;
    }
    if (!any)
        return true;
    quick->query.all = false;
    return quick->wanted == 0 && add_any(quick, any);
}

/* Room for all leaves; a term of a reading may bring a joined form with it. */
static void
quick_begin(struct quick *quick, const struct leaves *leaves)
{
    size_t readings = 0;

    *quick = (struct quick){.leaves = leaves};
    for (size_t i = 0; i < leaves->count; i++) {
        readings += leaves->leaf[i].readings;
        quick->term_room += 2 * leaves->leaf[i].terms;
    }
    quick->unit = mem_zero(leaves->count + 1, sizeof(*quick->unit));
    quick->leaf = mem_zero(leaves->count + 1, sizeof(*quick->leaf));
    quick->reading = mem_zero(readings + 1, sizeof(*quick->reading));
    quick->term = mem_zero(quick->term_room + 1, sizeof(*quick->term));
}

static void
quick_release(struct quick *quick)
{
    free(quick->unit);
    free(quick->leaf);
    free(quick->reading);
    free(quick->term);
}

static bool
quick_read(struct quick *quick, const struct collect_request *request)
{
    const struct expr *expr = request->expr;
    bool read;

    quick_begin(quick, request->leaves);
    quick->query = TOPK_QUERY_INIT;
    quick->query.unit = quick->unit;
    quick->query.all = true;
    quick->query.count = true;
    quick->query.limit = request->keep;
    if (request->sort == SORT_NEWEST)
        quick->query.sort = TOPK_NEWEST;
    else if (request->keep && request->keep < SCORER_CLOSE_LOOK)
        quick->query.limit = SCORER_CLOSE_LOOK;
    if (!expr)
        return false;
    quick->boosted = expr->kind == EXPR_BOOST;
    expr = unboosted(expr);
    if (expr->kind == EXPR_AND)
        read = add_all(quick, expr);
    else if (expr->kind == EXPR_OR)
        quick->query.all = !(read = add_any(quick, expr));
    else
        read = add_leaf(quick, expr, false);
    return read && topk_can(&quick->query);
}

/* Are there only units, so that not every match has to be looked at? */
static bool
is_of_units(const struct collect_request *request)
{
    const struct plan *plan = request->plan;
    struct quick quick;
    bool can;

    if (plan->measured || plan->complement)
        return false;
    can = quick_read(&quick, request);
    quick_release(&quick);
    return can;
}

static struct evaluation
evaluation_of(const struct collect_request *request)
{
    struct evaluation evaluation = {.expr = request->expr,
                                    .leaves = request->leaves,
                                    .plan = request->plan,
                                    .limit = request->keep,
                                    .sort = TOPK_NEWEST};

    if (request->sort == SORT_RANK) {
        evaluation.sort = TOPK_BEST;
        if (request->keep && request->keep < SCORER_CLOSE_LOOK)
            evaluation.limit = SCORER_CLOSE_LOOK;
        /* Whoever pages on past that many is told no fewer. */
        evaluation.enough = request->enough;
        if (request->enough && request->enough < request->keep)
            evaluation.enough = request->keep;
    }
    return evaluation;
}

bool
quick_can(const struct archive *archive, const struct collect_request *request)
{
    struct evaluation evaluation = evaluation_of(request);
    struct columns columns = {0};
    bool can;

    /* Age may bring up any article, so pruning by score would be wrong. */
    if (request->recent || request->exhaustive ||
        (request->sort != SORT_RANK && request->sort != SORT_NEWEST))
        return false;
    for (size_t i = 0; i < archive->manifest.segments; i++)
        if (!archive->segment[i].ranked)
            return false;
    if (!archive->manifest.segments)
        return false;
    if (is_of_units(request))
        return true;
    if (!request->expr)
        return false;
    columns_make(&columns, request->expr, request->leaves);
    evaluation.column = columns.column;
    evaluation.columns = columns.count;
    can = evaluate_can(&evaluation);
    columns_release(&columns);
    return can;
}

/* --- what topk.h asks back ------------------------------------------------ */

/* A part of the tree about a field that the ranked index lacks. */
struct aside {
    const struct expr *expr;
    struct match *match;
};

struct asking {
    struct archive *archive;
    const struct collect_request *request;
    bool narrowed;
    enum status status;
    struct error *err;
    struct columns columns;
    struct aside *aside;
    size_t asides;
    size_t aside_room;
};

/* Has it been answered?  The clock interrupts whatever is being read: who was
 * asked about then is left out, and what was found before stays. */
static bool
is_told(struct asking *asking)
{
    if (!asking->status)
        return !asking->archive->deadline.late;
    if (!asking->archive->deadline.late)
        return false;
    asking->status = STATUS_OK;
    if (asking->err)
        *asking->err = (struct error){0};
    return false;
}

/* Days differ by zone; an article near the edge is looked at. */
static bool
on_the_days(struct asking *asking, size_t segment, int64_t id)
{
    const struct plan *plan = asking->request->plan;
    struct match_facts facts = {0};

    if (!asking->status)
        asking->status = collect_facts(&asking->archive->segment[segment], id,
                                       &facts, asking->err);
    return is_told(asking) && facts.dated && facts.day >= plan->first_day &&
           facts.day <= plan->last_day;
}

static bool
accept(void *context, size_t segment, int64_t id)
{
    struct asking *asking = context;
    bool has = true;

    if (asking->request->plan->dated && !on_the_days(asking, segment, id))
        return false;
    if (asking->narrowed && !asking->status)
        asking->status = collect_only(&asking->archive->segment[segment], id,
                                      asking->request->only, &has, asking->err);
    return (!asking->narrowed || is_told(asking)) && has;
}

static int64_t
id_of(const struct archive *archive, const struct topk_hit *hit)
{
    return archive->segment[hit->segment].entry->articles - hit->docid;
}

static char *
key_of(struct asking *asking, const struct topk_hit *hit)
{
    struct found found = {.id = id_of(asking->archive, hit)};

    if (!asking->status)
        asking->status = collect_found(&asking->archive->segment[hit->segment],
                                       &found, asking->err);
    if (is_told(asking))
        return found.key;
    free(found.key);
    return NULL;
}

static int
compare_keys(void *context, const struct topk_hit *a, const struct topk_hit *b)
{
    char *one = key_of(context, a);
    char *two = key_of(context, b);
    int order = one && two ? strcmp(one, two) : 0;

    free(one);
    free(two);
    return order;
}

/* --- nearness ------------------------------------------------------------- */

struct looking {
    const struct quick *quick;
    struct scorer *scorer;
    struct collection *out;
    size_t hit; /* whose positions are being seen */
};

static void
see_leaf(void *context, size_t hit, size_t leaf, enum field field,
         uint32_t position)
{
    struct looking *looking = context;

    if (hit != looking->hit) {
        looking->out->item[looking->hit].near = scorer_near(looking->scorer);
        looking->hit = hit;
    }
    scorer_add_position(looking->scorer, leaf, field, position);
}

static void
see_position(void *context, size_t hit, size_t unit, enum field field,
             uint32_t position)
{
    const struct looking *looking = context;

    see_leaf(context, hit, looking->quick->leaf[unit], field, position);
}

static bool
look_at_positions(const struct topk_archive *archive, struct looking *looking,
                  const struct topk_result *result)
{
    size_t hits =
        result->hits < SCORER_CLOSE_LOOK ? result->hits : SCORER_CLOSE_LOOK;

    if (!hits)
        return true;
    if (!topk_look(archive, &looking->quick->query, result->hit, hits,
                   see_position, looking))
        return false;
    looking->out->item[looking->hit].near = scorer_near(looking->scorer);
    return true;
}

/* --- the answer ----------------------------------------------------------- */

static enum status
open_segments(const struct asking *asking, struct topk_segment *segment,
              struct error *err)
{
    struct archive *archive = asking->archive;
    const struct plan *plan = asking->request->plan;
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < archive->manifest.segments; i++) {
        struct id_range range = {1, archive->segment[i].entry->articles, 1, 0};

        segment[i] =
            (struct topk_segment){.ranked = archive->segment[i].ranked,
                                  .entry = archive->segment[i].entry,
                                  .bounded = plan->dated || asking->narrowed};
        if (plan->dated)
            status = archive_days(&archive->segment[i], plan->first_day,
                                  plan->last_day, &range, err);
        segment[i].first = range.first;
        segment[i].last = range.last;
        segment[i].sure_first = range.sure_first;
        segment[i].sure_last =
            asking->narrowed ? range.sure_first - 1 : range.sure_last;
    }
    return status;
}

static void
keep_match(void *context, size_t segment, int64_t id)
{
    collection_remember(context, segment, id);
}

static int
newer_id_first(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;

    return (left < right) - (left > right);
}

/* Where a unit has several readings, matches are met in each of them. */
static void
sort_matches(struct collection *out)
{
    for (size_t i = 0; i < out->segments; i++)
        if (out->ids[i])
            qsort(out->id[i], out->ids[i], sizeof(**out->id), newer_id_first);
}

static void
keep_hits(const struct archive *archive, const struct topk_result *result,
          struct collection *out)
{
    out->total = result->count;
    out->item = mem_resize(out->item, result->hits + 1, sizeof(*out->item));
    for (size_t i = 0; i < result->hits; i++) {
        const struct topk_hit *hit = &result->hit[i];
        bool dated = hit->published != RANKED_UNDATED;

        out->item[out->count++] =
            (struct found){.segment = hit->segment,
                           .id = id_of(archive, hit),
                           .score = hit->score,
                           .dated = dated,
                           .published = dated ? hit->published : 0};
    }
}

static bool
may_tie(const struct found *a, const struct found *b)
{
    return a->dated == b->dated && a->published == b->published &&
           (a->score == b->score || a->score + a->near == b->score + b->near);
}

/* Keys are read where they may decide: reading the article of every hit costs
 * more than finding them.  Whatever the clock says: what was found is told. */
static enum status
read_keys(struct archive *archive, struct collection *out, struct error *err)
{
    enum status status = STATUS_OK;

    archive->deadline.paused = true;
    for (size_t i = 0; !status && i < out->count; i++) {
        struct found *item = &out->item[i];
        bool tie = out->count > TIES_SEEN;

        for (size_t j = 0; !tie && j < out->count; j++)
            tie = i != j && may_tie(item, &out->item[j]);
        if (tie)
            status = collect_found(&archive->segment[item->segment], item, err);
        else
            item->key = mem_string("");
    }
    archive->deadline.paused = false;
    return status;
}

/* What has been asked for, to be put to the ranked indexes. */
struct put {
    struct archive *archive;
    struct scorer *scorer;
    const struct collect_request *request;
    struct topk_archive asked;
    struct asking asking;
    struct topk_result result;
};

static void
collect_matches(const struct put *put, struct collection *out, topk_meet *meet,
                void **meeting)
{
    if (!out->every)
        return;
    collection_begin(out, put->archive->manifest.segments);
    *meet = keep_match;
    *meeting = out;
}

static enum status
ask_units(struct put *put, struct collection *out, bool *answered)
{
    const struct collect_request *request = put->request;
    struct quick quick;
    struct looking looking = {&quick, put->scorer, out, 0};

    *answered = quick_read(&quick, request);
    collect_matches(put, out, &quick.query.meet, &quick.query.meeting);
    if (*answered)
        *answered = topk_run(&put->asked, &quick.query, &put->result);
    if (out->every && quick.readings)
        sort_matches(out);
    if (!put->asking.status && *answered)
        keep_hits(put->archive, &put->result, out);
    if (!put->asking.status && *answered && request->sort == SORT_RANK) {
        scorer_begin(put->scorer, request->plan, request->leaves);
        *answered = look_at_positions(&put->asked, &looking, &put->result);
    }
    quick_release(&quick);
    return put->asking.status;
}

static bool
tell_facts(void *context, size_t segment, int64_t id, struct match_facts *facts)
{
    struct asking *asking = context;

    if (!asking->status)
        asking->status = collect_facts(&asking->archive->segment[segment], id,
                                       facts, asking->err);
    return is_told(asking);
}

/* What FTS5 cannot say is asked of the articles. */
static bool
tell_list(void *context, size_t segment, size_t column, uint32_t **docid,
          size_t *count)
{
    struct asking *asking = context;
    struct error err = {0};

    return !asking->status &&
           !columns_list(&asking->archive->segment[segment],
                         &asking->columns.plan[column], docid, count, &err);
}

static struct match *
match_of(struct asking *asking, const struct expr *expr)
{
    struct aside *aside;

    for (size_t i = 0; i < asking->asides; i++)
        if (asking->aside[i].expr == expr)
            return asking->aside[i].match;
    asking->aside = mem_grow(asking->aside, asking->asides, &asking->aside_room,
                             sizeof(*asking->aside));
    aside = &asking->aside[asking->asides++];
    aside->expr = expr;
    aside->match =
        match_new(expr, asking->request->leaves, asking->archive->analyzer);
    match_set_deadline(aside->match, &asking->archive->deadline);
    return aside->match;
}

static bool
tell_aside(void *context, size_t segment, int64_t id, const struct expr *zone)
{
    struct asking *asking = context;
    struct match *match = match_of(asking, zone);

    if (!asking->status)
        asking->status = collect_aside(&asking->archive->segment[segment], id,
                                       match, asking->err);
    return is_told(asking) && match_decide(match);
}

static void
asking_release(struct asking *asking)
{
    for (size_t i = 0; i < asking->asides; i++)
        match_free(asking->aside[i].match);
    free(asking->aside);
    columns_release(&asking->columns);
}

static enum status
ask_tree(struct put *put, struct collection *out, bool *answered)
{
    const struct collect_request *request = put->request;
    struct evaluation evaluation = evaluation_of(request);
    struct looking looking = {NULL, put->scorer, out, 0};
    size_t hits;

    columns_make(&put->asking.columns, request->expr, request->leaves);
    evaluation.column = put->asking.columns.column;
    evaluation.columns = put->asking.columns.count;
    evaluation.list = tell_list;
    evaluation.facts = tell_facts;
    evaluation.aside = tell_aside;
    evaluation.asking = &put->asking;
    collect_matches(put, out, &evaluation.meet, &evaluation.meeting);
    *answered = evaluate_run(&put->asked, &evaluation, &put->result);
    if (put->asking.status || !*answered)
        return put->asking.status;
    keep_hits(put->archive, &put->result, out);
    out->more = !put->result.exact && !put->result.late;
    if (out->more)
        out->total = evaluation.enough;
    hits = put->result.hits < SCORER_CLOSE_LOOK ? put->result.hits
                                                : SCORER_CLOSE_LOOK;
    if (request->sort != SORT_RANK || !hits)
        return STATUS_OK;
    scorer_begin(put->scorer, request->plan, request->leaves);
    *answered = evaluate_look(&put->asked, &evaluation, put->result.hit, hits,
                              see_leaf, &looking);
    out->item[looking.hit].near = scorer_near(put->scorer);
    return STATUS_OK;
}

enum status
quick_collect(struct archive *archive, struct scorer *scorer,
              const struct collect_request *request, struct collection *out,
              bool *answered, struct error *err)
{
    struct topk_segment *segment =
        mem_zero(archive->manifest.segments, sizeof(*segment));
    struct put put = {archive,
                      scorer,
                      request,
                      .asked = {segment, archive->manifest.segments,
                                compare_keys, accept, &put.asking,
                                &archive->deadline},
                      .asking = {.archive = archive,
                                 .request = request,
                                 .narrowed = collect_is_narrowed(request->only),
                                 .err = err},
                      .result = TOPK_RESULT_INIT};
    enum status status = open_segments(&put.asking, segment, err);

    *answered = false;
    if (!status)
        status = is_of_units(request) ? ask_units(&put, out, answered)
                                      : ask_tree(&put, out, answered);
    out->cut_short = archive->deadline.late;
    if (!status && *answered)
        status = read_keys(archive, out, err);
    if (!status && *answered)
        collect_sort(request, out);
    topk_result_release(&put.result);
    asking_release(&put.asking);
    free(segment);
    return status;
}
