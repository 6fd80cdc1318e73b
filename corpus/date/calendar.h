/*
 * corpus/date/calendar.h - the calendar: which date a day has, and which day
 * a date is.
 *
 * Days are those of the proleptic Gregorian calendar in UTC, counted from
 * 1970-01-01, which is day 0; days before it are negative.  Months and days
 * of a month are counted from 1.  Whoever has seconds since 1970 takes them
 * apart here, too, so that times before 1970 come out right everywhere.
 */
#ifndef CORPUS_CALENDAR_H
#define CORPUS_CALENDAR_H

#include <stdint.h>

enum {
    SECONDS_A_MINUTE = 60,
    SECONDS_AN_HOUR = 60 * SECONDS_A_MINUTE,
    SECONDS_A_DAY = 24 * SECONDS_AN_HOUR
};

/* The day of a calendar date, and back.  A date that is not in the calendar
 * is as many days behind the first of its month as its day says. */
int64_t calendar_day(int year, int month, int day);
void calendar_date(int64_t day, int *year, int *month, int *mday);

/* The day that a second belongs to. */
static inline int64_t
calendar_day_of(int64_t seconds)
{
    return seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
}

/* How far into its day a second is: 0 to SECONDS_A_DAY - 1. */
static inline int
calendar_second_of(int64_t seconds)
{
    int rest = (int)(seconds % SECONDS_A_DAY);

    return rest < 0 ? rest + SECONDS_A_DAY : rest;
}

/* 0 for a Monday, 6 for a Sunday. */
int calendar_weekday(int64_t day);

/* 28 to 31. */
int calendar_days_in_month(int year, int month);

/* The names in English, January and Monday first.  Their first three letters
 * are how mail and feeds abbreviate them. */
extern const char *const calendar_months[12];
extern const char *const calendar_weekdays[7];

#endif
