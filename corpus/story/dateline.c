#include "corpus/story/dateline.h"

#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/date/calendar.h"

enum {
    DATELINE_BYTES = 120,
    PLACE_BYTES = 40,
    AGENCY_BYTES = 14
};

static const char *const months[] = {
    "jan", "feb", "mar", "apr",  "may",  "jun",  "jul",  "aug",
    "sep", "oct", "nov", "dec",  "mai",  "janv", "févr", "août",
    "mär", "okt", "dez", "juin", "juil", "déc",  "avr",
};

/* Where the dash begins, and the length of it with the blanks around. */
static size_t
find_dash(const char *text, size_t size, size_t *length)
{
    static const char *const dashes[] = {" -- ", " --- ", " — ", " – ", " - ",
                                         " _ ",  " ― ",   "—",   "--"};

    if (size > DATELINE_BYTES)
        size = DATELINE_BYTES;
    for (size_t at = 1; at < size; at++)
        for (size_t i = 0; i < COUNT(dashes); i++) {
            *length = strlen(dashes[i]);
            if (*length <= size - at && !memcmp(text + at, dashes[i], *length))
                return at;
        }
    return 0;
}

static void
trim(const char **text, size_t *size)
{
    while (*size && ascii_is_one_of(**text, " ,:;")) {
        (*text)++;
        (*size)--;
    }
    while (*size && ascii_is_one_of((*text)[*size - 1], " ,:;"))
        (*size)--;
}

/* Move "(Agency)" from the end of the opening to the dateline. */
static bool
take_agency(const char *text, size_t *size, struct dateline *dateline)
{
    size_t open = *size;

    if (!open || text[open - 1] != ')')
        return true;
    while (open > 0 && text[open - 1] != '(')
        open--;
    if (!open)
        return false;
    dateline->agency = text + open;
    dateline->agency_size = *size - open - 1;
    *size = open - 1;
    trim(&dateline->agency, &dateline->agency_size);
    return dateline->agency_size > 0;
}

static bool
starts_month(const char *text, size_t size)
{
    for (size_t i = 0; i < COUNT(months); i++)
        if (strlen(months[i]) <= size &&
            !strncasecmp(text, months[i], strlen(months[i])))
            return memchr(text, ' ', size) != NULL ||
                   memchr(text, '.', size) != NULL;
    return false;
}

static bool
starts_weekday(const char *text, size_t size)
{
    for (size_t i = 0; i < 7; i++) {
        const char *day = calendar_weekdays[i];

        if (strlen(day) <= size && !strncasecmp(text, day, strlen(day)))
            return true;
    }
    return false;
}

/* What stands in capitals before a dash and is no place. */
static bool
is_label(const char *text, size_t size)
{
    static const char *const labels[] = {
        "alert", "breaking", "correction", "exclusive", "extra", "flash",
        "lead",  "live",     "update",     "urgent",    "video", "watch",
    };

    for (size_t i = 0; i < COUNT(labels); i++)
        if (strlen(labels[i]) == size && !strncasecmp(text, labels[i], size))
            return true;
    return false;
}

/* Move ", Nov. 1" from the end of the opening to the dateline. */
static void
take_day(const char *text, size_t *size, struct dateline *dateline)
{
    for (size_t at = 0; at < *size; at++) {
        const char *day = text + at;
        size_t left = *size - at;

        if (at > 0 && !ascii_is_one_of(text[at - 1], " ,("))
            continue;
        if (at > 0 && starts_weekday(day, left)) {
            *size = at;
            return;
        }
        if (!ascii_is_digit(*day) && !starts_month(day, left))
            continue;
        while (left && !ascii_is_digit(day[left - 1]) && day[left - 1] != '.')
            left--;
        dateline->day = day;
        dateline->day_size = left;
        *size = at;
        return;
    }
}

/* The first word in capitals, three letters or more? */
static bool
is_shouted(const char *text, size_t size)
{
    size_t letters = 0;

    for (size_t i = 0; i < size && text[i] != ' ' && text[i] != ','; i++) {
        if (ascii_is_lower(text[i]))
            return false;
        letters += ascii_is_upper(text[i]) || (unsigned char)text[i] >= 0x80;
    }
    return letters >= 3;
}

/* An agency's short name: "ats afp", "TASS", "ANA-MPA". */
static bool
is_agency(const char *text, size_t size)
{
    size_t upper = 0;
    size_t lower = 0;

    for (size_t i = 0; i < size; i++) {
        upper += ascii_is_upper(text[i]);
        lower += ascii_is_lower(text[i]);
        if (ascii_is_digit(text[i]))
            return false;
    }
    return size <= AGENCY_BYTES && upper + lower >= 3 && (!upper || !lower);
}

/* Words of a place: each begins with a capital, but for "de la". */
static bool
is_place(const char *text, size_t size)
{
    bool begins = true;
    size_t small = 0;

    if (!size || size > PLACE_BYTES)
        return false;
    for (size_t i = 0; i < size; i++) {
        small += begins && ascii_is_lower(text[i]);
        begins = text[i] == ' ';
    }
    return (*text > '9' && *text < 'a') ? small <= 1 : *text & '\x80';
}

/* How long is what parts the agency from the text: a sign, or only a blank if
 * a sentence begins behind it? */
static size_t
mark_length(const char *text, size_t size)
{
    static const char *const marks[] = {": ", ".- ", ". ", " = ", " : "};

    for (size_t i = 0; i < COUNT(marks); i++)
        if (strlen(marks[i]) < size &&
            !memcmp(text, marks[i], strlen(marks[i])))
            return strlen(marks[i]);
    return size > 2 && text[0] == ' ' && ascii_is_upper(text[1]) &&
           text[2] != ' ';
}

/* Agencies that write no dash: "Oslo (NTB): ", "MOSCOW, January 21. /TASS/. ",
 * "Madrid, 3 mar (EFE).- ", "Paris (ats afp) Les". */
static size_t
parse_marked(const char *text, size_t size, struct dateline *dateline)
{
    size_t at = 1;
    size_t end;
    size_t mark;

    if (size > DATELINE_BYTES)
        size = DATELINE_BYTES;
    while (at + 1 < size && text[at] != '\n' &&
           !(text[at - 1] == ' ' && ascii_is_one_of(text[at], "(/")))
        at++;
    end = at + 1;
    while (end < size &&
           !ascii_is_one_of(text[end], text[at] == '(' ? ")\n" : "/\n"))
        end++;
    if (end >= size || text[end] == '\n' ||
        !is_agency(text + at + 1, end - at - 1))
        return 0;
    mark = mark_length(text + end + 1, size - end - 1);
    dateline->agency = text + at + 1;
    dateline->agency_size = end - at - 1;
    take_day(text, &at, dateline);
    dateline->place = text;
    dateline->place_size = at;
    trim(&dateline->place, &dateline->place_size);
    return mark && is_place(dateline->place, dateline->place_size)
               ? end + 1 + mark
               : 0;
}

static size_t
parse_dashed(const char *text, size_t size, struct dateline *dateline)
{
    size_t length = 0;
    size_t dash = find_dash(text, size, &length);
    size_t place = dash;

    while (place > 0 && text[place - 1] == ' ')
        place--;
    if (!place || memchr(text, '\n', place) ||
        !take_agency(text, &place, dateline))
        return 0;
    take_day(text, &place, dateline);
    dateline->place = text;
    dateline->place_size = place;
    trim(&dateline->place, &dateline->place_size);
    if (dateline->place_size > 60 ||
        is_label(dateline->place, dateline->place_size) ||
        (!dateline->agency_size &&
         !is_shouted(dateline->place, dateline->place_size)))
        return 0;
    if (dateline->place_size &&
        (*dateline->place < 'A' ||
         (*dateline->place > 'Z' && (unsigned char)*dateline->place < 0x80)))
        return 0;
    dash += length;
    while (dash < size && text[dash] == ' ')
        dash++;
    return dash;
}

size_t
dateline_parse(const char *text, size_t size, struct dateline *dateline)
{
    const struct dateline none = {"", 0, "", 0, "", 0};
    size_t length;

    *dateline = none;
    length = parse_dashed(text, size, dateline);
    if (!length) {
        *dateline = none;
        length = parse_marked(text, size, dateline);
    }
    return length;
}

void
dateline_to_article(struct article *article)
{
    struct dateline dateline;
    struct date date;

    if (!dateline_parse(article->body.data, article->body.size, &dateline))
        return;
    if (!article->dateline.size && dateline.place_size) {
        buf_set(&article->dateline, dateline.place, dateline.place_size);
        article_set_origin(article, MEMBER_DATELINE, "dateline", "body");
    }
    if (!article->published.precision && dateline.day_size &&
        date_parse(dateline.day, dateline.day_size, true, &date) &&
        date.precision >= DATE_DAY) {
        article->published = date;
        article->published_from = DATE_FROM_DATELINE;
        article_set_origin(article, MEMBER_PUBLISHED, "dateline", "body");
    }
}
