/*
 * query/language/expr.h - what a person typed, as a tree.
 *
 *     typed      hlead(opcon w/5 transfer) -delay date:2014
 *     tree       AND, loose
 *                  ZONE hlead
 *                    NEAR 5
 *                      WORD opcon
 *                      WORD transfer
 *                  NOT
 *                    WORD delay
 *                  DATE 2014-01-01 .. 2014-12-31
 *     printed    hlead:(opcon NEAR/5 transfer) NOT delay
 *                date:2014-01-01..2014-12-31
 *
 * Every later stage works on the tree; what was typed never reaches SQL.
 * Nothing typed is an error: what cannot be understood is searched as words,
 * and a note says so.  The printed form parses to the same tree, and
 * nsearch-query(7) describes the language; change all three together.
 */
#ifndef QUERY_EXPR_H
#define QUERY_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "query/language/prose.h"

enum expr_kind {
    EXPR_WORD,      /* text; EXPR_EXACT: =word */
    EXPR_PHRASE,    /* text; EXPR_EXACT: ="..."; EXPR_STEMMED: ~"..." */
    EXPR_PATTERN,   /* text with * and ? */
    EXPR_FUZZY,     /* text; n: edits, 1 or 2 */
    EXPR_AND,       /* children; EXPR_LOOSE: nothing but blanks between them */
    EXPR_OR,        /* children */
    EXPR_NOT,       /* one child */
    EXPR_MUST,      /* one child: +x */
    EXPR_NEAR,      /* two children; n words apart; EXPR_ORDERED: PRE/n */
    EXPR_SENTENCE,  /* two children in one sentence */
    EXPR_PARAGRAPH, /* two children in one paragraph */
    EXPR_APART,     /* two children: the first, not near the second; `n`
                       words, or 0 and EXPR_IN_SENTENCE, _IN_PARAGRAPH */
    EXPR_ATLEAST,   /* one child, n times */
    EXPR_ZONE,      /* one child; zone, and n for ZONE_FIRST */
    EXPR_CASE,      /* one child; letters */
    EXPR_MAJOR,     /* one child: in headline or lead, or three times */
    EXPR_BOOST,     /* one child; boost */
    EXPR_DATE,      /* from .. to */
    EXPR_LENGTH,    /* from .. to, words of the body */
    EXPR_KINDS
};

enum expr_flag {
    EXPR_EXACT = 1u << 0,
    EXPR_STEMMED = 1u << 1,
    EXPR_LOOSE = 1u << 2,
    EXPR_ORDERED = 1u << 3,
    EXPR_IN_SENTENCE = 1u << 4,
    EXPR_IN_PARAGRAPH = 1u << 5
};

enum expr_zone {
    ZONE_HEADLINE,
    ZONE_BYLINE,
    ZONE_CAPTION,
    ZONE_BODY,
    ZONE_SOURCE,
    ZONE_SECTION,
    ZONE_DATELINE,
    ZONE_KEYWORD,
    ZONE_LANGUAGE,
    ZONE_URL,
    ZONE_ADDED,
    ZONE_LEAD,  /* the first two paragraphs of the body */
    ZONE_HLEAD, /* the headline and the lead */
    ZONE_FIRST, /* the first n words of the body */
    ZONE_COUNT
};

enum expr_letters {
    LETTERS_ALL_CAPITALS, /* allcaps(US) */
    LETTERS_CAPITAL,      /* caps(Apple): begins with a capital */
    LETTERS_NO_CAPITAL    /* nocaps(may) */
};

/* The days or lengths of a range that is open at one end. */
#define EXPR_OPEN_FROM INT64_MIN
#define EXPR_OPEN_TO INT64_MAX

/*
 * Which members mean something is said with the kinds above; the others are
 * zero, so that trees can be compared member by member.
 */
struct expr {
    enum expr_kind kind;
    unsigned flags;
    char *text; /* valid UTF-8, no control characters, not empty */
    int n;
    enum expr_zone zone;
    enum expr_letters letters;
    double boost;
    int64_t from; /* DATE: days since 1970-01-01; LENGTH: words; */
    int64_t to;   /* both included */
    struct expr **child;
    size_t children;
    size_t child_room;
    size_t leaf; /* leaf.h: its number, not part of what the tree means */
};

/* What is too much; beyond it a query is cut, with a note. */
struct expr_limits {
    size_t bytes;    /* of text */
    size_t words;    /* words, phrases and patterns together */
    size_t patterns; /* patterns and fuzzy words */
    size_t depth;    /* of the tree */
};

#define EXPR_LIMITS_DEFAULT \
    ((struct expr_limits){  \
        .bytes = 16384, .words = 512, .patterns = 32, .depth = 24})

/*
 * Parse `size` bytes of anything.  `now` is what relative dates are counted
 * from.  Returns NULL if there is nothing to search for.  Sentences about
 * what was cut, dropped or read as words are appended to `notes`.
 */
struct expr *expr_parse(const char *text, size_t size, int64_t now,
                        const struct expr_limits *limits, struct list *notes);

/* How that reads the text (prose.h). */
struct query_signs expr_signs(const char *text, size_t size,
                              const struct expr_limits *limits);

/* The same as prose, whatever it looks like. */
struct expr *expr_parse_prose(const char *text, size_t size,
                              const struct expr_limits *limits);

/* A node without children; `text` is copied and may be NULL. */
struct expr *expr_new(enum expr_kind kind, const char *text);
void expr_free(struct expr *expr);

/* Hang `child` under `parent`, which takes it over. */
void expr_add(struct expr *parent, struct expr *child);

struct expr *expr_copy(const struct expr *expr);
bool expr_equal(const struct expr *a, const struct expr *b);

/* Append the canonical form; parsing it gives an equal tree.  NULL prints
 * nothing. */
void expr_print(const struct expr *expr, struct buf *out);

#endif
