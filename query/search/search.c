#include "query/search/search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sha256.h"
#include "indexer/ranked/bm25f.h"
#include "query/archive/archive.h"
#include "query/search/collect.h"
#include "query/search/explain.h"
#include "query/search/facets.h"
#include "query/search/fold.h"
#include "query/search/hit_load.h"
#include "query/search/question.h"
#include "query/search/search_parts.h"
#include "query/search/timing.h"

static enum status
register_scorer(void *context, size_t segment, struct sqlite3 *db,
                struct error *err)
{
    struct search *search = context;

    return scorer_register(db, &search->scorer[segment], err);
}

enum status
search_open(struct search **search, const char *dir, struct error *err)
{
    struct list dirs = LIST_INIT;
    enum status status;

    list_add_text(&dirs, dir);
    status = search_open_all(search, &dirs, err);
    list_release(&dirs);
    return status;
}

enum status
search_open_all(struct search **search, const struct list *dirs,
                struct error *err)
{
    struct search *new = mem_zero(1, sizeof(*new));
    enum status status = archive_open_all(&new->archive, dirs, err);

    *search = NULL;
    if (status) {
        search_close(new);
        return status;
    }
    new->scorer =
        mem_zero(new->archive->manifest.segments + 1, sizeof(*new->scorer));
    new->archive->opened = register_scorer;
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
    for (size_t i = 0; search->scorer && i < search->archive->manifest.segments;
         i++)
        scorer_release(&search->scorer[i]);
    free(search->scorer);
    archive_close(search->archive);
    free(search);
}

void
search_state(const struct search *search, char state[SEARCH_STATE_SIZE])
{
    enum {
        DIGITS = 16
    };
    const struct manifest *manifest = &search->archive->manifest;
    struct buf text = BUF_INIT;
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX_SIZE];

    manifest_print(manifest, &text);
    sha256_of(text.data, text.size, digest);
    sha256_hex(digest, hex);
    snprintf(state, SEARCH_STATE_SIZE, "%" PRIu64 "-%.*s", manifest->generation,
             DIGITS, hex);
    buf_release(&text);
}

enum {
    EACH_AT_ONCE = 1000000, /* hits of one search, which are in memory */
    SHOW_TIME = 40 /* milliseconds that hits may take though time is up */
};

/* What was found is shown whatever the clock says, but a long text is not
 * looked through for marks for ever. */
static void
begin_showing(const struct search *search, const struct search_request *request,
              struct deadline *showing)
{
    const struct deadline *whole = &search->archive->deadline;

    deadline_set(showing, request->time_limit ? SHOW_TIME : 0);
    if (showing->at && showing->at < whole->at)
        showing->at = whole->at;
}

/* What hits are loaded with. */
struct loading {
    struct search *search;
    const struct search_request *request;
    const struct question *question;
    struct match *match;
};

static enum status
load_hit(const struct loading *loading, const struct found *item,
         struct hit *hit, struct error *err)
{
    const struct search_request *request = loading->request;
    struct archive *archive = loading->search->archive;
    struct archive_segment *segment = &archive->segment[item->segment];
    enum status status;

    hit_init(hit);
    if (archive->dirs.count > 1)
        buf_set_text(&hit->archive, segment->dir);
    if (request->plain)
        return hit_load_origin(segment, item->id, hit, err);
    status = hit_load(segment, item->id, loading->match, request, hit, err);
    hit->score = bm25f_score(item->score);
    if (!status && request->explain_score)
        status = explain_score(archive, loading->question, item,
                               &hit->explanation, err);
    return status;
}

/* Hand a hit on instead of keeping it. */
static enum status
pass_hit(const struct loading *loading, const struct found *item, bool *wanted,
         struct error *err)
{
    struct hit hit;
    enum status status = load_hit(loading, item, &hit, err);

    *wanted = !status && loading->request->take(loading->request->taking, &hit);
    hit_release(&hit);
    return status;
}

static enum status
load_hits(struct search *search, const struct search_request *request,
          const struct question *question, const struct collection *found,
          struct search_result *result, struct error *err)
{
    struct loading loading = {search, request, question, NULL};
    size_t end = found->count;
    struct deadline showing;
    bool wanted = true;
    enum status status = STATUS_OK;

    if (request->offset >= end)
        return STATUS_OK;
    if (end - request->offset > request->limit)
        end = request->offset + request->limit;
    if (!request->take)
        result->hit = mem_zero(end - request->offset, sizeof(*result->hit));
    loading.match = match_new(question->meant, &question->leaves,
                              search->archive->analyzer);
    begin_showing(search, request, &showing);
    match_set_deadline(loading.match, &showing);
    for (size_t i = request->offset; !status && wanted && i < end; i++)
        status = request->take
                     ? pass_hit(&loading, &found->item[i], &wanted, err)
                     : load_hit(&loading, &found->item[i],
                                &result->hit[result->hits++], err);
    match_free(loading.match);
    if (request->fold)
        fold_hits(result);
    result->cut_short = result->cut_short || showing.late;
    return status;
}

/* Who is late gets an estimate. */
static enum status
count_facets(struct search *search, const struct search_request *request,
             const struct collection *found, struct search_result *result,
             struct error *err)
{
    enum status status =
        facets_count(search->archive, found, request, result->facet, err);

    for (int i = FACET_YEAR; !status && i < FACET_COUNT; i++)
        facets_complete(search->archive, (enum search_facet)i,
                        &result->facet[i]);
    return search_forgive(search, status, err);
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
        status = search_run_question(search, request, &question, &found,
                                     &result->notes, err);
    status = search_forgive(search, status, err);
    result->cut_short = deadline->late;
    timing_end(request->timing, STAGE_SEARCH);
    deadline->paused = true;
    if (!status && request->limit)
        status = load_hits(search, request, &question, &found, result, err);
    deadline->paused = false;
    timing_end(request->timing, STAGE_READ);
    if (!status && request->facets)
        status = count_facets(search, request, &found, result, err);
    if (!status) {
        result->total = found.total;
        result->more = found.more;
        result->loose = question.loose;
        result->articles = (uint64_t)manifest_live(&search->archive->manifest);
        expr_print(question.typed, &result->canonical);
    }
    if (!status && request->advice)
        status = search_advise(search, request, &question, result, err);
    result->cut_short = result->cut_short || deadline->late;
    if (!status && request->explain)
        explain_query(search->archive, &question, &result->explanation);
    collection_release(&found);
    question_release(&question);
    timing_end(request->timing, STAGE_SEARCH);
    return status;
}

enum status
search_each(struct search *search, const struct search_request *request,
            bool *all, struct error *err)
{
    struct search_request part = *request;
    enum status status;
    bool more;

    part.plain = true;
    part.enough = 0;
    part.limit = EACH_AT_ONCE;
    part.offset = 0;
    do {
        struct search_result result = SEARCH_RESULT_INIT;

        status = search_run(search, &part, &result, err);
        part.offset += part.limit;
        *all = !result.cut_short;
        more = *all && part.offset < result.total;
        search_result_release(&result);
    } while (!status && more);
    return status;
}

/* The newest living article of which a column has that value. */
static enum status
find_by(struct search *search, const char *sql, const char *value,
        struct archive_segment **segment, int64_t *id, struct error *err)
{
    enum status status = STATUS_OK;

    *segment = NULL;
    for (size_t i = search->archive->manifest.segments;
         !status && !*segment && i-- > 0;) {
        struct archive_segment *in = &search->archive->segment[i];
        struct sqlite3_stmt *ask = NULL;

        status = archive_prepare(in, &ask, sql, err);
        if (status)
            break;
        sqlite3_bind_text(ask, 1, value, -1, SQLITE_STATIC);
        while (!*segment && sqlite3_step(ask) == SQLITE_ROW) {
            *id = sqlite3_column_int64(ask, 0);
            if (!manifest_is_dead(in->entry, *id))
                *segment = in;
        }
        sqlite3_finalize(ask);
    }
    return status;
}

enum status
search_find(struct search *search, const char *key, size_t *segment,
            int64_t *id, struct error *err)
{
    struct archive_segment *found = NULL;
    enum status status = find_by(search, "SELECT id FROM article WHERE key=?1",
                                 key, &found, id, err);

    if (!status && !found && strstr(key, "://"))
        status = find_by(search, "SELECT id FROM article WHERE url=?1", key,
                         &found, id, err);
    if (!status && !found)
        return error_set(err, STATUS_ABSENT,
                         "the archive has no article of that name");
    if (!status)
        *segment = (size_t)(found - search->archive->segment);
    return status;
}

enum status
search_fetch(struct search *search, const char *key,
             const struct search_request *request, struct hit *hit,
             struct error *err)
{
    struct deadline *deadline = &search->archive->deadline;
    struct deadline showing;
    struct question question;
    struct list notes = LIST_INIT;
    size_t number = 0;
    int64_t id = 0;
    enum status status = STATUS_OK;

    /* An article is shown though its query stands for too many words. */
    deadline_set(deadline, request->time_limit);
    status = search_forgive(
        search, question_read(&question, search->archive, request, &notes, err),
        err);
    deadline->paused = true;
    if (!status)
        status = search_find(search, key, &number, &id, err);
    if (!status) {
        struct archive_segment *segment = &search->archive->segment[number];
        struct match *match = match_new(question.meant, &question.leaves,
                                        search->archive->analyzer);

        begin_showing(search, request, &showing);
        match_set_deadline(match, &showing);
        if (search->archive->dirs.count > 1)
            buf_set_text(&hit->archive, segment->dir);
        status = hit_load(segment, id, match, request, hit, err);
        match_free(match);
    }
    list_release(&notes);
    question_release(&question);
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
    status = collect(search->archive, search->scorer, &ask, &all, err);
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
