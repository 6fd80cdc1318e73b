/* Findings as lines, as JSON and as a calendar. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/date/calendar.h"
#include "indexer/audit/audit_parts.h"

static const char *const kinds[] = {"gap", "pause", "length", "bylines"};

static void
add_day(struct buf *out, int64_t day)
{
    int year;
    int month;
    int mday;

    calendar_date(day, &year, &month, &mday);
    buf_printf(out, "%04d-%02d-%02d", year, month, mday);
}

static void
add_days(struct buf *out, const struct audit_finding *finding)
{
    add_day(out, finding->first);
    if (finding->last != finding->first) {
        buf_add_text(out, "..");
        add_day(out, finding->last);
    } else {
        buf_printf(out, "%12s", "");
    }
}

static void
add_place(struct buf *out, const struct audit_finding *finding)
{
    const char *publication = finding->publication;

    if (!publication)
        buf_add_text(out, "all");
    else if (!*publication)
        buf_add_text(out, "(no publication)");
    else
        utf8_plain(out, publication, strlen(publication));
    if (!finding->section)
        return;
    buf_add_text(out, " / ");
    utf8_plain(out, finding->section, strlen(finding->section));
}

static void
add_what(struct buf *out, const struct audit_finding *finding)
{
    if (finding->kind == AUDIT_GAP)
        buf_printf(out, "%.0f of about %.0f articles", finding->there,
                   finding->expected);
    else if (finding->kind == AUDIT_PAUSE)
        buf_add_text(out, "no articles");
    else if (finding->kind == AUDIT_LENGTH)
        buf_printf(out, "about %.0f words instead of %.0f", finding->there,
                   finding->expected);
    else
        buf_printf(out, "%.0f%% have bylines instead of %.0f%%",
                   finding->there * 100, finding->expected * 100);
}

void
audit_print(const struct audit *audit, struct buf *out)
{
    const struct audit_totals *totals = &audit->totals;

    for (size_t i = 0; i < audit->findings; i++) {
        const struct audit_finding *finding = &audit->finding[i];

        buf_printf(out, "%-8s ", kinds[finding->kind]);
        add_days(out, finding);
        buf_add_text(out, "  ");
        add_place(out, finding);
        buf_add_text(out, ": ");
        add_what(out, finding);
        buf_add_byte(out, '\n');
    }
    buf_printf(out,
               "articles %" PRIu64 ", without a date %" PRIu64
               ", date inferred %" PRIu64 ", without a byline %" PRIu64
               "\ncaptions %" PRIu64 ", without a credit %" PRIu64 "\n",
               totals->articles, totals->undated, totals->inferred,
               totals->without_byline, totals->captions, totals->uncredited);
}

static void
add_json_text(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, ",\"%s\":", name);
    if (text)
        utf8_json(out, text, strlen(text));
    else
        buf_add_text(out, "null");
}

void
audit_print_json(const struct audit *audit, struct buf *out)
{
    const struct audit_totals *totals = &audit->totals;

    buf_add_text(out, "{\"version\":1,\"findings\":[");
    for (size_t i = 0; i < audit->findings; i++) {
        const struct audit_finding *finding = &audit->finding[i];

        buf_printf(out, "%s\n{\"kind\":\"%s\",\"first\":\"", i ? "," : "",
                   kinds[finding->kind]);
        add_day(out, finding->first);
        buf_add_text(out, "\",\"last\":\"");
        add_day(out, finding->last);
        buf_add_byte(out, '"');
        add_json_text(out, "publication", finding->publication);
        add_json_text(out, "section", finding->section);
        buf_printf(out, ",\"there\":%.2f,\"expected\":%.2f}", finding->there,
                   finding->expected);
    }
    buf_printf(out,
               "],\n\"articles\":%" PRIu64 ",\"undated\":%" PRIu64
               ",\"inferred\":%" PRIu64 ",\"without_byline\":%" PRIu64
               ",\"captions\":%" PRIu64 ",\"uncredited\":%" PRIu64 "}\n",
               totals->articles, totals->undated, totals->inferred,
               totals->without_byline, totals->captions, totals->uncredited);
}

/* --- the calendar --------------------------------------------------------- */

enum {
    CELL = 12,
    LEFT = 44,
    YEAR_HEIGHT = 8 * CELL + 16,
    YEARS_MOST = 200
};

static int
year_of(int64_t day)
{
    int year;
    int month;
    int mday;

    calendar_date(day, &year, &month, &mday);
    return year;
}

static bool
is_in_gap(const struct audit *audit, int64_t day)
{
    for (size_t i = 0; i < audit->findings; i++) {
        const struct audit_finding *finding = &audit->finding[i];

        if (finding->kind == AUDIT_GAP && finding->first <= day &&
            day <= finding->last)
            return true;
    }
    return false;
}

static void
draw_day(const struct audit *audit, int64_t day, int top, uint32_t count,
         double most, struct buf *out)
{
    const int64_t new_year = calendar_day(year_of(day), 1, 1);
    const int64_t column = (day - new_year + calendar_weekday(new_year)) / 7;
    const bool gap = is_in_gap(audit, day);

    buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"",
               LEFT + (int)column * CELL, top + calendar_weekday(day) * CELL,
               CELL - 2, CELL - 2);
    buf_printf(out, " fill=\"#14417b\" fill-opacity=\"%.2f\"",
               count ? .15 + .85 * sqrt((double)count / most) : .04);
    if (gap)
        buf_add_text(out, " stroke=\"#c0281c\" stroke-width=\"2\"");
    buf_add_text(out, "><title>");
    add_day(out, day);
    buf_printf(out, ": %u%s</title></rect>\n", (unsigned)count,
               gap ? ", a gap" : "");
}

static void
draw_year(const struct audit *audit, int year, int top, const uint32_t *count,
          double most, struct buf *out)
{
    const struct audit_totals *totals = &audit->totals;
    const int64_t end = calendar_day(year + 1, 1, 1);

    buf_printf(out, "<text x=\"0\" y=\"%d\">%d</text>\n", top + 4 * CELL, year);
    for (int64_t day = calendar_day(year, 1, 1); day < end; day++)
        if (day >= totals->first && day <= totals->last)
            draw_day(audit, day, top, count[day - totals->first], most, out);
}

void
audit_draw(const struct audit *audit, struct buf *out)
{
    const struct audit_totals *totals = &audit->totals;
    const bool dated = totals->first <= totals->last;
    const int from = dated ? year_of(totals->first) : 0;
    int years = dated ? year_of(totals->last) - from + 1 : 0;
    uint32_t *count;
    double most = 1;

    years = years > YEARS_MOST ? YEARS_MOST : years;
    count = mem_zero(dated ? (size_t)(totals->last - totals->first) + 1 : 1,
                     sizeof(*count));
    for (size_t i = 0; i < audit->articles; i++) {
        uint32_t *day = &count[audit->article[i].day - totals->first];

        most = fmax(most, ++*day);
    }
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d "
               "%d\" font-family=\"sans-serif\" font-size=\"13\">\n"
               "<title>Articles a day</title>\n",
               LEFT + 54 * CELL, years * YEAR_HEIGHT);
    for (int i = 0; i < years; i++)
        draw_year(audit, from + i, i * YEAR_HEIGHT, count, most, out);
    buf_add_text(out, "</svg>\n");
    free(count);
}
