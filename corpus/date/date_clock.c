#include "corpus/base/ascii.h"
#include "corpus/date/date_scan.h"

/* Minutes east of UTC.  Where several zones share letters, the one that
 * English-language news means by them. */
static const struct name zones[] = {
    {"z", 0},      {"utc", 0},    {"gmt", 0},    {"ut", 0},      {"wet", 0},
    {"bst", 60},   {"west", 60},  {"cet", 60},   {"wat", 60},    {"cest", 120},
    {"eet", 120},  {"cat", 120},  {"sast", 120}, {"eest", 180},  {"msk", 180},
    {"eat", 180},  {"trt", 180},  {"gst", 240},  {"pkt", 300},   {"ist", 330},
    {"npt", 345},  {"ict", 420},  {"wib", 420},  {"hkt", 480},   {"sgt", 480},
    {"pht", 480},  {"myt", 480},  {"awst", 480}, {"kst", 540},   {"jst", 540},
    {"acst", 570}, {"aest", 600}, {"acdt", 630}, {"aedt", 660},  {"nzst", 720},
    {"nzdt", 780}, {"nst", -210}, {"ndt", -150}, {"ast", -240},  {"adt", -180},
    {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},  {"mst", -420},
    {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480},
    {"hst", -600}, {NULL, 0}};

/* Hours west of UTC in winter; summer time is worked out from the day. */
static const struct name us_zones[] = {
    {"et", 5}, {"ct", 6}, {"mt", 7}, {"pt", 8}, {NULL, 0}};

static const struct name halves[] = {{"am", 0},    {"pm", 12}, {"a.m.", 0},
                                     {"p.m.", 12}, {"a.m", 0}, {"p.m", 12},
                                     {NULL, 0}};

static bool
take_offset(struct scan *s, bool short_form)
{
    int sign = scan_peek(s, 0) == '-' ? -1 : 1;
    int hours;
    int minutes = 0;
    int count;

    if (!scan_byte(s, '+') && !scan_byte(s, '-'))
        return false;
    count = scan_digits(s, 2, &hours);
    if (count == 0 || (count == 1 && !short_form))
        return false;
    if (scan_peek(s, 0) == ':' ? ascii_is_digit(scan_peek(s, 1))
                               : ascii_is_digit(scan_peek(s, 0))) {
        scan_byte(s, ':');
        if (!scan_number(s, 2, &minutes))
            return false;
    }
    if (hours > 23 || minutes > 59)
        return false;
    s->has_zone = true;
    s->zone = sign * (hours * 60 + minutes);
    return true;
}

static bool
take_zone_name(struct scan *s)
{
    int value;

    if (scan_name(s, us_zones, false, &value)) {
        s->us_zone = value;
        return true;
    }
    if (!scan_name(s, zones, false, &value))
        return false;
    s->has_zone = true;
    s->zone = value;
    if (value == 0 && (scan_peek(s, 0) == '+' || scan_peek(s, 0) == '-')) {
        struct scan keep = *s;

        if (!take_offset(s, true)) /* "GMT-based" */
            *s = keep;
    }
    return true;
}

bool
scan_zone(struct scan *s)
{
    struct scan keep = *s;
    bool blank = scan_blanks(s);
    bool bracket = scan_byte(s, '(');
    bool found = take_zone_name(s) || take_offset(s, false);

    if (found && bracket)
        found = scan_byte(s, ')');
    if (!found) {
        *s = keep;
        return false;
    }
    keep = *s;
    if (!bracket && blank && scan_blanks(s) && scan_byte(s, '(')) {
        int value;

        if (scan_name(s, zones, false, &value) && scan_byte(s, ')'))
            return true;
    }
    s->at = keep.at;
    return true;
}

/* "p.m." and its like behind the hour. */
static bool
take_half(struct scan *s, int *hour)
{
    size_t start = s->at;
    int half;

    scan_blanks(s);
    if (!scan_name(s, halves, true, &half) || *hour < 1 || *hour > 12) {
        s->at = start;
        return false;
    }
    *hour = *hour % 12 + half;
    return true;
}

static bool
set_clock(struct scan *s, int hour, int minute, int second)
{
    if (hour > 24 || minute > 59 || second > 60 ||
        (hour == 24 && (minute > 0 || second > 0)))
        return false;
    s->hour = hour;
    s->minute = minute;
    s->second = second;
    return true;
}

/* ":45" and ".123" behind the minutes. */
static bool
take_seconds(struct scan *s, int *second)
{
    *second = -1;
    if (scan_peek(s, 0) != ':' || !ascii_is_digit(scan_peek(s, 1)))
        return true;
    s->at++;
    if (!scan_number(s, 2, second))
        return false;
    if ((scan_peek(s, 0) == '.' || scan_peek(s, 0) == ',') &&
        ascii_is_digit(scan_peek(s, 1))) {
        s->at++;
        while (ascii_is_digit(scan_peek(s, 0)))
            s->at++;
    }
    return true;
}

/* "9.05 Uhr" */
static bool
is_pointed(struct scan *s)
{
    static const struct name hours[] = {{"uhr", 1}, {NULL, 0}};
    struct scan ahead = *s;
    int value;

    scan_blanks(&ahead);
    return scan_name(&ahead, hours, false, &value);
}

bool
scan_clock(struct scan *s)
{
    int hour;
    int minute = 0;
    int second = -1;
    int count = scan_digits(s, 4, &hour);

    if (count == 0 || count == 3 || ascii_is_digit(scan_peek(s, 0)))
        return false;
    if (count == 4) {
        return set_clock(s, hour / 100, hour % 100, -1) && scan_zone(s);
    }
    if (take_half(s, &hour))
        return set_clock(s, hour, 0, -1);
    if (scan_byte(s, '.')) {
        return scan_number(s, 2, &minute) &&
               (take_half(s, &hour) || s->pointed || is_pointed(s)) &&
               set_clock(s, hour, minute, -1);
    }
    if (!scan_byte(s, ':') && !scan_byte(s, 'h') && !scan_byte(s, 'H'))
        return false;
    if (!scan_number(s, 2, &minute) || !take_seconds(s, &second))
        return false;
    take_half(s, &hour);
    return set_clock(s, hour, minute, second);
}

bool
scan_compact_clock(struct scan *s)
{
    int clock;
    int count = scan_digits(s, 6, &clock);

    if (ascii_is_digit(scan_peek(s, 0)))
        return false;
    if (count == 4)
        return set_clock(s, clock / 100, clock % 100, -1);
    if (count != 6)
        return false;
    if ((scan_peek(s, 0) == '.' || scan_peek(s, 0) == ',') &&
        ascii_is_digit(scan_peek(s, 1))) {
        s->at++;
        while (ascii_is_digit(scan_peek(s, 0)))
            s->at++;
    }
    return set_clock(s, clock / 10000, clock / 100 % 100, clock % 100);
}
