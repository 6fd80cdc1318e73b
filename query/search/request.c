#include "query/search/request.h"

#include <time.h>

#include "corpus/date/calendar.h"

int64_t
search_clock(int64_t utc)
{
    time_t time = (time_t)utc;
    struct tm here;

    if (!localtime_r(&time, &here))
        return utc;
    return calendar_day(here.tm_year + 1900, here.tm_mon + 1, here.tm_mday) *
               SECONDS_A_DAY +
           (int64_t)here.tm_hour * SECONDS_AN_HOUR +
           (int64_t)here.tm_min * SECONDS_A_MINUTE + here.tm_sec;
}
