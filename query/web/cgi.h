/*
 * query/web/cgi.h - what a browser asked for, and how to ask for something
 * else.
 *
 *     q=opcon+transfer&source=The+Herald&page=2
 *        -> { SHOW_RESULTS, "opcon transfer", source "The Herald", page 2 }
 *        -> "opcon transfer" of The Herald and no other, hits 11 to 20
 *        -> back to the same string, or with one member changed to a link
 *
 * Names that we do not know are passed over, so that a link that a mailing
 * added its counters to still works.  Of a name given twice the first counts.
 * Values that cannot be right are an error: a sentence that says what is
 * allowed, and never what was sent.
 */
#ifndef QUERY_CGI_H
#define QUERY_CGI_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/search/search.h"
#include "query/web/cgi_config.h"

struct renderer;

/* Longest query string that is looked at. */
#define CGI_QUERY_STRING_BYTES 8192

/* Searches that are compared over time on one page. */
#define CGI_TRENDS 6

/* Longest value of a filter; a value that is longer gets no link. */
#define CGI_FILTER_BYTES 400

/* "n=all": as many hits as can be taken along. */
#define CGI_ALL_HITS UINT_MAX

enum cgi_show {
    SHOW_START,   /* nothing was asked yet */
    SHOW_RESULTS, /* a query, a filter, or both */
    SHOW_ARTICLE,
    SHOW_TREND,
    SHOW_HELP,
    SHOW_STYLE,
    SHOW_SITE_STYLE, /* of the settings */
    SHOW_LOGO,
    SHOW_DESCRIPTION /* OpenSearch */
};

/* What narrows a search beside the words typed. */
enum cgi_filter {
    FILTER_SOURCE,
    FILTER_SECTION,
    FILTER_BYLINE,
    FILTER_FROM, /* dates: "2014", "2014-10" or "2014-10-24" */
    FILTER_TO,
    FILTER_COUNT
};

/*
 * Strings are borrowed from `owned`, or from whoever made a copy of a request
 * to ask for something else; only the request that cgi_parse() filled is
 * released.
 */
struct cgi_request {
    enum cgi_show show;
    const char *text;                 /* "" if nothing was typed */
    const char *article;              /* its key, or "" */
    const char *trend;                /* searches to compare, a line each */
    const struct renderer *renderer;  /* of the hits; NULL: the page */
    const char *filter[FILTER_COUNT]; /* "" if not set */
    unsigned bad; /* bits 1u << FILTER_...: what is there is no date */
    enum search_sort sort;
    unsigned page; /* from 1 */
    unsigned hit;  /* of an article: its number among the hits; 0: none */
    unsigned part; /* of a long article, from 1 */
    unsigned hits; /* on a page; 0: as configured; or CGI_ALL_HITS */
    struct list owned;
};

#define CGI_REQUEST_INIT                \
    ((struct cgi_request){              \
        .text = "",                     \
        .article = "",                  \
        .trend = "",                    \
        .filter = {"", "", "", "", ""}, \
        .page = 1,                      \
        .part = 1,                      \
    })

/* The facet whose values a filter takes; FACET_COUNT for dates. */
enum search_facet cgi_filter_facet(enum cgi_filter filter);

/* The parameter's name, also of a filter's field in the form. */
const char *cgi_filter_name(enum cgi_filter filter);

/* "rank", "newest", ...: the value of the parameter "sort". */
const char *cgi_sort_name(enum search_sort sort);

/*
 * Parse a query string.  STATUS_LIMIT: it is too long.  STATUS_USAGE: a
 * value that cannot be right; the rest is read all the same, so that the form
 * keeps it.
 */
enum status cgi_parse(struct cgi_request *request,
                      const struct cgi_config *config, const char *query,
                      struct error *err);
void cgi_request_release(struct cgi_request *request);

/* Is anything set that narrows the search? */
bool cgi_is_filtered(const struct cgi_request *request);

/* Are both of its dates dates, if they are there? */
bool cgi_dates_are_sound(const struct cgi_request *request);

/* The days that the two dates of a request mean, as far as they are right. */
void cgi_days(const struct cgi_request *request, int64_t *from, int64_t *to);

/* Does a link to `other` lead to where one is? */
bool cgi_same(const struct cgi_request *request,
              const struct cgi_request *other);

/* Append "?q=...", shortest form, members always in the same order. */
void cgi_link(const struct cgi_request *request, struct buf *out);

/*
 * Ask for what the request wants: `text` becomes the query, which `search`
 * then borrows as it does the filters of `request`.  What was cut or read
 * differently goes to `notes`, unless the search will tell it.
 */
void cgi_ask(const struct cgi_request *request, const struct cgi_config *config,
             struct search_request *search, struct buf *text,
             struct list *notes);

#endif
