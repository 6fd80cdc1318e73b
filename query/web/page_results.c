/*
 * The page of hits: what was found, what it could be narrowed to, and the
 * ways on from here.
 */
#include <string.h>

#include "query/render/render.h"
#include "query/search/fields.h"
#include "query/web/page.h"

/* Numbers of pages shown on each side of this one. */
#define PAGES_AROUND 3

static void
add_title(struct markup *out, const struct page *page)
{
    const struct search_result *result = page->result;

    MARKUP(out, "<h1>");
    if (result->cut_short)
        MARKUP(out, "At least ");
    if (result->total)
        markup_number(out, result->total);
    else
        MARKUP(out, "No");
    if (result->total == 1)
        MARKUP(out, " article");
    else
        MARKUP(out, " articles");
    if (page->request->text[0]) {
        MARKUP(out, " for <q>");
        markup_string(out, page->request->text);
        MARKUP(out, "</q>");
    }
    MARKUP(out, "</h1>\n");
}

/* What narrows the search now, each with a link that takes it away. */
static void
add_filters(struct markup *out, const struct page *page)
{
    bool any = false;

    for (size_t i = 0; i < FILTER_COUNT; i++) {
        struct cgi_request without = *page->request;

        if (!without.filter[i][0])
            continue;
        if (!any)
            MARKUP(out, "<ul class=\"filters\" aria-label=\"Narrowed to\">\n");
        any = true;
        MARKUP(out, "<li>");
        markup_string(out, cgi_filter_name((enum cgi_filter)i));
        MARKUP(out, " <strong>");
        markup_string(out, without.filter[i]);
        MARKUP(out, "</strong> <a ");
        without.filter[i] = "";
        without.page = 1;
        page_href(out, &without);
        MARKUP(out, ">remove</a></li>\n");
    }
    if (any)
        MARKUP(out, "</ul>\n");
}

static void
add_suggestions(struct markup *out, const struct page *page)
{
    for (size_t i = 0; i < page->result->suggestions; i++) {
        struct cgi_request other = *page->request;

        other.text = page->result->suggestion[i].query;
        other.page = 1;
        MARKUP(out, "<p class=\"suggest\">Did you mean <a ");
        page_href(out, &other);
        MARKUP(out, ">");
        markup_string(out, page->result->suggestion[i].better);
        MARKUP(out, "</a>?</p>\n");
    }
}

/* When nothing was found: what asking for less would find. */
static void
add_ways(struct markup *out, const struct page *page)
{
    for (size_t i = 0; i < page->result->ways; i++) {
        const struct way *way = &page->result->way[i];
        struct cgi_request other = *page->request;

        other.text = way->query;
        other.page = 1;
        MARKUP(out, "<p class=\"way\">");
        if (*way->instead)
            MARKUP(out, "With ");
        markup_string(out, way->instead);
        if (*way->instead && *way->part)
            MARKUP(out, " instead of ");
        else if (*way->instead)
            MARKUP(out, " alone");
        else
            MARKUP(out, "Without ");
        markup_string(out, way->part);
        MARKUP(out, ": <a ");
        page_href(out, &other);
        MARKUP(out, ">");
        markup_number(out, way->total);
        if (way->total == 1)
            MARKUP(out, " article</a></p>\n");
        else
            MARKUP(out, " articles</a></p>\n");
    }
}

static void
add_note_list(struct markup *out, const struct list *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        MARKUP(out, "<li>");
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
    if (page->result->cut_short)
        MARKUP(out, "<li>The search took too long and was ended early; there "
                    "may be better hits. Narrow it.</li>\n");
    add_note_list(out, page->notes);
    add_note_list(out, &page->result->notes);
    MARKUP(out, "</ul>\n");
}

static void
add_sorts(struct markup *out, const struct page *page)
{
    const char *title;

    MARKUP(out, "<nav class=\"sorts\" aria-label=\"Order\"><ul>\n");
    for (int i = 0; (title = search_sort_title((enum search_sort)i)); i++) {
        struct cgi_request other = *page->request;

        other.sort = (enum search_sort)i;
        other.page = 1;
        MARKUP(out, "<li><a ");
        page_href(out, &other);
        if (page->request->sort == other.sort)
            MARKUP(out, " aria-current=\"true\"");
        MARKUP(out, ">");
        markup_string(out, title);
        MARKUP(out, "</a></li>\n");
    }
    MARKUP(out, "</ul></nav>\n");
}

static void
add_hit_line(struct markup *out, const struct hit *hit)
{
    MARKUP(out, "<p class=\"where\">");
    page_date(out, &hit->published);
    if (hit->publication.size) {
        MARKUP(out, " \xc2\xb7 ");
        markup_buf(out, &hit->publication);
    }
    if (hit->section.size) {
        MARKUP(out, " \xc2\xb7 ");
        markup_buf(out, &hit->section);
    }
    if (hit->byline.size) {
        MARKUP(out, " \xc2\xb7 <span class=\"by\">");
        markup_buf(out, &hit->byline);
        MARKUP(out, "</span>");
    }
    MARKUP(out, "</p>\n");
}

static void
add_hit(struct markup *out, const struct page *page, const struct hit *hit)
{
    struct cgi_request article = *page->request; /* for the way back */

    article.article = hit->key.data;
    MARKUP(out, "<li");
    if (hit->language.size) {
        MARKUP(out, " lang=\"");
        markup_buf(out, &hit->language);
        MARKUP(out, "\"");
    }
    MARKUP(out, ">\n<h2><a ");
    page_href(out, &article);
    MARKUP(out, ">");
    if (hit->headline.text.size)
        markup_marked(out, &hit->headline, 0, hit->headline.text.size);
    else
        MARKUP(out, "(no headline)");
    MARKUP(out, "</a></h2>\n");
    add_hit_line(out, hit);
    if (hit->snippet.text.size) {
        MARKUP(out, "<p>");
        if (hit->snippet.cut_before)
            MARKUP(out, "\xe2\x80\xa6\xc2\xa0");
        markup_marked(out, &hit->snippet, 0, hit->snippet.text.size);
        if (hit->snippet.cut_after)
            MARKUP(out, "\xc2\xa0\xe2\x80\xa6");
        MARKUP(out, "</p>\n");
    }
    MARKUP(out, "</li>\n");
}

static void
add_page_link(struct markup *out, const struct page *page, unsigned number,
              const char *name)
{
    struct cgi_request other = *page->request;

    other.page = number;
    MARKUP(out, "<li><a ");
    page_href(out, &other);
    if (name && number < page->request->page)
        MARKUP(out, " rel=\"prev\"");
    else if (name)
        MARKUP(out, " rel=\"next\"");
    if (number == page->request->page)
        MARKUP(out, " aria-current=\"page\"");
    MARKUP(out, ">");
    if (name)
        markup_string(out, name);
    else
        markup_digits(out, number);
    MARKUP(out, "</a></li>\n");
}

static void
add_pages(struct markup *out, const struct page *page)
{
    uint64_t hits =
        page->request->hits ? page->request->hits : page->config->hits;
    uint64_t all = (page->result->total + hits - 1) / hits;
    unsigned last =
        all > page->config->pages ? page->config->pages : (unsigned)all;
    unsigned here = page->request->page;
    unsigned from = here > PAGES_AROUND ? here - PAGES_AROUND : 1;
    unsigned to = here + PAGES_AROUND < last ? here + PAGES_AROUND : last;

    if (last < 2)
        return;
    MARKUP(out, "<nav class=\"pages\" aria-label=\"Pages\"><ul>\n");
    if (here > 1)
        add_page_link(out, page, here - 1, "previous");
    for (unsigned number = from; number <= to; number++)
        add_page_link(out, page, number, NULL);
    if (here < last)
        add_page_link(out, page, here + 1, "next");
    MARKUP(out, "</ul></nav>\n");
}

static void
add_formats(struct markup *out, const struct page *page)
{
    const struct renderer *row = NULL;

    MARKUP(out, "<nav class=\"formats\" aria-label=\"Formats\">"
                "<p>These hits as</p><ul>\n");
    while ((row = renderer_offered(row, RENDER_LINK)) != NULL) {
        struct cgi_request other = *page->request;

        other.renderer = row;
        MARKUP(out, "<li><a ");
        page_href(out, &other);
        MARKUP(out, ">");
        markup_string(out, row->title);
        MARKUP(out, "</a></li>\n");
    }
    MARKUP(out, "</ul></nav>\n");
}

static void
add_hits(struct markup *out, const struct page *page)
{
    uint64_t hits =
        page->request->hits ? page->request->hits : page->config->hits;

    add_sorts(out, page);
    MARKUP(out, "<ol class=\"hits\" start=\"");
    markup_digits(out, (page->request->page - 1) * hits + 1);
    MARKUP(out, "\">\n");
    for (size_t i = 0; i < page->result->hits; i++)
        add_hit(out, page, &page->result->hit[i]);
    MARKUP(out, "</ol>\n");
    add_pages(out, page);
}

void
page_results(struct markup *out, const struct page *page)
{
    page_open(out, page, page->request->text);
    MARKUP(out, "<div class=\"results\">\n<div class=\"found\">\n");
    add_title(out, page);
    add_filters(out, page);
    add_suggestions(out, page);
    add_ways(out, page);
    add_notes(out, page);
    if (page->result->hits)
        add_hits(out, page);
    else
        page_nothing(out, page);
    MARKUP(out, "</div>\n");
    if (page->result->total) {
        MARKUP(out, "<div class=\"around\">\n");
        page_timeline(out, page);
        page_facets(out, page);
        add_formats(out, page);
        MARKUP(out, "</div>\n");
    }
    MARKUP(out, "</div>\n");
    page_close(out, page);
}
