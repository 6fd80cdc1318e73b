/*
 * query/web/page.h - the pages of nsearch.cgi.
 *
 * Each function appends one whole document to `page` (markup.h).  Pages are
 * HTML without a script: every state is a link, every choice a link or a
 * form that is sent by GET.  All links begin with '?', so a page works
 * wherever the program is mounted.
 *
 * A new page is one function here, one file page_NAME.c, and one row in the
 * table of nsearch_cgi.c.
 */
#ifndef QUERY_PAGE_H
#define QUERY_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/date/date.h"
#include "query/render/markup.h"
#include "query/search/search.h"
#include "query/web/cgi.h"
#include "query/web/cgi_config.h"

/* What a page is made from; all of it borrowed. */
struct page {
    const struct cgi_config *config;
    const struct cgi_request *request;
    int64_t now;
    const struct search_result *result; /* of page_results() */
    const struct list *notes;           /* of page_results() */
    const struct hit *hit;              /* of page_article() */
};

void page_start(struct markup *out, const struct page *page);
void page_results(struct markup *out, const struct page *page);
void page_article(struct markup *out, const struct page *page);
void page_help(struct markup *out, const struct page *page);

/* `sentence` is one of ours: no path, no SQL, nothing that was sent. */
void page_failure(struct markup *out, const struct page *page, unsigned code,
                  const char *sentence);

/* The OpenSearch description (needs config->base_url). */
void page_description(struct markup *out, const struct page *page);

/* Append the style sheet; a tag that changes when it does. */
void page_style(struct buf *out);
uint64_t page_style_tag(void);

/* --- parts that pages share ----------------------------------------------- */

/* From the doctype to <main>; `title` goes before the site's name and may be
 * NULL. */
void page_open(struct markup *out, const struct page *page, const char *title);
void page_close(struct markup *out, const struct page *page);

/* href="..." of a request. */
void page_href(struct markup *out, const struct cgi_request *request);

/* <time datetime="2014-10-24">24 October 2014</time>, or "undated". */
void page_date(struct markup *out, const struct date *date);

/* The part of the results page that narrows: timeline, facets; and the bits
 * of search_request.facets that it needs. */
unsigned page_facet_set(void);
void page_timeline(struct markup *out, const struct page *page);
void page_facets(struct markup *out, const struct page *page);

/* What could help when nothing was found. */
void page_nothing(struct markup *out, const struct page *page);

#endif
