/*
 * query/search/result.h - what a search found: hits, counts of their values,
 * and what may have been meant.
 *
 * It owns all that is in it and knows nothing of the archive, so it can be
 * written in any format, and kept after the archive is closed.
 */
#ifndef QUERY_RESULT_H
#define QUERY_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "corpus/date/date.h"
#include "query/copies/story.h"
#include "query/match/snippet.h"
#include "query/search/request.h"
#include "query/spelling/collocates.h"

struct hit {
    struct buf key; /* the article's stable identity */
    struct buf publication;
    struct buf section;
    struct buf url; /* http or https, or empty */
    struct buf language;
    enum language_source language_from;
    struct buf byline;   /* as printed */
    struct list authors; /* one name each */
    struct buf dateline;
    struct date published; /* DATE_NONE: undated */
    enum date_source published_from;
    struct date seen;
    struct buf path;    /* the file it came from */
    struct buf archive; /* the folder, if several are searched; else empty */
    uint64_t offset;    /* the byte in it where the article begins */
    uint64_t words;     /* of the body */
    double score;       /* 0 when sorted otherwise */
    struct marked headline;
    struct marked snippet;
    struct buf captions; /* one line each, a credit after a tab; only if
                            asked for */
    struct marked body;  /* only if asked for */
    struct marked *kwic; /* `kwics` lines, only if asked for; the first
                            span of each is the match */
    size_t kwics;
    struct buf explanation; /* the score as a sum, only if asked for */
    size_t copy_of;         /* the hit of which it is a copy, by its number in
                               the result from 1; 0: of none */
    size_t copies;          /* hits of the result that are copies of it */
    struct story *story;    /* what it says, until copies have been found */
};

void hit_init(struct hit *hit);
void hit_release(struct hit *hit);

struct facet_value {
    char *name; /* "The Herald", "2014", "2014-10" */
    uint64_t count;
    uint64_t held; /* of a year or month: articles that the archive has of it;
                      else 0 */
};

struct facet {
    struct facet_value *value; /* `values`; most first, dates in order, without
                                  a gap */
    size_t values;
    uint64_t none; /* matching articles that have no value */
    bool about;    /* counted from a part of the articles that match */
};

void facet_release(struct facet *facet);

/* What a word with few or no hits may have been meant to be. */
struct suggestion {
    char *word;   /* as typed */
    char *better; /* a word of the archive */
    char *query;  /* the whole query with it */
};

/* What would be found if a query that finds nothing asked for less. */
struct way {
    char *part;     /* is left out; empty: all but `instead` is */
    char *instead;  /* is asked for instead of it; or empty */
    char *query;    /* the whole query */
    uint64_t total; /* articles that match it, at least */
};

struct search_result {
    struct hit *hit; /* `hits` of them */
    size_t hits;
    uint64_t total;      /* matching articles, all of them unless ... */
    bool more;           /* ... there are more: what request.enough allows */
    uint64_t articles;   /* in the archive */
    bool cut_short;      /* the time limit struck: `total` is a lower bound */
    bool loose;          /* not every word of the query had to match */
    struct list receipt; /* names and values by turns, if one was made:
                            query/receipt */
    struct list notes;   /* sentences for stderr or the foot of a page */
    struct suggestion *suggestion;
    size_t suggestions;
    struct way *way; /* only if nothing was found */
    size_t ways;
    struct facet facet[FACET_COUNT];
    struct collocate *near; /* `nears`, the most telling first; only of
                               search_near() */
    size_t nears;
    struct buf canonical;   /* the query as it was understood */
    struct buf explanation; /* lines, only if asked for */
};

#define SEARCH_RESULT_INIT       \
    ((struct search_result){     \
        .canonical = BUF_INIT,   \
        .explanation = BUF_INIT, \
    })

void search_result_release(struct search_result *result);

#endif
