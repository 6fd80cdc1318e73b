/*
 * query/language/when.h - the dates that people type, as ranges of days.
 *
 *     2014            2014-01-01 .. 2014-12-31
 *     2014-10         2014-10-01 .. 2014-10-31
 *     20141024        that day
 *     oct-2014, 24oct2014, october (the last one)
 *     today, yesterday, monday (the last one), this-week, last-month
 *     2w, -7, 3months, 1y        so long ago until today
 *
 * Days are counted from 1970-01-01 and are those of the reader's calendar,
 * which is UTC here; "now" is always given, never asked for.
 */
#ifndef QUERY_WHEN_H
#define QUERY_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"

enum {
    SECONDS_A_DAY = 86400
};

struct when {
    int64_t from;  /* the first day */
    int64_t to;    /* the last day, included */
    bool relative; /* counted back from today: "2w", "-7" */
};

/* One date or period of exactly `size` bytes; false if it is none. */
bool when_parse(const char *text, size_t size, int64_t now, struct when *when);

/* "A..B", "A..", "..B", "A"; open ends are those of expr.h. */
bool when_parse_range(const char *text, size_t size, int64_t now,
                      struct when *when);

/* Append the canonical form of a range: "2014-01-01..2014-12-31". */
void when_print(const struct when *when, struct buf *out);

/* The day that a second belongs to; both may be negative. */
static inline int64_t
when_day_of(int64_t seconds)
{
    return seconds >= 0 ? seconds / SECONDS_A_DAY
                        : -((-seconds + SECONDS_A_DAY - 1) / SECONDS_A_DAY);
}

/* The day of a calendar date, and back. */
int64_t when_day(int year, int month, int day);
void when_calendar(int64_t day, int *year, int *month, int *mday);

/* The nearest day that can be written in a query: years 1600 to 2200.  Open
 * ends stay open. */
int64_t when_readable(int64_t day);

#endif
