/*
 * query/language/when.h - the dates that people type, as ranges of days.
 *
 *     2014            2014-01-01 .. 2014-12-31
 *     2014-10         2014-10-01 .. 2014-10-31
 *     20141024        that day
 *     oct-2014, 24oct2014, october (the last one)
 *     15/3/1987, 3/15/1987, 03/1987, 1980s
 *     today, yesterday, monday (the last one), this-week, last-month
 *     2w, -7, 3months, 1y        so long ago until today
 *
 * Days are those of corpus/date/calendar.h; "now" is always given, never asked
 * for.
 */
#ifndef QUERY_WHEN_H
#define QUERY_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"

struct when {
    int64_t from;  /* the first day */
    int64_t to;    /* the last day, included */
    bool relative; /* counted back from today: "2w", "-7" */
    bool guessed;  /* 3/4/1987: the month is first by the locale alone */
};

/* One date or period of exactly `size` bytes; false if it is none. */
bool when_parse(const char *text, size_t size, int64_t now, struct when *when);

/* "A..B", "A..", "..B", "A"; open ends are those of expr.h. */
bool when_parse_range(const char *text, size_t size, int64_t now,
                      struct when *when);

/* Append the canonical form of a range: "2014-01-01..2014-12-31". */
void when_print(const struct when *when, struct buf *out);

/* The nearest day that can be written in a query: years 1600 to 2200.  Open
 * ends stay open. */
int64_t when_readable(int64_t day);

#endif
