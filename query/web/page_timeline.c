/*
 * When the articles were published: bars on a true axis, as inline SVG.
 *
 * Each bar is a link that is also text, for those who do not see it.  What is
 * empty has its place and no bar.  The height is the square root of the count,
 * so that one article beside a thousand can be seen.  A line through the bars
 * is the share that the articles have of all that the archive holds of that
 * time: many in a year may only mean that there is much of it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/search/fields.h"
#include "query/web/page.h"

enum {
    WIDTH = 320, /* units of the drawing, about as wide as beside the hits */
    HEIGHT = 120,
    FOOT = 18, /* of that, for what stands below the axis */
    HEAD = 14,
    BARS_MOST = 45, /* of more years, some are put together */
    NAMED_MOST = 8  /* bars that have room for their names */
};

/* A bar: values of a facet from one to another. */
struct bar {
    const struct facet_value *first;
    const struct facet_value *last;
    uint64_t count;
    uint64_t held;
};

struct timeline {
    enum search_facet facet;
    struct bar bar[BARS_MOST];
    size_t bars;
    uint64_t most;
    double most_share; /* of what is held; 0: that is not known */
};

/* Years; in a single one its months, and of a month its days. */
static enum search_facet
choose(const struct search_result *result)
{
    if (result->facet[FACET_YEAR].values > 1)
        return FACET_YEAR;
    if (result->facet[FACET_MONTH].values > 1)
        return FACET_MONTH;
    return FACET_DAY;
}

static double
share_of(const struct bar *bar)
{
    return bar->held ? (double)bar->count / (double)bar->held : 0;
}

/* How many years a bar stands for, and where the first of them begins: tens
 * begin with a year that ends with 0. */
static size_t
step_for(const struct facet *facet, size_t *skew)
{
    static const size_t steps[] = {1, 5, 10, 20, 50, 100, 200, 500, 1000};
    size_t i = 0;
    long first = strtol(facet->value[0].name, NULL, 10);

    for (;; i++) {
        *skew = first > 0 ? (size_t)first % steps[i] : 0;
        if ((facet->values + *skew + steps[i] - 1) / steps[i] <= BARS_MOST ||
            i + 1 == sizeof(steps) / sizeof(steps[0]))
            return steps[i];
    }
}

static void
measure(struct timeline *line, const struct search_result *result)
{
    const struct facet *facet;
    bool part = false; /* not everything that is held */
    size_t skew = 0;
    size_t step;

    *line = (struct timeline){.facet = choose(result), .most = 1};
    facet = &result->facet[line->facet];
    if (!facet->values)
        return;
    step = step_for(facet, &skew);
    for (size_t i = 0; i < facet->values; i++) {
        size_t at = (i + skew) / step;
        const struct facet_value *value = &facet->value[i];
        struct bar *bar = &line->bar[at < BARS_MOST ? at : BARS_MOST - 1];

        if (!bar->first)
            bar->first = value;
        bar->last = value;
        bar->count += value->count;
        bar->held += value->held;
        line->bars = (size_t)(bar - line->bar) + 1;
    }
    for (size_t i = 0; i < line->bars; i++) {
        if (line->bar[i].count > line->most)
            line->most = line->bar[i].count;
        if (share_of(&line->bar[i]) > line->most_share)
            line->most_share = share_of(&line->bar[i]);
        part = part || line->bar[i].count < line->bar[i].held;
    }
    if (!part)
        line->most_share = 0;
}

static void
add_name(struct markup *out, const struct page *page, const struct bar *bar)
{
    page_date_name(out, page, bar->first->name);
    if (bar->last == bar->first)
        return;
    MARKUP(out, "\xe2\x80\x93");
    page_date_name(out, page, bar->last->name);
}

static size_t
left_of(const struct timeline *line, size_t bar)
{
    return bar * WIDTH / line->bars;
}

/* The later of two first days, and the earlier of two last ones: what was
 * narrowed already stays so. */
static void
narrow(const struct page *page, struct cgi_request *request,
       const struct bar *bar)
{
    int64_t from[2];
    int64_t to[2];

    cgi_days(page->request, &from[0], &to[0]);
    request->filter[FILTER_FROM] = bar->first->name;
    request->filter[FILTER_TO] = bar->last->name;
    request->page = 1;
    cgi_days(request, &from[1], &to[1]);
    if (from[0] > from[1])
        request->filter[FILTER_FROM] = page->request->filter[FILTER_FROM];
    if (to[0] < to[1])
        request->filter[FILTER_TO] = page->request->filter[FILTER_TO];
}

static void
add_bar(struct markup *out, const struct page *page,
        const struct timeline *line, size_t number)
{
    const struct bar *bar = &line->bar[number];
    size_t left = left_of(line, number);
    size_t width = left_of(line, number + 1) - left;
    size_t room = HEIGHT - FOOT - HEAD;
    size_t height =
        (size_t)(sqrt((double)bar->count / (double)line->most) * (double)room);
    struct cgi_request narrowed = *page->request;
    bool linked = bar->count < page->result->total;

    narrow(page, &narrowed, bar);
    if (height < 2)
        height = 2;
    if (linked) {
        MARKUP(out, "<a ");
        page_href(out, &narrowed);
        MARKUP(out, ">");
    }
    MARKUP(out, "<rect x=\"");
    markup_digits(out, left);
    MARKUP(out, "\" y=\"");
    markup_digits(out, HEIGHT - FOOT - height);
    MARKUP(out, "\" width=\"");
    markup_digits(out, width > 2 ? width - 1 : width);
    MARKUP(out, "\" height=\"");
    markup_digits(out, height);
    MARKUP(out, "\"/><text x=\"");
    markup_digits(out, left + width / 2);
    MARKUP(out, "\" y=\"");
    markup_digits(out, HEIGHT - FOOT - height - 3);
    MARKUP(out, "\"><tspan>");
    add_name(out, page, bar);
    MARKUP(out, ": </tspan>");
    page_number(out, page, bar->count);
    MARKUP(out, "</text>");
    if (linked)
        MARKUP(out, "</a>");
    MARKUP(out, "\n");
}

/* From 0. */
static size_t
month_of(const char *digits)
{
    long month = strtol(digits, NULL, 10);

    return month < 1 || month > 12 ? 0 : (size_t)month - 1;
}

/* Below the axis: every name, or as many as there is room for. */
static void
add_axis(struct markup *out, const struct page *page,
         const struct timeline *line)
{
    size_t every = line->bars <= NAMED_MOST ? 1 : (line->bars + 5) / 6;

    MARKUP(out, "<g class=\"axis\" aria-hidden=\"true\">\n"
                "<path d=\"M0 102H320\"/>\n");
    for (size_t i = 0; i < line->bars; i += every) {
        const char *name = line->bar[i].first ? line->bar[i].first->name : "";
        size_t middle = (left_of(line, i) + left_of(line, i + 1)) / 2;
        const char *shown = strrchr(name, '-');

        MARKUP(out, "<text x=\"");
        markup_digits(out, middle);
        MARKUP(out, "\" y=\"115\">");
        if (line->facet == FACET_MONTH && shown)
            markup_string(out, page->words->month[month_of(shown + 1)]);
        else
            markup_string(out, shown ? shown + 1 : name);
        MARKUP(out, "</text>\n");
    }
    MARKUP(out, "</g>\n");
}

static void
add_shares(struct markup *out, const struct timeline *line)
{
    double room = HEIGHT - FOOT - HEAD;

    if (line->most_share <= 0 || line->bars < 2)
        return;
    MARKUP(out, "<polyline class=\"held\" aria-hidden=\"true\" points=\"");
    for (size_t i = 0; i < line->bars; i++) {
        double share = share_of(&line->bar[i]) / line->most_share;

        markup_digits(out, (left_of(line, i) + left_of(line, i + 1)) / 2);
        MARKUP(out, ",");
        markup_digits(out, (uint64_t)(HEIGHT - FOOT - share * room));
        MARKUP(out, " ");
    }
    MARKUP(out, "\"/>\n");
}

void
page_timeline(struct markup *out, const struct page *page)
{
    static const enum word titles[] = {WORD_YEAR, WORD_MONTH, WORD_DAY};
    const char *text = page_word(page, WORD_SHARE_MOST);
    struct timeline line;

    measure(&line, page->result);
    if (line.bars < 2)
        return;
    MARKUP(out, "<nav class=\"timeline\" aria-labelledby=\"t\">"
                "<h2 id=\"t\">");
    page_say(out, page, titles[line.facet - FACET_YEAR]);
    MARKUP(out, "</h2>\n<svg viewBox=\"0 0 320 120\" direction=\"ltr\" "
                "role=\"group\" aria-labelledby=\"t\"");
    if (line.bars > NAMED_MOST)
        MARKUP(out, " class=\"dense\"");
    MARKUP(out, ">\n");
    for (size_t i = 0; i < line.bars; i++)
        if (line.bar[i].count)
            add_bar(out, page, &line, i);
    add_shares(out, &line);
    add_axis(out, page, &line);
    MARKUP(out, "</svg>\n");
    if (line.most_share > 0) {
        MARKUP(out, "<p class=\"legend\">");
        page_until(out, &text);
        page_share(out, page, (uint64_t)(line.most_share * 10000 + .5), 10000);
        page_until(out, &text);
        MARKUP(out, "</p>\n");
    }
    if (page->request->text[0]) {
        struct cgi_request compare = CGI_REQUEST_INIT;

        compare.trend = page->request->text;
        MARKUP(out, "<p class=\"legend\"><a ");
        page_href(out, &compare);
        MARKUP(out, ">");
        page_say(out, page, WORD_TREND);
        MARKUP(out, "</a></p>\n");
    }
    MARKUP(out, "</nav>\n");
}
