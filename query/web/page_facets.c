/*
 * What a search can be narrowed to, as links with counts, and what may help
 * when it found nothing.
 */
#include <string.h>

#include "query/render/render.h"
#include "query/search/fields.h"
#include "query/web/page.h"

/* Values of one facet that are shown. */
#define FACET_VALUES 6

enum word
page_filter_word(enum cgi_filter filter)
{
    static const enum word words[FILTER_COUNT] = {
        [FILTER_SOURCE] = WORD_SOURCE, [FILTER_SECTION] = WORD_SECTION,
        [FILTER_BYLINE] = WORD_BYLINE, [FILTER_FROM] = WORD_FROM,
        [FILTER_TO] = WORD_TO,
    };

    return words[filter];
}

unsigned
page_facet_set(void)
{
    unsigned set = 1u << FACET_YEAR | 1u << FACET_MONTH | 1u << FACET_DAY;

    for (int i = 0; i < FILTER_FROM; i++)
        set |= 1u << cgi_filter_facet((enum cgi_filter)i);
    return set;
}

/* An estimate has two digits and says that it is one. */
static void
add_count(struct markup *out, const struct page *page,
          const struct facet *facet, uint64_t count)
{
    const char *about = page_word(page, WORD_ABOUT);
    uint64_t unit = 1;

    MARKUP(out, " <span class=\"count\">");
    if (!facet->about) {
        page_number(out, page, count);
    } else {
        while (count / unit >= 100)
            unit *= 10;
        page_until(out, &about);
        page_number(out, page, (count + unit / 2) / unit * unit);
        page_until(out, &about);
    }
    MARKUP(out, "</span></li>\n");
}

/* What all articles have narrows nothing. */
static void
add_value(struct markup *out, const struct page *page, enum cgi_filter filter,
          const struct facet_value *value)
{
    struct cgi_request narrowed = *page->request;
    bool linked = value->count < page->result->total &&
                  strlen(value->name) <= CGI_FILTER_BYTES;

    narrowed.page = 1;
    narrowed.filter[filter] = value->name;
    MARKUP(out, "<li>");
    if (linked) {
        MARKUP(out, "<a ");
        page_href(out, &narrowed);
        MARKUP(out, ">");
    }
    MARKUP(out, "<bdi>");
    markup_string(out, value->name);
    MARKUP(out, "</bdi>");
    if (linked)
        MARKUP(out, "</a>");
}

static void
add_facet(struct markup *out, const struct page *page, enum cgi_filter filter)
{
    enum search_facet which = cgi_filter_facet(filter);
    const struct facet *facet = &page->result->facet[which];

    MARKUP(out, "<h2>");
    page_say(out, page, page_filter_word(filter));
    MARKUP(out, "</h2>\n<ul>\n");
    for (size_t i = 0; i < facet->values && i < FACET_VALUES; i++) {
        add_value(out, page, filter, &facet->value[i]);
        add_count(out, page, facet, facet->value[i].count);
    }
    if (facet->none) {
        MARKUP(out, "<li><span class=\"none\">");
        page_say(out, page, WORD_NO_VALUE);
        MARKUP(out, "</span>");
        add_count(out, page, facet, facet->none);
    }
    MARKUP(out, "</ul>\n");
}

void
page_facets(struct markup *out, const struct page *page)
{
    bool any = false;

    for (int i = 0; i < FILTER_FROM; i++) {
        enum cgi_filter filter = (enum cgi_filter)i;

        if (!page->result->facet[cgi_filter_facet(filter)].values ||
            page->request->filter[filter][0])
            continue;
        if (!any) {
            MARKUP(out, "<nav class=\"facets\" aria-label=\"");
            page_say(out, page, WORD_NARROW);
            MARKUP(out, "\">\n");
        }
        any = true;
        add_facet(out, page, filter);
    }
    if (any)
        MARKUP(out, "</nav>\n");
}

/* What would be found without one of the filters. */
static void
add_wider(struct markup *out, const struct page *page,
          const struct page_wider *wider)
{
    const char *text = page_word(
        page, wider->without == FILTER_FROM ? WORD_WITHOUT_DATE : WORD_WITHOUT);

    MARKUP(out, "<p class=\"way\">");
    page_until(out, &text);
    if (wider->without != FILTER_FROM) {
        page_say(out, page, page_filter_word(wider->without));
        MARKUP(out, " <bdi>");
        markup_string(out, page->request->filter[wider->without]);
        MARKUP(out, "</bdi>");
        page_until(out, &text);
    }
    MARKUP(out, ": <a ");
    page_href(out, &wider->request);
    MARKUP(out, ">");
    page_count(out, page, wider->total);
    MARKUP(out, "</a></p>\n");
}

void
page_nothing(struct markup *out, const struct page *page)
{
    struct cgi_request first = *page->request;
    const char *text = page_word(page, WORD_IN_ARCHIVE);

    if (page->result->total) {
        first.page = 1;
        MARKUP(out, "<p>");
        page_say(out, page, WORD_TOO_FEW_PAGES);
        MARKUP(out, " <a ");
        page_href(out, &first);
        MARKUP(out, ">");
        page_say(out, page, WORD_FIRST_PAGE);
        MARKUP(out, "</a></p>\n");
        return;
    }
    MARKUP(out, "<p>");
    page_say(out, page, WORD_NOTHING);
    MARKUP(out, "</p>\n");
    for (size_t i = 0; i < page->widers; i++)
        add_wider(out, page, &page->wider[i]);
    MARKUP(out, "<p><a href=\"?show=help\">");
    page_say(out, page, WORD_HOW_TO_ASK);
    MARKUP(out, "</a></p>\n<p>");
    page_until(out, &text);
    page_number(out, page, page->result->articles);
    page_until(out, &text);
    MARKUP(out, "</p>\n");
}

void
page_format(struct markup *out, const struct cgi_request *request,
            const struct renderer *row)
{
    struct cgi_request other = *request;

    other.renderer = row;
    MARKUP(out, "<li><a ");
    page_href(out, &other);
    MARKUP(out, ">");
    markup_string(out, row->title);
    MARKUP(out, "</a></li>\n");
}

/* All formats that are offered so, each with a link. */
static void
add_list(struct markup *out, const struct cgi_request *request, unsigned offer)
{
    const struct renderer *row = NULL;

    MARKUP(out, "<ul>\n");
    while ((row = renderer_offered(row, offer)) != NULL)
        page_format(out, request, row);
    MARKUP(out, "</ul>\n");
}

void
page_formats(struct markup *out, const struct page *page)
{
    struct cgi_request other = *page->request;
    uint64_t most = page->config->export_hits;
    bool all = page->result->total <= most;
    const char *text = page_word(page, all ? WORD_ALL_HITS : WORD_FIRST_HITS);

    MARKUP(out, "<section class=\"formats\" aria-labelledby=\"all\">\n"
                "<h2 id=\"all\">");
    page_until(out, &text);
    if (!all)
        page_number(out, page, most);
    page_until(out, &text);
    MARKUP(out, "</h2>\n");
    other.page = 1;
    other.hits = CGI_ALL_HITS;
    add_list(out, &other, RENDER_EXPORT);
    other.hits = page->request->hits;
    MARKUP(out, "<h2>");
    page_say(out, page, WORD_SUBSCRIBE);
    MARKUP(out, "</h2>\n");
    add_list(out, &other, RENDER_FEED);
    MARKUP(out, "</section>\n");
}
