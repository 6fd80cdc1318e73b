/*
 * One article: everything that is kept of it, with what was searched marked,
 * and the ways on from it.
 */
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/render.h"
#include "query/web/page.h"

enum {
    PART_BYTES = 100000, /* of the text of an article that a page shows */
    BREAK_BYTES = 20000  /* before its end, where a part may break */
};

/* --- parts ---------------------------------------------------------------- */

/* Where the part that begins at `from` ends: after a paragraph, else after a
 * word, else between two letters. */
static size_t
end_of_part(const struct buf *text, size_t from)
{
    size_t most = from + PART_BYTES;

    if (text->size <= most)
        return text->size;
    for (size_t at = most; at > most - BREAK_BYTES; at--)
        if (text->data[at - 1] == '\n')
            return at;
    for (size_t at = most; at > most - BREAK_BYTES; at--)
        if (text->data[at - 1] == ' ')
            return at;
    return utf8_cut(text->data, text->size, most);
}

size_t
page_part(const struct hit *hit, size_t part, size_t *from, size_t *to)
{
    const struct buf *text = &hit->body.text;
    size_t parts = 0;
    size_t at = 0;

    *from = 0;
    *to = 0;
    do {
        size_t end = end_of_part(text, at);

        if (++parts == part) {
            *from = at;
            *to = end;
        }
        at = end;
    } while (at < text->size);
    return parts;
}

/* --- the article ---------------------------------------------------------- */

static enum word
origin_of(enum date_source source)
{
    static const enum word words[] = {
        [DATE_FROM_WIRE] = WORD_BY_WIRE,
        [DATE_FROM_FEED] = WORD_BY_FEED,
        [DATE_FROM_JSONLD] = WORD_BY_JSONLD,
        [DATE_FROM_META] = WORD_BY_META,
        [DATE_FROM_DATELINE] = WORD_BY_DATELINE,
        [DATE_FROM_URL] = WORD_BY_URL,
        [DATE_FROM_TEXT] = WORD_BY_TEXT,
        [DATE_FROM_FILENAME] = WORD_BY_FILENAME,
    };

    return source == DATE_FROM_NOWHERE ? WORD_BY_FEED : words[source];
}

static void
add_between(struct markup *out, const struct buf *fact)
{
    if (!fact->size)
        return;
    MARKUP(out, " \xc2\xb7 ");
    page_own(out, fact);
}

static void
add_heading(struct markup *out, const struct page *page)
{
    const struct hit *hit = page->hit;

    if (hit->section.size) {
        MARKUP(out, "<p class=\"kicker\" dir=\"auto\">");
        markup_buf(out, &hit->section);
        MARKUP(out, "</p>\n");
    }
    MARKUP(out, "<h1");
    page_language(out, hit);
    MARKUP(out, ">");
    if (hit->headline.text.size)
        markup_marked(out, &hit->headline, 0, hit->headline.text.size);
    else
        page_say(out, page, WORD_NO_HEADLINE);
    MARKUP(out, "</h1>\n");
    if (hit->byline.size) {
        MARKUP(out, "<p class=\"byline\"");
        page_language(out, hit);
        MARKUP(out, ">");
        markup_buf(out, &hit->byline);
        MARKUP(out, "</p>\n");
    }
    MARKUP(out, "<p class=\"where\">");
    page_date(out, page, &hit->published);
    if (hit->published.precision != DATE_NONE) {
        MARKUP(out, " <span class=\"origin\">(");
        page_say(out, page, origin_of(hit->published_from));
        MARKUP(out, ")</span>");
    }
    add_between(out, &hit->archive);
    add_between(out, &hit->publication);
    add_between(out, &hit->dateline);
    MARKUP(out, " \xc2\xb7 ");
    page_length(out, page, hit->words);
    MARKUP(out, "</p>\n");
}

/* The body's paragraphs, one a line, from one byte to another. */
static void
add_body(struct markup *out, const struct hit *hit, size_t from, size_t to)
{
    const char *text = hit->body.text.data;

    for (size_t at = from; at < to;) {
        const char *end = memchr(text + at, '\n', to - at);
        size_t stop = end ? (size_t)(end - text) : to;

        if (stop > at) {
            MARKUP(out, "<p");
            page_language(out, hit);
            MARKUP(out, ">");
            markup_marked(out, &hit->body, at, stop);
            MARKUP(out, "</p>\n");
        }
        at = stop + 1;
    }
}

static void
add_captions(struct markup *out, const struct page *page)
{
    const char *line = page->hit->captions.data;

    if (!*line)
        return;
    MARKUP(out, "<section class=\"captions\"><h2>");
    page_say(out, page, WORD_PICTURES);
    MARKUP(out, "</h2>\n<ul>\n");
    while (*line) {
        size_t size = strcspn(line, "\n");
        const char *tab = memchr(line, '\t', size);
        size_t text = tab ? (size_t)(tab - line) : size;

        MARKUP(out, "<li");
        page_language(out, page->hit);
        MARKUP(out, ">");
        markup_text(out, line, text);
        if (tab) {
            MARKUP(out, " <span class=\"credit\">");
            markup_text(out, tab + 1, size - text - 1);
            MARKUP(out, "</span>");
        }
        MARKUP(out, "</li>\n");
        line += size + (line[size] ? 1 : 0);
    }
    MARKUP(out, "</ul></section>\n");
}

/* --- what stands around it ------------------------------------------------ */

/* The article by itself, without what led to it. */
static struct cgi_request
itself(const struct page *page)
{
    struct cgi_request request = CGI_REQUEST_INIT;

    request.article = page->hit->key.data;
    return request;
}

static void
add_cite(struct markup *out, const struct page *page)
{
    const struct renderer *row = NULL;
    struct cgi_request request = itself(page);

    MARKUP(out, "<section class=\"cite\" aria-labelledby=\"cite\">"
                "<h2 id=\"cite\">");
    page_say(out, page, WORD_CITE);
    MARKUP(out, "</h2>\n<ul>\n");
    if (!cgi_same(page->request, &request)) {
        MARKUP(out, "<li><a rel=\"bookmark\" ");
        page_href(out, &request);
        MARKUP(out, ">");
        page_say(out, page, WORD_PERMALINK);
        MARKUP(out, "</a></li>\n");
    }
    while ((row = renderer_offered(row, RENDER_EXPORT)) != NULL)
        page_format(out, &request, row);
    MARKUP(out, "</ul></section>\n");
}

/* All that its source has of its day, if that is more than itself. */
static void
add_same_day(struct markup *out, const struct page *page)
{
    const struct hit *hit = page->hit;
    const char *text = page_word(page, WORD_SAME_DAY);
    struct cgi_request request = CGI_REQUEST_INIT;
    struct date day = hit->published;
    struct buf name = BUF_INIT;

    if (page->same_day < 2)
        return;
    day.precision = DATE_DAY;
    date_print(&day, &name);
    request.filter[FILTER_SOURCE] = hit->publication.data;
    request.filter[FILTER_FROM] = name.data;
    request.filter[FILTER_TO] = name.data;
    MARKUP(out, "<p><a ");
    page_href(out, &request);
    MARKUP(out, ">");
    page_until(out, &text);
    page_own(out, &hit->publication);
    page_until(out, &text);
    page_date(out, page, &day);
    page_until(out, &text);
    MARKUP(out, "</a> <span class=\"count\">");
    page_count(out, page, page->same_day);
    MARKUP(out, "</span></p>\n");
    buf_release(&name);
}

static void
add_facts(struct markup *out, const struct page *page)
{
    const struct hit *hit = page->hit;
    const char *text = page_word(page, WORD_COPY_MADE);

    MARKUP(out, "<footer>\n");
    if (article_is_web_address(hit->url.data)) {
        MARKUP(out, "<p><a rel=\"noopener nofollow noreferrer\" href=\"");
        markup_buf(out, &hit->url);
        MARKUP(out, "\">");
        page_say(out, page, WORD_ORIGINAL);
        MARKUP(out, "</a></p>\n");
    }
    if (hit->seen.precision != DATE_NONE) {
        MARKUP(out, "<p>");
        page_until(out, &text);
        page_date(out, page, &hit->seen);
        page_until(out, &text);
        MARKUP(out, "</p>\n");
    }
    add_same_day(out, page);
    add_cite(out, page);
    MARKUP(out, "</footer>\n");
}

static void
add_neighbour(struct markup *out, const struct page *page,
              const struct hit *hit, int step)
{
    struct cgi_request other = *page->request;

    if (!hit)
        return;
    other.article = hit->key.data;
    other.hit = (unsigned)((int)page->request->hit + step);
    other.part = 1;
    MARKUP(out, "<li><a ");
    page_href(out, &other);
    if (step < 0)
        MARKUP(out, " rel=\"prev\">");
    else
        MARKUP(out, " rel=\"next\">");
    page_say(out, page, step < 0 ? WORD_PREVIOUS_HIT : WORD_NEXT_HIT);
    MARKUP(out, "</a></li>\n");
}

static void
add_ways(struct markup *out, const struct page *page)
{
    struct cgi_request back = *page->request;
    const char *text = page_word(page, WORD_BACK_TO);
    const char *place = page_word(page, WORD_HIT_OF);

    if (!back.text[0] && !cgi_is_filtered(&back))
        return;
    back.article = "";
    back.hit = 0;
    back.part = 1;
    MARKUP(out, "<nav class=\"back\" aria-label=\"");
    page_say(out, page, WORD_PAGES);
    MARKUP(out, "\"><ul>\n<li><a ");
    page_href(out, &back);
    MARKUP(out, ">");
    if (back.text[0]) {
        page_until(out, &text);
        MARKUP(out, "<q dir=\"auto\">");
        markup_string(out, back.text);
        MARKUP(out, "</q>");
        page_until(out, &text);
    } else {
        page_say(out, page, WORD_BACK);
    }
    MARKUP(out, "</a></li>\n");
    if (page->neighbours.total) {
        MARKUP(out, "<li>");
        page_until(out, &place);
        page_number(out, page, page->request->hit);
        page_until(out, &place);
        page_number(out, page, page->neighbours.total);
        page_until(out, &place);
        MARKUP(out, "</li>\n");
    }
    add_neighbour(out, page, page->neighbours.before, -1);
    add_neighbour(out, page, page->neighbours.after, 1);
    MARKUP(out, "</ul></nav>\n");
}

static void
add_part_link(struct markup *out, const struct page *page, size_t part,
              enum word word)
{
    struct cgi_request other = *page->request;

    other.part = (unsigned)part;
    MARKUP(out, "<li><a ");
    page_href(out, &other);
    MARKUP(out, ">");
    page_say(out, page, word);
    MARKUP(out, "</a></li>\n");
}

static void
add_parts(struct markup *out, const struct page *page, size_t parts)
{
    const char *text = page_word(page, WORD_PARTS);
    size_t here = page->request->part;

    if (parts < 2)
        return;
    MARKUP(out, "<nav class=\"parts\" aria-labelledby=\"part\"><ul>\n"
                "<li id=\"part\">");
    page_until(out, &text);
    page_number(out, page, here);
    page_until(out, &text);
    page_number(out, page, parts);
    page_until(out, &text);
    MARKUP(out, "</li>\n");
    if (here > 1)
        add_part_link(out, page, here - 1, WORD_PREVIOUS);
    if (here < parts)
        add_part_link(out, page, here + 1, WORD_NEXT);
    MARKUP(out, "</ul></nav>\n");
}

/* Other reports of what it reports. */
static void
add_like(struct markup *out, const struct page *page)
{
    if (!page->like || !page->like->hits)
        return;
    MARKUP(out, "<nav class=\"like\" aria-labelledby=\"like\">"
                "<h2 id=\"like\">");
    page_say(out, page, WORD_LIKE);
    MARKUP(out, "</h2>\n<ul>\n");
    for (size_t i = 0; i < page->like->hits; i++) {
        const struct hit *hit = &page->like->hit[i];
        struct cgi_request other = CGI_REQUEST_INIT;

        other.article = hit->key.data;
        MARKUP(out, "<li><a ");
        page_href(out, &other);
        page_language(out, hit);
        MARKUP(out, ">");
        if (hit->headline.text.size)
            markup_buf(out, &hit->headline.text);
        else
            page_say(out, page, WORD_NO_HEADLINE);
        MARKUP(out, "</a> ");
        page_date(out, page, &hit->published);
        MARKUP(out, "</li>\n");
    }
    MARKUP(out, "</ul></nav>\n");
}

void
page_article(struct markup *out, const struct page *page)
{
    size_t from;
    size_t to;
    size_t parts = page_part(page->hit, page->request->part, &from, &to);

    page_open(out, page, page->hit->headline.text.data);
    add_ways(out, page);
    MARKUP(out, "<article>\n");
    add_heading(out, page);
    add_body(out, page->hit, from, to);
    add_parts(out, page, parts);
    if (page->request->part == parts)
        add_captions(out, page);
    add_facts(out, page);
    add_like(out, page);
    MARKUP(out, "</article>\n");
    page_close(out, page);
}
