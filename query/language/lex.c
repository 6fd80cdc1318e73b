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

/* "recycl!" is a truncation, "Consequences!" an exclamation. */
static bool
is_truncated(const char *text, size_t size)
{
    return size > 2 && text[size - 1] == '!' &&
           ascii_is_word_byte(text[size - 2]) &&
           !(ascii_is_upper(text[0]) && ascii_has_lower(text, size));
}

/* A word or a pattern [start, end), or nothing but marks. */
static void
read_part(struct lexer *lexer, size_t start, size_t end)
{
    size_t last = end;
    bool truncated;
    bool wild;

    while (last > start && strchr(".,;:", lexer->text[last - 1]))
        last--;
    truncated = is_truncated(lexer->text + start, last - start);
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
}

/* What was typed with a comma and no blank is several words, which what
 * stands before them holds for. */
static void
read_words(struct lexer *lexer, size_t start, size_t end)
{
    bool group = lex_is_prefixed(lexer);
    size_t from = start;

    if (group)
        lex_emit(lexer, LEX_OPEN);
    for (size_t at = start; at < end; at++)
        if (lex_parting(lexer->text + start, end - start, at - start)) {
            read_part(lexer, from, at);
            from = at + 1;
        }
    read_part(lexer, from, end);
    if (group)
        lex_emit(lexer, LEX_CLOSE);
}

static bool
has_parting(const struct lexer *lexer, size_t start, size_t end)
{
    while (end > start && ascii_is_one_of(lexer->text[end - 1], ".,;:"))
        end--;
    for (size_t at = start + 1; at < end; at++)
        if (lex_parting(lexer->text + start, end - start, at - start))
            return true;
    return false;
}

/* What is left; after a backslash it is one word, whatever is in it. */
static void
read_word(struct lexer *lexer, size_t end, bool escaped)
{
    size_t start = lexer->at;

    lexer->at = end;
    if (start == end && lexer->at < lexer->size)
        lexer->at++; /* a lone \ ^ or ~ */
    else if (!escaped && has_parting(lexer, start, end))
        read_words(lexer, start, end);
    else
        read_part(lexer, start, end);
    if (start < end)
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
        if (!lex_address(lexer))
            read_word(lexer, run_end(lexer, lexer->at), true);
        return;
    }
    if (read_prefix(lexer) || lex_address(lexer) || lex_initials(lexer))
        return;
    end = run_end(lexer, lexer->at);
    if (lex_operator(lexer, end))
        return;
    read_word(lexer, end, false);
}

void
lexemes_read(struct lexemes *lexemes, const struct lex_text *text,
             struct list *notes)
{
    struct lexer lexer = {.out = lexemes,
                          .text = text->text,
                          .size = text->size,
                          .now = text->now,
                          .notes = notes,
                          .kind = text->kind};

    if (lexer.kind != QUERY_STRICT && lex_pasted_address(&lexer))
        lexer.at = lexer.size;
    else if (lexer.kind == QUERY_PROSE)
        lex_prose(&lexer);
    while (lexer.at < lexer.size)
        read_next(&lexer);
    lex_emit(&lexer, LEX_END);
}

void
lexeme_print_word(const char *text, enum lexeme_kind kind, struct buf *out)
{
    const struct lex_text plain = {text, strlen(text), 0, QUERY_STRICT};
    struct lexemes lexemes = {0};
    struct list notes = LIST_INIT;

    lexemes_read(&lexemes, &plain, &notes);
    if (lex_range_may_begin(text) || lexemes.count != 2 ||
        lexemes.item[0].kind != kind || strcmp(lexemes.item[0].text, text) != 0)
        buf_add_byte(out, '\\');
    buf_add_text(out, text);
    lexemes_release(&lexemes);
    list_release(&notes);
}
