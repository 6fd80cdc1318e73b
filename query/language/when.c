#include "query/language/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/date/calendar.h"
#include "query/language/expr.h"

enum {
    YEAR_FIRST = 1600,
    YEAR_LAST = 2200,
    WORD_MAX = 24
};

/* A period of calendar numbers; month and day 0 are not stated. */
static bool
period(int year, int month, int day, struct when *when)
{
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 0 || month > 12)
        return false;
    if (day < 0 || (month && day > calendar_days_in_month(year, month)))
        return false;
    when->from = calendar_day(year, month ? month : 1, day ? day : 1);
    if (day)
        when->to = when->from;
    else if (month)
        when->to =
            calendar_day(year, month, calendar_days_in_month(year, month));
    else
        when->to = calendar_day(year, 12, 31);
    return true;
}

/* The parts of a date: runs of digits and runs of letters. */
struct part {
    bool number;
    int value; /* of digits; of a month name 1..12, else 0 */
    size_t digits;
    char word[WORD_MAX];
};

/* The number of the name that `word` is or abbreviates, from 1; 0: none. */
static int
name_number(const char *word, const char *const *names, int count)
{
    size_t size = strlen(word);

    if (strcmp(word, "sept") == 0)
        word = "sep", size = 3;
    if (size < 3)
        return 0;
    for (int i = 0; i < count; i++) {
        size_t full = strlen(names[i]);

        if ((size == 3 || size == full) && size <= full &&
            strncasecmp(word, names[i], size) == 0)
            return i + 1;
    }
    return 0;
}

static size_t
read_number(const char *text, size_t size, struct part *part)
{
    size_t at = 0;

    part->number = true;
    for (; at < size && ascii_is_digit(text[at]); at++)
        if (part->value < 100000000)
            part->value = part->value * 10 + (text[at] - '0');
    part->digits = at;
    return at;
}

static size_t
read_word(const char *text, size_t size, struct part *part)
{
    size_t at = 0;

    for (; at < size && ascii_is_letter(text[at]); at++)
        if (at + 1 < WORD_MAX)
            part->word[at] = ascii_lower(text[at]);
    part->value = name_number(part->word, calendar_months, 12);
    return at;
}

/* Split into at most `room` parts; false if there is anything else in it. */
static bool
split(const char *text, size_t size, struct part *part, size_t room,
      size_t *parts)
{
    size_t at = 0;

    *parts = 0;
    while (at < size) {
        if (strchr("-/._, ", text[at])) {
            at++;
            continue;
        }
        if (*parts == room ||
            (!ascii_is_digit(text[at]) && !ascii_is_letter(text[at])))
            return false;
        memset(&part[*parts], 0, sizeof(*part));
        at += ascii_is_digit(text[at])
                  ? read_number(text + at, size - at, &part[*parts])
                  : read_word(text + at, size - at, &part[*parts]);
        (*parts)++;
    }
    return *parts > 0;
}

/* 2014, 201410, 20141024 */
static bool
one_number(const struct part *part, struct when *when)
{
    int value = part->value;

    if (part->digits == 4)
        return period(value, 0, 0, when);
    if (part->digits == 6 && value % 100)
        return period(value / 100, value % 100, 0, when);
    if (part->digits == 8 && value / 100 % 100 && value % 100)
        return period(value / 10000, value / 100 % 100, value % 100, when);
    return false;
}

/* 2014-10, oct 2014, 2014-10-24, 24 october 2014, october 24, 2014 */
static bool
calendar(const struct part *part, size_t parts, struct when *when)
{
    int year = 0;
    int month = 0;
    int day = 0;

    if (parts > 3)
        return false;
    for (size_t i = 0; i < parts; i++) {
        if (!part[i].number && (!part[i].value || month))
            return false;
        bool is_month = !part[i].number || (!month && i == 1 && year);
        int *number = is_month ? &month : &day;

        if (part[i].number && part[i].digits == 4 && !year)
            number = &year;
        else if (part[i].number && part[i].digits > 2)
            return false;
        if (*number || !part[i].value)
            return false;
        *number = part[i].value;
    }
    return year && month && period(year, month, day, when);
}

/* Does who reads this put the month before the day?  POSIX asks the first of
 * these that is set. */
static bool
month_first(void)
{
    static const char *const names[] = {"LC_ALL", "LC_TIME", "LANG"};

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = getenv(names[i]);

        if (value && *value)
            return strncmp(value, "en_US", 5) == 0;
    }
    return false;
}

/* 15/3/1987, 3/15/1987, 03/1987 */
static bool
numbers_only(const struct part *part, size_t parts, struct when *when)
{
    int first = part[0].value;
    int second = part[1].value;
    bool swap;

    if (parts < 2 || parts > 3 || part[parts - 1].digits != 4)
        return false;
    for (size_t i = 0; i + 1 < parts; i++)
        if (!part[i].number || part[i].digits > 2 || !part[i].value)
            return false;
    if (parts == 2)
        return period(second, first, 0, when);
    when->guessed = first <= 12 && second <= 12 && first != second;
    swap = second > 12 || (when->guessed && month_first());
    return period(part[2].value, swap ? first : second, swap ? second : first,
                  when);
}

/* 1980s */
static bool
decade(const struct part *part, size_t parts, struct when *when)
{
    if (parts != 2 || part[0].digits != 4 || part[0].value % 10 ||
        strcmp(part[1].word, "s") != 0 || !period(part[0].value, 0, 0, when))
        return false;
    when->to = calendar_day(part[0].value + 9, 12, 31);
    return true;
}

/* The period of a unit that holds `day`, and `back` such periods before. */
static bool
unit_period(const char *unit, int64_t day, int back, struct when *when)
{
    int year;
    int month;
    int mday;

    calendar_date(day, &year, &month, &mday);
    if (strcmp(unit, "week") == 0) {
        when->from = day - calendar_weekday(day) - (int64_t)back * 7;
        when->to = when->from + 6;
        return true;
    }
    if (strcmp(unit, "month") == 0) {
        int64_t count = (int64_t)year * 12 + month - 1 - back;

        return period((int)(count / 12), (int)(count % 12) + 1, 0, when);
    }
    return strcmp(unit, "year") == 0 && period(year - back, 0, 0, when);
}

/* Words alone: today, yesterday, monday, october, this week. */
static bool
words_only(const struct part *part, size_t parts, int64_t now,
           struct when *when)
{
    int64_t day = calendar_day_of(now);
    int weekday = name_number(part[0].word, calendar_weekdays, 7);

    if (parts == 2 && strcmp(part[0].word, "this") == 0)
        return unit_period(part[1].word, day, 0, when);
    if (parts == 2 && strcmp(part[0].word, "last") == 0)
        return unit_period(part[1].word, day, 1, when);
    if (parts != 1)
        return false;
    if (part[0].value) {
        int year;
        int month;
        int mday;

        calendar_date(day, &year, &month, &mday);
        return period(year - (part[0].value > month), part[0].value, 0, when);
    }
    if (strcmp(part[0].word, "today") == 0 || strcmp(part[0].word, "now") == 0)
        when->from = day;
    else if (strcmp(part[0].word, "yesterday") == 0)
        when->from = day - 1;
    else if (weekday)
        when->from = day - (calendar_weekday(day) - (weekday - 1) + 7) % 7;
    else
        return false;
    when->to = when->from;
    return true;
}

/* A day `count` months before `day`; the 31st becomes the month's last. */
static int64_t
months_before(int64_t day, int count)
{
    int year;
    int month;
    int mday;
    int64_t all;

    calendar_date(day, &year, &month, &mday);
    all = (int64_t)year * 12 + month - 1 - count;
    year = (int)(all / 12);
    month = (int)(all % 12) + 1;
    if (mday > calendar_days_in_month(year, month))
        mday = calendar_days_in_month(year, month);
    return calendar_day(year, month, mday);
}

int64_t
when_readable(int64_t day)
{
    int64_t first = calendar_day(YEAR_FIRST, 1, 1);
    int64_t last = calendar_day(YEAR_LAST, 12, 31);

    if (day == EXPR_OPEN_FROM || day == EXPR_OPEN_TO)
        return day;
    return day < first ? first : day > last ? last : day;
}

/* -7, 7d, 2w, 3 months, 1y ago: from then until today. */
static bool
ago(const struct part *part, size_t parts, bool minus, int64_t now,
    struct when *when)
{
    static const struct {
        const char *names; /* each between blanks */
        int days;
        int months;
    } units[] = {
        {" d day days ", 1, 0},
        {" w wk week weeks ", 7, 0},
        {" m mo mon month months ", 0, 1},
        {" y yr year years ", 0, 12},
        {" h hour hours min minutes ", 0, 0},
    };
    int64_t day = calendar_day_of(now);
    char name[WORD_MAX + 2];

    if (!part[0].number || part[0].value > 36500)
        return false;
    when->relative = true;
    when->to = day;
    if (parts == 1 && minus && part[0].digits <= 5) {
        when->from = day - part[0].value;
        return true;
    }
    if (parts == 3 && strcmp(part[2].word, "ago") == 0)
        parts = 2;
    if (parts != 2 || part[1].number)
        return false;
    snprintf(name, sizeof(name), " %s ", part[1].word);
    for (size_t i = 0; i < COUNT(units); i++) {
        if (!strstr(units[i].names, name))
            continue;
        when->from = day - (int64_t)part[0].value * units[i].days;
        if (units[i].months && part[0].value * units[i].months > 5000)
            return false;
        if (units[i].months)
            when->from = months_before(day, part[0].value * units[i].months);
        return true;
    }
    return false;
}

bool
when_parse(const char *text, size_t size, int64_t now, struct when *when)
{
    struct part part[3];
    size_t parts;
    bool minus = size > 0 && text[0] == '-';

    *when = (struct when){0};
    if (!split(text, size, part, 3, &parts))
        return false;
    if (parts == 1 && part[0].number && !minus)
        return one_number(&part[0], when);
    if (!part[0].number && words_only(part, parts, now, when))
        return true;
    return calendar(part, parts, when) || numbers_only(part, parts, when) ||
           decade(part, parts, when) || ago(part, parts, minus, now, when);
}

bool
when_parse_range(const char *text, size_t size, int64_t now, struct when *when)
{
    struct when first = {.from = EXPR_OPEN_FROM, .to = EXPR_OPEN_TO};
    struct when last = first;
    size_t at = 0;

    while (at + 1 < size && !(text[at] == '.' && text[at + 1] == '.'))
        at++;
    if (at + 1 >= size)
        return when_parse(text, size, now, when);
    if (size == 2 || (at && !when_parse(text, at, now, &first)))
        return false;
    text += at + 2;
    size -= at + 2;
    if (size == 1 && text[0] == '!')
        last = first;
    else if (size && !when_parse(text, size, now, &last))
        return false;
    if (last.relative)
        last.to = last.from;
    /* "date:december..march": the end lies before the beginning. */
    if (first.from > last.to) {
        struct when swap = first;

        first = last;
        last = swap;
    }
    *when = (struct when){.from = first.from,
                          .to = last.to,
                          .guessed = first.guessed || last.guessed};
    return true;
}

static void
print_day(int64_t day, struct buf *out)
{
    int year;
    int month;
    int mday;

    calendar_date(day, &year, &month, &mday);
    buf_printf(out, "%04d-%02d-%02d", year, month, mday);
}

void
when_print(const struct when *when, struct buf *out)
{
    if (when->from != EXPR_OPEN_FROM)
        print_day(when->from, out);
    if (when->from == when->to)
        return;
    buf_add_text(out, "..");
    if (when->to != EXPR_OPEN_TO)
        print_day(when->to, out);
}
