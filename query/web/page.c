#include "query/web/page.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/render.h"

void
page_href(struct markup *out, const struct cgi_request *request)
{
    struct buf link = BUF_INIT;

    cgi_link(request, &link);
    MARKUP(out, "href=\"");
    markup_buf(out, &link);
    MARKUP(out, "\"");
    buf_release(&link);
}

/* The media type alone, without the charset. */
static void
add_type(struct markup *out, const struct renderer *renderer)
{
    markup_text(out, renderer->media, strcspn(renderer->media, ";"));
}

/* The machine-readable twins of a page: of hits or of one article. */
static void
add_alternates(struct markup *out, const struct page *page)
{
    struct cgi_request other = *page->request;
    const struct renderer *row = NULL;
    bool article = other.show == SHOW_ARTICLE;

    if (other.show != SHOW_RESULTS && !article)
        return;
    if (article) {
        other = CGI_REQUEST_INIT;
        other.article = page->request->article;
    }
    other.hit = 0;
    while ((row = renderer_offered(row, RENDER_ALTERNATE)) != NULL) {
        if (article && (row->offers & RENDER_FEED))
            continue;
        other.renderer = row;
        if (row->offers & RENDER_FEED)
            other.page = 1;
        MARKUP(out, "<link rel=\"alternate\" type=\"");
        add_type(out, row);
        MARKUP(out, "\" title=\"");
        markup_string(out, row->title);
        MARKUP(out, "\" ");
        page_href(out, &other);
        MARKUP(out, ">\n");
    }
}

/* The site's own sheet comes after ours, and so before it. */
static void
add_styles(struct markup *out, const struct page *page)
{
    MARKUP(out, "<link rel=\"stylesheet\" href=\"?show=style&amp;v=");
    markup_digits(out, page_style_tag());
    MARKUP(out, "\">\n");
    if (page->config->style.size) {
        MARKUP(out, "<link rel=\"stylesheet\" href=\"?show=site-style&amp;v=");
        markup_digits(out, page->config->style_tag);
        MARKUP(out, "\">\n");
    }
}

static void
add_head(struct markup *out, const struct page *page, const char *title)
{
    MARKUP(out, "<!DOCTYPE html>\n<html lang=\"");
    markup_string(out, page->words->code);
    if (page->words->right_to_left)
        MARKUP(out, "\" dir=\"rtl");
    MARKUP(out, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    if (title && *title) {
        markup_string(out, title);
        MARKUP(out, " \xe2\x80\x93 ");
    }
    markup_string(out, page->config->site_name);
    MARKUP(out, "</title>\n<meta name=\"viewport\" "
                "content=\"width=device-width, initial-scale=1\">\n");
    if (!page->config->index || page->request->show == SHOW_RESULTS)
        MARKUP(out, "<meta name=\"robots\" content=\"noindex\">\n");
    add_styles(out, page);
    if (page->config->base_url) {
        MARKUP(out, "<link rel=\"search\" "
                    "type=\"application/opensearchdescription+xml\" title=\"");
        markup_string(out, page->config->site_name);
        MARKUP(out, "\" href=\"?show=opensearch\">\n");
    }
    add_alternates(out, page);
    MARKUP(out, "</head>\n");
}

/* A filter that has no field of its own stays when the form is sent. */
static void
add_hidden(struct markup *out, const char *name, const char *value)
{
    if (!*value)
        return;
    MARKUP(out, "<input type=\"hidden\" name=\"");
    markup_string(out, name);
    MARKUP(out, "\" value=\"");
    markup_string(out, value);
    MARKUP(out, "\">\n");
}

static void
add_date_field(struct markup *out, const struct page *page,
               enum cgi_filter filter)
{
    const char *name = cgi_filter_name(filter);

    MARKUP(out, "<label for=\"");
    markup_string(out, name);
    MARKUP(out, "\">");
    page_say(out, page, page_filter_word(filter));
    MARKUP(out, "</label> <input id=\"");
    markup_string(out, name);
    MARKUP(out, "\" name=\"");
    markup_string(out, name);
    MARKUP(out, "\" size=\"10\" maxlength=\"10\" dir=\"ltr\" "
                "inputmode=\"numeric\" autocomplete=\"off\" "
                "placeholder=\"YYYY-MM-DD\" "
                "pattern=\"[0-9]{4}(-[0-9]{1,2}){0,2}\" title=\"");
    page_say(out, page, WORD_DATE_FORM);
    MARKUP(out, "\"");
    if (page->request->bad & 1u << filter)
        MARKUP(out, " aria-invalid=\"true\" aria-describedby=\"wrong\"");
    MARKUP(out, " value=\"");
    markup_string(out, page->request->filter[filter]);
    MARKUP(out, "\">\n");
}

static void
add_form(struct markup *out, const struct page *page)
{
    const struct cgi_request *request = page->request;

    MARKUP(out, "<form role=\"search\" action=\"?\" method=\"get\">\n"
                "<p class=\"ask\"><label for=\"q\">");
    page_say(out, page, WORD_SEARCH_ARCHIVE);
    MARKUP(out, "</label> <input type=\"search\" id=\"q\" name=\"q\" "
                "dir=\"auto\" maxlength=\"");
    markup_digits(out, page->config->query_bytes);
    MARKUP(out, "\" value=\"");
    markup_string(out, request->text);
    MARKUP(out, "\"> <button>");
    page_say(out, page, WORD_SEARCH);
    MARKUP(out, "</button></p>\n<p class=\"dates\">");
    add_date_field(out, page, FILTER_FROM);
    add_date_field(out, page, FILTER_TO);
    if (request->show != SHOW_HELP) {
        MARKUP(out, "<a href=\"?show=help\">");
        page_say(out, page, WORD_HELP);
        MARKUP(out, "</a>");
    }
    MARKUP(out, "</p>\n");
    for (int i = 0; i < FILTER_FROM; i++)
        add_hidden(out, cgi_filter_name((enum cgi_filter)i),
                   request->filter[i]);
    if (request->sort != SORT_RANK)
        add_hidden(out, "sort", cgi_sort_name(request->sort));
    MARKUP(out, "</form>\n");
}

static void
add_masthead(struct markup *out, const struct page *page)
{
    bool here = page->request->show == SHOW_START && !page->request->bad;

    MARKUP(out, "<p class=\"site\">");
    if (!here)
        MARKUP(out, "<a href=\"?\">");
    if (page->config->logo.size) {
        MARKUP(out, "<img class=\"logo\" alt=\"\" src=\"?show=logo&amp;v=");
        markup_digits(out, page->config->logo_tag);
        MARKUP(out, "\"> ");
    }
    markup_string(out, page->config->site_name);
    if (!here)
        MARKUP(out, "</a>");
    MARKUP(out, "</p>\n");
}

void
page_open(struct markup *out, const struct page *page, const char *title)
{
    add_head(out, page, title);
    MARKUP(out, "<body>\n<a class=\"skip\" href=\"#main\">");
    page_say(out, page, WORD_SKIP);
    MARKUP(out, "</a>\n<header>\n");
    add_masthead(out, page);
    add_form(out, page);
    MARKUP(out, "</header>\n<main id=\"main\">\n");
}

/* The site's imprint and whatever else it has to say everywhere: a text, and
 * links, each "ADDRESS NAME". */
static void
add_footer(struct markup *out, const struct page *page)
{
    const struct list *links = &page->config->footer_link;
    const char *text = page->config->footer;

    if (!text && !links->count)
        return;
    MARKUP(out, "<footer class=\"site-footer\">\n");
    if (text) {
        MARKUP(out, "<p>");
        markup_string(out, text);
        MARKUP(out, "</p>\n");
    }
    if (links->count)
        MARKUP(out, "<ul>\n");
    for (size_t i = 0; i < links->count; i++) {
        size_t size = strcspn(links->item[i], " ");

        MARKUP(out, "<li><a href=\"");
        markup_text(out, links->item[i], size);
        MARKUP(out, "\">");
        markup_string(out, links->item[i] + size + 1);
        MARKUP(out, "</a></li>\n");
    }
    if (links->count)
        MARKUP(out, "</ul>\n");
    MARKUP(out, "</footer>\n");
}

void
page_close(struct markup *out, const struct page *page)
{
    MARKUP(out, "</main>\n");
    add_footer(out, page);
    MARKUP(out, "</body>\n</html>\n");
}

void
page_failure(struct markup *out, const struct page *page, unsigned code,
             enum word word, const char *english)
{
    struct cgi_request kept = *page->request;
    struct page plain = *page;
    enum word title = code == 404 ? WORD_NOT_FOUND : WORD_DID_NOT_WORK;

    kept.show = SHOW_START;
    if (code != 400) {
        kept = CGI_REQUEST_INIT;
        kept.show = SHOW_RESULTS; /* so that there is a way home */
    }
    plain.request = &kept;
    page_open(out, &plain, page_word(page, title));
    MARKUP(out, "<h1>");
    page_say(out, page, title);
    MARKUP(out, "</h1>\n<p id=\"wrong\" role=\"alert\"");
    if (english) {
        MARKUP(out, " lang=\"en\">");
        markup_string(out, english);
    } else {
        MARKUP(out, ">");
        page_say(out, page, word);
    }
    MARKUP(out, "</p>\n<p><a href=\"?\">");
    page_say(out, page, WORD_NEW_SEARCH);
    MARKUP(out, "</a></p>\n");
    page_close(out, page);
}

void
page_description(struct markup *out, const struct page *page)
{
    const char *base = page->config->base_url;
    const struct renderer *row = NULL;

    MARKUP(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<OpenSearchDescription "
                "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>");
    markup_text(
        out, page->config->site_name,
        utf8_cut(page->config->site_name, strlen(page->config->site_name), 16));
    MARKUP(out, "</ShortName>\n<Description>Search ");
    markup_string(out, page->config->site_name);
    MARKUP(out, "</Description>\n<InputEncoding>UTF-8</InputEncoding>\n"
                "<Url type=\"text/html\" template=\"");
    markup_string(out, base);
    MARKUP(out, "?q={searchTerms}&amp;page={startPage?}\"/>\n");
    while ((row = renderer_offered(row, RENDER_ALTERNATE)) != NULL) {
        MARKUP(out, "<Url type=\"");
        add_type(out, row);
        MARKUP(out, "\" template=\"");
        markup_string(out, base);
        MARKUP(out, "?q={searchTerms}&amp;page={startPage?}&amp;format=");
        markup_string(out, row->name);
        MARKUP(out, "\"/>\n");
    }
    MARKUP(out, "</OpenSearchDescription>\n");
}
