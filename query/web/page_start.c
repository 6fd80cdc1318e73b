/*
 * Where one begins: how to ask, and what there is to leaf through.
 */
#include "query/web/page.h"

static void
add_hint(struct markup *out, const struct page *page, const char *typed,
         enum word meaning)
{
    MARKUP(out, "<li><kbd lang=\"en\" dir=\"ltr\">");
    markup_string(out, typed);
    MARKUP(out, "</kbd> ");
    page_say(out, page, meaning);
    MARKUP(out, "</li>\n");
}

static void
add_hints(struct markup *out, const struct page *page)
{
    MARKUP(out, "<h2>");
    page_say(out, page, WORD_HOW_TO_ASK);
    MARKUP(out, "</h2>\n<ul class=\"hints\">\n");
    add_hint(out, page, "harbour strike", WORD_HINT_ALL);
    add_hint(out, page, "\"harbour strike\"", WORD_HINT_PHRASE);
    add_hint(out, page, "harbour -strike", WORD_HINT_NOT);
    add_hint(out, page, "hd:strike date:2014", WORD_HINT_FIELD);
    MARKUP(out, "</ul>\n<p><a href=\"?show=help\">");
    page_say(out, page, WORD_EVERYTHING);
    MARKUP(out, "</a></p>\n");
}

static void
add_latest(struct markup *out, const struct page *page)
{
    if (!page->result->hits)
        return;
    MARKUP(out, "<section class=\"latest\"><h2>");
    page_say(out, page, WORD_LATEST);
    MARKUP(out, "</h2>\n<ul>\n");
    for (size_t i = 0; i < page->result->hits; i++) {
        const struct hit *hit = &page->result->hit[i];
        struct cgi_request article = CGI_REQUEST_INIT;

        article.article = hit->key.data;
        MARKUP(out, "<li><a");
        page_language(out, hit);
        MARKUP(out, " ");
        page_href(out, &article);
        MARKUP(out, ">");
        if (hit->headline.text.size)
            markup_buf(out, &hit->headline.text);
        else
            page_say(out, page, WORD_NO_HEADLINE);
        MARKUP(out, "</a> <span class=\"count\">");
        page_date(out, page, &hit->published);
        if (hit->publication.size) {
            MARKUP(out, " \xc2\xb7 ");
            page_own(out, &hit->publication);
        }
        MARKUP(out, "</span></li>\n");
    }
    MARKUP(out, "</ul></section>\n");
}

void
page_start(struct markup *out, const struct page *page)
{
    const char *text = page_word(page, WORD_IN_ARCHIVE);

    page_open(out, page, NULL);
    MARKUP(out, "<h1>");
    if (page->result && page->result->articles) {
        page_until(out, &text);
        page_number(out, page, page->result->articles);
        page_until(out, &text);
    } else {
        page_say(out, page, WORD_SEARCH_ARCHIVE);
    }
    MARKUP(out, "</h1>\n");
    add_hints(out, page);
    if (page->result && page->result->total) {
        MARKUP(out, "<div class=\"around browse\">\n");
        page_timeline(out, page);
        page_facets(out, page);
        MARKUP(out, "</div>\n");
        add_latest(out, page);
    }
    page_close(out, page);
}
