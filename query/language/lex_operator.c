/* The runs that are more than words: operators, functions, fields, ranges. */
#include "query/language/lex_operator.h"

#include <stdio.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "query/language/lex_parts.h"
#include "query/language/lex_range.h"
#include "query/language/names.h"
#include "query/language/zone.h"

enum {
    NEAR_DEFAULT = 10, /* a bare NEAR */
    COUNT_MAX = 1000000
};

/* Does the run [at, end) equal `name`, in any case if `name` is lower? */
static bool
run_is(const struct lexer *lexer, size_t at, size_t end, const char *name)
{
    return strlen(name) == end - at &&
           memcmp(lexer->text + at, name, end - at) == 0;
}

static const struct operator_name {
    const char *name;
    enum lexeme_kind kind;
} upper_case[] =
    {
        {"AND", LEX_AND},   {"&&", LEX_AND},         {"&", LEX_AND},
        {"OR", LEX_OR},     {"NOT", LEX_NOT},        {"BUTNOT", LEX_NOT},
        {"NEAR", LEX_NEAR}, {"SAME", LEX_PARAGRAPH},
},
  lower_case[] = {
      {"and", LEX_AND},
      {"or", LEX_OR},
      {"not", LEX_NOT},
      {"same", LEX_PARAGRAPH},
};

static const struct operator_name *
find_name(const struct operator_name *names, size_t count, const char *run,
          size_t size)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i].name) == size &&
            memcmp(names[i].name, run, size) == 0)
            return &names[i];
    return NULL;
}

/* "&" joins names more often than it means anything. */
bool
lex_is_capital_operator(const char *run, size_t size)
{
    return !(size == 1 && *run == '&') &&
           find_name(upper_case, COUNT(upper_case), run, size);
}

bool
lex_is_small_operator(const char *run, size_t size)
{
    return find_name(lower_case, COUNT(lower_case), run, size);
}

/* "BUT NOT" is NOT. */
static bool
is_but_not(const struct lexer *lexer, size_t end)
{
    return run_is(lexer, lexer->at, end, "BUT") && lexer->size - end >= 5 &&
           memcmp(lexer->text + end, " NOT ", 5) == 0;
}

static bool
read_name(struct lexer *lexer, size_t end)
{
    const char *run = lexer->text + lexer->at;
    size_t size = end - lexer->at;
    const struct operator_name *found =
        find_name(upper_case, COUNT(upper_case), run, size);
    struct lexeme *item;

    if (is_but_not(lexer, end)) {
        lexer->at = end;
        return true;
    }
    if (!found && lexer->kind == QUERY_EXPERT)
        found = find_name(lower_case, COUNT(lower_case), run, size);
    if (!found)
        return false;
    item = lex_emit(lexer, found->kind);
    if (item->kind == LEX_NEAR)
        item->n = NEAR_DEFAULT;
    lexer->at = end;
    return true;
}

/* The part of a run before its slash or digits, and what it means. */
static const struct {
    const char *name;
    bool ordered;
    bool slash; /* only with one: "n5" and "w5" are words */
} proximity[] = {
    {"", false, true},  {"w", false, true},      {"near", false, false},
    {"n", false, true}, {"within", false, true}, {"pre", true, true},
    {"p", true, true},  {"adj", true, false},    {"onear", true, false},
};

static const struct {
    const char *name;
    enum lexeme_kind kind;
} same[] = {
    {"s", LEX_SENTENCE},  {"sent", LEX_SENTENCE},  {"sentence", LEX_SENTENCE},
    {"p", LEX_PARAGRAPH}, {"para", LEX_PARAGRAPH}, {"paragraph", LEX_PARAGRAPH},
};

/* Copy a run in lower case; false if it is too long to be an operator. */
static bool
lower_run(const struct lexer *lexer, size_t end, char *out, size_t room)
{
    size_t size = end - lexer->at;

    if (size >= room)
        return false;
    for (size_t i = 0; i < size; i++) {
        out[i] = ascii_lower(lexer->text[lexer->at + i]);
    }
    out[size] = '\0';
    return true;
}

/* w/5, near5, /s, w/para ... */
static bool
read_proximity(struct lexer *lexer, size_t end)
{
    char run[16];
    size_t name;
    bool slash;

    if (!lower_run(lexer, end, run, sizeof(run)))
        return false;
    name = strcspn(run, "/0123456789");
    slash = run[name] == '/';
    if (slash && (name == 0 || (name == 1 && run[0] == 'w')))
        for (size_t i = 0; i < COUNT(same); i++)
            if (strcmp(run + name + 1, same[i].name) == 0) {
                lex_emit(lexer, same[i].kind);
                lexer->at = end;
                return true;
            }
    for (size_t i = 0; i < COUNT(proximity); i++) {
        int n =
            lex_run_number(lexer, lexer->at + name + slash, end, LEX_NEAR_MAX);

        if (strlen(proximity[i].name) != name || n < 0 ||
            memcmp(run, proximity[i].name, name) != 0 ||
            (proximity[i].slash && !slash))
            continue;
        struct lexeme *item = lex_emit(lexer, LEX_NEAR);

        item->n = n ? n : 1;
        item->ordered = proximity[i].ordered;
        lexer->at = end;
        return true;
    }
    return false;
}

bool
lex_is_proximity(const char *run, size_t size)
{
    struct lexemes lexemes = {0};
    struct lexer lexer = {.out = &lexemes, .text = run, .size = size};
    bool is = read_proximity(&lexer, size);

    lexemes_release(&lexemes);
    return is;
}

/* --- fields and functions ------------------------------------------------- */

static const struct {
    const char *name;
    enum expr_letters letters;
} cases[] = {
    {"allcaps", LETTERS_ALL_CAPITALS},
    {"caps", LETTERS_CAPITAL},
    {"nocaps", LETTERS_NO_CAPITAL},
};

/* atleast5 and first50: a name and a number; -1 if it is not that. */
static int
numbered(const struct lexer *lexer, const char *run, const char *name,
         size_t end)
{
    size_t size = strlen(name);

    if (strncmp(run, name, size) != 0)
        return -1;
    return lex_run_number(lexer, lexer->at + size, end, COUNT_MAX);
}

/* A run that stands right before a parenthesis. */
static bool
read_function(struct lexer *lexer, size_t end)
{
    char run[24];
    int n;
    enum expr_zone zone;

    if (!lower_run(lexer, end, run, sizeof(run)))
        return false;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (strcmp(run, cases[i].name) == 0) {
            lex_emit(lexer, LEX_CASE)->letters = cases[i].letters;
            goto done;
        }
    zone = zone_find(run, strlen(run));
    if (strcmp(run, "major") == 0) {
        lex_emit(lexer, LEX_MAJOR);
    } else if ((n = numbered(lexer, run, "first", end)) > 0) {
        struct lexeme *item = lex_emit(lexer, LEX_ZONE);

        item->zone = ZONE_FIRST;
        item->n = n;
    } else if (zone != ZONE_COUNT) {
        lex_emit(lexer, LEX_ZONE)->zone = zone;
    } else {
        return false;
    }
done:
    lexer->at = end;
    return true;
}

/* atleast5 x, with or without a parenthesis. */
static bool
read_atleast(struct lexer *lexer, size_t end)
{
    char run[24];
    int n;

    if (!lower_run(lexer, end, run, sizeof(run)))
        return false;
    n = numbered(lexer, run, "atleast", end);
    if (n <= 0)
        return false;
    lex_emit(lexer, LEX_ATLEAST)->n = n;
    lexer->at = end;
    return true;
}

/* The letters before a sign of a field and a value; 0 if it is none. */
static size_t
field_name_size(const char *text, size_t size)
{
    size_t at = 0;

    while (at < size && ascii_is_letter(text[at]))
        at++;
    return at > 0 && at + 1 < size && (text[at] == ':' || text[at] == '=') ? at
                                                                           : 0;
}

bool
lex_is_field(const char *text, size_t size)
{
    size_t name = field_name_size(text, size);

    return name && text[name + 1] != ' ' && zone_find(text, name) != ZONE_COUNT;
}

bool
lex_is_function(const char *text, size_t size)
{
    const char *end = memchr(text, '(', size);
    struct lexemes lexemes = {0};
    struct lexer lexer = {.out = &lexemes, .text = text, .size = size};
    bool is;

    if (!end || memchr(text, ' ', (size_t)(end - text)))
        return false;
    is = read_function(&lexer, (size_t)(end - text)) ||
         read_atleast(&lexer, (size_t)(end - text));
    lexemes_release(&lexemes);
    return is;
}

/* "topic:crude", where there is no such field. */
static void
note_unknown(struct lexer *lexer, size_t name)
{
    const char *text = lexer->text + lexer->at;
    struct buf note = BUF_INIT;

    if (text[name] != ':' || name < 2 || lex_is_prefixed(lexer) ||
        !(ascii_is_word_byte(text[name + 1]) || text[name + 1] == '"'))
        return;
    buf_printf(&note,
               "There is no field \"%.*s\"; it is searched as words.  Fields "
               "are",
               (int)name, text);
    for (int i = 0; i < NAME_COUNT; i++)
        if (query_names[i].spelling[0])
            buf_printf(&note, "%s %s", i ? "," : "",
                       query_names[i].spelling[0]);
    buf_add_byte(&note, '.');
    if (!list_has(lexer->notes, note.data))
        list_add(lexer->notes, note.data, note.size);
    buf_release(&note);
}

/* field:x and field=x; what follows the sign is read next, and only an expert
 * leaves a blank before it. */
static bool
read_field(struct lexer *lexer)
{
    const char *text = lexer->text + lexer->at;
    size_t name = field_name_size(text, lexer->size - lexer->at);
    enum expr_zone zone = name ? zone_find(text, name) : ZONE_COUNT;

    if (zone == ZONE_COUNT) {
        if (name)
            note_unknown(lexer, name);
        return false;
    }
    /* "Source: Joan said so" */
    if (text[name + 1] == ' ' && lexer->kind != QUERY_EXPERT)
        return false;
    lex_emit(lexer, LEX_ZONE)->zone = zone;
    lexer->at += name + 1;
    return true;
}

/* --- the day of entry ----------------------------------------------------- */

/* Format 6 is the first that knows it. */
#define ADDED_FIRST_YEAR 2026

/* The words of FIELD_ADDED that stand for these days: whole years, months and
 * the days that are left. */
static void
emit_days(struct lexer *lexer, int64_t day, int64_t last)
{
    bool first = true;

    lex_emit(lexer, LEX_ZONE)->zone = ZONE_ADDED;
    lex_emit(lexer, LEX_OPEN);
    while (day <= last) {
        char text[32];
        int year;
        int month;
        int mday;
        int64_t next = day + 1;

        calendar_date(day, &year, &month, &mday);
        snprintf(text, sizeof(text), "%04d%02d%02d", year, month, mday);
        if (mday == 1 && calendar_day(year, month, 1) +
                                 calendar_days_in_month(year, month) - 1 <=
                             last) {
            next = day + calendar_days_in_month(year, month);
            text[6] = '\0';
        }
        if (mday == 1 && month == 1 && calendar_day(year, 12, 31) <= last) {
            next = calendar_day(year + 1, 1, 1);
            text[4] = '\0';
        }
        if (!first)
            lex_emit(lexer, LEX_OR);
        lex_emit(lexer, LEX_WORD)->text = mem_string(text);
        first = false;
        day = next;
    }
    lex_emit(lexer, LEX_CLOSE);
}

static int64_t
this_year_ends(int64_t now)
{
    int year;
    int month;
    int day;

    calendar_date(calendar_day_of(now), &year, &month, &day);
    return calendar_day(year, 12, 31);
}

/* added:2026-12, added:-7d.., with all that a date can be; what is open ends
 * with the year, or begins when entries were first noted. */
static bool
read_added(struct lexer *lexer)
{
    static const char as[] = "date";
    static const char before[] = "On which day an article entered the archive "
                                 "is known from 2026 on.";
    const char *text = lexer->text + lexer->at;
    size_t left = lexer->size - lexer->at;
    size_t name = field_name_size(text, left);
    int64_t first = calendar_day(ADDED_FIRST_YEAR, 1, 1);
    int64_t last = this_year_ends(lexer->now);
    struct buf date = BUF_INIT;
    struct lex_range range;
    size_t used;

    if (!name || zone_find(text, name) != ZONE_ADDED)
        return false;
    buf_add_text(&date, as);
    buf_add(&date, text + name, left - name);
    used = lex_range_read(date.data, date.size, lexer->now, &range, NULL);
    buf_release(&date);
    if (!used || range.length)
        return false;
    if (range.to < first && !list_has(lexer->notes, before))
        list_add_text(lexer->notes, before);
    if (range.from < first)
        range.from = first;
    if (range.from > last)
        last = range.from;
    if (range.to > last)
        range.to = last;
    if (range.to < range.from)
        range.to = range.from;
    emit_days(lexer, range.from, range.to);
    lexer->at += used - (sizeof(as) - 1) + name;
    return true;
}

static bool
read_range(struct lexer *lexer)
{
    struct lex_range range;
    size_t used =
        lex_range_read(lexer->text + lexer->at, lexer->size - lexer->at,
                       lexer->now, &range, lexer->notes);
    struct lexeme *item;

    if (!used)
        return false;
    item = lex_emit(lexer, range.length ? LEX_LENGTH : LEX_DATE);
    item->from = range.from;
    item->to = range.to;
    lexer->at += used;
    return true;
}

bool
lex_operator(struct lexer *lexer, size_t end)
{
    if (end < lexer->size && lexer->text[end] == '(' &&
        read_function(lexer, end))
        return true;
    return read_name(lexer, end) || read_atleast(lexer, end) ||
           read_proximity(lexer, end) || read_range(lexer) ||
           read_added(lexer) || read_field(lexer);
}
