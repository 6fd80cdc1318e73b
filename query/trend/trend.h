/*
 * query/trend/trend.h - several searches over time.
 *
 *     by year    held   strike   lockout
 *     1987        200       20         2
 *     1988          0                       a gap: nothing is held of it
 *     1989        100       10         0
 *
 * A count by itself says little: many in a year may only mean that the archive
 * has much of that year.  So each point of time comes with how many articles
 * there are of it, by the same count, and what is drawn is the share.  A time
 * of which nothing is held is a gap, and no nought.
 */
#ifndef QUERY_TREND_H
#define QUERY_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/search/fields.h"
#include "query/search/search.h"

enum {
    TREND_LINES = 12,    /* searches that are compared at most */
    TREND_POINTS = 50000 /* of time; of more, coarser ones are chosen */
};

struct trend_point {
    char name[SEARCH_DAY_NAME];
    uint64_t held; /* articles that the archive has of it */
};

struct trend_line {
    char *query;     /* as typed */
    uint64_t *count; /* one for each point */
    uint64_t total;  /* articles that match */
    uint64_t undated;
    double most; /* the largest share of what is held at a point */
};

struct trend {
    enum search_facet by; /* FACET_YEAR, FACET_MONTH or FACET_DAY */
    struct trend_point *point;
    size_t points;
    struct trend_line *line;
    size_t lines;
    uint64_t articles; /* in the archive */
    bool cut_short;    /* the time limit struck */
    struct list notes;
};

#define TREND_INIT ((struct trend){.by = FACET_YEAR})

void trend_release(struct trend *trend);

/*
 * Count the searches by `by`; FACET_COUNT: by years if there are some, else by
 * months, else by days.  Only articles that have all that is asked for count.
 * Of `request` the limits are heeded.
 */
enum status trend_run(struct search *search, const struct list *queries,
                      const struct search_request *request,
                      enum search_facet by, struct trend *trend,
                      struct error *err);

/* The share of what is held that a line has at a point; negative: a gap. */
double trend_share(const struct trend *trend, size_t line, size_t point);

/* For a terminal of so many columns, each search by itself; 0: 80. */
void trend_print_text(const struct trend *trend, size_t width, bool color,
                      struct buf *out);

/* A row for each search and point; and one object. */
void trend_print_table(const struct trend *trend, char between,
                       struct buf *out);
void trend_print_json(const struct trend *trend, struct buf *out);

#endif
