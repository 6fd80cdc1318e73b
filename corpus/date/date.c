#include "corpus/date/date.h"

#include "corpus/date/calendar.h"

struct date
date_of_day(int year, int month, int day)
{
    return (struct date){.seconds =
                             calendar_day(year, month, day) * SECONDS_A_DAY,
                         .precision = DATE_DAY};
}

/* The clock of the date's own zone, as if that were UTC. */
static int64_t
local_seconds(const struct date *date)
{
    return date->seconds + (date->has_zone ? date->zone * SECONDS_A_MINUTE : 0);
}

void
date_day(const struct date *date, int *year, int *month, int *day)
{
    calendar_date(calendar_day_of(local_seconds(date)), year, month, day);
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
    int rest = calendar_second_of(local_seconds(date));

    if (date->precision == DATE_NONE)
        return;
    date_day(date, &year, &month, &day);
    buf_printf(out, "%04d", year);
    if (date->precision >= DATE_MONTH)
        buf_printf(out, "-%02d", month);
    if (date->precision >= DATE_DAY)
        buf_printf(out, "-%02d", day);
    if (date->precision >= DATE_MINUTE)
        buf_printf(out, "T%02d:%02d", rest / SECONDS_AN_HOUR,
                   rest / SECONDS_A_MINUTE % 60);
    if (date->precision >= DATE_SECOND)
        buf_printf(out, ":%02d", rest % SECONDS_A_MINUTE);
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

    date_day(date, &year, &month, &day);
    switch (date->precision) {
    case DATE_YEAR:
        return date_of_day(year + 1, 1, 1).seconds - offset;
    case DATE_MONTH:
        return date_of_day(year + month / 12, month % 12 + 1, 1).seconds -
               offset;
    case DATE_DAY:
        return date->seconds + SECONDS_A_DAY;
    case DATE_MINUTE:
        return date->seconds + SECONDS_A_MINUTE;
    case DATE_SECOND:
        return date->seconds + 1;
    case DATE_NONE:
        break;
    }
    return date->seconds;
}
