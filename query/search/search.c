#include "query/search/search.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/bm25f.h"
#include "query/archive/archive.h"
#include "query/search/collect.h"
#include "query/search/explain.h"
#include "query/search/facets.h"
#include "query/search/load.h"
#include "query/search/misspelt.h"
#include "query/search/question.h"
#include "query/search/quick.h"
#include "query/search/timing.h"
#include "query/words/relax.h"

struct search {
    struct archive *archive;
    struct rank *rank; /* one for each segment */
};

static enum status
register_rank(void *context, size_t segment, struct sqlite3 *db,
              struct error *err)
{
    struct search *search = context;

    return rank_register(db, &search->rank[segment], err);
}

enum status
search_open(struct search **search, const char *dir, struct error *err)
{
    struct search *new = mem_zero(1, sizeof(*new));
    enum status status = archive_open(&new->archive, dir, err);

    *search = NULL;
    if (status) {
        search_close(new);
        return status;
    }
    new->rank =
        mem_zero(new->archive->manifest.segments + 1, sizeof(*new->rank));
    new->archive->opened = register_rank;
    new->archive->opened_context = new;
    *search = new;
    return STATUS_OK;
}

void
search_limit_memory(struct search *search, size_t bytes)
{
    archive_limit(search->archive, bytes);
    sqlite3_soft_heap_limit64((sqlite3_int64)bytes / 2);
    sqlite3_hard_heap_limit64((sqlite3_int64)bytes);
}

void
search_close(struct search *search)
{
    if (!search)
        return;
    for (size_t i = 0; search->rank && i < search->archive->manifest.segments;
         i++)
        rank_release(&search->rank[i]);
    free(search->rank);
    archive_close(search->archive);
    free(search);
}

void
search_result_release(struct search_result *result)
{
    for (size_t i = 0; i < result->hits; i++)
        hit_release(&result->hit[i]);
    free(result->hit);
    list_release(&result->notes);
    for (size_t i = 0; i < result->suggestions; i++) {
        free(result->suggestion[i].word);
        free(result->suggestion[i].better);
        free(result->suggestion[i].query);
    }
    free(result->suggestion);
    for (size_t i = 0; i < result->ways; i++) {
        free(result->way[i].part);
        free(result->way[i].instead);
        free(result->way[i].query);
    }
    free(result->way);
    for (size_t i = 0; i < FACET_COUNT; i++)
        facet_release(&result->facet[i]);
    buf_release(&result->canonical);
    buf_release(&result->explanation);
    *result = SEARCH_RESULT_INIT;
}

/* --- running it ----------------------------------------------------------- */

/* What failed because the time was up did not fail. */
static enum status
forgive(const struct search *search, enum status status, struct error *err)
{
    if (!status || !search->archive->deadline.late)
        return status;
    if (err)
        *err = (struct error){0};
    return STATUS_OK;
}

static enum status
run_once(struct search *search, const struct search_request *request,
         struct question *question, struct collection *found, struct error *err)
{
    struct collect_request ask = {
        .plan = &question->plan,
        .leaves = &question->leaves,
        .expr = question->meant,
        .sort = request->sort,
        .recent = request->recent,
        .now = request->now,
        .keep = request->limit ? request->offset + request->limit : 0,
        .exhaustive = request->exhaustive,
    };
    bool answered = false;
    enum status status = STATUS_OK;

    plan_release(&question->plan);
    plan_make(&question->plan, question->meant, &question->leaves);
    /* A query of nothing finds nothing; only filters ask for everything. */
    if (!question->meant)
        question->plan.complement = false;
    collection_release(found);
    found->every = request->facets != 0;
    if (quick_can(search->archive, &ask))
        status = quick_collect(search->archive, search->rank, &ask, found,
                               &answered, err);
    if (answered)
        question->plan.verify = false;
    if (status || answered)
        return status;
    collection_release(found);
    found->every = request->facets != 0;
    return collect(search->archive, search->rank, &ask, found, err);
}

static enum status
run(struct search *search, const struct search_request *request,
    struct question *question, struct collection *found, struct list *notes,
    struct error *err)
{
    enum status status = run_once(search, request, question, found, err);
    uint64_t whole = found->total;

    if (status || found->cut_short || whole >= question->enough)
        return status;
    question_mean(question, true);
    status = run_once(search, request, question, found, err);
    if (status || found->total == whole)
        return status;
    if (whole)
        list_add_text(notes, "Few articles have all of these words; others "
                             "have some of them.");
    else
        list_add_text(notes, "No article has all of these words; these have "
                             "some of them.");
    return status;
}

static enum status
load_hits(struct search *search, const struct search_request *request,
          const struct question *question, const struct collection *found,
          struct search_result *result, struct error *err)
{
    size_t end = found->count;
    struct match *match = NULL;
    enum status status = STATUS_OK;

    if (request->offset >= end)
        return STATUS_OK;
    if (end - request->offset > request->limit)
        end = request->offset + request->limit;
    result->hit = mem_zero(end - request->offset, sizeof(*result->hit));
    match = match_new(question->meant, &question->leaves,
                      search->archive->analyzer);
    for (size_t i = request->offset; !status && i < end; i++) {
        const struct found *item = &found->item[i];
        struct hit *hit = &result->hit[result->hits++];

        hit_init(hit);
        if (request->plain) {
            status = load_place(&search->archive->segment[item->segment],
                                item->id, hit, err);
            continue;
        }
        status = load_hit(&search->archive->segment[item->segment], item->id,
                          match, request, hit, err);
        hit->score = bm25f_score(item->score);
        if (!status && request->explain_score)
            status = explain_score(search->archive, question, item,
                                   &hit->explanation, err);
    }
    match_free(match);
    return status;
}

/* --- when nothing is found ------------------------------------------------ */

enum {
    WAYS_MOST = 5,
    WAY_TIME = 200 /* milliseconds for each */
};

/* Count what a query finds that asks for less; keep it if that is something
 * and new. */
static enum status
try_way(struct search *search, const struct search_request *request,
        const struct relaxed *relaxed, struct search_result *result,
        struct error *err)
{
    struct search_request less = *request;
    struct question question;
    struct collection found = {0};
    struct list notes = LIST_INIT;
    struct buf text = BUF_INIT;
    enum status status;
    bool known = false;
    struct deadline *deadline = &search->archive->deadline;
    const struct deadline whole = *deadline;

    expr_print(relaxed->expr, &text);
    for (size_t i = 0; i < result->ways; i++)
        known = known || strcmp(result->way[i].query, text.data) == 0;
    less.text = text.data;
    less.limit = 0;
    less.facets = 0;
    deadline_advance(deadline, WAY_TIME);
    status = question_read(&question, search->archive, &less, &notes, err);
    if (!status && !known)
        status = run_once(search, &less, &question, &found, err);
    status = forgive(search, status, err);
    if (!status && found.total) {
        result->way =
            mem_resize(result->way, result->ways + 1, sizeof(*result->way));
        result->way[result->ways++] = (struct way){
            mem_string(relaxed->part.data), mem_string(relaxed->instead.data),
            mem_string(text.data), found.total};
    }
    *deadline = whole;
    collection_release(&found);
    question_release(&question);
    list_release(&notes);
    buf_release(&text);
    return status;
}

static enum status
try_ways(struct search *search, const struct search_request *request,
         const struct question *question, struct search_result *result,
         struct error *err)
{
    struct relaxations ways;
    enum status status = STATUS_OK;

    relax(&ways, question->typed, &question->leaves);
    for (size_t i = 0; !status && i < ways.count && result->ways < WAYS_MOST &&
                       !(ways.absent && i == 1 && result->ways);
         i++)
        status = try_way(search, request, &ways.way[i], result, err);
    relaxations_release(&ways);
    if (status || result->ways)
        return status;
    relax_to_words(&ways, &question->leaves);
    for (size_t i = 0; !status && i < ways.count && result->ways < WAYS_MOST;
         i++)
        status = try_way(search, request, &ways.way[i], result, err);
    relaxations_release(&ways);
    return status;
}

/* Who is late shows what was found, and does without the rest. */
static enum status
count_facets(struct search *search, const struct search_request *request,
             const struct collection *found, struct search_result *result,
             struct error *err)
{
    enum status status =
        facets_count(search->archive, found, request, result->facet, err);

    if (search->archive->deadline.late)
        for (size_t i = 0; i < FACET_COUNT; i++)
            facet_release(&result->facet[i]);
    return forgive(search, status, err);
}

/* What may have been meant, and what would be found with less. */
static enum status
advise(struct search *search, const struct search_request *request,
       const struct question *question, struct search_result *result,
       struct error *err)
{
    struct deadline *deadline = &search->archive->deadline;

    if (!deadline_look(deadline))
        misspelt_offer(search->archive, question, request->text, result);
    if (result->total || result->cut_short || deadline_look(deadline))
        return STATUS_OK;
    return try_ways(search, request, question, result, err);
}

enum status
search_run(struct search *search, const struct search_request *request,
           struct search_result *result, struct error *err)
{
    struct deadline *deadline = &search->archive->deadline;
    struct question question;
    struct collection found = {0};
    enum status status = STATUS_OK;

    deadline_set(deadline, request->time_limit);
    status =
        question_read(&question, search->archive, request, &result->notes, err);
    if (!status)
        status = run(search, request, &question, &found, &result->notes, err);
    status = forgive(search, status, err);
    result->cut_short = deadline->late;
    timing_end(request->timing, STAGE_SEARCH);
    deadline->paused = true;
    if (!status && request->limit)
        status = load_hits(search, request, &question, &found, result, err);
    deadline->paused = false;
    timing_end(request->timing, STAGE_READ);
    if (!status && request->facets && !deadline_look(deadline))
        status = count_facets(search, request, &found, result, err);
    if (!status) {
        result->total = found.total;
        result->loose = question.loose;
        result->articles = (uint64_t)manifest_live(&search->archive->manifest);
        expr_print(question.typed, &result->canonical);
    }
    if (!status && request->advice)
        status = advise(search, request, &question, result, err);
    result->cut_short = result->cut_short || deadline->late;
    if (!status && request->explain)
        explain_query(search->archive, &question, &result->explanation);
    collection_release(&found);
    question_release(&question);
    timing_end(request->timing, STAGE_SEARCH);
    return status;
}

enum status
search_fetch(struct search *search, const char *key,
             const struct search_request *request, struct hit *hit,
             struct error *err)
{
    struct deadline *deadline = &search->archive->deadline;
    struct question question;
    struct list notes = LIST_INIT;
    enum status status = STATUS_OK;
    bool done = false;

    /* An article is shown though its query stands for too many words. */
    deadline_set(deadline, request->time_limit);
    status = forgive(
        search, question_read(&question, search->archive, request, &notes, err),
        err);
    deadline->paused = true;

    for (size_t i = search->archive->manifest.segments;
         !status && !done && i-- > 0;) {
        struct archive_segment *segment = &search->archive->segment[i];
        struct sqlite3_stmt *ask = NULL;

        status = archive_prepare(segment, &ask,
                                 "SELECT id FROM article WHERE key=?1", err);
        if (status)
            break;
        sqlite3_bind_text(ask, 1, key, -1, SQLITE_STATIC);
        while (!status && !done && sqlite3_step(ask) == SQLITE_ROW) {
            int64_t id = sqlite3_column_int64(ask, 0);
            struct match *match;

            if (manifest_is_dead(segment->entry, id))
                continue;
            match = match_new(question.meant, &question.leaves,
                              search->archive->analyzer);
            status = load_hit(segment, id, match, request, hit, err);
            match_free(match);
            done = true;
        }
        sqlite3_finalize(ask);
    }
    list_release(&notes);
    question_release(&question);
    if (!status && !done)
        return error_set(err, STATUS_ABSENT,
                         "the archive has no article of that name");
    return status;
}

enum status
search_values(struct search *search, enum search_facet facet, struct facet *out,
              struct error *err)
{
    struct collection all = {.segments = search->archive->manifest.segments};
    struct facet facets[FACET_COUNT] = {{0}};
    struct plan everything;
    const struct leaves no_leaves = {0};
    const struct search_request request = {.facets = 1u << facet};
    struct collect_request ask = {.plan = &everything, .leaves = &no_leaves};
    enum status status;

    deadline_set(&search->archive->deadline, 0);
    plan_make(&everything, NULL, &no_leaves);
    all.every = true;
    status = collect(search->archive, search->rank, &ask, &all, err);
    if (!status)
        status = facets_count(search->archive, &all, &request, facets, err);
    *out = facets[facet];
    for (int i = 0; i < FACET_COUNT; i++)
        if (i != (int)facet)
            facet_release(&facets[i]);
    collection_release(&all);
    plan_release(&everything);
    return status;
}
