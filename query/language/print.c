#include <stdint.h>
#include <string.h>

#include "query/language/expr.h"
#include "query/language/lex.h"
#include "query/language/names.h"
#include "query/language/when.h"

/* How tightly a node holds together; a child that holds less tightly than its
 * parent asks for is put into parentheses. */
enum grip {
    GRIP_ANY,
    GRIP_ALL,
    GRIP_CLOSE,
    GRIP_ONE,
    GRIP_GROUP /* a word, a quote or a parenthesis */
};

static enum grip
grip_of(const struct expr *expr)
{
    static const enum grip grips[EXPR_KINDS] = {
        [EXPR_WORD] = GRIP_GROUP,      [EXPR_PHRASE] = GRIP_GROUP,
        [EXPR_PATTERN] = GRIP_GROUP,   [EXPR_FUZZY] = GRIP_GROUP,
        [EXPR_AND] = GRIP_ALL,         [EXPR_OR] = GRIP_ANY,
        [EXPR_NOT] = GRIP_ONE,         [EXPR_MUST] = GRIP_ONE,
        [EXPR_NEAR] = GRIP_CLOSE,      [EXPR_SENTENCE] = GRIP_CLOSE,
        [EXPR_PARAGRAPH] = GRIP_CLOSE, [EXPR_APART] = GRIP_CLOSE,
        [EXPR_ATLEAST] = GRIP_ONE,     [EXPR_ZONE] = GRIP_ONE,
        [EXPR_CASE] = GRIP_ONE,        [EXPR_MAJOR] = GRIP_ONE,
        [EXPR_BOOST] = GRIP_ONE,       [EXPR_DATE] = GRIP_ONE,
        [EXPR_LENGTH] = GRIP_ONE,
    };

    return grips[expr->kind];
}

static void print_part(const struct expr *expr, struct buf *out);

static void
print_held(const struct expr *expr, enum grip least, struct buf *out)
{
    bool group = grip_of(expr) < least;

    if (group)
        buf_add_byte(out, '(');
    print_part(expr, out);
    if (group)
        buf_add_byte(out, ')');
}

static void
print_leaf(const struct expr *expr, struct buf *out)
{
    if (expr->flags & EXPR_EXACT)
        buf_add_byte(out, '=');
    if (expr->flags & EXPR_STEMMED)
        buf_add_byte(out, '~');
    if (expr->kind == EXPR_PHRASE)
        buf_printf(out, "\"%s\"", expr->text);
    else
        lexeme_print_word(expr->text,
                          expr->kind == EXPR_PATTERN ? LEX_PATTERN : LEX_WORD,
                          out);
    if (expr->kind == EXPR_FUZZY)
        buf_printf(out, "~%d", expr->n);
}

static void
print_list(const struct expr *expr, struct buf *out)
{
    bool any = expr->kind == EXPR_OR;
    const char *between = any                        ? " OR "
                          : expr->flags & EXPR_LOOSE ? " "
                                                     : " AND ";

    for (size_t i = 0; i < expr->children; i++) {
        if (i)
            buf_add_text(out, between);
        print_held(expr->child[i], any ? GRIP_ALL : GRIP_CLOSE, out);
    }
}

static void
print_close(const struct expr *expr, struct buf *out)
{
    const char *name = expr->flags & EXPR_ORDERED ? "PRE" : "NEAR";

    print_held(expr->child[0], GRIP_CLOSE, out);
    buf_add_text(out, expr->kind == EXPR_APART ? " NOT " : " ");
    if (expr->kind == EXPR_SENTENCE || expr->flags & EXPR_IN_SENTENCE)
        buf_add_text(out, "w/s ");
    else if (expr->kind == EXPR_PARAGRAPH || expr->flags & EXPR_IN_PARAGRAPH)
        buf_add_text(out, "w/p ");
    else
        buf_printf(out, "%s/%d ", name, expr->n);
    print_held(expr->child[1], GRIP_ONE, out);
}

/* A function and its argument in parentheses of its own. */
static void
print_call(const char *name, int n, const struct expr *child, struct buf *out)
{
    buf_add_text(out, name);
    if (n)
        buf_printf(out, "%d", n);
    buf_add_byte(out, '(');
    print_part(child, out);
    buf_add_byte(out, ')');
}

static const char *
letters_name(enum expr_letters letters)
{
    static const char *const names[] = {"allcaps", "caps", "nocaps"};

    return names[letters];
}

static void
print_zone(const struct expr *expr, struct buf *out)
{
    if (expr->zone == ZONE_FIRST) {
        print_call("first", expr->n, expr->child[0], out);
        return;
    }
    buf_printf(out, "%s:", query_names[expr->zone].spelling[0]);
    print_held(expr->child[0], GRIP_GROUP, out);
}

static void
print_range(const struct expr *expr, struct buf *out)
{
    if (expr->kind == EXPR_DATE) {
        struct when when = {.from = expr->from, .to = expr->to};

        buf_printf(out, "%s:", query_names[NAME_DATE].spelling[0]);
        when_print(&when, out);
        return;
    }
    buf_printf(out, "%s:", query_names[NAME_LENGTH].spelling[0]);
    if (expr->from != EXPR_OPEN_FROM)
        buf_printf(out, "%lld", (long long)expr->from);
    if (expr->from == expr->to)
        return;
    buf_add_text(out, "..");
    if (expr->to != EXPR_OPEN_TO)
        buf_printf(out, "%lld", (long long)expr->to);
}

static void
print_boost(const struct expr *expr, struct buf *out)
{
    /* In thousandths; printf would ask the locale for its decimal point. */
    long thousandths = (long)(expr->boost * 1000 + 0.5);

    print_held(expr->child[0], GRIP_GROUP, out);
    buf_printf(out, "^%ld", thousandths / 1000);
    if (thousandths % 1000)
        buf_printf(out, ".%03ld", thousandths % 1000);
}

static void
print_part(const struct expr *expr, struct buf *out)
{
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        print_list(expr, out);
        break;
    case EXPR_NOT:
        buf_add_text(out, "NOT ");
        print_held(expr->child[0], GRIP_ONE, out);
        break;
    case EXPR_MUST:
        buf_add_byte(out, '+');
        print_held(expr->child[0], GRIP_ONE, out);
        break;
    case EXPR_NEAR:
    case EXPR_SENTENCE:
    case EXPR_PARAGRAPH:
    case EXPR_APART:
        print_close(expr, out);
        break;
    case EXPR_ATLEAST:
        print_call("atleast", expr->n, expr->child[0], out);
        break;
    case EXPR_CASE:
        print_call(letters_name(expr->letters), 0, expr->child[0], out);
        break;
    case EXPR_MAJOR:
        print_call("major", 0, expr->child[0], out);
        break;
    case EXPR_ZONE:
        print_zone(expr, out);
        break;
    case EXPR_BOOST:
        print_boost(expr, out);
        break;
    case EXPR_DATE:
    case EXPR_LENGTH:
        print_range(expr, out);
        break;
    case EXPR_WORD:
    case EXPR_PHRASE:
    case EXPR_PATTERN:
    case EXPR_FUZZY:
    case EXPR_KINDS:
    default:
        print_leaf(expr, out);
        break;
    }
}

/* Is the form read as the tree it was made of? */
static bool
reads_back(const struct expr *expr, const struct buf *text)
{
    const struct expr_limits limits = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    struct list notes = LIST_INIT;
    struct expr *back = expr_parse(text->data, text->size, 0, &limits, &notes);
    bool equal = expr_equal(expr, back);

    expr_free(back);
    list_release(&notes);
    return equal;
}

void
expr_print(const struct expr *expr, struct buf *out)
{
    struct buf text = BUF_INIT;

    if (!expr)
        return;
    print_part(expr, &text);
    /* A backslash says that the operators are meant, and no others. */
    if (!reads_back(expr, &text))
        buf_add_text(out, "\\ ");
    buf_add(out, text.data, text.size);
    buf_release(&text);
}
