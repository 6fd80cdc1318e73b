#include <inttypes.h>
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 *   likelihood    near  archive  word
 *       312.46      57      103  transfer
 */
void
render_near_text(struct buf *out, const struct search_result *result)
{
    if (result->nears)
        buf_add_text(out, "likelihood    near  archive  word\n");
    for (size_t i = 0; i < result->nears; i++) {
        const struct collocate *near = &result->near[i];

        buf_printf(out, "%10.2f %7" PRIu64 " %8" PRIu64 "  ", near->likelihood,
                   near->near, near->archive);
        utf8_plain(out, near->word, strlen(near->word));
        buf_add_byte(out, '\n');
    }
}

void
render_near_table(struct buf *out, const struct search_result *result,
                  char between)
{
    const char *end = between == ',' ? "\r\n" : "\n";
    struct buf word = BUF_INIT;

    buf_printf(out, "word%cnear%carchive%clikelihood%s", between, between,
               between, end);
    for (size_t i = 0; i < result->nears; i++) {
        const struct collocate *near = &result->near[i];

        buf_set_text(&word, near->word);
        render_table_value(out, &word, between);
        buf_printf(out, "%c%" PRIu64 "%c%" PRIu64 "%c%.2f%s", between,
                   near->near, between, near->archive, between,
                   near->likelihood, end);
    }
    buf_release(&word);
}

static void
add_object(struct buf *out, const struct collocate *near)
{
    buf_add_text(out, "{\"word\":");
    utf8_json(out, near->word, strlen(near->word));
    buf_printf(out,
               ",\"near\":%" PRIu64 ",\"archive\":%" PRIu64
               ",\"likelihood\":%.2f}",
               near->near, near->archive, near->likelihood);
}

void
render_near_json(struct buf *out, const struct search_result *result)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < result->nears; i++) {
        buf_add_text(out, i ? ",\n" : "\n");
        add_object(out, &result->near[i]);
    }
    buf_add_byte(out, ']');
}

void
render_near_jsonl(struct buf *out, const struct search_result *result)
{
    for (size_t i = 0; i < result->nears; i++) {
        add_object(out, &result->near[i]);
        buf_add_byte(out, '\n');
    }
}
