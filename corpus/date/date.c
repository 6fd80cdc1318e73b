#include "corpus/date/date.h"

enum {
    MINUTE = 60,
    DAY = 86400
};

/* Days of the year before the month, for common years. */
static const int days_before[] = {0,   31,  59,  90,  120, 151, 181,
                                  212, 243, 273, 304, 334, 365};

static bool
leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 0000-01-01 to the first of January of `year`, which is not
 * negative. */
static int64_t
days_to_year(int64_t year)
{
    int64_t past = year - 1;

    if (year == 0)
        return 0;
    return year * 365 + past / 4 - past / 100 + past / 400 + 1;
}

static int64_t
days_to(int year, int month, int day)
{
    int64_t days = days_to_year(year) + days_before[month - 1] + day - 1;

    return month > 2 && leap(year) ? days + 1 : days;
}

struct date
date_of_day(int year, int month, int day)
{
    return (struct date){
        .seconds = (days_to(year, month, day) - days_to(1970, 1, 1)) * DAY,
        .precision = DATE_DAY};
}

/* Seconds since 1970 to a calendar day and the second of that day. */
static int
calendar(int64_t seconds, int *year, int *month, int *day)
{
    int64_t days = seconds / DAY;
    int64_t rest = seconds % DAY;
    int64_t guess;

    if (rest < 0) {
        rest += DAY;
        days--;
    }
    days += days_to(1970, 1, 1);
    if (days < 0)
        days = 0;
    guess = days / 366;
    while (days_to_year(guess + 1) <= days)
        guess++;
    days -= days_to_year(guess);
    *year = (int)guess;
    *month = 1;
    while (*month < 12 &&
           days >= days_before[*month] + (*month >= 2 && leap(guess)))
        ++*month;
    *day =
        (int)days + 1 - days_before[*month - 1] - (*month > 2 && leap(guess));
    return (int)rest;
}

/* The clock of the date's own zone, as if that were UTC. */
static int64_t
local_seconds(const struct date *date)
{
    return date->seconds + (date->has_zone ? date->zone * MINUTE : 0);
}

void
date_day(const struct date *date, int *year, int *month, int *day)
{
    calendar(local_seconds(date), year, month, day);
}

static void
print_zone(const struct date *date, struct buf *out)
{
    int minutes = date->zone < 0 ? -date->zone : date->zone;

    if (!date->has_zone)
        return;
    if (date->zone == 0)
        buf_add_byte(out, 'Z');
    else
        buf_printf(out, "%c%02d:%02d", date->zone < 0 ? '-' : '+', minutes / 60,
                   minutes % 60);
}

void
date_print(const struct date *date, struct buf *out)
{
    int year;
    int month;
    int day;
    int rest = calendar(local_seconds(date), &year, &month, &day);

    if (date->precision == DATE_NONE)
        return;
    buf_printf(out, "%04d", year);
    if (date->precision >= DATE_MONTH)
        buf_printf(out, "-%02d", month);
    if (date->precision >= DATE_DAY)
        buf_printf(out, "-%02d", day);
    if (date->precision >= DATE_MINUTE)
        buf_printf(out, "T%02d:%02d", rest / 3600, rest / MINUTE % 60);
    if (date->precision >= DATE_SECOND)
        buf_printf(out, ":%02d", rest % 60);
    if (date->precision >= DATE_MINUTE)
        print_zone(date, out);
}

int64_t
date_end(const struct date *date)
{
    int64_t offset = local_seconds(date) - date->seconds;
    int year;
    int month;
    int day;

    calendar(local_seconds(date), &year, &month, &day);
    switch (date->precision) {
    case DATE_YEAR:
        return date_of_day(year + 1, 1, 1).seconds - offset;
    case DATE_MONTH:
        return date_of_day(year + month / 12, month % 12 + 1, 1).seconds -
               offset;
    case DATE_DAY:
        return date->seconds + DAY;
    case DATE_MINUTE:
        return date->seconds + MINUTE;
    case DATE_SECOND:
        return date->seconds + 1;
    case DATE_NONE:
        break;
    }
    return date->seconds;
}
