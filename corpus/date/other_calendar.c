#include "corpus/date/other_calendar.h"

#include <string.h>

#include "corpus/base/count.h"
#include "corpus/date/calendar.h"
#include "corpus/date/islamic.h"

enum {
    BUDDHIST_YEARS = 543,
    BUDDHIST_LEAST = 2400, /* less is a year of ours */
    BUDDHIST_MOST = 2700,
    PERSIAN_LEAST = 1244,
    PERSIAN_MOST = 1472
};

/* Leap years of 33. */
static bool
is_persian_leap(int year)
{
    static const int leaps[] = {1, 5, 9, 13, 17, 22, 26, 30};

    for (size_t i = 0; i < COUNT(leaps); i++)
        if (year % 33 == leaps[i])
            return true;
    return false;
}

/* The first day of a year.  1375 began on 20 March 1996. */
static int64_t
persian_new_year(int year)
{
    int64_t day = calendar_day(1996, 3, 20);

    for (; year > 1375; year--)
        day += 365 + is_persian_leap(year - 1);
    for (; year < 1375; year++)
        day -= 365 + is_persian_leap(year);
    return day;
}

static bool
turn_persian(int *year, int *month, int *day)
{
    const int before = *month - 1; /* months; six of 31 days, then of 30 */
    int most = *month <= 6 ? 31 : 30;

    if (*year < PERSIAN_LEAST || *year > PERSIAN_MOST)
        return false;
    if (*month == 12 && !is_persian_leap(*year))
        most = 29;
    if (*day < 1 || *day > most)
        return false;
    calendar_date(persian_new_year(*year) + (int64_t)before * 30 +
                      (before < 6 ? before : 6) + *day - 1,
                  year, month, day);
    return true;
}

/* How many days a month has. */
static int
islamic_length(int year, int month)
{
    return 29 + (islamic_months[year - ISLAMIC_FIRST] >> (month - 1) & 1);
}

static bool
turn_islamic(int *year, int *month, int *day)
{
    int64_t at = islamic_start;

    if (*year < ISLAMIC_FIRST || *year > ISLAMIC_LAST || *day < 1 ||
        *day > islamic_length(*year, *month))
        return false;
    for (int y = ISLAMIC_FIRST; y <= *year; y++)
        for (int m = 1; m <= (y < *year ? 12 : *month - 1); m++)
            at += islamic_length(y, m);
    calendar_date(at + *day - 1, year, month, day);
    return true;
}

bool
other_calendar_turn(int *year, int *month, int *day)
{
    const int calendar = *month - *month % 100;

    *month %= 100;
    if (calendar == CALENDAR_PERSIAN)
        return *year >= 1600 ? false : turn_persian(year, month, day);
    if (calendar == CALENDAR_ISLAMIC)
        return turn_islamic(year, month, day);
    if (calendar == CALENDAR_BUDDHIST && *year >= BUDDHIST_LEAST &&
        *year <= BUDDHIST_MOST)
        *year -= BUDDHIST_YEARS;
    return true;
}

size_t
other_calendar_era(const char *text, size_t size, int *before)
{
    static const struct {
        const char *name;
        int before;
    } eras[] = {
        {"令和", 2018}, {"平成", 1988},     {"昭和", 1925},
        {"大正", 1911}, {"明治", 1867},     {"民國", 1911},
        {"民国", 1911}, {"中華民國", 1911}, {"中华民国", 1911},
    };

    for (size_t i = 0; i < COUNT(eras); i++) {
        const size_t length = strlen(eras[i].name);

        if (size >= length && memcmp(text, eras[i].name, length) == 0) {
            *before = eras[i].before;
            return length;
        }
    }
    return 0;
}
