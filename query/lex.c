#include "query/lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/mem.h"
#include "query/ascii.h"
#include "query/lex_range.h"
#include "query/zone.h"

enum {
    NEAR_DEFAULT = 10, /* a bare NEAR */
    NEAR_MAX = 10000,
    COUNT_MAX = 1000000
};

struct lexer {
    struct lexemes *out;
    const char *text;
    size_t size;
    size_t at;
    int64_t now;
    struct list *notes;
    bool shouting;
};

static struct lexeme *
emit(struct lexer *lexer, enum lexeme_kind kind)
{
    struct lexemes *out = lexer->out;
    struct lexeme *item;

    out->item = mem_grow(out->item, out->count, &out->room, sizeof(*out->item));
    item = &out->item[out->count++];
    memset(item, 0, sizeof(*item));
    item->kind = kind;
    return item;
}

void
lexemes_release(struct lexemes *lexemes)
{
    for (size_t i = 0; i < lexemes->count; i++)
        free(lexemes->item[i].text);
    free(lexemes->item);
    *lexemes = (struct lexemes){0};
}

/* The character behind the present one; a blank behind the last. */
static char
peek(const struct lexer *lexer)
{
    if (lexer->at + 1 < lexer->size)
        return lexer->text[lexer->at + 1];
    return ' ';
}

/* What ends a run: the rest of the language. */
static bool
ends_run(char c)
{
    return c == ' ' || c == '(' || c == ')' || c == '"' || c == '\\' ||
           c == '^' || c == '~' || c == '|';
}

static size_t
run_end(const struct lexer *lexer, size_t at)
{
    while (at < lexer->size && !ends_run(lexer->text[at]))
        at++;
    return at;
}

/* Does the run [at, end) equal `name`, in any case if `name` is lower? */
static bool
run_is(const struct lexer *lexer, size_t at, size_t end, const char *name)
{
    return strlen(name) == end - at &&
           memcmp(lexer->text + at, name, end - at) == 0;
}

/* The digits [at, end) as a number of at most `most`; -1 if they are not. */
static int
run_number(const struct lexer *lexer, size_t at, size_t end, int most)
{
    int value = 0;

    if (at == end)
        return -1;
    for (; at < end; at++) {
        if (!ascii_is_digit(lexer->text[at]))
            return -1;
        if (value <= most)
            value = value * 10 + (lexer->text[at] - '0');
    }
    return value > most ? most : value;
}

/* --- operators ------------------------------------------------------------ */

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
    for (size_t i = 0; i < sizeof(upper_case) / sizeof(upper_case[0]); i++)
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
            if (text[at] == '\\' || (text[at] >= 'a' && text[at] <= 'z'))
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
    for (size_t i = 0; i < sizeof(upper_case) / sizeof(upper_case[0]); i++) {
        struct lexeme *item;

        if (!run_is(lexer, lexer->at, end, upper_case[i].name))
            continue;
        item = emit(lexer, upper_case[i].kind);
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
        for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
            if (strcmp(run + name + 1, same[i].name) == 0) {
                emit(lexer, same[i].kind);
                lexer->at = end;
                return true;
            }
    for (size_t i = 0; i < sizeof(proximity) / sizeof(proximity[0]); i++) {
        int n = run_number(lexer, lexer->at + name + slash, end, NEAR_MAX);

        if (strlen(proximity[i].name) != name || n < 0 ||
            memcmp(run, proximity[i].name, name) != 0 ||
            (proximity[i].slash && !slash))
            continue;
        struct lexeme *item = emit(lexer, LEX_NEAR);

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
    return run_number(lexer, lexer->at + size, end, COUNT_MAX);
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
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (strcmp(run, cases[i].name) == 0) {
            emit(lexer, LEX_CASE)->letters = cases[i].letters;
            goto done;
        }
    zone = zone_find(run, strlen(run));
    if (strcmp(run, "major") == 0) {
        emit(lexer, LEX_MAJOR);
    } else if ((n = numbered(lexer, run, "first", end)) > 0) {
        struct lexeme *item = emit(lexer, LEX_ZONE);

        item->zone = ZONE_FIRST;
        item->n = n;
    } else if (zone != ZONE_COUNT) {
        emit(lexer, LEX_ZONE)->zone = zone;
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
    emit(lexer, LEX_ATLEAST)->n = n;
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
    emit(lexer, LEX_ZONE)->zone = zone;
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
    item = emit(lexer, range.length ? LEX_LENGTH : LEX_DATE);
    item->from = range.from;
    item->to = range.to;
    lexer->at += used;
    return true;
}

/* --- words and quotes ----------------------------------------------------- */

/* ^2 or ^0.5 behind something. */
static void
read_boost(struct lexer *lexer)
{
    char number[16] = "";
    size_t digits;
    double boost;

    if (lexer->at >= lexer->size || lexer->text[lexer->at] != '^')
        return;
    digits = strspn(lexer->text + lexer->at + 1, "0123456789.");
    if (!digits || digits >= sizeof(number))
        return;
    memcpy(number, lexer->text + lexer->at + 1, digits);
    lexer->at += 1 + digits;
    /* In thousandths, so that printing loses nothing. */
    boost = lex_decimal(number);
    boost = boost > 1000 ? 1000 : (double)(long)(boost * 1000 + 0.5) / 1000;
    if (boost > 0)
        emit(lexer, LEX_BOOST)->boost = boost;
}

/* Does [start, end) hold a wildcard: a '*' anywhere, or a '?' before more? */
static bool
has_wildcard(const char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (text[i] == '*' ||
            (text[i] == '?' && i + 1 < end && ascii_is_word_byte(text[i + 1])))
            return true;
    return false;
}

/* A letter, a sign that words begin with, or the dot of ".NET". */
static bool
begins_word(const char *text, size_t size)
{
    if (*text == '.')
        return size > 1 && ascii_is_word_byte(text[1]);
    return ascii_is_word_byte(*text) || strchr("#$@*?", *text) != NULL;
}

/* Trim a run to what can be part of a word or, if `wild`, of a pattern. */
static void
trim_run(const char *text, size_t *start, size_t *end)
{
    while (*start < *end && !begins_word(text + *start, *end - *start))
        (*start)++;
    while (*start < *end && !ascii_is_word_byte(text[*end - 1]) &&
           !strchr("+%#*", text[*end - 1]))
        (*end)--;
}

static bool
holds_word(const char *text, size_t start, size_t end)
{
    for (; start < end; start++)
        if (ascii_is_word_byte(text[start]))
            return true;
    return false;
}

/* word~ and word~2: one edit for short words, two for others. */
static void
read_fuzzy(struct lexer *lexer, size_t word_size)
{
    char next;

    if (lexer->at >= lexer->size || lexer->text[lexer->at] != '~')
        return;
    next = peek(lexer);
    if (next == '"')
        return;
    lexer->at++;
    emit(lexer, LEX_FUZZY)->n = word_size < 6 ? 1 : 2;
    if (next == '1' || next == '2') {
        lexer->out->item[lexer->out->count - 1].n = next - '0';
        lexer->at++;
    }
}

/* Runs of '*' mean what one means, and "recycl!" is "recycl*". */
static char *
tidy_pattern(const char *text, size_t size, bool more)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < size; i++)
        if (text[i] != '*' || !out.size || out.data[out.size - 1] != '*')
            buf_add_byte(&out, text[i]);
    if (more && (!out.size || out.data[out.size - 1] != '*'))
        buf_add_byte(&out, '*');
    return buf_take(&out);
}

/* What is left: a word or a pattern, or nothing but marks. */
static void
read_word(struct lexer *lexer, size_t end)
{
    size_t start = lexer->at;
    size_t last = end;
    bool truncated;
    bool wild;

    lexer->at = end;
    if (start == end && lexer->at < lexer->size) {
        lexer->at++; /* a lone \ ^ or ~ */
        return;
    }
    while (last > start && strchr(".,;:", lexer->text[last - 1]))
        last--;
    truncated = last > start + 1 && lexer->text[last - 1] == '!' &&
                ascii_is_word_byte(lexer->text[last - 2]);
    trim_run(lexer->text, &start, &last);
    if (!holds_word(lexer->text, start, last)) {
        if (has_wildcard(lexer->text, start, last))
            list_add_text(lexer->notes,
                          "A wildcard alone would match every word; left out.");
        return;
    }
    wild = truncated || has_wildcard(lexer->text, start, last);
    emit(lexer, wild ? LEX_PATTERN : LEX_WORD)->text =
        tidy_pattern(lexer->text + start, last - start, truncated);
    if (!wild)
        read_fuzzy(lexer, last - start);
    read_boost(lexer);
}

static void
read_quote(struct lexer *lexer)
{
    size_t start = lexer->at + 1;
    size_t end = start;
    struct lexeme *item;

    while (end < lexer->size && lexer->text[end] != '"')
        end++;
    if (end == lexer->size)
        list_add_text(lexer->notes,
                      "A quotation mark is never closed; the phrase goes on "
                      "to the end.");
    lexer->at = end < lexer->size ? end + 1 : end;
    while (start < end && lexer->text[start] == ' ')
        start++;
    while (start < end && lexer->text[end - 1] == ' ')
        end--;
    if (!holds_word(lexer->text, start, end))
        return;
    item = emit(lexer, LEX_QUOTE);
    item->text = mem_text(lexer->text + start, end - start);
    if (lexer->at + 1 < lexer->size && lexer->text[lexer->at] == '~' &&
        ascii_is_digit(lexer->text[lexer->at + 1])) {
        size_t digits = lexer->at + 1;

        while (digits < lexer->size && ascii_is_digit(lexer->text[digits]))
            digits++;
        item->n = run_number(lexer, lexer->at + 1, digits, NEAR_MAX);
        lexer->at = digits;
    }
    read_boost(lexer);
}

/* The marks that may stand before anything: + - = ~ */
static bool
read_prefix(struct lexer *lexer)
{
    static const struct {
        char mark;
        enum lexeme_kind kind;
    } marks[] = {
        {'+', LEX_PLUS}, {'-', LEX_NOT}, {'=', LEX_EXACT}, {'~', LEX_STEMMED}};
    char mark = lexer->text[lexer->at];
    char next = peek(lexer);

    if (next == ' ' || next == ')' || (mark == '~' && next != '"'))
        return false;
    /* "COCOA PRICES SEEN HIGHER -TRADE": a headline's dash. */
    if (mark == '-' && lexer->shouting) {
        lexer->at++;
        return true;
    }
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (marks[i].mark == mark) {
            emit(lexer, marks[i].kind);
            lexer->at++;
            return true;
        }
    return false;
}

/* One character that stands for itself. */
static bool
read_mark(struct lexer *lexer)
{
    char c = lexer->text[lexer->at];

    if (c == ' ') {
        lexer->at++;
    } else if (c == '(') {
        emit(lexer, LEX_OPEN);
        lexer->at++;
    } else if (c == ')') {
        emit(lexer, LEX_CLOSE);
        lexer->at++;
        read_boost(lexer);
    } else if (c == '|') {
        emit(lexer, LEX_OR);
        lexer->at++;
        if (lexer->at < lexer->size && lexer->text[lexer->at] == '|')
            lexer->at++;
    } else if (c == '"') {
        read_quote(lexer);
    } else {
        return false;
    }
    return true;
}

static void
read_next(struct lexer *lexer)
{
    size_t end;

    if (read_mark(lexer))
        return;
    if (lexer->text[lexer->at] == '\\') {
        lexer->at++;
        read_word(lexer, run_end(lexer, lexer->at));
        return;
    }
    if (read_prefix(lexer))
        return;
    end = run_end(lexer, lexer->at);
    if (end < lexer->size && lexer->text[end] == '(' &&
        read_function(lexer, end))
        return;
    if (read_upper_case(lexer, end) || read_atleast(lexer, end) ||
        read_proximity(lexer, end) || read_range(lexer) ||
        read_field(lexer, end))
        return;
    read_word(lexer, end);
}

void
lexemes_read(struct lexemes *lexemes, const char *text, size_t size,
             int64_t now, struct list *notes)
{
    struct lexer lexer = {.out = lexemes,
                          .text = text,
                          .size = size,
                          .now = now,
                          .notes = notes,
                          .shouting = lex_is_shouting(text, size)};

    while (lexer.at < lexer.size)
        read_next(&lexer);
    emit(&lexer, LEX_END);
}

/* Equal but for the case of ASCII letters; `lower` has none. */
static bool
same_letters(const char *text, const char *lower)
{
    for (; *text && *lower; text++, lower++)
        if (ascii_lower(*text) != *lower)
            return false;
    return *text == *lower;
}

void
lexeme_print_word(const char *text, enum lexeme_kind kind, struct buf *out)
{
    /* With a sign or another word behind them these begin a range. */
    static const char *const ranges[] = {"date", "dt", "wc", "length", "words"};
    struct lexemes lexemes = {0};
    struct list notes = LIST_INIT;
    bool escape = false;

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        escape = escape || same_letters(text, ranges[i]);
    lexemes_read(&lexemes, text, strlen(text), 0, &notes);
    if (escape || lexemes.count != 2 || lexemes.item[0].kind != kind ||
        strcmp(lexemes.item[0].text, text) != 0)
        buf_add_byte(out, '\\');
    buf_add_text(out, text);
    lexemes_release(&lexemes);
    list_release(&notes);
}
