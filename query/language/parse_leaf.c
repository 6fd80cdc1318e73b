/* Words, patterns, quotes and ranges: where the tree ends. */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "query/language/parse_parts.h"

/* May one more word or pattern be added?  If not, say so once. */
static bool
within_limits(struct parser *parser, bool pattern)
{
    if (parser->words >= parser->limits->words) {
        parse_note(parser, &parser->words_full,
                   "The query has more words than are searched at once; the "
                   "rest is left out.");
        return false;
    }
    if (pattern && parser->patterns >= parser->limits->patterns) {
        parse_note(parser, &parser->patterns_full,
                   "The query has more wildcards than are searched at once; "
                   "the rest is left out.");
        return false;
    }
    parser->words++;
    parser->patterns += pattern;
    return true;
}

struct expr *
parse_word(struct parser *parser, unsigned flags)
{
    const struct lexeme *item = parser->at++;
    bool fuzzy = parser->at->kind == LEX_FUZZY;
    bool pattern = item->kind == LEX_PATTERN;
    struct expr *expr = NULL;

    if (within_limits(parser, pattern || fuzzy)) {
        enum expr_kind kind = pattern ? EXPR_PATTERN
                              : fuzzy ? EXPR_FUZZY
                                      : EXPR_WORD;

        expr = expr_new(kind, item->text);
        if (kind == EXPR_WORD)
            expr->flags = flags & EXPR_EXACT;
        if (fuzzy)
            expr->n = parser->at->n;
    }
    if (fuzzy)
        parser->at++;
    return expr;
}

static bool
holds_word(const char *text)
{
    while (*text && !ascii_is_word_byte(*text))
        text++;
    return *text != '\0';
}

/* A word of a quotation: a pattern, or the word in any of its forms. */
static struct expr *
quoted_word(const char *word)
{
    struct expr *expr;

    if (strchr(word, '*'))
        return expr_new(EXPR_PATTERN, word);
    expr = expr_new(EXPR_PHRASE, word);
    expr->flags = EXPR_STEMMED;
    return expr;
}

/* "a b c"~5: each within five words of the others before it; "a b*": one
 * right after the other. */
static struct expr *
words_near(struct parser *parser, const char *text, int n, unsigned flags)
{
    struct expr *left = NULL;

    while (*text) {
        size_t size = strcspn(text, " ");
        char *word = mem_text(text, size);

        if (holds_word(word) &&
            within_limits(parser, strchr(word, '*') != NULL)) {
            struct expr *right = quoted_word(word);

            if (left) {
                struct expr *both = expr_new(EXPR_NEAR, NULL);

                expr_add(both, left);
                expr_add(both, right);
                both->n = n;
                both->flags = flags;
                left = both;
            } else {
                left = right;
            }
        }
        free(word);
        text += size;
        text += *text == ' ';
    }
    return left;
}

/* A star that a letter stands before or after: "dock wor*". */
static bool
is_wild(const char *text)
{
    for (size_t i = 0; text[i]; i++)
        if (text[i] == '*' && ((i && ascii_is_word_byte(text[i - 1])) ||
                               ascii_is_word_byte(text[i + 1])))
            return true;
    return false;
}

struct expr *
parse_quote(struct parser *parser, unsigned flags)
{
    const struct lexeme *item = parser->at++;
    struct expr *expr = NULL;
    bool several = strchr(item->text, ' ') != NULL;
    bool wild = !(flags & EXPR_EXACT) && is_wild(item->text);

    if (several && (item->n || wild)) {
        /* Every word adds a level to the tree. */
        if (parser->depth + 16 < parser->limits->depth)
            expr = words_near(parser, item->text, item->n ? item->n : 1,
                              item->n ? 0 : EXPR_ORDERED);
    } else if (within_limits(parser, wild)) {
        expr = expr_new(wild ? EXPR_PATTERN : EXPR_PHRASE, item->text);
        if (!wild)
            expr->flags = flags & (EXPR_EXACT | EXPR_STEMMED);
    }
    return expr;
}

struct expr *
parse_range(struct parser *parser)
{
    const struct lexeme *item = parser->at++;
    struct expr *expr =
        expr_new(item->kind == LEX_DATE ? EXPR_DATE : EXPR_LENGTH, NULL);

    expr->from = item->from;
    expr->to = item->to;
    return expr;
}
