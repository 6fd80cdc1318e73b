#include "query/search/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "query/spelling/candidates.h"

/* The values of a facet while they are counted. */
struct tally {
    struct candidates met;
    uint64_t step; /* what each article counts for */
};

/* Which of the matches are looked at. */
struct sampling {
    unsigned facets; /* that rows are read for */
    size_t step;     /* every so many-th row */
    size_t next;     /* of the segment to come */
    unsigned dates;  /* that are counted without rows */
};

static void
tally_add(struct tally *tally, const char *name, size_t size)
{
    size_t at;

    if (!size)
        return;
    at = candidates_find(&tally->met, name, size);
    tally->met.item[at].count += tally->step;
}

static int
most_first(const void *a, const void *b)
{
    const struct facet_value *left = a;
    const struct facet_value *right = b;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->name, right->name);
}

static int
by_name(const void *a, const void *b)
{
    const struct facet_value *left = a;
    const struct facet_value *right = b;

    return strcmp(left->name, right->name);
}

static void
tally_finish(struct tally *tally, enum search_facet which, struct facet *out)
{
    bool dates = which == FACET_YEAR || which == FACET_MONTH;

    out->value = mem_zero(tally->met.count + 1, sizeof(*out->value));
    for (size_t i = 0; i < tally->met.count; i++) {
        struct candidate *value = &tally->met.item[i];

        out->value[out->values++] =
            (struct facet_value){value->text, value->count};
        value->text = NULL; /* it has a new owner */
    }
    qsort(out->value, out->values, sizeof(*out->value),
          dates ? by_name : most_first);
    candidates_release(&tally->met);
}

/* Each line is a name of its own: two authors count for both. */
static void
add_lines(struct tally *tally, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n");

        tally_add(tally, text, size);
        text += size;
        text += *text == '\n';
    }
}

static void
add_day(struct tally *tally, int64_t day, bool month)
{
    char name[32];
    int year;
    int number;
    int mday;

    calendar_date(day, &year, &number, &mday);
    if (month)
        snprintf(name, sizeof(name), "%04d-%02d", year, number);
    else
        snprintf(name, sizeof(name), "%04d", year);
    tally_add(tally, name, strlen(name));
}

static void
add_date(struct tally *tally, struct sqlite3_stmt *ask, bool month)
{
    int precision = sqlite3_column_int(ask, 3);
    int64_t seconds =
        sqlite3_column_int64(ask, 4) + 60 * sqlite3_column_int64(ask, 5);

    if (precision >= (month ? DATE_MONTH : DATE_YEAR))
        add_day(tally, calendar_day_of(seconds), month);
}

static const char *
column(struct sqlite3_stmt *ask, int number)
{
    const char *text = (const char *)sqlite3_column_text(ask, number);

    return text ? text : "";
}

static void
add_row(struct tally *tally, unsigned facets, struct sqlite3_stmt *ask)
{
    if (facets & 1u << FACET_SOURCE)
        tally_add(&tally[FACET_SOURCE], column(ask, 0), strlen(column(ask, 0)));
    if (facets & 1u << FACET_SECTION)
        tally_add(&tally[FACET_SECTION], column(ask, 1),
                  strlen(column(ask, 1)));
    if (facets & 1u << FACET_BYLINE)
        add_lines(&tally[FACET_BYLINE], column(ask, 2));
    if (facets & 1u << FACET_YEAR)
        add_date(&tally[FACET_YEAR], ask, false);
    if (facets & 1u << FACET_MONTH)
        add_date(&tally[FACET_MONTH], ask, true);
}

/* Every `step`-th article, by its row. */
static enum status
count_rows(struct archive *archive, size_t number,
           const struct collection *collection, struct tally *tally,
           struct sampling *sampling, struct error *err)
{
    struct archive_segment *segment = &archive->segment[number];
    struct deadline *deadline = &archive->deadline;
    const uint32_t *id = collection->id[number];
    size_t ids = collection->ids[number];
    struct sqlite3_stmt *ask = NULL;
    enum status status = archive_prepare(segment, &ask,
                                         "SELECT publication, section, authors,"
                                         " precision, published, zone"
                                         " FROM article WHERE id=?1",
                                         err);

    size_t i = sampling->next;

    for (; !status && i < ids && !deadline_look(deadline);
         i += sampling->step) {
        sqlite3_bind_int64(ask, 1, id[i]);
        if (sqlite3_step(ask) == SQLITE_ROW)
            add_row(tally, sampling->facets, ask);
        else
            status = sql_failed(segment->db, segment->entry->name, err);
        sqlite3_reset(ask);
    }
    sampling->next = i < ids ? 0 : i - ids;
    sqlite3_finalize(ask);
    return status;
}

/* The first docid after `docid` of an article that is older than the day.  Step
 * by step further, then halving: most months of a segment are short. */
static uint32_t
end_of_days(struct ranked *ranked, uint32_t docid, int64_t day)
{
    int64_t least = day * SECONDS_A_DAY;
    uint32_t articles = ranked_articles(ranked);
    uint32_t step = 1;
    uint32_t low = docid;
    struct bisect half;

    while (step < articles - low &&
           ranked_published(ranked, low + step) >= least) {
        low += step;
        step *= 2;
    }
    half =
        bisect_between(low + 1, step < articles - low ? low + step : articles);
    while (bisect_next(&half))
        bisect_go(&half,
                  ranked_published(ranked, (uint32_t)half.middle) >= least);
    return (uint32_t)half.low;
}

/* So many articles of the month of a day. */
static void
add_month(struct tally *tally, unsigned facets, int64_t day, uint64_t articles)
{
    tally[FACET_YEAR].step = tally[FACET_MONTH].step = articles;
    if (facets & 1u << FACET_YEAR)
        add_day(&tally[FACET_YEAR], day, false);
    if (facets & 1u << FACET_MONTH)
        add_day(&tally[FACET_MONTH], day, true);
}

/* Their dates, which need no row: where in the ranked index a month ends is
 * looked for once, not the date of every article. */
static void
count_dates(const struct archive_segment *segment, const uint32_t *id,
            size_t ids, struct tally *tally, unsigned facets)
{
    struct ranked *ranked = segment->ranked;
    uint32_t articles = ranked_articles(ranked);
    bool newest_first = ids && id[0] >= id[ids - 1];
    int64_t first = 0; /* day of the month that is counted */
    uint32_t end = 0;  /* its articles are before this docid */
    uint64_t count = 0;

    for (size_t i = 0; i < ids; i++) {
        uint32_t docid = articles - id[newest_first ? i : ids - 1 - i];
        int64_t published;
        int year;
        int month;
        int mday;

        if (docid < end) {
            count++;
            continue;
        }
        if (count)
            add_month(tally, facets, first, count);
        count = 0;
        published = ranked_published(ranked, docid);
        if (published == RANKED_UNDATED)
            break;
        first = calendar_day_of(published);
        calendar_date(first, &year, &month, &mday);
        first -= mday - 1;
        end = end_of_days(ranked, docid, first);
        count = 1;
    }
    if (count)
        add_month(tally, facets, first, count);
}

/* How to go about so many matches. */
static struct sampling
sampling_of(const struct archive *archive, const struct collection *collection,
            const struct search_request *request)
{
    struct sampling sampling = {.facets = request->facets, .step = 1};
    size_t all = 0;

    for (size_t i = 0; i < collection->segments; i++)
        all += collection->ids[i];
    if (!request->facet_looks || all <= request->facet_looks)
        return sampling;
    sampling.step = (all + request->facet_looks - 1) / request->facet_looks;
    sampling.next = sampling.step / 2;
    sampling.dates = request->facets & (1u << FACET_YEAR | 1u << FACET_MONTH);
    for (size_t i = 0; i < collection->segments; i++)
        if (!archive->segment[i].ranked)
            sampling.dates = 0;
    sampling.facets &= ~sampling.dates;
    return sampling;
}

enum status
facets_count(struct archive *archive, const struct collection *collection,
             const struct search_request *request,
             struct facet facet[FACET_COUNT], struct error *err)
{
    struct sampling sampling = sampling_of(archive, collection, request);
    struct tally tally[FACET_COUNT] = {{.step = 0}};
    enum status status = STATUS_OK;

    for (int i = 0; i < FACET_COUNT; i++)
        tally[i].step = sampling.step;
    for (size_t i = 0; !status && i < collection->segments &&
                       !deadline_look(&archive->deadline);
         i++) {
        struct archive_segment *segment = &archive->segment[i];

        status = count_rows(archive, i, collection, tally, &sampling, err);
        if (!status && sampling.dates)
            count_dates(segment, collection->id[i], collection->ids[i], tally,
                        sampling.dates);
    }
    for (int i = 0; i < FACET_COUNT; i++) {
        tally_finish(&tally[i], (enum search_facet)i, &facet[i]);
        facet[i].about = sampling.step > 1 && (sampling.facets & 1u << i) != 0;
    }
    return status;
}
