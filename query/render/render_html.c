#include <string.h>

#include "query/render/markup.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 * A page to keep or to send: hits as a list, matches marked, nothing to load
 * from anywhere.  The page of the CGI is another matter (page.h).
 */
static void
add_hit(struct markup *page, const struct hit *hit)
{
    struct buf text = BUF_INIT;

    MARKUP(page, "<li>\n<h2>");
    if (hit->url.size) {
        MARKUP(page, "<a href=\"");
        markup_buf(page, &hit->url);
        MARKUP(page, "\" rel=\"noopener noreferrer\">");
    }
    if (hit->headline.text.size)
        markup_marked(page, &hit->headline, 0, hit->headline.text.size);
    else
        MARKUP(page, "(no headline)");
    if (hit->url.size)
        MARKUP(page, "</a>");
    MARKUP(page, "</h2>\n<p>");
    render_day(&text, &hit->published);
    if (text.size) {
        MARKUP(page, "<time datetime=\"");
        markup_buf(page, &text);
        MARKUP(page, "\">");
        markup_buf(page, &text);
        MARKUP(page, "</time> ");
    }
    markup_buf(page, &hit->publication);
    buf_clear(&text);
    render_byline(&text, hit);
    if (text.size)
        MARKUP(page, " ");
    markup_buf(page, &text);
    MARKUP(page, "</p>\n<p>");
    markup_marked(page, &hit->snippet, 0, hit->snippet.text.size);
    MARKUP(page, "</p>\n</li>\n");
    buf_release(&text);
}

void
render_html(struct buf *out, const struct search_result *result,
            const struct render_options *options)
{
    struct markup page = MARKUP_INIT;

    MARKUP(&page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                  "<meta charset=\"utf-8\">\n<title>");
    markup_string(&page, options->query);
    MARKUP(&page, "</title>\n</head>\n<body>\n<main>\n<h1>");
    markup_string(&page, options->query);
    MARKUP(&page, "</h1>\n<p>");
    markup_number(&page, result->total);
    MARKUP(&page, " of ");
    markup_number(&page, result->articles);
    MARKUP(&page, " articles</p>\n<ol start=\"");
    markup_digits(&page, options->offset + 1);
    MARKUP(&page, "\">\n");
    for (size_t i = 0; i < result->hits; i++)
        add_hit(&page, &result->hit[i]);
    MARKUP(&page, "</ol>\n</main>\n</body>\n</html>\n");
    buf_add(out, page.out.data, page.out.size);
    markup_release(&page);
}
