#include "corpus/date/calendar.h"

enum {
    MONTHS_A_YEAR = 12,
    DAYS_A_WEEK = 7,
    YEARS_AN_ERA = 400, /* after which the calendar begins anew */
    DAYS_AN_ERA = 146097,
    EPOCH = 719468 /* 1970-01-01, counted from 0000-03-01 */
};

const char *const calendar_months[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
const char *const calendar_weekdays[7] = {"Monday",   "Tuesday", "Wednesday",
                                          "Thursday", "Friday",  "Saturday",
                                          "Sunday"};

/*
 * Years are counted from March here, so that the day that only leap years
 * have is the last of its year, and months and years are divisions.
 */
int64_t
calendar_day(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - (YEARS_AN_ERA - 1)) / YEARS_AN_ERA;
    int64_t of_era = y - era * YEARS_AN_ERA;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * DAYS_AN_ERA + of_era * 365 + of_era / 4 - of_era / 100 +
           of_year - EPOCH;
}

void
calendar_date(int64_t day, int *year, int *month, int *mday)
{
    int64_t z = day + EPOCH;
    int64_t era = (z >= 0 ? z : z - (DAYS_AN_ERA - 1)) / DAYS_AN_ERA;
    int64_t of_era = z - era * DAYS_AN_ERA;
    int64_t y =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;

    *mday = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * YEARS_AN_ERA + (*month <= 2));
}

int
calendar_weekday(int64_t day)
{
    int thursday = 3; /* which day 0 was */
    int rest = (int)((day % DAYS_A_WEEK + thursday) % DAYS_A_WEEK);

    return rest < 0 ? rest + DAYS_A_WEEK : rest;
}

int
calendar_days_in_month(int year, int month)
{
    int next_year = month == MONTHS_A_YEAR ? year + 1 : year;
    int next = month == MONTHS_A_YEAR ? 1 : month + 1;

    return (int)(calendar_day(next_year, next, 1) -
                 calendar_day(year, month, 1));
}
