/*
 * One article: everything that is kept of it, with what was searched marked.
 */
#include <string.h>

#include "query/search/fields.h"
#include "query/web/page.h"

static void
add_heading(struct markup *out, const struct hit *hit)
{
    if (hit->section.size) {
        MARKUP(out, "<p class=\"kicker\">");
        markup_buf(out, &hit->section);
        MARKUP(out, "</p>\n");
    }
    MARKUP(out, "<h1>");
    if (hit->headline.text.size)
        markup_marked(out, &hit->headline, 0, hit->headline.text.size);
    else
        MARKUP(out, "(no headline)");
    MARKUP(out, "</h1>\n");
    if (hit->byline.size) {
        MARKUP(out, "<p class=\"byline\">");
        markup_buf(out, &hit->byline);
        MARKUP(out, "</p>\n");
    }
    MARKUP(out, "<p class=\"where\">");
    page_date(out, &hit->published);
    if (hit->published.precision != DATE_NONE) {
        MARKUP(out, " <span class=\"origin\">(");
        markup_string(out, search_date_title(hit->published_from));
        MARKUP(out, ")</span>");
    }
    if (hit->publication.size) {
        MARKUP(out, " \xc2\xb7 ");
        markup_buf(out, &hit->publication);
    }
    if (hit->dateline.size) {
        MARKUP(out, " \xc2\xb7 ");
        markup_buf(out, &hit->dateline);
    }
    MARKUP(out, " \xc2\xb7 ");
    markup_number(out, hit->words);
    MARKUP(out, "\xc2\xa0words</p>\n");
}

/* The body's paragraphs, one a line. */
static void
add_body(struct markup *out, const struct hit *hit)
{
    const char *text = hit->body.text.data;
    size_t size = hit->body.text.size;
    size_t at = 0;

    while (at < size) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t stop = end ? (size_t)(end - text) : size;

        if (stop > at) {
            MARKUP(out, "<p>");
            markup_marked(out, &hit->body, at, stop);
            MARKUP(out, "</p>\n");
        }
        at = stop + 1;
    }
}

static void
add_captions(struct markup *out, const struct hit *hit)
{
    const char *line = hit->captions.data;

    if (!*line)
        return;
    MARKUP(out, "<section class=\"captions\"><h2>Pictures</h2>\n<ul>\n");
    while (*line) {
        size_t size = strcspn(line, "\n");
        const char *tab = memchr(line, '\t', size);
        size_t text = tab ? (size_t)(tab - line) : size;

        MARKUP(out, "<li>");
        markup_text(out, line, text);
        if (tab) {
            MARKUP(out, " <span class=\"credit\">");
            markup_text(out, tab + 1, size - text - 1);
            MARKUP(out, "</span>");
        }
        MARKUP(out, "</li>\n");
        line += size + (line[size] ? 1 : 0);
    }
    MARKUP(out, "</ul></section>\n");
}

static void
add_facts(struct markup *out, const struct hit *hit)
{
    MARKUP(out, "<footer>\n");
    if (article_is_web_address(hit->url.data)) {
        MARKUP(out, "<p><a rel=\"noopener nofollow noreferrer\" href=\"");
        markup_buf(out, &hit->url);
        MARKUP(out, "\">The original</a></p>\n");
    }
    if (hit->seen.precision != DATE_NONE) {
        MARKUP(out, "<p>Our copy was made on ");
        page_date(out, &hit->seen);
        MARKUP(out, ".</p>\n");
    }
    MARKUP(out, "</footer>\n");
}

void
page_article(struct markup *out, const struct page *page)
{
    const struct hit *hit = page->hit;
    struct cgi_request back = *page->request;

    page_open(out, page, hit->headline.text.data);
    if (back.text[0]) {
        back.article = "";
        MARKUP(out, "<p class=\"back\"><a ");
        page_href(out, &back);
        MARKUP(out, ">Back to the results for <q>");
        markup_string(out, back.text);
        MARKUP(out, "</q></a></p>\n");
    }
    MARKUP(out, "<article");
    if (hit->language.size) {
        MARKUP(out, " lang=\"");
        markup_buf(out, &hit->language);
        MARKUP(out, "\"");
    }
    MARKUP(out, ">\n");
    add_heading(out, hit);
    add_body(out, hit);
    add_captions(out, hit);
    add_facts(out, hit);
    MARKUP(out, "</article>\n");
    page_close(out, page);
}
