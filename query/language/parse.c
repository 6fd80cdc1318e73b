#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/language/parse_parts.h"

/*
 * The grammar, loosest first; x y is AND with the flag EXPR_LOOSE.
 *
 *     any   = all { OR all }
 *     all   = close { [AND] close }
 *     close = one { (NEAR/n | PRE/n | w/s | w/p | NOT NEAR/n ...) one }
 *     one   = (NOT | + | field: | atleast5 | ...) one
 *           | ( any ) [^2]  |  word [~1] [^2]  |  "quote" [^2]  |  date ...
 *
 * What is missing an operand is left out with a note; what is too much is
 * left out with a note; so there is always a tree or nothing.
 */

static struct expr *parse_any(struct parser *parser);
static struct expr *parse_one(struct parser *parser);

/* A node over one child; without a child there is no node. */
static struct expr *
wrap(enum expr_kind kind, struct expr *child)
{
    struct expr *expr;

    if (!child)
        return NULL;
    expr = expr_new(kind, NULL);
    expr_add(expr, child);
    return expr;
}

/* The depth bounds every recursion over the tree as well. */
static bool
enter(struct parser *parser)
{
    if (parser->depth >= parser->limits->depth) {
        parse_note(parser, &parser->deep,
                   "The query is nested deeper than is understood; the inner "
                   "part is left out.");
        return false;
    }
    parser->depth++;
    return true;
}

/* What was just read with the boosts after it; takes `expr`. */
static struct expr *
boosted(struct parser *parser, struct expr *expr)
{
    while (parser->at->kind == LEX_BOOST) {
        expr = wrap(EXPR_BOOST, expr);
        if (expr)
            expr->boost = parser->at->boost;
        parser->at++;
    }
    return expr;
}

static struct expr *
parse_group(struct parser *parser)
{
    struct expr *expr;

    parser->at++;
    expr = parse_any(parser);
    if (parser->at->kind == LEX_CLOSE)
        parser->at++;
    else
        parse_note(parser, &parser->unpaired,
                   "A parenthesis is not paired; it is read as if it were.");
    return boosted(parser, expr);
}

/* What stands before another part and changes its meaning. */
static struct expr *
parse_prefixed(struct parser *parser)
{
    const struct lexeme *item = parser->at++;
    struct expr *child = parse_one(parser);
    struct expr *expr;

    switch ((int)item->kind) {
    case LEX_NOT:
        return wrap(EXPR_NOT, child);
    case LEX_PLUS:
        return wrap(EXPR_MUST, child);
    case LEX_MAJOR:
        return wrap(EXPR_MAJOR, child);
    case LEX_ATLEAST:
        expr = wrap(EXPR_ATLEAST, child);
        break;
    case LEX_CASE:
        expr = wrap(EXPR_CASE, child);
        break;
    default:
        expr = wrap(EXPR_ZONE, child);
        break;
    }
    if (expr) {
        expr->n = item->n;
        expr->zone = item->zone;
        expr->letters = item->letters;
    }
    return expr;
}

/* = and ~ belong to a word or quote; before anything else they are dust. */
static struct expr *
parse_marked(struct parser *parser)
{
    unsigned flags = parser->at->kind == LEX_EXACT ? EXPR_EXACT : EXPR_STEMMED;

    parser->at++;
    if (parser->at->kind == LEX_WORD || parser->at->kind == LEX_PATTERN)
        return boosted(parser, parse_word(parser, flags));
    if (parser->at->kind == LEX_QUOTE)
        return boosted(parser, parse_quote(parser, flags));
    return parse_one(parser);
}

static struct expr *
parse_inside(struct parser *parser)
{
    switch (parser->at->kind) {
    case LEX_WORD:
    case LEX_PATTERN:
        return boosted(parser, parse_word(parser, 0));
    case LEX_QUOTE:
        return boosted(parser, parse_quote(parser, 0));
    case LEX_EXACT:
    case LEX_STEMMED:
        return parse_marked(parser);
    case LEX_DATE:
    case LEX_LENGTH:
        return parse_range(parser);
    case LEX_OPEN:
        return parse_group(parser);
    case LEX_NOT:
    case LEX_PLUS:
    case LEX_ZONE:
    case LEX_ATLEAST:
    case LEX_MAJOR:
    case LEX_CASE:
        return parse_prefixed(parser);
    case LEX_END:
    case LEX_CLOSE:
    case LEX_AND:
    case LEX_OR:
    case LEX_NEAR:
    case LEX_SENTENCE:
    case LEX_PARAGRAPH:
    case LEX_BOOST:
    case LEX_FUZZY:
    default:
        return NULL;
    }
}

/* Pass over what would be nested too deep: the part up to its end. */
static void
skip_part(struct parser *parser)
{
    size_t open = 0;

    do {
        if (parser->at->kind == LEX_OPEN)
            open++;
        if (parser->at->kind == LEX_CLOSE) {
            if (!open)
                return;
            open--;
        }
        if (parser->at->kind == LEX_END)
            return;
        parser->at++;
    } while (open);
}

static struct expr *
parse_one(struct parser *parser)
{
    struct expr *expr;

    if (!enter(parser)) {
        skip_part(parser);
        return NULL;
    }
    expr = parse_inside(parser);
    parser->depth--;
    return expr;
}

static bool
is_proximity(enum lexeme_kind kind)
{
    return kind == LEX_NEAR || kind == LEX_SENTENCE || kind == LEX_PARAGRAPH;
}

/* The node of a proximity operator between two parts. */
static struct expr *
joined(const struct lexeme *item, bool apart, struct expr *left,
       struct expr *right)
{
    struct expr *expr;

    if (!left || !right)
        return left ? left : right;
    if (apart)
        expr = wrap(EXPR_APART, left);
    else if (item->kind == LEX_NEAR)
        expr = wrap(EXPR_NEAR, left);
    else
        expr = wrap(item->kind == LEX_SENTENCE ? EXPR_SENTENCE : EXPR_PARAGRAPH,
                    left);
    expr_add(expr, right);
    if (item->kind == LEX_NEAR) {
        expr->n = item->n;
        expr->flags = item->ordered ? EXPR_ORDERED : 0;
    } else if (apart) {
        expr->flags =
            item->kind == LEX_SENTENCE ? EXPR_IN_SENTENCE : EXPR_IN_PARAGRAPH;
    }
    return expr;
}

static struct expr *
parse_close(struct parser *parser)
{
    struct expr *left = parse_one(parser);
    size_t entered = 0;

    for (;;) {
        bool apart =
            parser->at[0].kind == LEX_NOT && is_proximity(parser->at[1].kind);
        const struct lexeme *item = parser->at + apart;
        struct expr *right;

        if (!is_proximity(item->kind))
            break;
        parser->at = item + 1;
        right = parse_one(parser);
        /* A chain leans to the left: each link is one level. */
        if (left && right && !enter(parser)) {
            expr_free(right);
            continue;
        }
        entered += left && right;
        left = joined(item, apart, left, right);
    }
    parser->depth -= entered;
    return left;
}

/* Can another part of an AND begin here? */
static bool
ends_all(enum lexeme_kind kind)
{
    return kind == LEX_END || kind == LEX_CLOSE || kind == LEX_OR;
}

/* One child stands for itself; a node for more. */
static struct expr *
unless_single(struct expr *expr)
{
    struct expr *child;

    if (expr->children > 1)
        return expr;
    child = expr->children ? expr->child[0] : NULL;
    expr->children = 0;
    expr_free(expr);
    return child;
}

static struct expr *
parse_all(struct parser *parser)
{
    struct expr *all = expr_new(EXPR_AND, NULL);

    all->flags = EXPR_LOOSE;
    while (!ends_all(parser->at->kind)) {
        const struct lexeme *before = parser->at;
        struct expr *child;

        if (parser->at->kind == LEX_AND) {
            /* One at an end joins nothing. */
            if (all->children && !ends_all(parser->at[1].kind))
                all->flags = 0;
            parser->at++;
            continue;
        }
        child = parse_close(parser);
        if (child)
            expr_add(all, child);
        if (parser->at == before)
            parser->at++;
    }
    return unless_single(all);
}

static struct expr *
parse_any(struct parser *parser)
{
    struct expr *any = expr_new(EXPR_OR, NULL);

    for (;;) {
        struct expr *child = parse_all(parser);

        if (child)
            expr_add(any, child);
        if (parser->at->kind != LEX_OR)
            return unless_single(any);
        parser->at++;
    }
}

/* Everything up to the end, also after a parenthesis that was never opened:
 * what stands on both sides of it belongs to one list. */
static struct expr *
parse_top(struct parser *parser)
{
    struct expr *all = expr_new(EXPR_AND, NULL);

    all->flags = EXPR_LOOSE;
    for (;;) {
        struct expr *child = parse_any(parser);

        if (child)
            expr_add(all, child);
        if (parser->at->kind == LEX_END)
            return unless_single(all);
        parse_note(parser, &parser->unpaired,
                   "A parenthesis is not paired; it is read as if it were.");
        parser->at++;
    }
}

static bool
is_hebrew(const char *text)
{
    return (unsigned char)text[0] == 0xD7;
}

/* What other keyboards have for a sign of the language: its bytes, and what
 * is meant; a colon only after a name. */
static const struct sign {
    const char *bytes;
    char meant;
} keyboard[] = {
    {"\u201c", '"'}, {"\u201d", '"'}, {"\u201e", '"'}, {"\u00ab", '"'},
    {"\u00bb", '"'}, {"\uff02", '"'}, {"\uff08", '('}, {"\uff09", ')'},
    {"\uff5c", '|'}, {"\uff0a", '*'}, {"\uff0b", '+'}, {"\uff1d", '='},
    {"\uff5e", '~'}, {"\uff06", '&'}, {"\uff03", '#'}, {"\uff20", '@'},
    {"\uff0f", '/'}, {"\uff0c", ','}, {"\uff1b", ' '}, {"\uff01", ' '},
    {"\uff1f", ' '}, {"\u3001", ' '}, {"\u3002", ' '}, {"\uff0d", '-'},
};

/* Copy the character at `at`; returns its bytes. */
static size_t
prepare_one(const struct buf *tidy, size_t at, struct buf *out)
{
    const char *text = tidy->data + at;

    /* Gershayim, typed as a quotation mark inside a Hebrew word. */
    if (*text == '"' && at > 1 && is_hebrew(text - 2) && is_hebrew(text + 1)) {
        buf_add_text(out, "\u05f4");
        return 1;
    }
    if (strncmp(text, "\uff1a", 3) == 0) {
        buf_add_byte(out, at && ascii_is_letter(text[-1]) ? ':' : ' ');
        return 3;
    }
    for (size_t i = 0; i < COUNT(keyboard); i++) {
        size_t size = strlen(keyboard[i].bytes);

        if (strncmp(text, keyboard[i].bytes, size) == 0) {
            buf_add_byte(out, keyboard[i].meant);
            return size;
        }
    }
    buf_add_byte(out, *text);
    return 1;
}

/* Signs of other keyboards are those of ours; control characters are
 * blanks. */
static void
prepare(const char *text, size_t size, struct buf *out)
{
    struct buf tidy = BUF_INIT;

    utf8_tidy(&tidy, text, size, false);
    for (size_t at = 0; at < tidy.size;)
        at += prepare_one(&tidy, at, out);
    buf_release(&tidy);
}

static struct expr *
parse_text(const struct lex_text *text, const struct expr_limits *limits,
           struct list *notes)
{
    struct lexemes lexemes = {0};
    struct parser parser = {.limits = limits, .notes = notes};
    struct expr *expr;

    lexemes_read(&lexemes, text, notes);
    parser.at = lexemes.item;
    expr = parse_top(&parser);
    lexemes_release(&lexemes);
    return expr;
}

static void
note_reading(const struct query_signs *signs, struct list *notes)
{
    if (signs->kind == QUERY_PROSE && signs->unused)
        list_add_text(notes, "Read as text, in which no sign is an operator; "
                             "\"\\ \" before it makes it a query.");
    if (signs->small)
        list_add_text(notes, "\"or\", \"not\" and \"same\" were read as words; "
                             "in capitals they are operators.");
}

struct expr *
expr_parse(const char *text, size_t size, int64_t now,
           const struct expr_limits *limits, struct list *notes)
{
    struct buf tidy = BUF_INIT;
    struct query_signs signs;
    struct expr *expr;

    if (size > limits->bytes) {
        size = limits->bytes;
        list_add_text(notes, "The query is longer than is searched at once; "
                             "the rest is left out.");
    }
    prepare(text, size, &tidy);
    signs = query_signs_find(tidy.data, tidy.size);
    note_reading(&signs, notes);
    expr = parse_text(&(struct lex_text){tidy.data, tidy.size, now, signs.kind},
                      limits, notes);
    buf_release(&tidy);
    return expr;
}

struct query_signs
expr_signs(const char *text, size_t size, const struct expr_limits *limits)
{
    struct buf tidy = BUF_INIT;
    struct query_signs signs;

    prepare(text, size < limits->bytes ? size : limits->bytes, &tidy);
    signs = query_signs_find(tidy.data, tidy.size);
    buf_release(&tidy);
    return signs;
}

struct expr *
expr_parse_prose(const char *text, size_t size,
                 const struct expr_limits *limits)
{
    struct buf tidy = BUF_INIT;
    struct list notes = LIST_INIT;
    struct expr *expr;

    prepare(text, size < limits->bytes ? size : limits->bytes, &tidy);
    expr = parse_text(&(struct lex_text){tidy.data, tidy.size, 0, QUERY_PROSE},
                      limits, &notes);
    list_release(&notes);
    buf_release(&tidy);
    return expr;
}
