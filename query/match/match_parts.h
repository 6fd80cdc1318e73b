/*
 * query/match/match_parts.h - what the files of match.h share.
 *
 *     match.c        an article's tokens, and where each leaf stands
 *     match_eval.c   the tree over these places
 *     match_near.c   ... and what it asks of how places lie to each other
 */
#ifndef QUERY_MATCH_PARTS_H
#define QUERY_MATCH_PARTS_H

#include "corpus/base/hash_table.h"
#include "query/archive/deadline.h"
#include "query/match/match.h"

/* Words of different fields are further apart than any NEAR reaches: between
 * them there are so many places that no word has. */
#define FIELD_GAP 20000

/* A word of the article; its number, counted through all fields, is its
 * place. */
struct match_word {
    uint32_t sentence; /* numbered through all fields, too */
    uint32_t paragraph;
    uint32_t start; /* bytes */
    bool capital;
    bool capitals;
};

/* One term at one place. */
struct occurrence {
    uint32_t place;
    uint32_t start; /* bytes of the field's text */
    uint32_t end;
};

struct occurrences {
    struct occurrence *item;
    size_t count;
    size_t room;
};

/* A stretch that matches: words [first, last]. */
struct stretch {
    uint32_t first;
    uint32_t last;
    uint32_t start; /* bytes */
    uint32_t end;
};

struct stretches {
    struct stretch *item; /* sorted by first, then last; each once */
    size_t count;
    size_t room;
};

/* The words that a part of the tree may use. */
struct scope {
    unsigned fields;     /* bits 1u << FIELD_... */
    uint32_t body_limit; /* places of the body below this one; UINT32_MAX */
    bool zoned;          /* a field was named */
    unsigned letters;    /* bits 1u << LETTERS_... */
};

struct match_field {
    uint32_t first; /* place of its first word */
    size_t base;    /* where in match->word that one is */
    uint32_t count;
    size_t *sentence; /* where each begins */
    size_t sentences;
    size_t sentence_room;
    struct mark *mark;
    size_t marks;
    size_t mark_room;
};

struct match {
    const struct expr *expr;
    const struct leaves *leaves;
    struct analyzer *analyzer;
    struct match_facts facts;
    struct deadline *deadline; /* NULL: none */

    /* Terms of all leaves: the distinct strings are hashed, patterns are
     * tried one by one. */
    struct occurrences *found; /* one for each term of each leaf */
    size_t terms;
    const struct leaf_term **term;
    size_t *first_term;      /* of each leaf, in `found` and `term` */
    struct hash_table table; /* their numbers, but for patterns */
    size_t *pattern;         /* the numbers of these */
    size_t patterns;

    struct match_word *word;
    size_t words;
    size_t word_room;
    uint32_t next; /* place of the next field's first word */
    struct match_field field[FIELD_COUNT];
    enum field current;
    uint32_t lead_end; /* the first after the second paragraph of the body */
};

/* --- match.c --- */

/* Is the time up?  The clock is looked at in every so many steps of a loop,
 * which counts them. */
bool match_late(const struct match *match, size_t step);

/* --- match_eval.c --- */

void stretches_add(struct stretches *list, const struct stretch *stretch);

/* In order, each once. */
void stretches_sort(struct stretches *list);

/* The field of a place; FIELD_COUNT if it is in none. */
enum field match_field_of(const struct match *match, uint32_t place);

/* What is known of the word at a place; there must be one. */
const struct match_word *match_word(const struct match *match, uint32_t place);

/* Evaluate; `out` comes empty and may be NULL if only the truth matters. */
bool match_eval(const struct match *match, const struct expr *expr,
                const struct scope *scope, struct stretches *out);

/* Narrow a scope by a ZONE or CASE; others leave it alone. */
void match_narrow(const struct match *match, const struct expr *expr,
                  struct scope *scope);

/* Where a leaf stands in a scope. */
void match_leaf(const struct match *match, const struct leaf *leaf,
                const struct scope *scope, struct stretches *out);

/* --- match_near.c --- */

/* The same for the operators of nearness: NEAR, PRE, w/s, w/p and NOT with
 * one of them. */
bool match_near(const struct match *match, const struct expr *expr,
                const struct scope *scope, struct stretches *out);

#endif
