#include "query/words/meaning.h"

#include <stdlib.h>

#include "corpus/base/mem.h"
#include "query/words/request_words.h"

struct reader {
    struct leaves *leaves;
    enum meaning_hold hold;
    bool *loose;
    size_t *enough;
};

static struct expr *mean(struct reader *reader, const struct expr *typed);

/* A word that nothing was done to; a boost does not count. */
static const struct expr *
bare_word(const struct expr *expr)
{
    while (expr->kind == EXPR_BOOST)
        expr = expr->child[0];
    return expr->kind == EXPR_WORD && !(expr->flags & EXPR_EXACT) ? expr : NULL;
}

static struct leaf *
leaf_of(struct reader *reader, const struct expr *expr)
{
    return &reader->leaves->leaf[expr->leaf];
}

static bool
is_small(struct reader *reader, const struct expr *expr)
{
    const struct expr *word = bare_word(expr);

    return word &&
           (leaf_of(reader, word)->stop || !leaf_of(reader, word)->readings);
}

/* Does a list hold anything to find besides small words? */
static bool
has_more(struct reader *reader, const struct expr *list)
{
    for (size_t i = 0; i < list->children; i++) {
        const struct expr *child = list->child[i];

        if (child->kind != EXPR_NOT && child->kind != EXPR_DATE &&
            child->kind != EXPR_LENGTH && !is_small(reader, child))
            return true;
    }
    return false;
}

/* Put a child under a node; a node may stay empty. */
static void
hang(struct expr *parent, struct expr *child)
{
    if (child)
        expr_add(parent, child);
}

/* A list of one is that one, an empty list is nothing. */
static struct expr *
unwrap(struct expr *list)
{
    struct expr *only = NULL;

    if (list->children > 1)
        return list;
    if (list->children)
        only = list->child[0];
    list->children = 0;
    expr_free(list);
    return only;
}

/* In a question of many words a quotation or a remark in parentheses is one
 * more thing to look for; an operator or a field still is a condition. */
static bool
is_remark(const struct expr *expr)
{
    while (expr->kind == EXPR_BOOST)
        expr = expr->child[0];
    if (expr->kind == EXPR_AND || expr->kind == EXPR_OR) {
        for (size_t i = 0; i < expr->children; i++)
            if (!is_remark(expr->child[i]))
                return false;
        return expr->kind == EXPR_OR || expr->flags & EXPR_LOOSE;
    }
    return expr->text != NULL && !(expr->flags & EXPR_EXACT);
}

/* The words of a list that will be searched for. */
static size_t
count_words(struct reader *reader, const struct expr *list, bool drop)
{
    size_t words = 0;

    for (size_t i = 0; i < list->children; i++)
        words += bare_word(list->child[i]) &&
                 !(drop && is_small(reader, list->child[i]));
    return words;
}

/*
 * The list as request_words.h sees it, one for each child; none of them asks
 * if that leaves nothing to look for.  Free it.
 */
static struct request_word *
find_request_words(struct reader *reader, const struct expr *list, bool many)
{
    struct request_word *word = mem_zero(list->children + 1, sizeof(*word));
    bool left = false;

    for (size_t i = 0; i < list->children; i++)
        if (bare_word(list->child[i]) == list->child[i]) {
            word[i].text = list->child[i]->text;
            word[i].small = is_small(reader, list->child[i]);
        }
    if (many)
        request_words_find(word, list->children);
    for (size_t i = 0; i < list->children; i++)
        left = left || (word[i].text && !word[i].small && !word[i].asks);
    for (size_t i = 0; !left && i < list->children; i++)
        word[i].asks = false;
    return word;
}

/* The words of a list become one that asks for any or all of them. */
static void
decide_loose(struct reader *reader, struct expr *words, bool many)
{
    size_t enough = words->children == 2 ? 1 : MEANING_PAGE;

    if (words->children < 2)
        return;
    if (reader->hold != MEANING_ALL || many) {
        words->kind = EXPR_OR;
        words->flags = 0;
        *reader->loose = true;
    } else if (enough > *reader->enough) {
        *reader->enough = enough;
    }
}

/* Words go under `words`, conditions under `all`. */
static struct expr *
mean_loose_list(struct reader *reader, const struct expr *typed)
{
    struct expr *all = expr_new(EXPR_AND, NULL);
    struct expr *words = expr_new(EXPR_AND, NULL);
    bool drop = reader->hold != MEANING_LEAST && has_more(reader, typed);
    bool many = count_words(reader, typed, drop) >= MEANING_MANY_WORDS;
    struct request_word *word = find_request_words(reader, typed, many && drop);

    words->flags = EXPR_LOOSE;
    for (size_t i = 0; i < typed->children; i++) {
        const struct expr *child = typed->child[i];

        if ((drop && is_small(reader, child)) || word[i].asks) {
            leaf_of(reader, bare_word(child))->dropped = true;
            leaf_of(reader, bare_word(child))->asks = word[i].asks;
        } else {
            hang(bare_word(child) || (many && is_remark(child)) ? words : all,
                 mean(reader, child));
        }
    }
    free(word);
    decide_loose(reader, words, many);
    if (!all->children) {
        expr_free(all);
        return unwrap(words);
    }
    hang(all, unwrap(words));
    return unwrap(all);
}

static struct expr *
mean(struct reader *reader, const struct expr *typed)
{
    struct expr *expr;

    if (typed->kind == EXPR_AND && typed->flags & EXPR_LOOSE)
        return mean_loose_list(reader, typed);
    if (typed->text) {
        if (leaf_of(reader, typed)->readings)
            return expr_copy(typed);
        leaf_of(reader, typed)->dropped = true;
        return NULL;
    }
    if (!typed->children)
        return expr_copy(typed);
    expr = expr_new(typed->kind, NULL);
    expr->flags = typed->flags;
    expr->n = typed->n;
    expr->zone = typed->zone;
    expr->letters = typed->letters;
    expr->boost = typed->boost;
    for (size_t i = 0; i < typed->children; i++)
        hang(expr, mean(reader, typed->child[i]));
    /* What has lost a side is the other side. */
    if (typed->children > 1 || !expr->children)
        return unwrap(expr);
    return expr;
}

struct expr *
meaning_of(const struct expr *typed, struct leaves *leaves,
           enum meaning_hold hold, bool *loose, size_t *enough)
{
    struct reader reader = {leaves, hold, loose, enough};

    *loose = false;
    *enough = 0;
    return typed ? mean(&reader, typed) : NULL;
}
