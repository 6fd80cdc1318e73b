/*
 * query/web/page.h - the pages of nsearch.cgi.
 *
 * Each function appends one whole document to `page` (markup.h).  Pages are
 * HTML without a script: every state is a link, every choice a link or a
 * form that is sent by GET.  All links begin with '?', so a page works
 * wherever the program is mounted.
 *
 * A link keeps its word: a count beside it is that of the hits behind it, and
 * what would lead to nothing, or to where one is, is no link.
 *
 * A new page is one function here, one file page_NAME.c, and one row in the
 * table of visit.c.  What pages say is in words.h.
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
#include "query/web/words.h"

struct trend;

/* What asking without one of its filters would find. */
struct page_wider {
    struct cgi_request request;
    enum cgi_filter without; /* FILTER_FROM: both dates */
    uint64_t total;
};

/* The articles before and after one among the hits. */
struct page_neighbours {
    const struct hit *before; /* or NULL */
    const struct hit *after;
    uint64_t total; /* hits; 0: it is not known to be one */
};

/* What a page is made from; all of it borrowed. */
struct page {
    const struct cgi_config *config;
    const struct cgi_request *request;
    const struct words *words;
    int64_t now;
    const struct search_result *result; /* of page_results(); of page_start():
                                           the newest, and what there is */
    const struct list *notes;           /* of page_results() */
    const struct page_wider *wider;     /* `widers`, if nothing was found */
    size_t widers;
    const struct hit *hit; /* of page_article() */
    struct page_neighbours neighbours;
    const struct search_result *like; /* what is like it, or NULL */
    uint64_t same_day; /* articles of its source and day; 0 or 1: no others */
};

void page_start(struct markup *out, const struct page *page);
void page_results(struct markup *out, const struct page *page);
void page_article(struct markup *out, const struct page *page);
void page_help(struct markup *out, const struct page *page);
void page_trend(struct markup *out, const struct page *page,
                const struct trend *trend);

/* Tell of a failure; the form keeps what was asked.  `english` is a sentence
 * that is in no table, or NULL: then it is `word`. */
void page_failure(struct markup *out, const struct page *page, unsigned code,
                  enum word word, const char *english);

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

/* One of a list: a link to what a request finds, in a format. */
void page_format(struct markup *out, const struct cgi_request *request,
                 const struct renderer *row);

/* What a page says: all of it, or up to the next place for something, "{}";
 * then `*text` is the rest. */
const char *page_word(const struct page *page, enum word word);
void page_say(struct markup *out, const struct page *page, enum word word);
void page_until(struct markup *out, const char **text);

/* 12,345 as the language has it; and "12,345 articles". */
void page_number(struct markup *out, const struct page *page, uint64_t number);
void page_count(struct markup *out, const struct page *page, uint64_t number);
void page_length(struct markup *out, const struct page *page, uint64_t words);

/* A share of a hundred in hundredths: "0.69%". */
void page_share(struct markup *out, const struct page *page, uint64_t part,
                uint64_t whole);

/* <time datetime="2014-10-24">24 October 2014</time>, or "undated". */
void page_date(struct markup *out, const struct page *page,
               const struct date *date);

/* "2014-10" as the language has it. */
void page_date_name(struct markup *out, const struct page *page,
                    const char *name);

/* Text of the archive inside ours: a direction of its own. */
void page_own(struct markup *out, const struct buf *text);

/* lang="..." dir="auto" of a hit. */
void page_language(struct markup *out, const struct hit *hit);

/* The part of the results page that narrows: timeline, facets; and the bits
 * of search_request.facets that it needs. */
unsigned page_facet_set(void);
void page_timeline(struct markup *out, const struct page *page);
void page_facets(struct markup *out, const struct page *page);

/* The name of a filter's or facet's values. */
enum word page_filter_word(enum cgi_filter filter);

/* What could help when nothing was found. */
void page_nothing(struct markup *out, const struct page *page);

/* What takes hits along: formats and feeds. */
void page_formats(struct markup *out, const struct page *page);

/* The body of an article, from and to which byte a part of it goes, and how
 * many parts there are. */
size_t page_part(const struct hit *hit, size_t part, size_t *from, size_t *to);

#endif
