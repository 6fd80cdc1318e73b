/*
 * Articles that are another thing from one day on.
 *
 * The median length of the articles of a week before a day is compared with
 * that of the week from it on.  Both spread: the difference must be far more
 * than medians differ by chance, and most days must share it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/audit/audit_parts.h"

enum {
    WINDOW_DAYS = 7,
    LEAST = 30,     /* articles of a window */
    LEAST_DAYS = 4, /* that have some, for a burst of one day is no change */
    SAMPLE = 400    /* articles that are looked at: these, evenly */
};

#define FACTOR 0.9 /* of logarithms of lengths: two and a half times */
#define ERRORS 5.0 /* so many standard errors of a median */
#define MEDIAN_ERROR 1.25
#define BYLINES 0.7 /* the change of their share */
#define DAYS_AGREE 0.8

/* The articles of some days. */
struct window {
    const struct audit_article *article;
    size_t count;
    size_t days; /* that have articles */
    double median;
    double spread;
    double mean;
    double bylines;
};

static int
compare(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;

    return (one > other) - (one < other);
}

static void
measure(struct window *window)
{
    double value[SAMPLE] = {0};
    const size_t n = window->count < SAMPLE ? window->count : SAMPLE;

    for (size_t i = 0; i < n; i++)
        value[i] = (double)window->article[i * window->count / n].words;
    qsort(value, n, sizeof(*value), compare);
    window->median = value[n / 2];
    for (size_t i = 0; i < n; i++)
        value[i] = fabs(value[i] - window->median);
    qsort(value, n, sizeof(*value), compare);
    window->spread = 1.4826 * value[n / 2];
    window->bylines = 0;
    window->mean = 0;
    for (size_t i = 0; i < window->count; i++) {
        window->bylines += window->article[i].byline;
        window->mean += (double)window->article[i].words;
        window->days +=
            !i || window->article[i].day != window->article[i - 1].day;
    }
    window->bylines /= (double)window->count;
    window->mean /= (double)window->count;
}

/* Of the days, the share whose median is on that side of a length. */
static double
days_beyond(const struct window *window, double length, bool above)
{
    double value[SAMPLE] = {0};
    size_t beyond = 0;

    for (size_t i = 0, end; i < window->count; i = end) {
        size_t n = 0;

        for (end = i; end < window->count &&
                      window->article[end].day == window->article[i].day;
             end++)
            if (n < SAMPLE)
                value[n++] = (double)window->article[end].words;
        qsort(value, n, sizeof(*value), compare);
        beyond += (value[n / 2] > length) == above;
    }
    return (double)beyond / (double)window->days;
}

/* How much more than by chance the lengths differ; 0: no break. */
static double
break_of(const struct window *before, const struct window *after)
{
    const double change = fabs(after->median - before->median);
    const double middle = (after->median + before->median) / 2;
    const bool longer = after->median > before->median;
    const double error =
        MEDIAN_ERROR * fmax(before->spread, after->spread) * sqrt(2.0 / LEAST);

    if (change < FACTOR || change < ERRORS * error)
        return 0;
    if (days_beyond(before, middle, !longer) < DAYS_AGREE ||
        days_beyond(after, middle, longer) < DAYS_AGREE)
        return 0;
    /* Means differ the most at the very day. */
    return fabs(after->mean - before->mean);
}

/* The day on which the change is the largest, of those where there is one. */
struct best {
    size_t at;
    double change;
    struct window before;
    struct window after;
};

static double
change_of(enum audit_kind kind, const struct window *before,
          const struct window *after)
{
    const double bylines = fabs(before->bylines - after->bylines);

    if (kind == AUDIT_LENGTH)
        return break_of(before, after);
    return bylines >= BYLINES ? bylines : 0;
}

/* Of two breaks that undo each other, one finding: what lies between. */
static void
tell(struct audit *audit, enum audit_kind kind,
     const struct audit_article *article, const struct best *best, int64_t last)
{
    const bool length = kind == AUDIT_LENGTH;
    const struct audit_finding finding = {
        .kind = kind,
        .publication = audit->publication[article->publication].publication,
        .first = article[best->at].day,
        .last = last,
        .there = length ? exp(best->after.median) - 1 : best->after.bylines,
        .expected =
            length ? exp(best->before.median) - 1 : best->before.bylines,
    };
    struct audit_finding *before =
        audit->findings ? &audit->finding[audit->findings - 1] : NULL;

    if (before && before->kind == kind &&
        before->publication == finding.publication && before->last == last &&
        (before->there < before->expected) !=
            (finding.there < finding.expected)) {
        before->last = finding.first - 1;
        return;
    }
    audit_find(audit, &finding);
}

/* The articles of the days before one, and from it on; those that are too few
 * are none. */
static struct window
window_of(const struct audit_article *article, size_t from, size_t to)
{
    struct window window = {.article = article + from, .count = to - from};

    if (window.count >= LEAST)
        measure(&window);
    return window;
}

static struct window
days_before(const struct audit_article *article, size_t at)
{
    size_t from = at;

    while (from && article[from - 1].day >= article[at].day - WINDOW_DAYS)
        from--;
    return window_of(article, from, at);
}

static struct window
days_from(const struct audit_article *article, size_t at, size_t count)
{
    size_t to = at;

    while (to < count && article[to].day < article[at].day + WINDOW_DAYS)
        to++;
    return window_of(article, at, to);
}

static void
look_for(struct audit *audit, enum audit_kind kind,
         const struct audit_article *article, size_t count)
{
    struct best best = {0};

    for (size_t i = 1; i < count; i++) {
        struct window before;
        struct window after;
        double change;

        if (article[i].day == article[i - 1].day)
            continue;
        before = days_before(article, i);
        after = days_from(article, i, count);
        if (before.days < LEAST_DAYS || after.days < LEAST_DAYS)
            continue;
        change = change_of(kind, &before, &after);
        if (change > best.change)
            best = (struct best){i, change, before, after};
        if (best.change > 0 &&
            article[i].day >= article[best.at].day + WINDOW_DAYS) {
            tell(audit, kind, article, &best, article[count - 1].day);
            best.change = 0;
        }
    }
    if (best.change > 0)
        tell(audit, kind, article, &best, article[count - 1].day);
}

void
audit_look_for_breaks(struct audit *audit, const struct audit_article *article,
                      size_t count)
{
    look_for(audit, AUDIT_LENGTH, article, count);
    look_for(audit, AUDIT_BYLINES, article, count);
}
