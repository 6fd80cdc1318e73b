/*
 * query/web/cgi.h - what a browser asked for, and how to ask for something
 * else.
 *
 *     q=opcon+transfer&source=The+Herald&page=2
 *        -> { SHOW_RESULTS, "opcon transfer", source "The Herald", page 2 }
 *        -> "opcon transfer" and source:"The Herald", hits 11 to 20
 *        -> back to the same string, or with one member changed to a link
 *
 * Names that we do not know are passed over, so that a link that a mailing
 * added its counters to still works.  Of a name given twice the first counts.
 * Values that cannot be right are an error: a sentence that says what is
 * allowed, and never what was sent.
 */
#ifndef QUERY_CGI_H
#define QUERY_CGI_H

#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/search/search.h"
#include "query/web/cgi_config.h"

struct renderer;

/* Longest query string that is looked at. */
#define CGI_QUERY_STRING_BYTES 8192

enum cgi_show {
    SHOW_START,   /* nothing was asked yet */
    SHOW_RESULTS, /* a query, a filter, or both */
    SHOW_ARTICLE,
    SHOW_HELP,
    SHOW_STYLE,
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
    const struct renderer *renderer;  /* of the hits; NULL: the page */
    const char *filter[FILTER_COUNT]; /* "" if not set */
    enum search_sort sort;
    unsigned page; /* from 1 */
    unsigned hits; /* on a page; 0: as configured */
    struct list owned;
};

#define CGI_REQUEST_INIT                \
    ((struct cgi_request){              \
        .text = "",                     \
        .article = "",                  \
        .filter = {"", "", "", "", ""}, \
        .page = 1,                      \
    })

/* The facet whose values a filter takes; FACET_COUNT for dates. */
enum search_facet cgi_filter_facet(enum cgi_filter filter);

/* The parameter's name, also of a filter's field in the form. */
const char *cgi_filter_name(enum cgi_filter filter);

/* "rank", "newest", ...: the value of the parameter "sort". */
const char *cgi_sort_name(enum search_sort sort);

/*
 * Parse a query string.  STATUS_LIMIT: it is too long.  STATUS_USAGE: a
 * value that cannot be right.
 */
enum status cgi_parse(struct cgi_request *request,
                      const struct cgi_config *config, const char *query,
                      struct error *err);
void cgi_request_release(struct cgi_request *request);

/* Append "?q=...", shortest form, members always in the same order. */
void cgi_link(const struct cgi_request *request, struct buf *out);

/*
 * Append the query in the query language that the words and the filters make
 * together.  What was cut or read differently goes to `notes`.
 */
void cgi_query(const struct cgi_request *request,
               const struct cgi_config *config, int64_t now, struct buf *out,
               struct list *notes);

#endif
