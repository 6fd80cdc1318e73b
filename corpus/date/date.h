/*
 * corpus/date/date.h - the dates of an archive, as exact as they were written.
 *
 * A date is the UTC second at which the stated period begins, with the
 * precision that was stated: "October 2014" is 2014-10-01 00:00 UTC and
 * DATE_MONTH.  A date without a zone is taken as UTC and says so by
 * `has_zone`.  Years 1600 to 2200; anything else is not a date.
 *
 * Nothing here reads the clock or the time zone of the machine.
 *
 * No library of C does this: strptime(3) and ICU want to be told the spelling,
 * and of 64 spellings in our tests, many of them not English, the parser of
 * GNU date (GPL-3, to be copied) reads 16.
 */
#ifndef CORPUS_DATE_H
#define CORPUS_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"

enum date_precision {
    DATE_NONE, /* no date at all; the other members mean nothing */
    DATE_YEAR,
    DATE_MONTH,
    DATE_DAY,
    DATE_MINUTE,
    DATE_SECOND
};

struct date {
    int64_t seconds; /* since 1970-01-01 00:00:00 UTC, may be negative */
    enum date_precision precision;
    bool has_zone;
    int16_t zone; /* minutes east of UTC, -1439 to 1439 */
};

/* A day of the proleptic Gregorian calendar as a date of DATE_DAY. */
struct date date_of_day(int year, int month, int day);

/*
 * The date that stands at the start of `text`, in any of the spellings that
 * news uses: ISO 8601 in full or in part, RFC 2822, "October 24, 2014",
 * "24 Oct 2014, 9:05 p.m. KST", "20141024T090500Z", "2014/10/24",
 * "26-FEB-1987 15:01:01.79"; with the names of months and weekdays of seventy
 * languages, the numerals of all scripts, and the years of other calendars
 * (other_calendar.h).  An all-numeric date with two readings
 * (03/04/2014) is read month first only if `month_first`.
 *
 * Returns the number of bytes that belong to the date, or 0 if there is none.
 */
size_t date_parse(const char *text, size_t size, bool month_first,
                  struct date *date);

/* The first date anywhere in `text`; `*start` (may be NULL) is where. */
size_t date_find(const char *text, size_t size, bool month_first,
                 struct date *date, size_t *start);

/* "2014", "2014-10", "2014-10-24" or "2014-10-24T09:05:00+09:00" (with "Z"
 * for UTC and nothing where no zone was stated), as exact as it is.
 * Nothing is appended for DATE_NONE. */
void date_print(const struct date *date, struct buf *out);

/* The calendar day in the date's own zone. */
void date_day(const struct date *date, int *year, int *month, int *day);

/* The first second after the period that the date states: with `seconds`
 * this makes the half-open range that "in October 2014" means. */
int64_t date_end(const struct date *date);

#endif
