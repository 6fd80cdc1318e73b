/*
 * What a search can be narrowed to, as links with counts, and what may help
 * when it found nothing.
 */
#include <string.h>

#include "query/language/expr.h"
#include "query/search/fields.h"
#include "query/web/page.h"

/* Values of one facet that are shown. */
#define FACET_VALUES 6

/* Heights of a bar in the style sheet: b0 to b20. */
#define BAR_STEPS 20

/* More bars than this have no room for their names. */
#define WIDE_BARS 8

static uint64_t
largest(const struct facet *facet)
{
    uint64_t most = 1;

    for (size_t i = 0; i < facet->values; i++)
        if (facet->value[i].count > most)
            most = facet->value[i].count;
    return most;
}

static void
add_bar(struct markup *out, const struct page *page,
        const struct facet_value *value, uint64_t most)
{
    struct cgi_request narrowed = *page->request;
    uint64_t step = (value->count * BAR_STEPS + most - 1) / most;

    narrowed.filter[FILTER_FROM] = value->name;
    narrowed.filter[FILTER_TO] = value->name;
    narrowed.page = 1;
    MARKUP(out, "<li><a ");
    page_href(out, &narrowed);
    MARKUP(out, " title=\"");
    markup_string(out, value->name);
    MARKUP(out, ": ");
    markup_number(out, value->count);
    MARKUP(out, "\"><span class=\"bar b");
    markup_digits(out, step);
    MARKUP(out, "\"></span><span class=\"name\">");
    markup_string(out, value->name);
    MARKUP(out, " </span><span class=\"count\">");
    markup_number(out, value->count);
    MARKUP(out, "</span></a></li>\n");
}

/* Under bars too narrow for words, the first and the last get some. */
static void
add_ends(struct markup *out, const struct facet *facet)
{
    MARKUP(out, "<p class=\"ends\" aria-hidden=\"true\"><span>");
    markup_string(out, facet->value[0].name);
    MARKUP(out, "</span> <span>");
    markup_string(out, facet->value[facet->values - 1].name);
    MARKUP(out, "</span></p>\n");
}

/* Months once a year or less is asked for, else years. */
void
page_timeline(struct markup *out, const struct page *page)
{
    const struct facet *years = &page->result->facet[FACET_YEAR];
    const struct facet *months = &page->result->facet[FACET_MONTH];
    const struct facet *shown =
        years->values == 1 && months->values ? months : years;
    uint64_t most = largest(shown);

    if (!shown->values)
        return;
    MARKUP(out, "<nav class=\"timeline\" aria-labelledby=\"t\">"
                "<h2 id=\"t\">");
    markup_string(
        out, search_facet_title(shown == years ? FACET_YEAR : FACET_MONTH));
    MARKUP(out, "</h2>\n");
    if (shown->values > WIDE_BARS)
        MARKUP(out, "<ol class=\"dense\">\n");
    else
        MARKUP(out, "<ol>\n");
    for (size_t i = 0; i < shown->values; i++)
        add_bar(out, page, &shown->value[i], most);
    MARKUP(out, "</ol>\n");
    if (shown->values > WIDE_BARS)
        add_ends(out, shown);
    MARKUP(out, "</nav>\n");
}

unsigned
page_facet_set(void)
{
    unsigned set = 1u << FACET_YEAR | 1u << FACET_MONTH;

    for (int i = 0; i < FILTER_FROM; i++)
        set |= 1u << cgi_filter_facet((enum cgi_filter)i);
    return set;
}

/* An estimate has two digits and says that it is one. */
static void
add_count(struct markup *out, const struct facet *facet, uint64_t count)
{
    uint64_t unit = 1;

    if (!facet->about) {
        markup_number(out, count);
        return;
    }
    while (count / unit >= 100)
        unit *= 10;
    MARKUP(out, "about ");
    markup_number(out, (count + unit / 2) / unit * unit);
}

static void
add_facet(struct markup *out, const struct page *page, enum cgi_filter filter)
{
    enum search_facet which = cgi_filter_facet(filter);
    const struct facet *facet = &page->result->facet[which];
    struct cgi_request narrowed = *page->request;

    narrowed.page = 1;
    MARKUP(out, "<h2>");
    markup_string(out, search_facet_title(which));
    MARKUP(out, "</h2>\n<ul>\n");
    for (size_t i = 0; i < facet->values && i < FACET_VALUES; i++) {
        narrowed.filter[filter] = facet->value[i].name;
        MARKUP(out, "<li><a ");
        page_href(out, &narrowed);
        MARKUP(out, ">");
        markup_string(out, facet->value[i].name);
        MARKUP(out, "</a> <span class=\"count\">");
        add_count(out, facet, facet->value[i].count);
        MARKUP(out, "</span></li>\n");
    }
    MARKUP(out, "</ul>\n");
}

void
page_facets(struct markup *out, const struct page *page)
{
    MARKUP(out, "<nav class=\"facets\" aria-label=\"Narrow the search\">\n");
    for (int i = 0; i < FILTER_FROM; i++) {
        enum cgi_filter filter = (enum cgi_filter)i;

        if (page->result->facet[cgi_filter_facet(filter)].values &&
            !page->request->filter[filter][0])
            add_facet(out, page, filter);
    }
    MARKUP(out, "</nav>\n");
}

static void
add_way_out(struct markup *out, const struct cgi_request *request,
            const char *what, const char *text)
{
    MARKUP(out, "<li>");
    markup_string(out, what);
    MARKUP(out, " <a ");
    page_href(out, request);
    MARKUP(out, ">");
    markup_string(out, text);
    MARKUP(out, "</a></li>\n");
}

/* One link for each part of the query: the query without it. */
static void
add_shorter_queries(struct markup *out, const struct page *page)
{
    struct list notes = LIST_INIT;
    struct expr_limits limits = EXPR_LIMITS_DEFAULT;
    struct expr *expr =
        expr_parse(page->request->text, strlen(page->request->text), page->now,
                   &limits, &notes);
    size_t parts = expr && expr->kind == EXPR_AND ? expr->children : 0;

    for (size_t i = 0; i < parts && parts > 1; i++) {
        struct cgi_request other = *page->request;
        struct expr *rest = expr_new(EXPR_AND, NULL);
        struct buf text = BUF_INIT;

        rest->flags = expr->flags;
        for (size_t k = 0; k < parts; k++)
            if (k != i)
                expr_add(rest, expr_copy(expr->child[k]));
        expr_print(parts == 2 ? rest->child[0] : rest, &text);
        other.text = text.data;
        other.page = 1;
        add_way_out(out, &other, "Ask for less:", text.data);
        expr_free(rest);
        buf_release(&text);
    }
    expr_free(expr);
    list_release(&notes);
}

static void
add_fewer_filters(struct markup *out, const struct page *page)
{
    bool said = false; /* the way out of both dates */

    for (size_t i = 0; i < FILTER_COUNT; i++) {
        struct cgi_request other = *page->request;
        bool dates = i >= FILTER_FROM;

        if (!other.filter[i][0])
            continue;
        if (dates && said)
            continue;
        said = dates;
        other.filter[i] = "";
        if (dates)
            other.filter[FILTER_TO] = "";
        other.page = 1;
        add_way_out(out, &other,
                    "Look further:", dates ? "at any time" : "anywhere");
    }
}

void
page_nothing(struct markup *out, const struct page *page)
{
    struct cgi_request first = *page->request;

    if (page->result->total) {
        first.page = 1;
        MARKUP(out, "<p>There are not that many pages. <a ");
        page_href(out, &first);
        MARKUP(out, ">Go to the first</a></p>\n");
        return;
    }
    MARKUP(out, "<p>Nothing in the archive answers to all of this.</p>\n"
                "<ul class=\"ways\">\n");
    add_shorter_queries(out, page);
    add_fewer_filters(out, page);
    MARKUP(out, "<li><a href=\"?show=help\">How to ask</a></li>\n</ul>\n"
                "<p>Articles in the archive: ");
    markup_number(out, page->result->articles);
    MARKUP(out, "</p>\n");
}
