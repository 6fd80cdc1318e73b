/*
 * query/search/search.h - a question in, ranked hits out.
 *
 * This is the one door between the archive and everything that shows
 * results (nsearch, the CGI page, tests).  Nothing above it knows what a
 * segment is or that it is an SQLite database.
 *
 *     struct search *search = NULL;
 *     struct search_request request = SEARCH_REQUEST_INIT;
 *     struct search_result result = SEARCH_RESULT_INIT;
 *
 *     status = search_open(&search, "/srv/news", err);
 *     if (!status) {
 *         request.text = "Opcon transfer";
 *         request.now = now;
 *         status = search_run(search, &request, &result, err);
 *     }
 *     ... result.hit[0 .. result.hits) ...
 *     search_result_release(&result);
 *     search_close(search);
 *
 * Nothing that a person can type into `text` is an error: what could not be
 * understood, what was dropped, and what was added stands in `notes`, one
 * sentence each.
 */
#ifndef QUERY_SEARCH_H
#define QUERY_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "corpus/date/date.h"
#include "query/language/expr.h"
#include "query/match/snippet.h"

struct search;
struct timing;

enum search_sort {
    SORT_RANK,   /* best first; ties newer first, then key */
    SORT_NEWEST, /* by date of publication; undated last */
    SORT_OLDEST, /* undated last */
    SORT_WORDS   /* longest first */
};

enum search_facet {
    FACET_SOURCE,
    FACET_BYLINE,
    FACET_SECTION,
    FACET_YEAR,
    FACET_MONTH,
    FACET_COUNT
};

/* "source", "byline", ...; what --facet takes. */
const char *search_facet_name(enum search_facet facet);

struct search_request {
    const char *text; /* as typed, NUL-terminated; any bytes */
    int64_t now;      /* UTC seconds: what "2w.." is counted from */
    size_t offset;    /* hits to pass over */
    size_t limit;     /* most hits to hand out; 0: count only */
    enum search_sort sort;
    bool exhaustive;       /* score every match, the slow and simple way */
    bool advice;           /* say what may have been meant, and what would be
                              found with less */
    bool recent;           /* let newer articles weigh more */
    bool explain;          /* fill result.explanation */
    bool explain_score;    /* fill hit.explanation */
    bool plain;            /* of a hit only key, path and offset: much faster
                              for long lists */
    bool texts;            /* fill hit.captions and hit.body */
    bool keywords;         /* fill hit.kwic, every match in its line */
    unsigned facets;       /* bits 1u << FACET_...: which to count */
    unsigned facet_looks;  /* most articles to look at for them; 0: all */
    size_t snippet_width;  /* bytes; 0: no snippets */
    unsigned time_limit;   /* milliseconds; 0: none */
    struct timing *timing; /* told where the time goes; may be NULL */
    struct expr_limits limits;
};

#define SEARCH_REQUEST_INIT            \
    ((struct search_request){          \
        .text = "",                    \
        .limit = 10,                   \
        .snippet_width = 240,          \
        .advice = true,                \
        .limits = EXPR_LIMITS_DEFAULT, \
    })

struct hit {
    struct buf key; /* the article's stable identity */
    struct buf publication;
    struct buf section;
    struct buf url; /* http or https, or empty */
    struct buf language;
    struct buf byline;   /* as printed */
    struct list authors; /* one name each */
    struct buf dateline;
    struct date published; /* DATE_NONE: undated */
    enum date_source published_from;
    struct date seen;
    struct buf path; /* the file it came from */
    uint64_t offset; /* the byte in it where the article begins */
    uint64_t words;  /* of the body */
    double score;    /* 0 when sorted otherwise */
    struct marked headline;
    struct marked snippet;
    struct buf captions; /* one line each, a credit behind a tab; only if
                            asked for */
    struct marked body;  /* only if asked for */
    struct marked *kwic; /* `kwics` lines, only if asked for; the first
                            span of each is the match */
    size_t kwics;
    struct buf explanation; /* the score as a sum, only if asked for */
};

struct facet_value {
    char *name; /* "The Herald", "2014", "2014-10" */
    uint64_t count;
};

struct facet {
    struct facet_value *value; /* `values`; most first, dates in order */
    size_t values;
    bool about; /* counted from a part of the articles that match */
};

/* What a word with few or no hits may have been meant to be. */
struct suggestion {
    char *word;   /* as typed */
    char *better; /* a word of the archive */
    char *query;  /* the whole query with it */
};

/* What would be found if a query that finds nothing asked for less. */
struct way {
    char *part;     /* is left out; empty: all but `instead` is */
    char *instead;  /* is asked for in its place; or empty */
    char *query;    /* the whole query */
    uint64_t total; /* articles that match it, at least */
};

struct search_result {
    struct hit *hit; /* `hits` of them */
    size_t hits;
    uint64_t total;    /* matching articles, all of them */
    uint64_t articles; /* in the archive */
    bool cut_short;    /* the time limit struck: `total` is a lower bound */
    bool loose;        /* not every word of the query had to match */
    struct list notes; /* sentences for stderr or the foot of a page */
    struct suggestion *suggestion;
    size_t suggestions;
    struct way *way; /* only if nothing was found */
    size_t ways;
    struct facet facet[FACET_COUNT];
    struct buf canonical;   /* the query as it was understood */
    struct buf explanation; /* lines, only if asked for */
};

#define SEARCH_RESULT_INIT       \
    ((struct search_result){     \
        .canonical = BUF_INIT,   \
        .explanation = BUF_INIT, \
    })

/*
 * Open the archive in the folder `dir`.  It shows one generation until it is
 * closed, whatever is written meanwhile.
 *
 * STATUS_ABSENT: there is no archive; the sentence says how to make one.
 * STATUS_VERSION, STATUS_DAMAGED, STATUS_IO as their names say.
 */
enum status search_open(struct search **search, const char *dir,
                        struct error *err);
/*
 * Let about so much of the archive's files count as memory of this process at
 * a time, and SQLite have as much again.  For a program of many at a time;
 * without it what has been read stays mapped, which is faster.
 */
void search_limit_memory(struct search *search, size_t bytes);

void search_close(struct search *search);

/* Run a request.  Fails only when the archive cannot be read. */
enum status search_run(struct search *search,
                       const struct search_request *request,
                       struct search_result *result, struct error *err);
void search_result_release(struct search_result *result);

/*
 * One article by its key, with its texts; `request->text` is what to mark in
 * it and may be empty.  STATUS_ABSENT if the archive does not have it.
 */
enum status search_fetch(struct search *search, const char *key,
                         const struct search_request *request, struct hit *hit,
                         struct error *err);
void hit_init(struct hit *hit);
void hit_release(struct hit *hit);

/* The values that occur in the archive for a facet, for completions. */
enum status search_values(struct search *search, enum search_facet facet,
                          struct facet *out, struct error *err);
void facet_release(struct facet *facet);

#endif
