/*
 * tests/support/random_expr.h - random query trees, the same from the same
 * seed.
 *
 * Used by the tests of the canonical form and of the oracle.
 */
#ifndef TESTS_RANDOM_EXPR_H
#define TESTS_RANDOM_EXPR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "query/language/expr.h"

struct random_expr {
    uint64_t state;           /* the seed; not 0 */
    const char *const *words; /* NULL-terminated */
    const uint8_t *bytes;     /* NULL, or what decides instead of a seed */
    size_t left;              /* of them */
};

/* Words that look like something else. */
static const char *const random_expr_odd_words[] = {
    "opcon",   "transfer",    "AND",        "or",   "NEAR",    "near/5",
    "w/s",     "date",        "since:2014", "hd:x", "wc",      "atleast5",
    "first5",  "U.S",         "C++",        "AT&T", "50%",     "#tag",
    "$20",     "caf\xc3\xa9", "a=b",        "&",    "Tae-gyu", "O'Brien",
    "allcaps", "major",       "NOT",        NULL};

static uint64_t
random_next(struct random_expr *random)
{
    if (random->bytes) {
        if (!random->left)
            return 0;
        random->left--;
        return *random->bytes++;
    }
    /* xorshift64 */
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return random->state;
}

static size_t
random_below(struct random_expr *random, size_t limit)
{
    return (size_t)(random_next(random) % limit);
}

static const char *
random_word(struct random_expr *random)
{
    size_t count = 0;

    while (random->words[count])
        count++;
    for (;;) {
        const char *word = random->words[random_below(random, count)];

        /* A lone mark is a word to nobody. */
        if (strcmp(word, "&") != 0)
            return word;
    }
}

static struct expr *
random_leaf(struct random_expr *random)
{
    static const char *const patterns[] = {"trans*", "*fer", "wom?n", "t*s"};
    struct expr *expr;
    char text[128] = "";

    switch (random_below(random, 8)) {
    case 0:
        expr = expr_new(EXPR_PATTERN, patterns[random_below(random, 4)]);
        return expr;
    case 1:
        expr = expr_new(EXPR_FUZZY, random_word(random));
        expr->n = 1 + (int)random_below(random, 2);
        return expr;
    case 2:
        strcat(text, random_word(random));
        for (size_t more = random_below(random, 3); more > 0; more--) {
            strcat(text, " ");
            strcat(text, random_word(random));
        }
        expr = expr_new(EXPR_PHRASE, text);
        expr->flags = (unsigned)random_below(random, 3);
        return expr;
    default:
        expr = expr_new(EXPR_WORD, random_word(random));
        expr->flags = random_below(random, 6) == 0 ? EXPR_EXACT : 0;
        return expr;
    }
}

static struct expr *
random_range(struct random_expr *random)
{
    bool days = random_below(random, 2) == 0;
    struct expr *expr = expr_new(days ? EXPR_DATE : EXPR_LENGTH, NULL);
    int64_t least = days ? 14000 : 5;

    expr->from = least + (int64_t)random_below(random, 60);
    expr->to = expr->from + (int64_t)random_below(random, 40);
    if (random_below(random, 4) == 0)
        expr->from = EXPR_OPEN_FROM;
    else if (random_below(random, 4) == 0)
        expr->to = EXPR_OPEN_TO;
    return expr;
}

static struct expr *random_expr_new(struct random_expr *random, int depth);

static struct expr *
random_over(struct random_expr *random, int depth, enum expr_kind kind,
            size_t children)
{
    struct expr *expr = expr_new(kind, NULL);

    for (size_t i = 0; i < children; i++)
        expr_add(expr, random_expr_new(random, depth - 1));
    return expr;
}

static struct expr *
random_near(struct random_expr *random, int depth)
{
    static const enum expr_kind kinds[] = {EXPR_NEAR, EXPR_SENTENCE,
                                           EXPR_PARAGRAPH, EXPR_APART};
    enum expr_kind kind = kinds[random_below(random, 4)];
    struct expr *expr = random_over(random, depth, kind, 2);
    size_t unit = kind == EXPR_APART ? random_below(random, 3) : 0;

    if (kind == EXPR_APART && unit)
        expr->flags = unit == 1 ? EXPR_IN_SENTENCE : EXPR_IN_PARAGRAPH;
    else if (kind == EXPR_NEAR || kind == EXPR_APART) {
        expr->n = 1 + (int)random_below(random, 9);
        expr->flags = random_below(random, 2) ? EXPR_ORDERED : 0;
    }
    return expr;
}

static struct expr *
random_function(struct random_expr *random, int depth)
{
    static const enum expr_kind kinds[] = {EXPR_ATLEAST, EXPR_ZONE,  EXPR_ZONE,
                                           EXPR_CASE,    EXPR_MAJOR, EXPR_BOOST,
                                           EXPR_MUST};
    struct expr *expr =
        random_over(random, depth, kinds[random_below(random, 7)], 1);

    if (expr->kind == EXPR_ATLEAST)
        expr->n = 1 + (int)random_below(random, 4);
    if (expr->kind == EXPR_CASE)
        expr->letters = (enum expr_letters)random_below(random, 3);
    if (expr->kind == EXPR_BOOST)
        expr->boost = (double)(1 + random_below(random, 4000)) / 1000;
    if (expr->kind == EXPR_ZONE)
        expr->zone = (enum expr_zone)random_below(random, ZONE_COUNT);
    /* No article here has keywords, and where none has they are words. */
    if (expr->kind == EXPR_ZONE && expr->zone == ZONE_KEYWORD)
        expr->zone = ZONE_SECTION;
    if (expr->kind == EXPR_ZONE && expr->zone == ZONE_FIRST)
        expr->n = 1 + (int)random_below(random, 30);
    return expr;
}

static struct expr *
random_expr_new(struct random_expr *random, int depth)
{
    struct expr *expr;

    if (depth <= 0)
        return random_leaf(random);
    switch (random_below(random, 12)) {
    case 0:
    case 1:
        expr =
            random_over(random, depth, EXPR_AND, 2 + random_below(random, 2));
        expr->flags = random_below(random, 2) ? EXPR_LOOSE : 0;
        return expr;
    case 2:
    case 3:
        return random_over(random, depth, EXPR_OR, 2 + random_below(random, 2));
    case 4:
        return random_over(random, depth, EXPR_NOT, 1);
    case 5:
    case 6:
        return random_near(random, depth);
    case 7:
    case 8:
        return random_function(random, depth);
    case 9:
        return random_range(random);
    default:
        return random_leaf(random);
    }
}

#endif
