#include "query/trend/trend.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"

enum {
    YEARS_ENOUGH = 4, /* of fewer, months say more */
    MONTHS_ENOUGH = 4
};

/* Days of so many years and months that they are surely over. */
static const int64_t years_days = 366L * (YEARS_ENOUGH - 1);
static const int64_t months_days = 31L * (MONTHS_ENOUGH - 1);

void
trend_release(struct trend *trend)
{
    for (size_t i = 0; i < trend->lines; i++) {
        free(trend->line[i].query);
        free(trend->line[i].count);
    }
    free(trend->line);
    free(trend->point);
    list_release(&trend->notes);
    *trend = TREND_INIT;
}

double
trend_share(const struct trend *trend, size_t line, size_t point)
{
    const uint64_t held = trend->point[point].held;

    return held ? (double)trend->line[line].count[point] / (double)held : -1;
}

/* --- the axis ------------------------------------------------------------- */

/* The day that a name begins with. */
static int64_t
day_of(const char *name)
{
    char *end;
    int year = (int)strtol(name, &end, 10);
    int month = *end ? (int)strtol(end + 1, &end, 10) : 1;
    int mday = *end ? (int)strtol(end + 1, &end, 10) : 1;

    return calendar_day(year, month, mday);
}

static int64_t
next_day(int64_t day, enum search_facet by)
{
    int year;
    int month;
    int mday;

    calendar_date(day, &year, &month, &mday);
    if (by == FACET_YEAR)
        return calendar_day(year + 1, 1, 1);
    if (by == FACET_MONTH)
        return day + calendar_days_in_month(year, month);
    return day + 1;
}

/* The first and last day of what all searches find; false: nothing dated. */
static bool
span_of(const struct search_result *result, size_t count, enum search_facet by,
        int64_t *first, int64_t *last)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        const struct facet *facet = &result[i].facet[by];
        int64_t from;
        int64_t to;

        if (!facet->values)
            continue;
        from = day_of(facet->value[0].name);
        to = day_of(facet->value[facet->values - 1].name);
        *first = any && *first < from ? *first : from;
        *last = any && *last > to ? *last : to;
        any = true;
    }
    return any;
}

/* So many points that something can be seen, as long as they are few enough. */
static enum search_facet
choose(const struct search_result *result, size_t count)
{
    int64_t first = 0;
    int64_t last = 0;
    int64_t days;

    if (!span_of(result, count, FACET_DAY, &first, &last))
        return FACET_YEAR;
    days = last - first;
    if (days >= years_days)
        return FACET_YEAR;
    return days >= months_days ? FACET_MONTH : FACET_DAY;
}

/* Points are in order, and so are the values of a facet. */
static void
fill(const struct facet *facet, const struct trend *trend, uint64_t *count)
{
    size_t at = 0;

    for (size_t i = 0; i < trend->points; i++) {
        const char *name = trend->point[i].name;

        while (at < facet->values && strcmp(facet->value[at].name, name) < 0)
            at++;
        if (at < facet->values && strcmp(facet->value[at].name, name) == 0)
            count[i] = facet->value[at].count;
    }
}

static void
lay_axis(struct trend *trend, const struct search_result *result, size_t count)
{
    int64_t first = 0;
    int64_t last = -1;
    size_t room = 0;

    if (!span_of(result, count, trend->by, &first, &last))
        return;
    while (trend->by > FACET_YEAR &&
           (last - first) / (trend->by == FACET_DAY ? 1 : 28) > TREND_POINTS) {
        trend->by--;
        span_of(result, count, trend->by, &first, &last);
    }
    for (int64_t day = first; day <= last && trend->points < TREND_POINTS;
         day = next_day(day, trend->by)) {
        trend->point =
            mem_grow(trend->point, trend->points, &room, sizeof(*trend->point));
        trend->point[trend->points] = (struct trend_point){0};
        search_day_name(trend->point[trend->points++].name, day, trend->by);
    }
}

/* --- counting ------------------------------------------------------------- */

static enum status
count_one(struct search *search, const struct search_request *as,
          const char *query, unsigned facets, struct search_result *result,
          struct error *err)
{
    struct search_request request = *as;

    request.text = query ? query : "";
    request.everything = !query;
    request.strict = true;
    request.advice = false;
    request.limit = 0;
    request.facets = facets;
    return search_run(search, &request, result, err);
}

/* How many articles there are at each point, by what counts the others. */
static enum status
count_held(struct search *search, const struct search_request *request,
           struct trend *trend, struct error *err)
{
    struct search_result all = SEARCH_RESULT_INIT;
    uint64_t *held = mem_zero(trend->points + 1, sizeof(*held));
    enum status status =
        count_one(search, request, NULL, 1u << trend->by, &all, err);

    fill(&all.facet[trend->by], trend, held);
    for (size_t i = 0; i < trend->points; i++)
        trend->point[i].held = held[i];
    trend->cut_short = trend->cut_short || all.cut_short;
    search_result_release(&all);
    free(held);
    return status;
}

static void
take_line(struct trend *trend, struct trend_line *line,
          const struct search_result *result)
{
    const struct facet *facet = &result->facet[trend->by];

    line->count = mem_zero(trend->points + 1, sizeof(*line->count));
    line->total = result->total;
    line->undated = facet->none;
    fill(facet, trend, line->count);
    trend->articles = result->articles;
    trend->cut_short = trend->cut_short || result->cut_short || facet->about;
    for (size_t i = 0; i < result->notes.count; i++)
        list_add_text(&trend->notes, result->notes.item[i]);
}

static void
measure(struct trend *trend)
{
    for (size_t i = 0; i < trend->lines; i++)
        for (size_t k = 0; k < trend->points; k++)
            if (trend_share(trend, i, k) > trend->line[i].most)
                trend->line[i].most = trend_share(trend, i, k);
}

enum status
trend_run(struct search *search, const struct list *queries,
          const struct search_request *request, enum search_facet by,
          struct trend *trend, struct error *err)
{
    const unsigned facets =
        by == FACET_COUNT
            ? 1u << FACET_YEAR | 1u << FACET_MONTH | 1u << FACET_DAY
            : 1u << by;
    const size_t count =
        queries->count < TREND_LINES ? queries->count : TREND_LINES;
    struct search_result result[TREND_LINES];
    enum status status = STATUS_OK;

    for (size_t i = 0; i < count; i++)
        result[i] = SEARCH_RESULT_INIT;
    for (size_t i = 0; !status && i < count; i++)
        status = count_one(search, request, queries->item[i], facets,
                           &result[i], err);
    if (!status) {
        trend->by = by == FACET_COUNT ? choose(result, count) : by;
        lay_axis(trend, result, count);
        trend->line = mem_zero(count + 1, sizeof(*trend->line));
        trend->lines = count;
        for (size_t i = 0; i < count; i++) {
            trend->line[i].query = mem_string(queries->item[i]);
            take_line(trend, &trend->line[i], &result[i]);
        }
        status = count_held(search, request, trend, err);
        measure(trend);
    }
    for (size_t i = 0; i < count; i++)
        search_result_release(&result[i]);
    return status;
}
