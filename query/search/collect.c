#include "query/search/collect.h"

#include <stdlib.h>

#include <sqlite3.h>

#include "corpus/base/heap.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"

enum {
    LOOK_EVERY = 64 /* articles, at the clock */
};

/* What one segment's best are compared by: more is better. */
struct entry {
    uint64_t value;
    int64_t id;
    uint64_t score;
    uint64_t near;
};

/* A heap with the worst on top. */
struct best {
    struct entry *entry;
    size_t count;
    size_t keep;
};

struct run {
    struct archive *archive;
    struct archive_segment *segment;
    size_t number; /* of the segment */
    const struct collect_request *request;
    struct scorer *scorer;
    struct match *match; /* NULL: nothing to verify */
    bool narrowed;
    struct id_range range;
    int64_t first_dated;
    struct best best;
    struct collection *out;
    struct deadline *deadline;
};

void
collection_release(struct collection *collection)
{
    for (size_t i = 0; i < collection->count; i++)
        free(collection->item[i].key);
    for (size_t i = 0; collection->id && i < collection->segments; i++)
        free(collection->id[i]);
    free(collection->item);
    free(collection->id);
    free(collection->ids);
    free(collection->id_room);
    *collection = (struct collection){0};
}

/* --- the best of a segment ------------------------------------------------ */

/* The newer of two equals is better, and it has the larger id. */
static bool
is_worse(const void *context, const void *one, const void *other)
{
    const struct entry *a = one;
    const struct entry *b = other;

    (void)context;
    if (a->value != b->value)
        return a->value < b->value;
    return a->id < b->id;
}

static void
best_add(struct best *best, const struct entry *entry)
{
    static const struct heap_order order = {sizeof(*entry), is_worse, NULL};

    if (best->count < best->keep)
        heap_add(best->entry, best->count++, entry, &order);
    else if (is_worse(NULL, &best->entry[0], entry))
        heap_replace(best->entry, best->count, entry, &order);
}

/* --- candidates ----------------------------------------------------------- */

/* Is it in the archive, on the right day, of the right length, and does it
 * answer the query? */
static enum status
accept(struct run *run, int64_t id, bool *accepted, struct match_facts *facts,
       struct error *err)
{
    const struct plan *plan = run->request->plan;
    bool edge = plan->dated &&
                (id < run->range.sure_first || id > run->range.sure_last);
    enum status status = STATUS_OK;

    *accepted = false;
    if (run->segment->entry->dead && manifest_is_dead(run->segment->entry, id))
        return STATUS_OK;
    if (edge || plan->measured || plan->verify ||
        run->request->sort == SORT_WORDS)
        status = collect_facts(run->segment, id, facts, err);
    if (status)
        return status;
    if (edge && (!facts->dated || facts->day < plan->first_day ||
                 facts->day > plan->last_day))
        return STATUS_OK;
    if (plan->measured &&
        (facts->words < plan->words_from || facts->words > plan->words_to))
        return STATUS_OK;
    *accepted = true;
    if (run->narrowed)
        status =
            collect_only(run->segment, id, run->request->only, accepted, err);
    if (status || !*accepted || !run->match)
        return status;
    if (plan->texts) {
        status = collect_texts(run->segment, id, run->match, facts, err);
        if (status)
            return status;
        sqlite3_reset(run->segment->texts);
    } else {
        match_begin(run->match, facts);
    }
    *accepted = match_decide(run->match);
    return STATUS_OK;
}

static uint64_t
sort_value(const struct run *run, int64_t id, uint64_t score,
           const struct match_facts *facts)
{
    switch (run->request->sort) {
    case SORT_NEWEST:
        return (uint64_t)id;
    case SORT_OLDEST:
        /* Undated articles have the first ids and come last. */
        return (uint64_t)(INT64_MAX / 2 - id -
                          (id < run->first_dated ? INT64_MAX / 4 : 0));
    case SORT_WORDS:
        return (uint64_t)facts->words;
    case SORT_RANK:
    default:
        return score;
    }
}

void
collection_begin(struct collection *out, size_t segments)
{
    out->segments = segments;
    out->id = mem_zero(segments + 1, sizeof(*out->id));
    out->ids = mem_zero(segments + 1, sizeof(*out->ids));
    out->id_room = mem_zero(segments + 1, sizeof(*out->id_room));
}

void
collection_remember(struct collection *out, size_t segment, int64_t id)
{
    out->id[segment] = mem_grow(out->id[segment], out->ids[segment],
                                &out->id_room[segment], sizeof(**out->id));
    out->id[segment][out->ids[segment]++] = (uint32_t)id;
}

/* One candidate; `score` is 0 when nothing is ranked. */
static enum status
take(struct run *run, int64_t id, uint64_t score, struct error *err)
{
    struct match_facts facts = {0};
    struct entry entry = {.id = id, .score = score, .near = run->scorer->near};
    bool accepted;
    enum status status = accept(run, id, &accepted, &facts, err);

    /* The clock interrupts whatever is being read. */
    if (status && run->deadline->late) {
        if (err)
            *err = (struct error){0};
        return STATUS_OK;
    }
    if (status || !accepted)
        return status;
    run->out->total++;
    if (run->out->every)
        collection_remember(run->out, run->number, id);
    if (!run->best.keep)
        return STATUS_OK;
    entry.value = sort_value(run, id, score, &facts);
    best_add(&run->best, &entry);
    if (run->best.count == run->best.keep)
        run->scorer->enough = run->best.entry[0].score;
    return STATUS_OK;
}

static enum status
step_failed(struct run *run, struct error *err)
{
    int code = sqlite3_errcode(run->segment->db) & 0xff;

    if (code == SQLITE_INTERRUPT && run->deadline->late)
        return STATUS_OK;
    if (code == SQLITE_ERROR)
        return error_set(err, STATUS_LIMIT,
                         "the query is more than can be searched at once; "
                         "leave some of it out");
    return sql_failed(run->segment->db, run->segment->entry->name, err);
}

/* The ids of the range that MATCH does not name; it names them in order. */
static enum status
take_gap(struct run *run, int64_t *next, int64_t before, struct error *err)
{
    enum status status = STATUS_OK;

    for (; !status && !run->deadline->late && *next < before; (*next)++) {
        status = take(run, *next, 0, err);
        if (*next % LOOK_EVERY == 0)
            deadline_look(run->deadline);
    }
    return status;
}

static enum status
take_matches(struct run *run, struct sqlite3_stmt *ask, bool ranked,
             struct error *err)
{
    bool complement = run->request->plan->complement;
    int64_t next = run->range.first;
    enum status status = STATUS_OK;
    int step = SQLITE_DONE;

    while (!status && !run->deadline->late && ask &&
           (step = sqlite3_step(ask)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(ask, 0);
        uint64_t score = 0;

        if (complement) {
            status = take_gap(run, &next, id, err);
            next = id + 1;
            continue;
        }
        if (ranked)
            score = (uint64_t)sqlite3_column_int64(ask, 1);
        status = take(run, id, score, err);
        if (run->match || run->narrowed)
            deadline_look(run->deadline);
    }
    if (!status && step != SQLITE_ROW && step != SQLITE_DONE)
        status = step_failed(run, err);
    if (!status && complement)
        status = take_gap(run, &next, run->range.last + 1, err);
    return status;
}

static enum status
run_segment(struct run *run, struct error *err)
{
    const struct plan *plan = run->request->plan;
    bool ranked = run->request->sort == SORT_RANK && run->request->keep &&
                  !plan->complement && plan->phrases;
    const char *sql =
        ranked ? "SELECT rowid, news_score(article_fts) FROM article_fts"
                 " WHERE article_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
               : "SELECT rowid FROM article_fts"
                 " WHERE article_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3";
    struct sqlite3_stmt *ask = NULL;
    enum status status = STATUS_OK;

    scorer_begin(run->scorer, plan, run->request->leaves);
    if (!ranked)
        run->scorer->near = 0;
    else if (run->best.keep)
        run->scorer->enough = 0;
    if (plan->match.size) {
        status = archive_prepare(run->segment, &ask, sql, err);
        if (status)
            return status;
        sqlite3_bind_text64(ask, 1, plan->match.data, plan->match.size,
                            SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_int64(ask, 2, run->range.first);
        sqlite3_bind_int64(ask, 3, run->range.last);
    }
    if (ask || plan->complement)
        status = take_matches(run, ask, ranked, err);
    sqlite3_finalize(ask);
    return status;
}

/* --- all segments together ------------------------------------------------ */

/* What was found is told, whatever the clock says. */
static enum status
keep_best(struct run *run, struct error *err)
{
    struct collection *out = run->out;
    enum status status = STATUS_OK;

    run->deadline->paused = true;
    out->item = mem_resize(out->item, out->count + run->best.count + 1,
                           sizeof(*out->item));
    for (size_t i = 0; !status && i < run->best.count; i++) {
        struct found *found = &out->item[out->count++];

        *found = (struct found){
            .segment = run->number,
            .id = run->best.entry[i].id,
            .score = run->best.entry[i].score,
            .near = run->best.entry[i].near,
        };
        status = collect_found(run->segment, found, err);
    }
    run->deadline->paused = false;
    return status;
}

static enum status
one_segment(struct run *run, size_t number, struct error *err)
{
    const struct plan *plan = run->request->plan;
    enum status status = STATUS_OK;

    run->number = number;
    run->segment = &run->archive->segment[number];
    run->best.count = 0;
    run->range = (struct id_range){1, run->segment->entry->articles, 1,
                                   run->segment->entry->articles};
    if (plan->dated)
        status = archive_days(run->segment, plan->first_day, plan->last_day,
                              &run->range, err);
    if (!status && run->request->sort == SORT_OLDEST) {
        struct id_range all;

        status = archive_days(run->segment, -1000000, 1000000, &all, err);
        run->first_dated = all.first;
    }
    if (!status)
        status = run_segment(run, err);
    if (!status)
        status = keep_best(run, err);
    return status;
}

enum status
collect(struct archive *archive, struct scorer *scorer,
        const struct collect_request *request, struct collection *out,
        struct error *err)
{
    struct run run = {.archive = archive,
                      .request = request,
                      .narrowed = collect_is_narrowed(request->only),
                      .out = out,
                      .deadline = &archive->deadline};
    size_t segments = archive->manifest.segments;
    size_t keep = request->keep;
    enum status status = STATUS_OK;

    if (keep && request->sort == SORT_RANK && keep < SCORER_CLOSE_LOOK)
        keep = SCORER_CLOSE_LOOK;
    if (keep > archive->articles)
        keep = (size_t)archive->articles;
    run.best.keep = keep;
    run.best.entry = mem_alloc((keep + 1) * sizeof(struct entry));
    collection_begin(out, segments);
    if (request->plan->verify) {
        run.match =
            match_new(request->expr, request->leaves, archive->analyzer);
        match_set_deadline(run.match, run.deadline);
    }
    for (size_t i = 0; !status && !deadline_look(run.deadline) && i < segments;
         i++) {
        run.scorer = &scorer[i];
        status = one_segment(&run, i, err);
    }
    out->cut_short = run.deadline->late;
    if (!status)
        collect_sort(request, out);
    match_free(run.match);
    free(run.best.entry);
    return status;
}
