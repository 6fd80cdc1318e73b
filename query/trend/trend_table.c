/* A trend for programs: rows of a table, and JSON. */
#include <inttypes.h>
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/render.h"
#include "query/render/renderers.h"
#include "query/trend/trend.h"

void
trend_print_table(const struct trend *trend, char between, struct buf *out)
{
    struct buf query = BUF_INIT;

    buf_printf(out, "query%c%s%carticles%cheld%cshare\n", between,
               search_facet_name(trend->by), between, between, between);
    for (size_t i = 0; i < trend->lines; i++) {
        buf_clear(&query);
        utf8_plain(&query, trend->line[i].query, strlen(trend->line[i].query));
        for (size_t k = 0; k < trend->points; k++) {
            const struct trend_point *point = &trend->point[k];

            render_table_value(out, &query, between);
            buf_printf(out, "%c%s%c%" PRIu64 "%c%" PRIu64 "%c", between,
                       point->name, between, trend->line[i].count[k], between,
                       point->held, between);
            if (point->held)
                buf_printf(out, "%.6f", trend_share(trend, i, k));
            buf_add_byte(out, '\n');
        }
    }
    buf_release(&query);
}

static void
add_line(const struct trend *trend, const struct trend_line *line,
         struct buf *out)
{
    buf_add_text(out, "{\"query\":");
    utf8_json(out, line->query, strlen(line->query));
    buf_printf(out,
               ",\"total\":%" PRIu64 ",\"undated\":%" PRIu64 ",\"counts\":[",
               line->total, line->undated);
    for (size_t k = 0; k < trend->points; k++)
        buf_printf(out, "%s%" PRIu64, k ? "," : "", line->count[k]);
    buf_add_text(out, "]}");
}

void
trend_print_json(const struct trend *trend, struct buf *out)
{
    buf_printf(out,
               "{\"version\":%d,\"by\":\"%s\",\"articles\":%" PRIu64
               ",\"cut_short\":%s,\"points\":[",
               RENDER_VERSION, search_facet_name(trend->by), trend->articles,
               trend->cut_short ? "true" : "false");
    for (size_t k = 0; k < trend->points; k++)
        buf_printf(out, "%s{\"date\":\"%s\",\"held\":%" PRIu64 "}",
                   k ? "," : "", trend->point[k].name, trend->point[k].held);
    buf_add_text(out, "],\"trends\":[");
    for (size_t i = 0; i < trend->lines; i++) {
        buf_add_text(out, i ? "," : "");
        add_line(trend, &trend->line[i], out);
    }
    buf_add_text(out, "]}\n");
}
