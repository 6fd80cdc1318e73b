/*
 * Searches over time: a line for each, and the table that says the same.
 *
 * A line goes by steps, a step for each point of time, at the height of the
 * share that the hits have of what the archive holds of it.  Where nothing is
 * held there is neither line nor axis.
 */
#include <string.h>

#include "query/trend/trend.h"
#include "query/web/page.h"

enum {
    WIDTH = 640, /* units of the drawing */
    HEIGHT = 120,
    FOOT = 18, /* of that, for what stands below the axis */
    HEAD = 14,
    AXIS = HEIGHT - FOOT
};

static size_t
left_of(const struct trend *trend, size_t point)
{
    return point * WIDTH / trend->points;
}

static bool
is_gap(const struct trend *trend, size_t point)
{
    return !trend->point[point].held;
}

/* The first point behind a run of gaps, or of what is none. */
static size_t
end_of_run(const struct trend *trend, size_t point)
{
    const bool gap = is_gap(trend, point);

    while (point < trend->points && is_gap(trend, point) == gap)
        point++;
    return point;
}

static void
add_place(struct markup *out, size_t x, size_t y)
{
    markup_digits(out, x);
    MARKUP(out, ",");
    markup_digits(out, y);
    MARKUP(out, " ");
}

static void
add_run(struct markup *out, const struct trend *trend, size_t line,
        size_t first, size_t end)
{
    const double most = trend->line[line].most;

    MARKUP(out, "<polyline points=\"");
    for (size_t i = first; i < end; i++) {
        const double share = trend_share(trend, line, i);
        const double part = most > 0 ? share / most : 0;
        const size_t y = AXIS - (size_t)(part * (AXIS - HEAD) + .5);

        add_place(out, left_of(trend, i), y);
        add_place(out, left_of(trend, i + 1), y);
    }
    MARKUP(out, "\"/><polyline class=\"base\" points=\"");
    add_place(out, left_of(trend, first), AXIS);
    add_place(out, left_of(trend, end), AXIS);
    MARKUP(out, "\"/>\n");
}

/* Below the axis: the first point, the middle one and the last. */
static void
add_names(struct markup *out, const struct page *page,
          const struct trend *trend)
{
    const size_t last = trend->points - 1;
    const size_t shown[] = {0, last / 2, last};

    for (size_t i = 0; i < 3; i++) {
        if (i && shown[i] == shown[i - 1])
            continue;
        MARKUP(out, "<text x=\"");
        markup_digits(
            out, (left_of(trend, shown[i]) + left_of(trend, shown[i] + 1)) / 2);
        MARKUP(out, "\" y=\"115\">");
        page_date_name(out, page, trend->point[shown[i]].name);
        MARKUP(out, "</text>\n");
    }
}

static void
add_drawing(struct markup *out, const struct page *page,
            const struct trend *trend, size_t line)
{
    const char *text = page_word(page, WORD_SHARE_MOST);
    size_t end;

    MARKUP(out, "<svg viewBox=\"0 0 640 120\" direction=\"ltr\" "
                "aria-hidden=\"true\">\n");
    for (size_t i = 0; i < trend->points; i = end) {
        end = end_of_run(trend, i);
        if (!is_gap(trend, i))
            add_run(out, trend, line, i, end);
    }
    add_names(out, page, trend);
    MARKUP(out, "</svg>\n<p class=\"legend\">");
    page_until(out, &text);
    page_share(out, page, (uint64_t)(trend->line[line].most * 10000 + .5),
               10000);
    page_until(out, &text);
    MARKUP(out, "</p>\n");
}

static void
add_line(struct markup *out, const struct page *page, const struct trend *trend,
         size_t line)
{
    const struct trend_line *one = &trend->line[line];
    struct cgi_request search = CGI_REQUEST_INIT;
    const char *text = page_word(page, WORD_COUNT_FOR);

    search.text = one->query;
    search.show = SHOW_RESULTS;
    MARKUP(out, "<section><h2>");
    page_until(out, &text);
    page_count(out, page, one->total);
    page_until(out, &text);
    MARKUP(out, "<q dir=\"auto\"><a ");
    page_href(out, &search);
    MARKUP(out, ">");
    markup_string(out, one->query);
    MARKUP(out, "</a></q>");
    page_until(out, &text);
    MARKUP(out, "</h2>\n");
    if (trend->points)
        add_drawing(out, page, trend, line);
    MARKUP(out, "</section>\n");
}

static void
add_head(struct markup *out, const struct page *page, const struct trend *trend)
{
    static const enum word units[] = {WORD_YEAR, WORD_MONTH, WORD_DAY};

    MARKUP(out, "<thead><tr><th scope=\"col\">");
    page_say(out, page, units[trend->by - FACET_YEAR]);
    MARKUP(out, "</th><th scope=\"col\">");
    page_say(out, page, WORD_HELD);
    MARKUP(out, "</th>");
    for (size_t i = 0; i < trend->lines; i++) {
        MARKUP(out, "<th scope=\"col\" dir=\"auto\">");
        markup_string(out, trend->line[i].query);
        MARKUP(out, "</th>");
    }
    MARKUP(out, "</tr></thead>\n");
}

static void
add_cell(struct markup *out, const struct page *page, const struct trend *trend,
         size_t line, size_t point)
{
    const uint64_t count = trend->line[line].count[point];

    MARKUP(out, "<td>");
    if (is_gap(trend, point)) {
        MARKUP(out, "\xe2\x80\x93");
    } else {
        page_number(out, page, count);
        MARKUP(out, " <small>");
        page_share(out, page, count, trend->point[point].held);
        MARKUP(out, "</small>");
    }
    MARKUP(out, "</td>");
}

static void
add_table(struct markup *out, const struct page *page,
          const struct trend *trend)
{
    MARKUP(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"");
    page_say(out, page, WORD_TREND);
    MARKUP(out, "\"><table>\n");
    add_head(out, page, trend);
    MARKUP(out, "<tbody>\n");
    for (size_t k = 0; k < trend->points; k++) {
        MARKUP(out, "<tr><th scope=\"row\">");
        page_date_name(out, page, trend->point[k].name);
        MARKUP(out, "</th><td>");
        page_number(out, page, trend->point[k].held);
        MARKUP(out, "</td>");
        for (size_t i = 0; i < trend->lines; i++)
            add_cell(out, page, trend, i, k);
        MARKUP(out, "</tr>\n");
    }
    MARKUP(out, "</tbody></table></div>\n");
}

static void
add_form(struct markup *out, const struct page *page)
{
    MARKUP(out, "<form class=\"compare\" method=\"get\">\n"
                "<label for=\"trend\">");
    page_say(out, page, WORD_TREND_LINES);
    MARKUP(out, "</label>\n<textarea id=\"trend\" name=\"trend\" rows=\"4\" "
                "cols=\"50\" dir=\"auto\">\n");
    markup_string(out, page->request->trend);
    MARKUP(out, "</textarea>\n<button>");
    page_say(out, page, WORD_TREND);
    MARKUP(out, "</button>\n</form>\n");
}

void
page_trend(struct markup *out, const struct page *page,
           const struct trend *trend)
{
    page_open(out, page, page_word(page, WORD_TREND));
    MARKUP(out, "<div class=\"trend\">\n<h1>");
    page_say(out, page, WORD_TREND);
    MARKUP(out, "</h1>\n");
    add_form(out, page);
    if (trend->cut_short) {
        MARKUP(out, "<p class=\"note\">");
        page_say(out, page, WORD_CUT_SHORT);
        MARKUP(out, "</p>\n");
    }
    for (size_t i = 0; i < trend->lines; i++)
        add_line(out, page, trend, i);
    if (trend->points)
        add_table(out, page, trend);
    MARKUP(out, "</div>\n");
    page_close(out, page);
}
