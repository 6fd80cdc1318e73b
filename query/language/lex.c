#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "query/language/lex_parts.h"
#include "query/language/lex_range.h"

/* The character after the present one; a blank after the last. */
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

/* --- words and quotes ----------------------------------------------------- */

/* ^2 or ^0.5 after something. */
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
        lex_emit(lexer, LEX_BOOST)->boost = boost;
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
    lex_emit(lexer, LEX_FUZZY)->n = word_size < 6 ? 1 : 2;
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
    lex_emit(lexer, wild ? LEX_PATTERN : LEX_WORD)->text =
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
    item = lex_emit(lexer, LEX_QUOTE);
    item->text = mem_text(lexer->text + start, end - start);
    if (lexer->at + 1 < lexer->size && lexer->text[lexer->at] == '~' &&
        ascii_is_digit(lexer->text[lexer->at + 1])) {
        size_t digits = lexer->at + 1;

        while (digits < lexer->size && ascii_is_digit(lexer->text[digits]))
            digits++;
        item->n = lex_run_number(lexer, lexer->at + 1, digits, LEX_NEAR_MAX);
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
    for (size_t i = 0; i < COUNT(marks); i++)
        if (marks[i].mark == mark) {
            lex_emit(lexer, marks[i].kind);
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
        lex_emit(lexer, LEX_OPEN);
        lexer->at++;
    } else if (c == ')') {
        lex_emit(lexer, LEX_CLOSE);
        lexer->at++;
        read_boost(lexer);
    } else if (c == '|') {
        lex_emit(lexer, LEX_OR);
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
    if (lex_operator(lexer, end))
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
    lex_emit(&lexer, LEX_END);
}

void
lexeme_print_word(const char *text, enum lexeme_kind kind, struct buf *out)
{
    struct lexemes lexemes = {0};
    struct list notes = LIST_INIT;

    lexemes_read(&lexemes, text, strlen(text), 0, &notes);
    if (lex_range_may_begin(text) || lexemes.count != 2 ||
        lexemes.item[0].kind != kind || strcmp(lexemes.item[0].text, text) != 0)
        buf_add_byte(out, '\\');
    buf_add_text(out, text);
    lexemes_release(&lexemes);
    list_release(&notes);
}
