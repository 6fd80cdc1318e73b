/*
 * The page of hits: what was found, what it could be narrowed to, and the
 * ways on from here.
 */
#include <string.h>

#include "query/render/render.h"
#include "query/render/render_parts.h"
#include "query/search/fields.h"
#include "query/web/page.h"

/* Numbers of pages shown on each side of this one. */
#define PAGES_AROUND 3

static void
add_total(struct markup *out, const struct page *page)
{
    const struct search_result *result = page->result;
    const char *at_least = page_word(page, WORD_AT_LEAST);

    if (!result->total) {
        page_say(out, page, WORD_NO_ARTICLES);
        return;
    }
    if (result->cut_short)
        page_until(out, &at_least);
    page_count(out, page, result->total);
    if (result->cut_short)
        page_until(out, &at_least);
}

static void
add_title(struct markup *out, const struct page *page)
{
    const char *text = page_word(page, WORD_COUNT_FOR);

    MARKUP(out, "<h1>");
    if (page->request->text[0]) {
        page_until(out, &text);
        add_total(out, page);
        page_until(out, &text);
        MARKUP(out, "<q dir=\"auto\">");
        markup_string(out, page->request->text);
        MARKUP(out, "</q>");
        page_until(out, &text);
    } else {
        add_total(out, page);
    }
    MARKUP(out, "</h1>\n");
}

/* What narrows the search now, each with a link that takes it away. */
static void
add_filters(struct markup *out, const struct page *page)
{
    if (!cgi_is_filtered(page->request))
        return;
    MARKUP(out, "<ul class=\"filters\" aria-label=\"");
    page_say(out, page, WORD_NARROWED_TO);
    MARKUP(out, "\">\n");
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        struct cgi_request without = *page->request;

        if (!without.filter[i][0])
            continue;
        MARKUP(out, "<li>");
        page_say(out, page, page_filter_word((enum cgi_filter)i));
        MARKUP(out, " <strong><bdi>");
        markup_string(out, without.filter[i]);
        MARKUP(out, "</bdi></strong> <a ");
        without.filter[i] = "";
        without.page = 1;
        page_href(out, &without);
        MARKUP(out, ">");
        page_say(out, page, WORD_REMOVE);
        MARKUP(out, "</a></li>\n");
    }
    MARKUP(out, "</ul>\n");
}

static void
add_suggestions(struct markup *out, const struct page *page)
{
    for (size_t i = 0; i < page->result->suggestions; i++) {
        const char *text = page_word(page, WORD_DID_YOU_MEAN);
        struct cgi_request other = *page->request;

        other.text = page->result->suggestion[i].query;
        other.page = 1;
        MARKUP(out, "<p class=\"suggest\">");
        page_until(out, &text);
        MARKUP(out, "<a dir=\"auto\" ");
        page_href(out, &other);
        MARKUP(out, ">");
        markup_string(out, page->result->suggestion[i].better);
        MARKUP(out, "</a>");
        page_until(out, &text);
        MARKUP(out, "</p>\n");
    }
}

static void
add_quoted(struct markup *out, const char *text)
{
    MARKUP(out, "<bdi>");
    markup_string(out, text);
    MARKUP(out, "</bdi>");
}

/* When nothing was found: what asking for less would find. */
static void
add_way(struct markup *out, const struct page *page, const struct way *way)
{
    bool both = *way->instead && *way->part;
    const char *text = page_word(page, both            ? WORD_WITH_INSTEAD
                                       : *way->instead ? WORD_WITH_ALONE
                                                       : WORD_WITHOUT);
    struct cgi_request other = *page->request;

    other.text = way->query;
    other.page = 1;
    MARKUP(out, "<p class=\"way\">");
    page_until(out, &text);
    add_quoted(out, *way->instead ? way->instead : way->part);
    page_until(out, &text);
    if (both) {
        add_quoted(out, way->part);
        page_until(out, &text);
    }
    MARKUP(out, ": <a ");
    page_href(out, &other);
    MARKUP(out, ">");
    page_count(out, page, way->total);
    MARKUP(out, "</a></p>\n");
}

/* Sentences of the search, which are English. */
static void
add_note_list(struct markup *out, const struct list *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        MARKUP(out, "<li lang=\"en\" dir=\"auto\">");
        markup_string(out, notes->item[i]);
        MARKUP(out, "</li>\n");
    }
}

static void
add_notes(struct markup *out, const struct page *page)
{
    if (!page->notes->count && !page->result->notes.count &&
        !page->result->cut_short)
        return;
    MARKUP(out, "<ul class=\"notes\">\n");
    if (page->result->cut_short) {
        MARKUP(out, "<li>");
        page_say(out, page, WORD_CUT_SHORT);
        MARKUP(out, "</li>\n");
    }
    add_note_list(out, page->notes);
    add_note_list(out, &page->result->notes);
    MARKUP(out, "</ul>\n");
}

static void
add_sorts(struct markup *out, const struct page *page)
{
    static const enum word titles[] = {
        [SORT_RANK] = WORD_BY_RANK,
        [SORT_NEWEST] = WORD_NEWEST,
        [SORT_OLDEST] = WORD_OLDEST,
        [SORT_WORDS] = WORD_LONGEST,
    };

    if (page->result->total < 2)
        return;
    MARKUP(out, "<nav class=\"sorts\" aria-label=\"");
    page_say(out, page, WORD_ORDER);
    MARKUP(out, "\"><ul>\n");
    for (int i = 0; search_sort_title((enum search_sort)i); i++) {
        struct cgi_request other = *page->request;

        other.sort = (enum search_sort)i;
        other.page = 1;
        if (page->request->sort == other.sort) {
            MARKUP(out, "<li><span aria-current=\"true\">");
            page_say(out, page, titles[i]);
            MARKUP(out, "</span></li>\n");
            continue;
        }
        MARKUP(out, "<li><a ");
        page_href(out, &other);
        MARKUP(out, ">");
        page_say(out, page, titles[i]);
        MARKUP(out, "</a></li>\n");
    }
    MARKUP(out, "</ul></nav>\n");
}

static void
add_hit_line(struct markup *out, const struct page *page, const struct hit *hit)
{
    MARKUP(out, "<p class=\"where\">");
    page_date(out, page, &hit->published);
    if (hit->archive.size) {
        MARKUP(out, " \xc2\xb7 ");
        page_own(out, &hit->archive);
    }
    if (hit->publication.size) {
        MARKUP(out, " \xc2\xb7 ");
        page_own(out, &hit->publication);
    }
    if (hit->section.size) {
        MARKUP(out, " \xc2\xb7 ");
        page_own(out, &hit->section);
    }
    if (hit->byline.size) {
        MARKUP(out, " \xc2\xb7 <span class=\"by\">");
        page_own(out, &hit->byline);
        MARKUP(out, "</span>");
    }
    MARKUP(out, "</p>\n");
}

static void
add_hit_link(struct markup *out, const struct page *page, const struct hit *hit,
             unsigned number)
{
    struct cgi_request article = *page->request; /* for the way back */

    article.article = hit->key.data;
    article.hit = number;
    MARKUP(out, "<a ");
    page_href(out, &article);
    MARKUP(out, ">");
    if (hit->headline.text.size)
        markup_marked(out, &hit->headline, 0, hit->headline.text.size);
    else
        page_say(out, page, WORD_NO_HEADLINE);
    MARKUP(out, "</a>");
}

/* The hits of this page that tell the same story. */
static void
add_copies(struct markup *out, const struct page *page, size_t i,
           unsigned first)
{
    const struct search_result *result = page->result;
    const char *text = page_word(page, WORD_COPIES);

    if (!result->hit[i].copies)
        return;
    MARKUP(out, "<details class=\"copies\"><summary>");
    page_until(out, &text);
    page_number(out, page, result->hit[i].copies);
    markup_string(out, text);
    MARKUP(out, "</summary>\n<ul>\n");
    for (size_t j = i + 1; j < result->hits; j++) {
        const struct hit *hit = &result->hit[j];

        if (hit->copy_of != i + 1)
            continue;
        MARKUP(out, "<li");
        page_language(out, hit);
        MARKUP(out, ">");
        add_hit_link(out, page, hit, first + (unsigned)j);
        add_hit_line(out, page, hit);
        MARKUP(out, "</li>\n");
    }
    MARKUP(out, "</ul></details>\n");
}

/* Hit `i` of the page, of which the first one has number `first`. */
static void
add_hit(struct markup *out, const struct page *page, size_t i, unsigned first)
{
    const struct hit *hit = &page->result->hit[i];

    if (hit->copy_of)
        return;
    MARKUP(out, "<li value=\"");
    markup_digits(out, first + i);
    MARKUP(out, "\">\n<h2");
    page_language(out, hit);
    MARKUP(out, ">");
    add_hit_link(out, page, hit, first + (unsigned)i);
    MARKUP(out, "</h2>\n");
    add_hit_line(out, page, hit);
    if (hit->snippet.text.size) {
        MARKUP(out, "<p");
        page_language(out, hit);
        MARKUP(out, ">");
        if (hit->snippet.cut_before)
            MARKUP(out, "\xe2\x80\xa6\xc2\xa0");
        markup_marked(out, &hit->snippet, 0, hit->snippet.text.size);
        if (hit->snippet.cut_after)
            MARKUP(out, "\xc2\xa0\xe2\x80\xa6");
        MARKUP(out, "</p>\n");
    }
    add_copies(out, page, i, first);
    MARKUP(out, "</li>\n");
}

static void
add_page_link(struct markup *out, const struct page *page, unsigned number,
              const char *name)
{
    struct cgi_request other = *page->request;

    other.page = number;
    if (number == page->request->page) {
        MARKUP(out, "<li><span aria-current=\"page\">");
        page_number(out, page, number);
        MARKUP(out, "</span></li>\n");
        return;
    }
    MARKUP(out, "<li><a ");
    page_href(out, &other);
    if (name && number < page->request->page)
        MARKUP(out, " rel=\"prev\"");
    else if (name)
        MARKUP(out, " rel=\"next\"");
    MARKUP(out, ">");
    if (name)
        markup_string(out, name);
    else
        page_number(out, page, number);
    MARKUP(out, "</a></li>\n");
}

static uint64_t
hits_of(const struct page *page)
{
    return page->request->hits ? page->request->hits : page->config->hits;
}

static void
add_pages(struct markup *out, const struct page *page)
{
    uint64_t hits = hits_of(page);
    uint64_t all = (page->result->total + hits - 1) / hits;
    unsigned last =
        all > page->config->pages ? page->config->pages : (unsigned)all;
    unsigned here = page->request->page;
    unsigned from = here > PAGES_AROUND ? here - PAGES_AROUND : 1;
    unsigned to = here + PAGES_AROUND < last ? here + PAGES_AROUND : last;

    if (last < 2)
        return;
    MARKUP(out, "<nav class=\"pages\" aria-label=\"");
    page_say(out, page, WORD_PAGES);
    MARKUP(out, "\"><ul>\n");
    if (here > 1)
        add_page_link(out, page, here - 1, page_word(page, WORD_PREVIOUS));
    for (unsigned number = from; number <= to; number++)
        add_page_link(out, page, number, NULL);
    if (here < last)
        add_page_link(out, page, here + 1, page_word(page, WORD_NEXT));
    MARKUP(out, "</ul></nav>\n");
}

static void
add_hits(struct markup *out, const struct page *page)
{
    uint64_t first = (page->request->page - 1) * hits_of(page) + 1;

    MARKUP(out, "<p class=\"jump\"><a href=\"#narrow\">");
    page_say(out, page, WORD_TO_FILTERS);
    MARKUP(out, "</a></p>\n");
    add_sorts(out, page);
    MARKUP(out, "<ol class=\"hits\" start=\"");
    markup_digits(out, first);
    MARKUP(out, "\">\n");
    for (size_t i = 0; i < page->result->hits; i++)
        add_hit(out, page, i, (unsigned)first);
    MARKUP(out, "</ol>\n");
    add_pages(out, page);
}

/* What was searched, for who cites it. */
static void
add_receipt(struct markup *out, const struct page *page)
{
    struct buf receipt = BUF_INIT;

    render_receipt(&receipt, &page->result->receipt);
    if (receipt.size) {
        MARKUP(out, "<p class=\"legend\" lang=\"en\" dir=\"ltr\">");
        markup_buf(out, &receipt);
        MARKUP(out, "</p>\n");
    }
    buf_release(&receipt);
}

void
page_results(struct markup *out, const struct page *page)
{
    page_open(out, page, page->request->text);
    MARKUP(out, "<div class=\"results\">\n<div class=\"found\">\n");
    add_title(out, page);
    add_filters(out, page);
    add_suggestions(out, page);
    for (size_t i = 0; i < page->result->ways; i++)
        add_way(out, page, &page->result->way[i]);
    add_notes(out, page);
    if (page->result->hits)
        add_hits(out, page);
    else
        page_nothing(out, page);
    MARKUP(out, "</div>\n");
    if (page->result->total) {
        MARKUP(out, "<div class=\"around\" id=\"narrow\">\n");
        page_timeline(out, page);
        page_facets(out, page);
        page_formats(out, page);
        MARKUP(out, "</div>\n");
    }
    MARKUP(out, "</div>\n");
    add_receipt(out, page);
    page_close(out, page);
}
