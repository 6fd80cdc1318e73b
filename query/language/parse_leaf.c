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

/* "a b c"~5: each within five words of the others before it. */
static struct expr *
words_near(struct parser *parser, const char *text, int n)
{
    struct expr *left = NULL;

    while (*text) {
        size_t size = strcspn(text, " ");
        char *word = mem_text(text, size);

        if (holds_word(word) && within_limits(parser, false)) {
            struct expr *right = expr_new(EXPR_PHRASE, word);

            right->flags = EXPR_STEMMED;
            if (left) {
                struct expr *both = expr_new(EXPR_NEAR, NULL);

                expr_add(both, left);
                expr_add(both, right);
                both->n = n;
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

struct expr *
parse_quote(struct parser *parser, unsigned flags)
{
    const struct lexeme *item = parser->at++;
    struct expr *expr = NULL;

    if (item->n && strchr(item->text, ' ')) {
        /* Every word adds a level to the tree. */
        if (parser->depth + 16 < parser->limits->depth)
            expr = words_near(parser, item->text, item->n);
    } else if (within_limits(parser, false)) {
        expr = expr_new(EXPR_PHRASE, item->text);
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
