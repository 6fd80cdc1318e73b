#include "query/web/page.h"

#include <string.h>

#include "corpus/base/utf8.h"
#include "corpus/date/calendar.h"
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

void
page_date(struct markup *out, const struct date *date)
{
    struct buf text = BUF_INIT;
    int year = 0;
    int month = 0;
    int day = 0;

    if (date->precision == DATE_NONE) {
        MARKUP(out, "undated");
        return;
    }
    date_print(date, &text);
    date_day(date, &year, &month, &day);
    MARKUP(out, "<time datetime=\"");
    markup_buf(out, &text);
    MARKUP(out, "\">");
    if (date->precision >= DATE_DAY) {
        markup_digits(out, (uint64_t)day);
        MARKUP(out, "\xc2\xa0");
    }
    if (date->precision >= DATE_MONTH) {
        markup_string(out, calendar_months[(month - 1) % 12]);
        MARKUP(out, " ");
    }
    markup_digits(out, (uint64_t)year);
    MARKUP(out, "</time>");
    buf_release(&text);
}

/* The media type alone, without the charset. */
static void
add_type(struct markup *out, const struct renderer *renderer)
{
    markup_text(out, renderer->media, strcspn(renderer->media, ";"));
}

/* The machine-readable twins of a results page. */
static void
add_alternates(struct markup *out, const struct page *page)
{
    struct cgi_request other = *page->request;
    const struct renderer *row = NULL;

    if (other.show != SHOW_RESULTS)
        return;
    while ((row = renderer_offered(row, RENDER_ALTERNATE)) != NULL) {
        other.renderer = row;
        MARKUP(out, "<link rel=\"alternate\" type=\"");
        add_type(out, row);
        MARKUP(out, "\" title=\"");
        markup_string(out, row->title);
        MARKUP(out, "\" ");
        page_href(out, &other);
        MARKUP(out, ">\n");
    }
}

static void
add_head(struct markup *out, const struct page *page, const char *title)
{
    MARKUP(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                "<meta charset=\"utf-8\">\n<title>");
    if (title && *title) {
        markup_string(out, title);
        MARKUP(out, " \xe2\x80\x93 ");
    }
    markup_string(out, page->config->site_name);
    MARKUP(out, "</title>\n<meta name=\"viewport\" "
                "content=\"width=device-width, initial-scale=1\">\n");
    if (!page->config->index || page->request->show == SHOW_RESULTS)
        MARKUP(out, "<meta name=\"robots\" content=\"noindex\">\n");
    MARKUP(out, "<link rel=\"stylesheet\" href=\"?show=style&amp;v=");
    markup_digits(out, page_style_tag());
    MARKUP(out, "\">\n");
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
    markup_string(out, name);
    MARKUP(out, "</label> <input id=\"");
    markup_string(out, name);
    MARKUP(out, "\" name=\"");
    markup_string(out, name);
    MARKUP(out, "\" size=\"10\" maxlength=\"10\" placeholder=\"YYYY-MM-DD\" "
                "pattern=\"[0-9]{4}(-[0-9]{2}){0,2}\" "
                "title=\"2014, 2014-10 or 2014-10-24\" value=\"");
    markup_string(out, page->request->filter[filter]);
    MARKUP(out, "\">\n");
}

static void
add_form(struct markup *out, const struct page *page)
{
    const struct cgi_request *request = page->request;

    MARKUP(out, "<form role=\"search\" action=\"?\" method=\"get\">\n"
                "<p class=\"ask\"><label for=\"q\">Search the archive</label> "
                "<input type=\"search\" id=\"q\" name=\"q\" maxlength=\"");
    markup_digits(out, page->config->query_bytes);
    MARKUP(out, "\" value=\"");
    markup_string(out, request->text);
    MARKUP(out, "\"> <button>Search</button></p>\n<p class=\"dates\">");
    add_date_field(out, page, FILTER_FROM);
    add_date_field(out, page, FILTER_TO);
    MARKUP(out, "<a href=\"?show=help\">Help with searching</a></p>\n");
    for (int i = 0; i < FILTER_FROM; i++)
        add_hidden(out, cgi_filter_name((enum cgi_filter)i),
                   request->filter[i]);
    if (request->sort != SORT_RANK)
        add_hidden(out, "sort", cgi_sort_name(request->sort));
    MARKUP(out, "</form>\n");
}

void
page_open(struct markup *out, const struct page *page, const char *title)
{
    add_head(out, page, title);
    MARKUP(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                "content</a>\n<header>\n<p class=\"site\"><a href=\"?\">");
    markup_string(out, page->config->site_name);
    MARKUP(out, "</a></p>\n");
    add_form(out, page);
    MARKUP(out, "</header>\n<main id=\"main\">\n");
}

void
page_close(struct markup *out, const struct page *page)
{
    (void)page;
    MARKUP(out, "</main>\n</body>\n</html>\n");
}

void
page_start(struct markup *out, const struct page *page)
{
    page_open(out, page, NULL);
    MARKUP(out,
           "<h1>How to ask</h1>\n<ul class=\"hints\">\n"
           "<li><kbd>harbour strike</kbd> finds articles with both words, in "
           "all their forms.</li>\n"
           "<li><kbd>\"harbour strike\"</kbd> finds the phrase as it is.</li>\n"
           "<li><kbd>harbour -strike</kbd> leaves articles out.</li>\n"
           "<li><kbd>hd:strike date:2014</kbd> looks into headlines of one "
           "year.</li>\n</ul>\n"
           "<p><a href=\"?show=help\">Everything that can be asked</a></p>\n");
    page_close(out, page);
}

void
page_failure(struct markup *out, const struct page *page, unsigned code,
             const char *sentence)
{
    struct cgi_request none = CGI_REQUEST_INIT;
    struct page plain = *page;

    plain.request = &none;
    page_open(out, &plain, code == 404 ? "Not found" : "That did not work");
    if (code == 404)
        MARKUP(out, "<h1>Not found</h1>\n<p>");
    else
        MARKUP(out, "<h1>That did not work</h1>\n<p>");
    markup_string(out, sentence);
    MARKUP(out, "</p>\n<p><a href=\"?\">A new search</a></p>\n");
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
