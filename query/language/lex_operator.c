/* The runs that are more than words: operators, functions, fields, ranges. */
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "query/language/lex_parts.h"
#include "query/language/lex_range.h"
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

static const struct {
    const char *name;
    enum lexeme_kind kind;
} upper_case[] = {
    {"AND", LEX_AND},   {"&&", LEX_AND},         {"&", LEX_AND},
    {"OR", LEX_OR},     {"NOT", LEX_NOT},        {"BUTNOT", LEX_NOT},
    {"NEAR", LEX_NEAR}, {"SAME", LEX_PARAGRAPH},
};

static bool
is_operator(const char *text, size_t size)
{
    for (size_t i = 0; i < COUNT(upper_case); i++)
        if (strlen(upper_case[i].name) == size &&
            memcmp(upper_case[i].name, text, size) == 0)
            return true;
    return false;
}

bool
lex_is_shouting(const char *text, size_t size)
{
    size_t words = 0;
    size_t operators = 0;

    for (size_t at = 0; at < size;) {
        size_t start = at;
        bool word = false;

        for (; at < size && text[at] != ' '; at++) {
            if (text[at] == '\\' || ascii_is_lower(text[at]))
                return false;
            word = word || ascii_is_word_byte(text[at]);
        }
        if (is_operator(text + start, at - start))
            operators++;
        else
            words += word;
        at += at < size;
    }
    return words >= 4 && operators * 2 < words;
}

static bool
read_upper_case(struct lexer *lexer, size_t end)
{
    if (lexer->shouting)
        return false;
    for (size_t i = 0; i < COUNT(upper_case); i++) {
        struct lexeme *item;

        if (!run_is(lexer, lexer->at, end, upper_case[i].name))
            continue;
        item = lex_emit(lexer, upper_case[i].kind);
        if (item->kind == LEX_NEAR)
            item->n = NEAR_DEFAULT;
        lexer->at = end;
        return true;
    }
    return false;
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

/* field:x and field=x; what follows the sign is read next. */
static bool
read_field(struct lexer *lexer, size_t end)
{
    size_t at = lexer->at;
    enum expr_zone zone;

    while (at < end && ascii_is_word_byte(lexer->text[at]))
        at++;
    if (at == end || (lexer->text[at] != ':' && lexer->text[at] != '='))
        return false;
    zone = zone_find(lexer->text + lexer->at, at - lexer->at);
    if (zone == ZONE_COUNT || at + 1 >= lexer->size)
        return false;
    lex_emit(lexer, LEX_ZONE)->zone = zone;
    lexer->at = at + 1;
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
    return read_upper_case(lexer, end) || read_atleast(lexer, end) ||
           read_proximity(lexer, end) || read_range(lexer) ||
           read_field(lexer, end);
}
