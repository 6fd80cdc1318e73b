/*
 * query/search/request.h - what is asked of an archive, and how it is to be
 * answered.
 */
#ifndef QUERY_REQUEST_H
#define QUERY_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/language/expr.h"

struct hit;
struct timing;

/* No first or last day. */
#define SEARCH_OPEN_FROM EXPR_OPEN_FROM
#define SEARCH_OPEN_TO EXPR_OPEN_TO

enum search_sort {
    SORT_RANK,   /* best first; ties newer first, then key */
    SORT_NEWEST, /* by date of publication; undated last */
    SORT_OLDEST, /* undated last */
    SORT_WORDS   /* longest first */
};

/* Those before FACET_YEAR are values that articles have; the others are dates,
 * by the day where the article was published. */
enum search_facet {
    FACET_SOURCE,
    FACET_BYLINE,
    FACET_SECTION,
    FACET_YEAR,
    FACET_MONTH,
    FACET_DAY,
    FACET_COUNT
};

struct search_request {
    const char *text; /* as typed, NUL-terminated; any bytes */
    int64_t now;      /* seconds: what "2w.." is counted from; search_clock()
                         of UTC's where a reader's day is known */
    size_t offset;    /* hits to pass over */
    size_t limit;     /* most hits to hand out; 0: count only */
    enum search_sort sort;
    uint64_t enough;      /* matches: of more it is only known that there are
                             more.  0: all are counted, as they are where
                             facets are asked for, too */
    bool exhaustive;      /* score every match, the slow and simple way */
    bool advice;          /* say what may have been meant, and what would be
                             found with less */
    bool compounds;       /* let a word stand for those that it is a part of */
    bool strict;          /* if nothing has all that is asked for, nothing is
                             found: not what has a part of it */
    bool recent;          /* let newer articles weigh more */
    bool explain;         /* fill result.explanation */
    bool explain_score;   /* fill hit.explanation */
    bool plain;           /* of a hit only key, path and offset: much faster
                             for long lists */
    bool everything;      /* an empty query asks for all articles */
    bool unmarked;        /* no matches are looked for in hits, and no passages:
                             faster for long lists that are kept */
    bool texts;           /* fill hit.captions and hit.body */
    bool fold;            /* say which hits are copies of others; not where they
                             are taken one by one */
    bool keywords;        /* fill hit.kwic, every match in its line */
    size_t keyword_side;  /* bytes of the line at each side of it; 0: 48 */
    unsigned facets;      /* bits 1u << FACET_...: which to count */
    unsigned facet_looks; /* most articles to look at for them; 0: all, while
                             there is time */
    unsigned facet_time;  /* milliseconds to count them in; 0: no limit */

    /* What narrows the search beside the query; whether all words of a query
     * must be there does not depend on it. */
    const char *only[FACET_YEAR]; /* the whole value that articles have of a
                                     facet; NULL: any */
    int64_t from_day;             /* published on these days, both included */
    int64_t to_day;

    size_t snippet_width; /* bytes; 0: no snippets */
    unsigned time_limit;  /* milliseconds; 0: none */
    /* Takes each hit as it comes, in order, instead of the result keeping them
     * all; NULL: it keeps them.  The hit is released after that; false: no more
     * are wanted. */
    bool (*take)(void *context, struct hit *hit);
    void *taking;          /* its context */
    struct timing *timing; /* told where the time goes; may be NULL */
    struct expr_limits limits;
};

#define SEARCH_REQUEST_INIT            \
    ((struct search_request){          \
        .text = "",                    \
        .limit = 10,                   \
        .snippet_width = 240,          \
        .advice = true,                \
        .compounds = true,             \
        .from_day = SEARCH_OPEN_FROM,  \
        .to_day = SEARCH_OPEN_TO,      \
        .limits = EXPR_LIMITS_DEFAULT, \
    })

/* What a clock shows where the process runs, as seconds: the reader's day is
 * the day of that. */
int64_t search_clock(int64_t utc);

#endif
