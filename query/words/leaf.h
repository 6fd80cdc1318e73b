/*
 * query/words/leaf.h - the words of a query as terms of the index.
 *
 * A leaf is one word, phrase, pattern or fuzzy word of the tree.  What it
 * means is a list of readings, each terms that stand side by side; an article
 * has the leaf where it has one of the readings:
 *
 *     Tae-gyu            taegyu | tae gyu
 *     "nuclear tests"    nuclear test
 *     tran*r             tran*r             (a pattern is one term)
 *     opcon~             opcon | opcno      (words of the archive: expand.h)
 *
 * In an archive of several languages each adds its readings, which are found
 * in articles of that language only (indexer/analysis/analysis.h).
 */
#ifndef QUERY_LEAF_H
#define QUERY_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/list.h"
#include "indexer/analysis/analysis.h"
#include "query/language/expr.h"

enum leaf_test {
    LEAF_TERM,   /* the token's term is this one */
    LEAF_EXACT,  /* and its folded form is this one, too */
    LEAF_TWIN,   /* the twin of a word in capitals */
    LEAF_GLOB,   /* the word as written fits the pattern */
    LEAF_PREFIX, /* the word, or its term, begins so: "trans*" */
    LEAF_FUZZY   /* the word as written is at most `edits` away */
};

struct leaf_term {
    enum leaf_test test;
    int edits;
    char term[TERM_SIZE_MAX + 1]; /* or the pattern */
    char folded[TERM_SIZE_MAX + 1];
    size_t joined; /* 0, or a number: where this stands, term joined - 1 of
                      the leaf must stand, too (hyphens.h) */
};

/* leaf->term[first .. first + terms), side by side.  An article has those of
 * one language only. */
struct reading {
    size_t first;
    size_t terms;
    uint64_t articles; /* about how many have it; filled by weigh.c */
    size_t language;   /* 0: of any; else number + 1 in the archive's list */
};

/* Longer ones are left as they were typed. */
#define LEAF_READING_MAX 24

struct leaf {
    const struct expr *expr;
    struct leaf_term *term;
    size_t terms;
    size_t term_room;
    struct reading *reading; /* none: nothing in it is a word */
    size_t readings;
    size_t reading_room;
    double boost;  /* product of the boosts above it */
    bool negative; /* under a NOT */
    bool single;   /* one word in one position, and not in capitals */
    bool stop;     /* and it is one of the small words */
    bool aside;    /* in a field that the ranked index does not have */

    bool dropped; /* it was taken out of the tree */
    bool asks;    /* ... as a word by which people ask (request_words.h) */
    bool repeats; /* ... as it stands in it before (telling.h) */
    bool common;  /* ... as others tell more */

    /* Filled by weigh.c for the archive at hand. */
    struct list expansion; /* the terms that a pattern stands for */
    struct list stretched; /* of a prefix: terms that do not begin so, of
                              words that do: "happi" for "happy*" */
    bool expansion_cut;    /* there are more */
    uint64_t articles;     /* about how many have it */
    uint32_t weight;       /* bm25f_weight(), boosted */
};

struct leaves {
    struct leaf *leaf; /* `count` of them, in the order of the tree */
    size_t count;
    size_t room;
};

/*
 * Give every leaf of the tree its number and its readings.  `languages` are
 * those of the archive, the default one first.
 */
void leaves_collect(struct leaves *leaves, struct expr *expr,
                    struct analyzer *analyzer, const struct list *languages);
void leaves_release(struct leaves *leaves);

/* Add a reading of one term, or of several. */
void leaf_add_word(struct leaf *leaf, const char *term);
void leaf_add_reading(struct leaf *leaf, const struct leaf_term *term,
                      size_t terms, size_t language);

/* Is it one pattern that ends in its only '*'? */
bool leaf_is_prefix(const struct leaf *leaf);
bool leaf_is_pattern(const struct leaf *leaf);

/* Does a token pass the test? */
bool leaf_term_fits(const struct leaf_term *test, const struct token *token);

#endif
