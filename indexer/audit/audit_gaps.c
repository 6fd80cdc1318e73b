/* Days that have far fewer articles than the rhythm promises. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/audit/audit_parts.h"

enum {
    WEEKS = 8, /* before and after a day that say what to expect */
    AROUND = 2 * WEEKS,
    LEAST_WEEKS = 4,
    PAUSE_DAYS = 21, /* without any article */
    LEAST = 8        /* articles that are missing */
};

#define CHANCE 10.0         /* minus the logarithm of it, by Poisson's law */
#define CHANCE_SECTION 12.0 /* there are many of them */
#define ERRORS 3.4          /* of the spread that the series has */
#define SUSPECT 2.0         /* the same of a day that says nothing of others */
#define EXPLAINS 0.8        /* of what a whole lacks */
#define NOTHING 0.15        /* of what is expected is next to nothing */
#define STEADY 0.25         /* of the days are suspect, or there is no rhythm */
#define LEAST_SPREAD 0.5    /* of square roots, where chance alone is at work */

static double
median_of(const double *sorted, size_t count)
{
    return count % 2 ? sorted[count / 2]
                     : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

static int
compare(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;

    return (one > other) - (one < other);
}

/* The median of the same weekday in the weeks around; days that are passed over
 * say nothing. */
static double
expected_of(const struct audit_series *series, const bool *passed, size_t day)
{
    double count[AROUND];
    size_t n = 0;

    for (int week = -WEEKS; week <= WEEKS; week++) {
        const int64_t at = (int64_t)day + 7 * (int64_t)week;

        if (week && at >= 0 && at < (int64_t)series->days && !passed[at])
            count[n++] = series->count[at];
    }
    if (n < LEAST_WEEKS)
        return 0;
    qsort(count, n, sizeof(*count), compare);
    return median_of(count, n);
}

/* Counts spread alike about large and small numbers if their roots are taken
 * (Anscombe). */
static double
root(double count)
{
    return sqrt(count + 3.0 / 8);
}

/* Minus the logarithm of the chance that as few come where so many are
 * expected (Poisson). */
static double
surprise(double there, double expected)
{
    double term = -expected; /* the logarithm of the first one */
    double sum = 0;

    for (size_t k = 0; k <= (size_t)there; k++) {
        if (k > 0)
            term += log(expected / (double)k);
        sum += exp(term);
    }
    return sum > 0 ? -log(sum) : expected;
}

/* A run of poor days. */
struct run {
    size_t first;
    size_t last;
    size_t days;
    double there;
    double expected;
    double errors; /* the sum of how far they are below */
};

/* Sections come and go; of a whole paper a day with next to nothing is enough.
 */
static bool
is_gap(const struct audit_series *series, const struct run *run)
{
    const double chance = surprise(run->there, run->expected);
    const double errors = run->errors / sqrt((double)run->days);

    if (run->expected - run->there < LEAST)
        return false;
    if (series->section)
        return errors >= ERRORS && chance >= CHANCE_SECTION;
    return chance >= CHANCE &&
           (errors >= ERRORS ||
            (errors >= SUSPECT && run->there <= NOTHING * run->expected));
}

/* Is it of a part of what the series is, and of those days? */
static bool
is_part(const struct audit_finding *other, const struct audit_series *series,
        const struct audit_finding *whole)
{
    if (other->kind != whole->kind || series->section ||
        other->first > whole->last || other->last < whole->first)
        return false;
    return !series->publication ||
           (other->section &&
            strcmp(other->publication, series->publication) == 0);
}

/* A whole that lacks no more than one of its parts is not told of; else the
 * parts are not. */
static void
tell(struct audit *audit, const struct audit_series *series,
     enum audit_kind kind, const struct run *run)
{
    const struct audit_finding finding = {
        .kind = kind,
        .publication = series->publication,
        .section = series->section,
        .first = series->first + (int64_t)run->first,
        .last = series->first + (int64_t)run->last,
        .there = run->there,
        .expected = run->expected,
    };
    const double missing = run->expected - run->there;
    size_t kept = 0;

    for (size_t i = 0; kind == AUDIT_GAP && i < audit->findings; i++) {
        const struct audit_finding *part = &audit->finding[i];

        if (is_part(part, series, &finding) &&
            part->expected - part->there >= EXPLAINS * missing)
            return;
    }
    for (size_t i = 0; i < audit->findings; i++) {
        const struct audit_finding *part = &audit->finding[i];

        if (!is_part(part, series, &finding) ||
            part->first < finding.first - 1 || part->last > finding.last + 1)
            audit->finding[kept++] = *part;
    }
    audit->findings = kept;
    audit_find(audit, &finding);
}

/* Mark long times without articles, the first and the last day excepted, and
 * what lies before and after them. */
static void
mark_pauses(struct audit *audit, const struct audit_series *series, bool *pause)
{
    for (size_t i = 0, end; i < series->days; i = end) {
        const bool before = i == 0;

        for (end = i; end < series->days && !series->count[end];)
            end++;
        if (end == i) {
            end++;
            continue;
        }
        if (end - i < PAUSE_DAYS && !before && end < series->days)
            continue;
        memset(pause + i, true, end - i);
        if (!before && end < series->days && !series->section) {
            const struct run run = {.first = i, .last = end - 1};

            tell(audit, series, AUDIT_PAUSE, &run);
        }
    }
}

/* How far the roots of a series spread: of the days above what is expected,
 * for those below may be gaps. */
static double
spread_of(const struct audit_series *series, const bool *passed,
          const double *expected)
{
    double *above = mem_zero(series->days, sizeof(*above));
    double spread = LEAST_SPREAD;
    size_t n = 0;

    for (size_t i = 0; i < series->days; i++)
        if (!passed[i] && expected[i] >= 1 && series->count[i] > expected[i])
            above[n++] = root(series->count[i]) - root(expected[i]);
    if (n) {
        qsort(above, n, sizeof(*above), compare);
        spread = fmax(spread, 1.4826 * median_of(above, n));
    }
    free(above);
    return spread;
}

/* What is expected of each day, and the spread.  First by all days; then
 * without those that are far below that, for they are gaps or nearly.  False:
 * there are so many of these that nothing can be expected. */
static bool
learn(const struct audit_series *series, const bool *pause, double *expected,
      double *spread)
{
    bool *passed = mem_zero(series->days, sizeof(*passed));
    size_t suspect = 0;
    size_t all = 0;

    for (size_t i = 0; i < series->days; i++)
        passed[i] = pause[i];
    for (size_t i = 0; i < series->days; i++)
        expected[i] = pause[i] ? 0 : expected_of(series, passed, i);
    *spread = spread_of(series, passed, expected);
    for (size_t i = 0; i < series->days; i++) {
        if (expected[i] < 1)
            continue;
        all++;
        passed[i] =
            root(expected[i]) - root(series->count[i]) >= SUSPECT * *spread;
        suspect += passed[i] || series->count[i] < expected[i] / 4;
    }
    for (size_t i = 0; i < series->days; i++)
        expected[i] = pause[i] ? 0 : expected_of(series, passed, i);
    *spread = spread_of(series, passed, expected);
    free(passed);
    return (double)suspect <= STEADY * (double)all;
}

static void
look(struct audit *audit, const struct audit_series *series, const bool *pause,
     const double *expected, double spread)
{
    struct run run = {0};

    for (size_t i = 0; i <= series->days; i++) {
        const bool over = i == series->days || pause[i];
        const double there = over ? 0 : series->count[i];

        /* A weekday that has none as a rule neither ends a gap nor is one. */
        if (!over && expected[i] < 1 && there < 1)
            continue;
        if (!over && there < expected[i] / 2) {
            if (!run.days)
                run.first = i;
            run.days++;
            run.last = i;
            run.there += there;
            run.expected += expected[i];
            run.errors += (root(expected[i]) - root(there)) / spread;
        } else if (run.days) {
            if (is_gap(series, &run))
                tell(audit, series, AUDIT_GAP, &run);
            run = (struct run){0};
        }
    }
}

void
audit_look_for_gaps(struct audit *audit, const struct audit_series *series)
{
    bool *pause = mem_zero(series->days, sizeof(*pause));

    double *expected = mem_zero(series->days, sizeof(*expected));
    double spread;

    mark_pauses(audit, series, pause);
    if (learn(series, pause, expected, &spread))
        look(audit, series, pause, expected, spread);
    free(expected);
    free(pause);
}
