/*
 * What is like an article: other reports of what it reports.
 *
 * Likenesses (ranked/likeness.h) of the weeks around it are compared with its
 * own, and if these are too few, all.  What is as like counts the more the
 * nearer in days it is, for an event is reported when it happens:
 *
 *     score   cosine * (FAR + (1 - FAR) * exp(-days / NEAR_DAYS))
 *
 * What has nearly the same wording is a copy and is left out; the likest are
 * compared word by word for that (copies/story.h).
 */
#include <math.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/likeness.h"
#include "indexer/stored/signature.h"
#include "query/copies/story.h"
#include "query/search/fold.h"
#include "query/search/hit_load.h"
#include "query/search/search_parts.h"

enum {
    WINDOW = 45, /* days before and after */
    ENOUGH = 10, /* in the window, and no others are looked for */
    LOOKED_AT = 2000,
    COPY_BITS = 6, /* of signatures */
    COMPARED = 60,
    NEAR_DAYS = 7
};

#define LEAST_COSINE 0.15
#define COPY_COSINE 0.95
#define FAR 0.35
#define UNITS 1000000.0 /* of a score */

/* An article that may be like it. */
struct candidate {
    size_t segment;
    int64_t id;
    double score;
};

struct liking {
    struct search *search;
    const struct found *self;
    struct likeness likeness;
    bool dated;
    int64_t day;
    uint64_t signature;
    struct candidate *candidate;
    size_t count;
    size_t room;
    uint64_t copies;
};

static int
compare(const void *a, const void *b)
{
    const struct candidate *one = a;
    const struct candidate *other = b;

    if (one->score != other->score)
        return one->score < other->score ? 1 : -1;
    if (one->segment != other->segment)
        return one->segment < other->segment ? 1 : -1;
    return one->id < other->id ? 1 : -1;
}

/* Of what is as like, the nearer in time; a copy is none. */
static void
weigh(struct liking *liking, struct candidate *candidate,
      struct sqlite3_stmt *ask)
{
    const bool dated = sqlite3_column_type(ask, 0) == SQLITE_INTEGER;
    const uint64_t signature = (uint64_t)sqlite3_column_int64(ask, 1);
    double days = HUGE_VAL;

    if (dated && liking->dated)
        days = fabs((double)(calendar_day_of(sqlite3_column_int64(ask, 0)) -
                             liking->day));
    if (candidate->score >= COPY_COSINE ||
        (signature && liking->signature &&
         signature_distance(signature, liking->signature) <= COPY_BITS)) {
        candidate->score = 0;
        liking->copies++;
    } else {
        candidate->score *= FAR + (1 - FAR) * exp(-days / NEAR_DAYS);
    }
}

static const char facts_sql[] =
    "SELECT published, signature FROM article WHERE id=?1";

static enum status
weigh_all(struct liking *liking, struct error *err)
{
    struct archive *archive = liking->search->archive;
    struct sqlite3_stmt **ask =
        mem_zero(archive->manifest.segments + 1, sizeof(struct sqlite3_stmt *));
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < liking->count; i++) {
        struct candidate *one = &liking->candidate[i];
        struct archive_segment *segment = &archive->segment[one->segment];

        if (!ask[one->segment])
            status =
                archive_prepare(segment, &ask[one->segment], facts_sql, err);
        if (status)
            break;
        sqlite3_bind_int64(ask[one->segment], 1, one->id);
        if (sqlite3_step(ask[one->segment]) == SQLITE_ROW)
            weigh(liking, one, ask[one->segment]);
        sqlite3_reset(ask[one->segment]);
    }
    for (size_t i = 0; i < archive->manifest.segments; i++)
        sqlite3_finalize(ask[i]);
    free(ask);
    return status;
}

/* What an article says; NULL if it cannot be read. */
static struct story *
story_of(struct archive_segment *segment, int64_t id)
{
    struct sqlite3_stmt *ask = NULL;
    struct story *story = NULL;
    struct error err = {0};

    if (archive_prepare(segment, &ask,
                        "SELECT body FROM article_text WHERE id=?1", &err))
        return NULL;
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(ask, 0);

        story =
            story_new(text ? text : "", (size_t)sqlite3_column_bytes(ask, 0));
    }
    sqlite3_finalize(ask);
    return story;
}

/* Copies that were cut, or have a paragraph of their own. */
static void
leave_out_copies(struct liking *liking)
{
    struct archive *archive = liking->search->archive;
    struct story *self =
        story_of(&archive->segment[liking->self->segment], liking->self->id);

    for (size_t i = 0; self && i < liking->count && i < COMPARED &&
                       !deadline_look(&archive->deadline);
         i++) {
        struct candidate *one = &liking->candidate[i];
        struct story *other =
            one->score > 0 ? story_of(&archive->segment[one->segment], one->id)
                           : NULL;

        if (other && story_may_be(self, other) && story_is(self, other)) {
            one->score = 0;
            liking->copies++;
        }
        story_free(other);
    }
    story_free(self);
}

static void
look_at(struct liking *liking, size_t segment, struct sqlite3_stmt *ask)
{
    const struct archive_segment *in =
        &liking->search->archive->segment[segment];
    const int64_t id = sqlite3_column_int64(ask, 0);
    const void *terms = sqlite3_column_blob(ask, 1);
    struct likeness other;
    double cosine;

    if (manifest_is_dead(in->entry, id) || !terms ||
        (segment == liking->self->segment && id == liking->self->id) ||
        !likeness_read(&other, terms, (size_t)sqlite3_column_bytes(ask, 1)))
        return;
    cosine = likeness_of(&liking->likeness, &other);
    if (cosine < LEAST_COSINE)
        return;
    liking->candidate = mem_grow(liking->candidate, liking->count,
                                 &liking->room, sizeof(*liking->candidate));
    liking->candidate[liking->count++] =
        (struct candidate){segment, id, cosine};
}

/* Look through a segment, or the days around the article. */
static enum status
scan(struct liking *liking, size_t number, bool around, struct error *err)
{
    struct archive *archive = liking->search->archive;
    struct archive_segment *segment = &archive->segment[number];
    struct id_range range = {.first = 1, .last = INT64_MAX};
    struct sqlite3_stmt *ask = NULL;
    enum status status = STATUS_OK;

    if (around)
        status = archive_days(segment, liking->day - WINDOW,
                              liking->day + WINDOW, &range, err);
    if (!status && range.first <= range.last)
        status = archive_prepare(segment, &ask,
                                 "SELECT id, terms FROM likeness"
                                 " WHERE id BETWEEN ?1 AND ?2",
                                 err);
    if (status || !ask)
        return status;
    sqlite3_bind_int64(ask, 1, range.first);
    sqlite3_bind_int64(ask, 2, range.last);
    while (!deadline_look(&archive->deadline) &&
           sqlite3_step(ask) == SQLITE_ROW)
        look_at(liking, number, ask);
    sqlite3_finalize(ask);
    return status;
}

static enum status
scan_all(struct liking *liking, bool around, struct error *err)
{
    const size_t segments = liking->search->archive->manifest.segments;
    enum status status = STATUS_OK;

    liking->count = 0;
    for (size_t i = 0; !status && i < segments; i++)
        status = scan(liking, i, around, err);
    return status;
}

/* What is known of the article itself. */
static enum status
know(struct liking *liking, struct error *err)
{
    struct archive_segment *segment =
        &liking->search->archive->segment[liking->self->segment];
    struct sqlite3_stmt *ask = NULL;
    enum status status =
        archive_prepare(segment, &ask,
                        "SELECT published, signature, terms FROM article"
                        " LEFT JOIN likeness USING(id) WHERE id=?1",
                        err);

    if (status)
        return status;
    sqlite3_bind_int64(ask, 1, liking->self->id);
    if (sqlite3_step(ask) == SQLITE_ROW) {
        const void *terms = sqlite3_column_blob(ask, 2);

        liking->dated = sqlite3_column_type(ask, 0) == SQLITE_INTEGER;
        liking->day = calendar_day_of(sqlite3_column_int64(ask, 0));
        liking->signature = (uint64_t)sqlite3_column_int64(ask, 1);
        if (!terms || !likeness_read(&liking->likeness, terms,
                                     (size_t)sqlite3_column_bytes(ask, 2)))
            liking->likeness.terms = 0;
    }
    sqlite3_finalize(ask);
    return STATUS_OK;
}

static enum status
choose(struct liking *liking, struct error *err)
{
    enum status status = STATUS_OK;

    if (liking->dated)
        status = scan_all(liking, true, err);
    if (!status && liking->count < ENOUGH)
        status = scan_all(liking, false, err);
    if (status || !liking->count)
        return status;
    qsort(liking->candidate, liking->count, sizeof(*liking->candidate),
          compare);
    if (liking->count > LOOKED_AT)
        liking->count = LOOKED_AT;
    status = weigh_all(liking, err);
    qsort(liking->candidate, liking->count, sizeof(*liking->candidate),
          compare);
    leave_out_copies(liking);
    qsort(liking->candidate, liking->count, sizeof(*liking->candidate),
          compare);
    while (liking->count && liking->candidate[liking->count - 1].score <= 0)
        liking->count--;
    return status;
}

/* As hits, from the request's first one on. */
static enum status
load(const struct liking *liking, const struct search_request *request,
     struct search_result *result, struct error *err)
{
    struct archive *archive = liking->search->archive;
    struct leaves none = {0};
    struct match *match = match_new(NULL, &none, archive->analyzer);
    const size_t count = liking->count;
    size_t end = request->offset + request->limit;
    enum status status = STATUS_OK;

    end = end < count ? end : count;
    if (end > request->offset)
        result->hit = mem_zero(end - request->offset, sizeof(*result->hit));
    for (size_t i = request->offset; !status && i < end; i++) {
        const struct candidate *one = &liking->candidate[i];
        struct archive_segment *segment = &archive->segment[one->segment];
        struct hit *hit = &result->hit[result->hits++];

        hit_init(hit);
        if (archive->dirs.count > 1)
            buf_set_text(&hit->archive, segment->dir);
        status = hit_load(segment, one->id, match, request, hit, err);
        hit->score = one->score;
    }
    match_free(match);
    if (request->fold)
        fold_hits(result);
    return status;
}

enum status
search_like(struct search *search, const char *key,
            const struct search_request *request, struct search_result *result,
            struct error *err)
{
    struct found self = {0};
    struct liking liking = {.search = search, .self = &self};
    enum status status;

    deadline_set(&search->archive->deadline, request->time_limit);
    status = search_find(search, key, &self.segment, &self.id, err);
    if (!status)
        status = know(&liking, err);
    if (!status && liking.likeness.terms)
        status = choose(&liking, err);
    result->cut_short = search->archive->deadline.late;
    search->archive->deadline.paused = true;
    if (!status)
        status = load(&liking, request, result, err);
    search->archive->deadline.paused = false;
    result->total = liking.count;
    result->articles = (uint64_t)manifest_live(&search->archive->manifest);
    free(liking.candidate);
    return status;
}
