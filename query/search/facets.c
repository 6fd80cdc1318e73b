#include "query/search/facets.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "query/search/fields.h"
#include "query/spelling/candidates.h"

enum {
    LOOKS = 1000,     /* articles, of those that there is no time to count */
    GAPS_MOST = 1500, /* dates between the first and the last; with more of
                         them one of the two is wrong */
};

/* The values of a facet while they are counted. */
struct tally {
    struct candidates met;
    uint64_t none;
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
    bool dates = which >= FACET_YEAR;

    out->none = tally->none;
    out->value = mem_zero(tally->met.count + 1, sizeof(*out->value));
    for (size_t i = 0; i < tally->met.count; i++) {
        struct candidate *value = &tally->met.item[i];

        out->value[out->values++] =
            (struct facet_value){value->text, value->count, 0};
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
    if (!*text)
        tally->none += tally->step;
    while (*text) {
        size_t size = strcspn(text, "\n");

        tally_add(tally, text, size);
        text += size;
        text += *text == '\n';
    }
}

/* Whatever more or less of a date is known, an article is counted on the day
 * on which a search for dates finds it. */
static void
add_day(struct tally *tally, unsigned facets, int64_t day)
{
    char name[SEARCH_DAY_NAME];

    for (int i = FACET_YEAR; i < FACET_COUNT; i++) {
        if (!(facets & 1u << i))
            continue;
        search_day_name(name, day, (enum search_facet)i);
        tally_add(&tally[i], name, strlen(name));
    }
}

static void
add_date(struct tally *tally, unsigned facets, struct sqlite3_stmt *ask)
{
    int64_t seconds =
        sqlite3_column_int64(ask, 3) + 60 * sqlite3_column_int64(ask, 4);

    if (sqlite3_column_type(ask, 3) == SQLITE_INTEGER)
        add_day(tally, facets, calendar_day_of(seconds));
    else
        for (int i = FACET_YEAR; i < FACET_COUNT; i++)
            tally[i].none += tally[i].step;
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
    static const enum search_facet columns[] = {FACET_SOURCE, FACET_SECTION};

    for (int i = 0; i < 2; i++) {
        struct tally *one = &tally[columns[i]];
        const char *value = column(ask, i);

        if (!*value)
            one->none += one->step;
        tally_add(one, value, strlen(value));
    }
    add_lines(&tally[FACET_BYLINE], column(ask, 2));
    add_date(tally, facets, ask);
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
                                         " published, zone"
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
    add_day(tally, facets, day);
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

/* How to go about so many matches, if there is no time for all of them. */
static struct sampling
sampling_of(const struct archive *archive, const struct collection *collection,
            unsigned facets, size_t looks)
{
    struct sampling sampling = {.facets = facets, .step = 1};
    size_t all = 0;

    for (size_t i = 0; i < collection->segments; i++)
        all += collection->ids[i];
    if (all <= looks)
        return sampling;
    sampling.step = (all + looks - 1) / looks;
    sampling.next = sampling.step / 2;
    sampling.dates = facets & (1u << FACET_YEAR | 1u << FACET_MONTH);
    for (size_t i = 0; i < collection->segments; i++)
        if (!archive->segment[i].ranked)
            sampling.dates = 0;
    sampling.facets &= ~sampling.dates;
    return sampling;
}

static enum status
count(struct archive *archive, const struct collection *collection,
      struct sampling *sampling, unsigned facets,
      struct facet facet[FACET_COUNT], struct error *err)
{
    struct tally tally[FACET_COUNT] = {{.step = 0}};
    enum status status = STATUS_OK;

    for (int i = 0; i < FACET_COUNT; i++)
        tally[i].step = sampling->step;
    for (size_t i = 0; !status && i < collection->segments &&
                       !deadline_look(&archive->deadline);
         i++) {
        struct archive_segment *segment = &archive->segment[i];

        status = count_rows(archive, i, collection, tally, sampling, err);
        if (!status && sampling->dates)
            count_dates(segment, collection->id[i], collection->ids[i], tally,
                        sampling->dates);
    }
    for (int i = 0; i < FACET_COUNT; i++) {
        if (!(facets & 1u << i)) {
            candidates_release(&tally[i].met);
            continue;
        }
        tally_finish(&tally[i], (enum search_facet)i, &facet[i]);
        facet[i].about =
            sampling->step > 1 && (sampling->facets & 1u << i) != 0;
    }
    return status;
}

/* --- dates without a gap -------------------------------------------------- */

/* The first day of what a value stands for, and of the one after it. */
static int64_t
first_day(const char *name, enum search_facet facet, int64_t *next)
{
    char *end;
    int year = (int)strtol(name, &end, 10);
    int month = *end ? (int)strtol(end + 1, &end, 10) : 1;
    int mday = *end ? (int)strtol(end + 1, &end, 10) : 1;
    int64_t day = calendar_day(year, month, mday);

    if (facet == FACET_YEAR)
        *next = calendar_day(year + 1, 1, 1);
    else if (facet == FACET_MONTH)
        *next = day + calendar_days_in_month(year, month);
    else
        *next = day + 1;
    return day;
}

/* Living articles of these days, by UTC; a segment without a ranked index has
 * none that can be counted at once. */
static uint64_t
held_between(const struct archive *archive, int64_t day, int64_t next)
{
    uint64_t held = 0;

    for (size_t i = 0; i < archive->manifest.segments; i++) {
        const struct archive_segment *segment = &archive->segment[i];
        uint32_t from = 0;
        uint32_t to = 0;

        if (!segment->ranked)
            continue;
        ranked_range(segment->ranked, day * SECONDS_A_DAY,
                     next * SECONDS_A_DAY - 1, &from, &to);
        held += to - from;
        for (size_t k = 0; to > from && k < segment->entry->ranges; k++) {
            const struct dead_range *dead = &segment->entry->range[k];
            int64_t first = ranked_id(segment->ranked, to - 1);
            int64_t last = ranked_id(segment->ranked, from);

            first = first > dead->first ? first : dead->first;
            last = last < dead->last ? last : dead->last;
            if (first <= last)
                held -= (uint64_t)(last - first + 1);
        }
    }
    return held;
}

/* Are there so few dates from the first to the last that all can be shown? */
static bool
is_axis(const struct facet *facet, enum search_facet which)
{
    int64_t next = 0;
    int64_t end = first_day(facet->value[facet->values - 1].name, which, &next);
    int64_t day = first_day(facet->value[0].name, which, &next);
    int64_t length = which == FACET_YEAR ? 365 : which == FACET_MONTH ? 28 : 1;

    return (end - day) / length < GAPS_MOST;
}

void
facets_complete(const struct archive *archive, enum search_facet which,
                struct facet *facet)
{
    struct facet_value *value = NULL;
    size_t values = 0;
    size_t room = 0;
    int64_t next = 0;
    int64_t end = 0;
    size_t at = 0;

    if (which < FACET_YEAR || !facet->values || !is_axis(facet, which))
        return;
    end = first_day(facet->value[facet->values - 1].name, which, &next);
    for (int64_t day = first_day(facet->value[0].name, which, &next);
         day <= end;) {
        char name[SEARCH_DAY_NAME];
        struct facet_value one = {0};

        search_day_name(name, day, which);
        if (strcmp(name, facet->value[at].name) == 0) {
            one = facet->value[at++];
        } else {
            one.name = mem_string(name);
        }
        (void)first_day(name, which, &next);
        if (which != FACET_DAY)
            one.held = held_between(archive, day, next);
        value = mem_grow(value, values, &room, sizeof(*value));
        value[values++] = one;
        day = next;
    }
    free(facet->value);
    facet->value = value;
    facet->values = values;
}

/* --- all together --------------------------------------------------------- */

static void
release_all(struct facet facet[FACET_COUNT])
{
    for (int i = 0; i < FACET_COUNT; i++)
        facet_release(&facet[i]);
}

/* Every match while there is time; else a part of them, which takes none. */
enum status
facets_count(struct archive *archive, const struct collection *collection,
             const struct search_request *request,
             struct facet facet[FACET_COUNT], struct error *err)
{
    struct sampling all = {.facets = request->facets, .step = 1};
    size_t looks = request->facet_looks ? request->facet_looks : LOOKS;
    struct sampling part =
        sampling_of(archive, collection, request->facets, looks);
    struct deadline *deadline = &archive->deadline;
    const struct deadline whole = *deadline;
    enum status status;

    if (request->facet_looks)
        return count(archive, collection, &part, request->facets, facet, err);
    if (request->facet_time)
        deadline_advance(deadline, request->facet_time);
    status = count(archive, collection, &all, request->facets, facet, err);
    if (!deadline->late)
        return status;
    if (status && err)
        *err = (struct error){0};
    release_all(facet);
    *deadline = whole;
    deadline->late = false;
    deadline->paused = true;
    status = count(archive, collection, &part, request->facets, facet, err);
    *deadline = whole;
    return status;
}
