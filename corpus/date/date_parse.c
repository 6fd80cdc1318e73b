/*
 * Reading dates.  Each spelling is one function in the table `shapes`; it
 * starts at scan->at, fills the parts that it finds and moves on, or says
 * false and leaves the rest to the next one.  A time of the day and a zone
 * may follow any of them.
 */
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/date/calendar.h"
#include "corpus/date/date.h"
#include "corpus/date/date_scan.h"
#include "corpus/date/digits.h"
#include "corpus/date/other_calendar.h"

/* Words that may stand between the parts of a date. */
static const struct name fillers[] = {
    {"of", 1},  {"de", 1}, {"del", 1}, {"do", 1},    {"den", 1},   {"d", 1},
    {"ta", 1},  {"m", 1},  {"ko", 1},  {"eko", 1},   {"năm", 1},   {"gada", 1},
    {"г", 1},   {"ж", 1},  {"йил", 1}, {"жылғы", 1}, {"жыл", 1},   {"оны", 1},
    {"yil", 1}, {"թ", 1},  {"il", 1},  {"an", 1},    {"tahun", 1}, {NULL, 0}};

static const struct name ordinals[] = {{"st", 1}, {"nd", 1}, {"rd", 1},
                                       {"th", 1}, {"er", 1}, {"o", 1},
                                       {"a", 1},  {"го", 1}, {NULL, 0}};

/* "tháng 3": months that are numbered. */
static const struct name numbered[] = {{"tháng", 1}, {"thg", 1}, {NULL, 0}};

static int
days_in(int year, int month)
{
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool
set_date(struct scan *s, int year, int month, int day)
{
    if (!other_calendar_turn(&year, &month, &day))
        return false;
    if (year < 1600 || year > 2200 || month < 0 || month > 12 || day < 0 ||
        (day > 0 && day > days_in(year, month)))
        return false;
    s->year = year;
    s->month = month;
    s->day = day;
    return true;
}

/* A full year, or two digits where mail and agencies still write them. */
static bool
take_year(struct scan *s, bool two, int *year)
{
    int count = scan_digits(s, 4, year);

    if (ascii_is_digit(scan_peek(s, 0)))
        return false;
    if (count == 2 && two) {
        *year += *year < 50 ? 2000 : 1900;
        return true;
    }
    return count == 4;
}

/* A weekday behind the date, in brackets or not: "12 Mart 2019 Salı 09:30",
 * "2019年3月12日（火）9:30", "2019년 3월 12일 화요일 09:30". */
static bool
take_weekday_behind(struct scan *s)
{
    static const char *const marks[] = {"曜日", "요일"};
    static const char *const starts[] = {"星期", "周", "週", ""};
    const bool bracket = scan_byte(s, '(') || scan_text(s, "\xef\xbc\x88");
    struct scan keep = *s;
    bool found = false;
    int value;

    for (size_t i = 0; i < COUNT(starts) && !found; i++) {
        *s = keep;
        if (!scan_text(s, starts[i]) || (unsigned char)scan_peek(s, 0) < 0xe4)
            continue;
        s->at += 3; /* the day, one character */
        found = bracket || *starts[i];
        for (size_t m = 0; m < COUNT(marks); m++)
            found = scan_text(s, marks[m]) || found;
    }
    if (s->at > s->size || !found) {
        *s = keep;
        found = scan_weekday(s, &value);
    }
    scan_byte(s, '.');
    if (bracket && !scan_byte(s, ')') && !scan_text(s, "\xef\xbc\x89"))
        return false;
    scan_byte(s, ',');
    scan_blanks(s);
    return found;
}

/* What may stand between a date and its time. */
static void
take_time_separator(struct scan *s)
{
    static const char *const marks[] = {
        ",",        "-", "|", "\xe2\x80\x94", ";", "\xe2\x80\x93", "/",
        "\xc2\xb7", ":", NULL};
    /* 2: a point may part the hour from the minutes. */
    static const struct name words[] = {
        {"at", 1},   {"um", 2},   {"on", 1},   {"kl", 2},    {"a", 1},
        {"à", 1},    {"às", 1},   {"as", 1},   {"alle", 2},  {"ore", 2},
        {"ora", 2},  {"klo", 2},  {"ob", 2},   {"u", 1},     {"o", 1},
        {"в", 1},    {"о", 1},    {"у", 1},    {"saat", 2},  {"pukul", 2},
        {"lúc", 1},  {"om", 2},   {"kell", 2}, {"plkst", 2}, {"las", 1},
        {"la", 1},   {"στις", 1}, {"godz", 2}, {"d", 1},     {"val", 1},
        {"vào", 1},  {"г", 1},    {"р", 1},    {"թ", 1},     {"год", 1},
        {"года", 1}, {"року", 1}, {NULL, 0}};
    struct scan keep;
    int value;

    if (scan_byte(s, 'T') || scan_byte(s, 't'))
        return;
    if (scan_peek(s, 1) == ' ' || scan_peek(s, 1) == ',') /* "2019. 09:30" */
        scan_byte(s, '.');
    scan_blanks(s);
    keep = *s;
    for (size_t i = 0; marks[i]; i++)
        if (scan_text(s, marks[i]))
            break;
    if (s->at == keep.at || scan_blanks(s)) {
        if (scan_name(s, words, false, &value)) {
            s->pointed = value == 2;
            scan_byte(s, '.');
            scan_byte(s, ',');
            scan_blanks(s);
        }
        if (take_weekday_behind(s))
            scan_name(s, words, false, &value);
    }
    scan_blanks(s);
}

static void
take_time(struct scan *s)
{
    struct scan keep = *s;

    take_time_separator(s);
    if (s->at == keep.at || !scan_clock(s)) {
        *s = keep;
        return;
    }
    if (!s->has_zone && !s->us_zone)
        scan_zone(s);
}

static void
take_weekday(struct scan *s)
{
    struct scan keep = *s;
    int value;

    if (!scan_weekday(s, &value))
        return;
    scan_byte(s, '.');
    scan_byte(s, ',');
    if (!scan_blanks(s))
        *s = keep;
}

/* A day of the month by digits, with "th" or "." behind it. */
static bool
take_day(struct scan *s, int *day)
{
    int value;
    int count = scan_digits(s, 2, day);

    if (count == 0 || ascii_is_digit(scan_peek(s, 0)) || *day < 1 || *day > 31)
        return false;
    if (scan_text(s, "\xc2\xba") || scan_text(s, "\xc2\xaa")) /* "1º" */
        return true;
    if (!scan_name(s, ordinals, false, &value) && scan_peek(s, 0) == '.' &&
        !ascii_is_digit(scan_peek(s, 1)))
        scan_byte(s, '.');
    return true;
}

/* Between the parts of a date in words: blanks, a comma or a hyphen, "of". */
static bool
take_gap(struct scan *s)
{
    size_t start = s->at;
    int value;

    scan_blanks(s);
    if (scan_byte(s, ',') || scan_byte(s, '-') || scan_byte(s, '/') ||
        scan_text(s, "\xd8\x8c")) /* the comma of Arabic */
        scan_blanks(s);
    if (s->at > start && scan_name(s, fillers, false, &value)) {
        /* "d'octubre", "ta' Marzu", "2019 m. kovo" */
        if (!scan_byte(s, '\'') && !scan_text(s, "\xe2\x80\x99"))
            scan_byte(s, '.');
        scan_byte(s, ',');
        scan_blanks(s);
    }
    if (scan_text(s, "ค.ศ.") || scan_text(s, "พ.ศ.")) /* what years are */
        scan_blanks(s);
    return s->at > start;
}

/* Is the word that was just read, from `start` on, one that a month has in
 * English, or one of its abbreviations? */
static bool
is_english(const struct scan *s, size_t start)
{
    for (size_t i = 0; i < COUNT(calendar_months); i++)
        if (s->at >= start + 3 &&
            !strncasecmp(s->text + start, calendar_months[i], 3))
            return true;
    return false;
}

static bool
take_month(struct scan *s, int *month)
{
    /* What ends an abbreviation: in Hebrew, Hindi and Armenian, too. */
    static const char *const points[] = {".", "\xd7\xb3", "\xe0\xa5\xb0",
                                         "\xd5\x9d"};
    struct scan keep = *s;

    if (scan_month(s, month)) {
        for (size_t i = 0; i < COUNT(points); i++)
            if (scan_text(s, points[i]))
                break;
        return true;
    }
    if (scan_name(s, numbered, false, month) && scan_blanks(s) &&
        scan_digits(s, 2, month) && *month >= 1 && *month <= 12)
        return true;
    *s = keep;
    if (scan_digits(s, 2, month) && *month >= 1 && *month <= 12 &&
        scan_text(s, "-р сарын")) /* Mongolia's */
        return true;
    *s = keep;
    return false;
}

/* Behind "Oct 24": " 15:04:05 KST 2014", as ctime(3) has it. */
static bool
clock_then_year(struct scan *s, int month, int day)
{
    int year;

    if (!scan_blanks(s) || !scan_clock(s) || s->second < 0)
        return false;
    scan_zone(s);
    return scan_blanks(s) && take_year(s, false, &year) &&
           set_date(s, year, month, day);
}

/* "October 24, 2014", "Oct. 2014", "Oct 24 15:04:05 2014". */
static bool
month_in_words(struct scan *s)
{
    const size_t start = s->at;
    struct scan keep;
    bool clear;
    int month;
    int day;
    int year;

    if (!take_month(s, &month))
        return false;
    /* Of other languages, what is so short is a word of something else. */
    clear = s->at - start >= 5 || is_english(s, start);
    take_gap(s); /* "Nov.1,2018" has none */
    keep = *s;
    if (take_year(s, false, &year))
        return clear && set_date(s, year, month, 0);
    *s = keep;
    if (!take_day(s, &day))
        return false;
    keep = *s;
    if (clock_then_year(s, month, day))
        return true;
    *s = keep;
    return take_gap(s) && take_year(s, false, &year) &&
           set_date(s, year, month, day);
}

/* "24. listopada" is Croatian and October, "24 listopada" Polish; "24. lis" is
 * October or, in Czech, November. */
static bool
take_month_after(struct scan *s, bool pointed, int *month)
{
    static const struct name croatian[] = {
        {"listopada", 10}, {"lip", 6}, {"lis", 0}, {"listopad", 0}, {NULL, 0}};

    if (!pointed || !scan_name(s, croatian, false, month))
        return take_month(s, month);
    scan_byte(s, '.');
    return *month > 0;
}

/* Does a word follow what may be a year of two digits: "the 8 May 85 ships"? */
static bool
is_counted(const struct scan *s)
{
    struct scan ahead = *s;

    return scan_blanks(&ahead) && (ascii_is_lower(scan_peek(&ahead, 0)) ||
                                   (unsigned char)scan_peek(&ahead, 0) >= 0x80);
}

/* "24 October 2014", "24th of October, 2014", "26-FEB-87", "24Oct2014",
 * "24 ต.ค. 57". */
static bool
day_then_words(struct scan *s)
{
    enum {
        BUDDHIST_CENTURY = 2500
    };
    size_t start;
    bool pointed;
    bool thai;
    int day;
    int month;
    int year;

    if (!take_day(s, &day))
        return false;
    pointed = s->text[s->at - 1] == '.';
    take_gap(s);
    start = s->at;
    if (!take_month_after(s, pointed, &month))
        return false;
    thai = month > CALENDAR_BUDDHIST && month <= CALENDAR_BUDDHIST + 12;
    pointed = is_english(s, start) || thai; /* may the year be short? */
    take_gap(s);
    start = s->at;
    if (!take_year(s, pointed, &year) ||
        (s->at - start == 2 && s->text[start - 1] == ' ' && is_counted(s)))
        return false;
    if (thai && s->at - start == 2)
        year = BUDDHIST_CENTURY + year % 100;
    return set_date(s, year, month, day);
}

/* "2014-W43-5" and "2014-297". */
static bool
week_or_ordinal(struct scan *s, int year)
{
    int week;
    int day = 1;
    int64_t that_day;

    if (scan_byte(s, 'W')) {
        if (scan_digits(s, 2, &week) != 2 || week < 1 || week > 53 ||
            (scan_byte(s, '-') &&
             (!scan_number(s, 1, &day) || day < 1 || day > 7)))
            return false;
        /* The fourth of January is in week 1. */
        that_day = calendar_day(year, 1, 4);
        that_day += (week - 1) * 7 + day - 1 - calendar_weekday(that_day);
    } else {
        if (!scan_number(s, 3, &day) || day < 1 || day > 366)
            return false;
        that_day = calendar_day(year, 1, 1) + day - 1;
    }
    calendar_date(that_day, &s->year, &s->month, &s->day);
    return set_date(s, s->year, s->month, s->day);
}

/* Behind a year: "-10-24", "/10/24", ".10.24"; "-10" alone; or the signs
 * for year, month and day of East Asia. */
static bool
month_and_day(struct scan *s, int year)
{
    static const struct {
        const char *after_year, *after_month, *after_day;
    } signs[] = {{"-", "-", ""},
                 {"/", "/", ""},
                 {".", ".", ""},
                 {". ", ". ", ""},
                 {"\xe5\xb9\xb4", "\xe6\x9c\x88", "\xe6\x97\xa5"},
                 {"\xeb\x85\x84 ", "\xec\x9b\x94 ", "\xec\x9d\xbc"},
                 {"\xeb\x85\x84", "\xec\x9b\x94", "\xec\x9d\xbc"}};
    struct scan keep = *s;

    for (size_t i = 0; i < COUNT(signs); i++) {
        int month;
        int day;
        int count;

        *s = keep;
        if (!scan_text(s, signs[i].after_year))
            continue;
        count = scan_digits(s, 2, &month);
        if (count == 0 || month < 1)
            continue;
        if (scan_text(s, signs[i].after_month)) {
            if (scan_digits(s, 2, &day) && day > 0 &&
                !ascii_is_digit(scan_peek(s, 0)) &&
                scan_text(s, signs[i].after_day))
                return set_date(s, year, month, day);
        } else if (count == 2 && i < 2 && !ascii_is_digit(scan_peek(s, 0))) {
            return set_date(s, year, month, 0);
        }
    }
    return false;
}

/* Behind a year: " October 24", ". október 24.", ". gada 24. oktobrī",
 * "ko urriaren 24a", "-yil 24-oktabr". */
static bool
words_behind_year(struct scan *s, int *month, int *day)
{
    struct scan keep;

    if (scan_peek(s, 1) == ' ')
        scan_byte(s, '.');
    if (!scan_text(s, "(e)ko"))
        scan_text(s, "ko");
    if (!take_gap(s))
        return false;
    keep = *s;
    if (take_month(s, month) && take_gap(s) && take_day(s, day))
        return true;
    *s = keep;
    return take_day(s, day) && take_gap(s) && take_month(s, month);
}

/* "2014-10-24", "2014/10/24", "2014-10", "2014 October 24", "2014". */
static bool
year_first(struct scan *s)
{
    struct scan keep;
    int year;
    int month;
    int day;

    if (!scan_number(s, 4, &year) || year < 1600 || year > 2200)
        return false;
    keep = *s;
    if (scan_byte(s, '-') && week_or_ordinal(s, year))
        return true;
    *s = keep;
    if (month_and_day(s, year))
        return true;
    *s = keep;
    if (words_behind_year(s, &month, &day) && set_date(s, year, month, day))
        return true;
    *s = keep;
    if (scan_is_letter(scan_peek(s, 0)) ||
        (scan_peek(s, 0) != '\0' && strchr("-/.:,", scan_peek(s, 0)) &&
         ascii_is_digit(scan_peek(s, 1))))
        return false;
    return set_date(s, year, 0, 0);
}

/* "20141024", "20141024T0905", "201410240905", "20141024090500". */
static bool
compact(struct scan *s)
{
    struct scan keep;
    int date;

    if (scan_digits(s, 8, &date) != 8 ||
        !set_date(s, date / 10000, date / 100 % 100, date % 100) ||
        s->month == 0 || s->day == 0)
        return false;
    if (ascii_is_digit(scan_peek(s, 0)))
        return scan_compact_clock(s);
    keep = *s;
    if (scan_byte(s, 'T') || scan_byte(s, 't')) {
        if (scan_compact_clock(s))
            return true;
        *s = keep;
    }
    return !scan_is_letter(scan_peek(s, 0)) || scan_peek(s, 0) == 'T' ||
           scan_peek(s, 0) == 'Z';
}

/* "24/10/2014", "10/24/2014", "24.10.2014", "10-24-14". */
static bool
day_and_month_by_number(struct scan *s)
{
    int first;
    int second;
    int year;
    char mark;
    bool month_first;

    if (!scan_digits(s, 2, &first) || first == 0)
        return false;
    mark = scan_peek(s, 0);
    if (mark == '\0' || !strchr("/.-", mark))
        return false;
    s->at++;
    scan_blanks(s); /* "24. 10. 2014" */
    if (!scan_digits(s, 2, &second) || second == 0 || !scan_byte(s, mark))
        return false;
    scan_blanks(s);
    if (!take_year(s, mark == '/', &year))
        return false;
    /* Points are a European habit, day first whatever the page's country. */
    month_first = mark != '.' && s->month_first;
    if (second > 12 || (month_first && first <= 12))
        return set_date(s, year, first, second);
    return set_date(s, year, second, first);
}

/* "平成31年3月12日", "令和元年5月1日", "民國108年3月12日". */
static bool
era_first(struct scan *s)
{
    int before = 0;
    int year = 1;

    s->at += other_calendar_era(s->text + s->at, s->size - s->at, &before);
    return before && (scan_text(s, "元") || scan_digits(s, 3, &year)) &&
           month_and_day(s, before + year);
}

static bool (*const shapes[])(struct scan *) = {
    month_in_words,          year_first, compact, day_then_words,
    day_and_month_by_number, era_first};

static bool
take_date(struct scan *s)
{
    struct scan keep = *s;

    for (size_t i = 0; i < COUNT(shapes); i++) {
        *s = keep;
        if (shapes[i](s))
            return true;
    }
    return false;
}

/* "9:05 PM ET, Fri October 24, 2014": the time stands first. */
static bool
time_then_date(struct scan *s)
{
    if (!ascii_is_digit(scan_peek(s, 0)) || !scan_clock(s))
        return false;
    if (!s->has_zone && !s->us_zone)
        scan_zone(s);
    take_time_separator(s);
    take_weekday(s);
    return take_date(s) && s->day > 0;
}

/* Are clocks in the United States at summer time on this day? */
static bool
us_summer(const struct scan *s)
{
    /* The bounds are Sundays: from 2007 the second of March to the first of
     * November, before that the first of April to the last of October. */
    int from_month = s->year >= 2007 ? 3 : 4;
    int to_month = s->year >= 2007 ? 11 : 10;
    int latest;
    int sunday;

    if (s->month < from_month || s->month > to_month)
        return false;
    if (s->month > from_month && s->month < to_month)
        return true;
    sunday = 7 - calendar_weekday(calendar_day(s->year, s->month, 1));
    if (s->month == from_month)
        return s->day >= sunday + (s->year >= 2007 ? 7 : 0);
    latest = s->year >= 2007 ? sunday : sunday + (31 - sunday) / 7 * 7;
    return s->day < latest;
}

static void
finish(struct scan *s, struct date *date)
{
    *date = date_of_day(s->year, s->month ? s->month : 1, s->day ? s->day : 1);
    if (s->day == 0) {
        date->precision = s->month ? DATE_MONTH : DATE_YEAR;
        return;
    }
    if (s->hour < 0)
        return;
    if (s->us_zone) {
        s->has_zone = true;
        s->zone = -60 * (s->us_zone - (us_summer(s) ? 1 : 0));
    }
    date->precision = s->second < 0 ? DATE_MINUTE : DATE_SECOND;
    date->seconds += (int64_t)s->hour * SECONDS_AN_HOUR +
                     (int64_t)s->minute * SECONDS_A_MINUTE +
                     (s->second > 0 ? s->second : 0);
    date->has_zone = s->has_zone;
    date->zone = (int16_t)(s->has_zone ? s->zone : 0);
    date->seconds -= (int64_t)date->zone * SECONDS_A_MINUTE;
}

/* A date, with a weekday before it or not: "mar." is a Tuesday in Paris and a
 * March in London. */
static bool
take_any_date(struct scan *s)
{
    const struct scan start = *s;

    take_weekday(s);
    if (take_date(s))
        return true;
    if (s->at == start.at)
        return false;
    *s = start;
    return take_date(s);
}

static size_t
parse_ascii(const char *text, size_t size, bool month_first, struct date *date)
{
    struct scan start = {.text = text,
                         .size = size,
                         .month_first = month_first,
                         .hour = -1,
                         .second = -1};
    struct scan s = start;

    *date = (struct date){0};
    if (take_any_date(&s)) {
        if (s.day > 0 && s.hour < 0)
            take_time(&s);
        else if (s.day > 0 && !s.has_zone && !s.us_zone)
            scan_zone(&s);
    } else {
        s = start;
        if (!time_then_date(&s))
            return 0;
    }
    finish(&s, date);
    return s.at;
}

size_t
date_parse(const char *text, size_t size, bool month_first, struct date *date)
{
    enum {
        LONGEST = 200 /* bytes of a date */
    };
    const size_t looked = size < LONGEST ? size : LONGEST;
    struct buf ascii = BUF_INIT;
    size_t used;

    if (!digits_foreign(text, looked))
        return parse_ascii(text, size, month_first, date);
    digits_to_ascii(&ascii, text, looked);
    used = parse_ascii(ascii.data, ascii.size, month_first, date);
    buf_release(&ascii);
    return digits_offset(text, looked, used);
}

/* In running text a bare year, or "2011-12", is more often something else
 * than a date. */
static bool
is_date_in_text(const struct date *date, char first)
{
    return date->precision >= DATE_DAY ||
           (date->precision == DATE_MONTH && !ascii_is_digit(first));
}

/* May a date begin with this byte, at the start of a word?  Beyond the letters
 * of Latin-1 names of months and weekdays do in other alphabets, and eras in
 * Chinese characters. */
static bool
may_begin(char byte)
{
    const unsigned char b = (unsigned char)byte;

    return ascii_is_digit(byte) || scan_is_letter(byte) ||
           (b > 0xc3 && b <= 0xe1) || (b >= 0xe4 && b <= 0xe6);
}

static size_t
find_ascii(const char *text, size_t size, bool month_first, struct date *date,
           size_t *start)
{
    bool word = false; /* is the byte before part of a word or number? */

    for (size_t at = 0; at < size; at++) {
        char byte = text[at];
        bool part = may_begin(byte);

        if (((unsigned char)byte & 0xc0) == 0x80)
            continue; /* inside a character: as its first byte said */

        if (part && !word) {
            size_t used = parse_ascii(text + at, size - at, month_first, date);

            if (used > 0 && is_date_in_text(date, byte)) {
                *start = at;
                return used;
            }
        }
        /* A number glued to another alphabet's letter is still one. */
        word = part && (unsigned char)byte <= 0xc3;
    }
    *date = (struct date){0};
    return 0;
}

size_t
date_find(const char *text, size_t size, bool month_first, struct date *date,
          size_t *start)
{
    struct buf ascii = BUF_INIT;
    size_t begin = 0;
    size_t used;
    size_t end;

    if (digits_foreign(text, size)) {
        digits_to_ascii(&ascii, text, size);
        used = find_ascii(ascii.data, ascii.size, month_first, date, &begin);
        end = digits_offset(text, size, begin + used);
        begin = digits_offset(text, size, begin);
        used = used ? end - begin : 0;
        buf_release(&ascii);
    } else {
        used = find_ascii(text, size, month_first, date, &begin);
    }
    if (used && start)
        *start = begin;
    return used;
}
