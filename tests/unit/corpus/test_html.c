#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/html/html.h"
#include "corpus/html/html_plain.h"
#include "corpus/html/html_scan.h"

static void
read_page(struct article *article, const char *page, const char *url)
{
    struct error err = {0};

    article_init(article);
    if (html_article(article, page, strlen(page), NULL, url, &err))
        fail_msg("%s", err.text);
    article_tidy(article);
}

#define TEXT                                                                  \
    "<p>The ferry company said on Monday that it will run its boats through " \
    "the night from June on, after years of complaints from the island.</p>"  \
    "<p>Tickets will cost the same at every hour, and the last boat of the "  \
    "evening will wait for the train from the city if that is late.</p>"

static void
the_headline_is_what_is_shown_and_repeated(void **state)
{
    static const struct {
        const char *page, *headline;
    } cases[] = {
        /* The logo is an <h1> too. */
        {"<title>Boats run all night - Isle News</title><h1>Isle News</h1>"
         "<h1>Boats run all night</h1>" TEXT,
         "Boats run all night"},
        /* Written for search engines, the title is not what is shown. */
        {"<title>Ferry timetable: boats at night from June</title>"
         "<h1>Islanders get boats all night</h1>" TEXT,
         "Islanders get boats all night"},
        {"<title>Boats run all night | Isle News</title>" TEXT,
         "Boats run all night"},
        {"<title>x</title><meta property=og:title content='Boats &amp; trains'>"
         "<p>" TEXT,
         "Boats & trains"},
        {"<title>Ferries: Boats run all night</title><meta property=og:title "
         "content='Ferries: Boats run all night'><h1><span class=a>Ferries"
         "</span><span class=b>Boats run all night</span></h1>" TEXT,
         "Ferries: Boats run all night"},
        /* The link to the first page says what the site is called. */
        {"<title>The Isle Ledger » Coast » Boats run all night</title>"
         "<nav><a href=/>The Isle Ledger</a> <a "
         "href=/coast>Coast</a></nav>" TEXT,
         "Boats run all night"},
        /* Broken: nothing that could be one. */
        {TEXT, ""},
        {"<title></title><h1></h1>" TEXT, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;

        read_page(&article, cases[i].page, NULL);
        assert_string_equal(article.headline.data, cases[i].headline);
        article_release(&article);
    }
}

static void
an_author_is_a_person_where_one_is_named(void **state)
{
    static const struct {
        const char *page, *author;
    } cases[] = {
        {"<meta name=author content='Jane Mallory'>" TEXT, "Jane Mallory"},
        {"<meta property=og:site_name content='Isle News'><meta name=author "
         "content='Isle News'><h1>A</h1><p><a rel=author>Tom "
         "Okafor</a></p>" TEXT,
         "Tom Okafor"},
        {"<h1>A</h1><p class=byline>By Ana Ruiz, Staff Writer</p>" TEXT,
         "Ana Ruiz"},
        {"<meta name=author content='Isle News'>" TEXT, "Isle News"},
        {"<meta name=author content='https://isle.example/jane'>" TEXT, NULL},
        {"<meta name=author content='admin'>" TEXT, NULL},
        /* Who writes about another story is not the author. */
        {"<div class=related><a rel=author>Tom Okafor</a></div>" TEXT, NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;

        read_page(&article, cases[i].page, NULL);
        if (article.authors.count != (cases[i].author != NULL))
            fail_msg("%s: %zu authors", cases[i].page, article.authors.count);
        if (cases[i].author)
            assert_string_equal(article.authors.item[0], cases[i].author);
        article_release(&article);
    }
}

static void
the_date_is_that_of_publication(void **state)
{
    static const struct {
        const char *page, *url, *date;
    } cases[] = {
        {"<meta property=article:modified_time content=2020-02-02><time "
         "datetime='2020-01-31T10:00+02:00'></time>" TEXT,
         NULL, "2020-01-31T10:00+02:00"},
        {TEXT, "https://isle.example/2020/01/31/boats", "2020-01-31"},
        {TEXT, "https://isle.example/20200131-boats", "2020-01-31"},
        {"<h1>Boats</h1><p>Updated: 3 March 2020</p><p>31 January "
         "2020</p>" TEXT,
         NULL, "2020-01-31"},
        {"<meta name=date "
         "content=2020-02-01T03:00:00Z><h1>Boats</h1><p>January "
         "31, 2020</p>" TEXT,
         NULL, "2020-01-31"},
        /* A time of nowhere, and one that knows its zone. */
        {"<meta property=article:published_time content=2020-01-30T23:35:55>"
         "<meta name=cXenseParse:recs:publishtime "
         "content=2020-01-31T04:10:00-03:00>" TEXT,
         NULL, "2020-01-31T04:10:00-03:00"},
        {"<meta property=article:published_time content=2020-01-20T23:35:55>"
         "<meta name=cXenseParse:recs:publishtime "
         "content=2020-01-31T04:10:00-03:00>" TEXT,
         NULL, "2020-01-20T23:35:55"},
        {TEXT, "https://isle.example/2020/13/31/boats", ""},
        {TEXT, "https://isle.example/20200131999", ""},
        {"<meta name=date content=soon>" TEXT, NULL, ""},
        {"<h1>Boats</h1><p>Updated: 3 March 2020</p>" TEXT, NULL, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;
        struct buf date = BUF_INIT;

        read_page(&article, cases[i].page, cases[i].url);
        date_print(&article.published, &date);
        if (strcmp(date.data, cases[i].date) != 0)
            fail_msg("%s: %s, not %s", cases[i].page, date.data, cases[i].date);
        article_release(&article);
        buf_release(&date);
    }
}

#define FIRST                                                                  \
    "The ferry company said on Monday that it will run its boats through the " \
    "night from June on, after years of complaints from the island."
#define SECOND                                                            \
    "Tickets will cost the same at every hour, and the last boat of the " \
    "evening will wait for the train from the city if that is late."

static void
the_body_is_the_text_of_the_article(void **state)
{
    static const char both[] = FIRST "\n" SECOND;
    static const struct {
        const char *page, *body;
    } cases[] = {
        {"<h1>Boats</h1>" TEXT, both},
        {"<h1>Boats</h1><p>Read more: Trains</p>" TEXT "<p>Share this</p>",
         both},
        {"<h1>Boats</h1><p>Tue 05.03.24</p>" TEXT "<h2>More</h2>", both},
        /* A text for each size of screen. */
        {"<h1>Boats</h1><div>" TEXT "</div><div>" TEXT "</div>", both},
        {"<h1>Boats</h1><div class=related><p>Each boat holds ninety "
         "people and will be cleaned twice a day, said the company.</p></div>"
         "<div class=entry-content><p>" FIRST "</p><p>" SECOND "</p></div>",
         both},
        /* Slides whose text is their caption. */
        {"<h1>Boats</h1><figure><figcaption>" FIRST "</figcaption></figure>"
         "<figure><figcaption>" SECOND " It has a whistle. Nobody knows why "
         "it should have one.</figcaption></figure>",
         FIRST "\n" SECOND " It has a whistle. Nobody knows why it should "
               "have one."},
        /* Only JSON-LD has it. */
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\","
         "\"headline\":\"Boats\",\"articleBody\":\"" FIRST " " SECOND " " FIRST
         "\"}</script><h1>Boats</h1>",
         FIRST " " SECOND " " FIRST},
        /* Words of different looks are parted, but not a stop from its word. */
        {"<h1>Boats</h1><p><span class=a>" FIRST " Nobody</span><span class=b>"
         "knows</span><span class=a>, or cares.</span></p><p>" SECOND "</p>",
         FIRST " Nobody knows, or cares.\n" SECOND},
        /* Broken: nothing there, and an article that is cut off. */
        {"<h1>Boats</h1>", ""},
        {"<h1>Boats</h1><div class=related><p>" FIRST "<p>" SECOND, both},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;

        read_page(&article, cases[i].page, NULL);
        if (strcmp(article.body.data, cases[i].body) != 0)
            fail_msg("%s:\n%s", cases[i].page, article.body.data);
        article_release(&article);
    }
}

static void
a_page_that_is_no_article_is_told(void **state)
{
    static const struct {
        const char *page;
        enum article_kind kind;
    } cases[] = {
        {"<h1>Boats</h1>" TEXT, ARTICLE_STORY},
        {"<title>404 Not Found</title><h1>Oh dear</h1><p>Nothing is here.",
         ARTICLE_NOT_FOUND},
        {"<h1>Page not found: a film about the web</h1>" TEXT TEXT TEXT TEXT
         "<p>The film opens on Friday.",
         ARTICLE_NOT_FOUND},
        {"<meta property=og:type content=video.other><h1>Boats</h1><p>Watch",
         ARTICLE_VIDEO},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\","
         "\"headline\":\"Boats\",\"isAccessibleForFree\":false}</script><h1>"
         "Boats</h1><p>The ferry company said on Monday that it will run",
         ARTICLE_PAYWALL},
        {"<link rel=canonical href=https://isle.example/><h1>Isle News</h1><p>"
         "All about the isle",
         ARTICLE_LISTING},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;

        read_page(&article, cases[i].page, NULL);
        if (article.kind != cases[i].kind)
            fail_msg("%s: %s, not %s", cases[i].page,
                     article_kind_name(article.kind),
                     article_kind_name(cases[i].kind));
        article_release(&article);
    }
}

#define TEASER                                                            \
    "<article><h3><a href=/n/1>The ferry is late again, says the harbour" \
    "</a></h3><p>A short teaser of it.</p></article>"
#define TEASERS TEASER TEASER TEASER TEASER TEASER TEASER TEASER
#define RESULT "<div><a href=/n/2>The ferry is late, the board says</a></div>"
#define RESULTS RESULT RESULT RESULT RESULT RESULT RESULT RESULT
#define BRIEF                                                             \
    "<h1>Light lit again</h1><p>The light at Lowmoor is lit again since " \
    "Friday. A new lamp came by rail from Aldmere.</p>"

/* Pages with little text of their own, by what they are. */
static void
short_pages_are_told_from_short_articles(void **state)
{
    static const struct {
        const char *page;
        enum article_kind kind;
    } cases[] = {
        {"<title>Harbour - Isle News</title><meta property=og:type "
         "content=website><h1>Harbour</h1>" TEASERS TEASERS,
         ARTICLE_LISTING},
        {"<meta property=og:type content=profile><h1>Ruth Calloway</h1><p>Ruth "
         "Calloway writes about the harbour.</p>" TEASERS TEASERS,
         ARTICLE_LISTING},
        {"<script type=application/ld+json>{\"@type\":\"CollectionPage\"}"
         "</script><h1>Harbour</h1>" TEASER TEASER,
         ARTICLE_LISTING},
        {"<title>Search results for ferry</title><h1>Search results</h1>"
         "<p>14 results</p>" RESULTS RESULTS,
         ARTICLE_LISTING},
        {"<script type=application/ld+json>{\"@type\":\"VideoObject\",\"name\":"
         "\"The launch\"}</script><h1>The launch</h1><p>See her go down.</p>",
         ARTICLE_VIDEO},
        {"<h1>Light lit again</h1><p>The light at Lowmoor is lit again</p><div>"
         "<p>Subscribe to continue reading this article.</p></div>",
         ARTICLE_PAYWALL},
        {"<h1>Das Licht brennt</h1><p>Das Licht von Lowmoor brennt seit "
         "Freitag.</p><div><p>Jetzt weiterlesen mit einem Abo.</p></div>",
         ARTICLE_PAYWALL},
        {"<title>Page not found - Isle News</title><h1>Sorry!</h1><p>Here is "
         "what others read.</p>" TEASERS,
         ARTICLE_NOT_FOUND},
        {"<title>Isle News</title><h1>404</h1><p>Nothing here.</p>",
         ARTICLE_NOT_FOUND},
        {"<title>Nie znaleziono strony</title><h1>Przepraszamy</h1><p>Ups.",
         ARTICLE_NOT_FOUND},
        {"<meta charset=utf-8><title>Страница не найдена</title><h1>Увы</h1>",
         ARTICLE_NOT_FOUND},
        {BRIEF, ARTICLE_STORY},
        {BRIEF "<aside>" TEASERS "</aside>", ARTICLE_STORY},
        {BRIEF "<section class=related>" RESULTS RESULTS "</section>",
         ARTICLE_STORY},
        {BRIEF "<footer><p>Already a subscriber? Log in.</p></footer>",
         ARTICLE_STORY},
        {"<script type=application/ld+json>[{\"@type\":\"NewsArticle\"},"
         "{\"@type\":\"VideoObject\"}]</script>" BRIEF,
         ARTICLE_STORY},
        {"<script "
         "type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline"
         "\":\"404 boats\"}</script><h1>404 boats</h1>" TEXT,
         ARTICLE_STORY},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article article;

        read_page(&article, cases[i].page, NULL);
        if (article.kind != cases[i].kind)
            fail_msg("%s: %s, not %s", cases[i].page,
                     article_kind_name(article.kind),
                     article_kind_name(cases[i].kind));
        article_release(&article);
    }
}

static void
a_fragment_is_all_article(void **state)
{
    static const char text[] =
        "Short lead.<p>One &amp; two</p><figure><img><figcaption>The quay"
        "</figcaption></figure><ul><li>First</li></ul><div class=sharedaddy>"
        "Share this</div>";
    struct article article;
    struct error err = {0};

    (void)state;
    article_init(&article);
    assert_int_equal(html_fragment(&article, text, strlen(text), &err), 0);
    assert_string_equal(article.body.data, "Short lead.\nOne & two\nFirst");
    assert_int_equal(article.captions, 1);
    assert_string_equal(article.caption[0].text.data, "The quay");
    article_release(&article);
}

static void
a_caption_in_a_caption_is_said_once(void **state)
{
    static const char text[] =
        "<p>Lead.</p><figure><figcaption>The quay<figcaption>by night"
        "<figcaption>in rain";
    struct article article;
    struct error err = {0};

    (void)state;
    article_init(&article);
    assert_int_equal(html_fragment(&article, text, strlen(text), &err), 0);
    assert_string_equal(article.body.data, "Lead.");
    assert_int_equal(article.captions, 1);
    assert_string_equal(article.caption[0].text.data,
                        "The quay by night in rain");
    article_release(&article);
}

static void
tags_in_a_headline_go(void **state)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {"<b>Boats</b> &amp; trains", "Boats & trains"},
        {"Boats", "Boats"},
        {"5 < 6", "5 < 6"},
        {"", ""},
        {"<<<>>>", "<<<>>>"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out = BUF_INIT;

        assert_int_equal(
            html_plain(&out, cases[i].text, strlen(cases[i].text), NULL), 0);
        assert_string_equal(out.data, cases[i].plain);
        buf_release(&out);
    }
}

static void
hostile_pages_cost_little_and_give_no_more_than_they_have(void **state)
{
    static const char *const pieces[] = {
        "<div>",
        "<p>x",
        "<b id=1>y<p>",
        "<table><tr><td>",
        "<a href=x><div>",
        "<figure><figcaption>c",
        "<h1>z",
        "<br>",
        "&#128512;",
        "<svg><![CDATA[",
        "<li><ul>",
        "<script>",
        "<!--",
        "<font a=b c=d><p>",
        "</p>",
        "<td><select><option>",
        "<div class=share>",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct article article;
        struct buf page = BUF_INIT;

        while (page.size < 200000)
            buf_add_text(&page, pieces[i]);
        read_page(&article, page.data, NULL);
        assert_true(article.body.size <= 4 * page.size + 64 * 1024);
        article_release(&article);
        buf_release(&page);
    }
}

static void
a_page_of_captions_is_cut_short(void **state)
{
    struct article article;
    struct buf page = BUF_INIT;

    (void)state;
    for (int i = 0; i < 5000; i++)
        buf_printf(&page,
                   "<figure><figcaption>Boat %d at the quay of the "
                   "isle</figcaption></figure>",
                   i);
    read_page(&article, page.data, NULL);
    assert_int_equal(article.captions, 300);
    article_release(&article);
    buf_release(&page);
}

static void
a_page_too_large_is_refused(void **state)
{
    char *page = calloc(HTML_SIZE_MOST + 1, 1);
    struct article article;
    struct error err = {0};

    (void)state;
    memset(page, 'x', HTML_SIZE_MOST + 1);
    article_init(&article);
    assert_int_equal(
        html_article(&article, page, HTML_SIZE_MOST + 1, NULL, NULL, &err),
        STATUS_LIMIT);
    assert_string_equal(err.text,
                        "the page has 24 MiB of HTML; at most 24 are read");
    article_release(&article);
    free(page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_headline_is_what_is_shown_and_repeated),
        cmocka_unit_test(an_author_is_a_person_where_one_is_named),
        cmocka_unit_test(the_date_is_that_of_publication),
        cmocka_unit_test(the_body_is_the_text_of_the_article),
        cmocka_unit_test(a_page_that_is_no_article_is_told),
        cmocka_unit_test(short_pages_are_told_from_short_articles),
        cmocka_unit_test(a_fragment_is_all_article),
        cmocka_unit_test(a_caption_in_a_caption_is_said_once),
        cmocka_unit_test(tags_in_a_headline_go),
        cmocka_unit_test(
            hostile_pages_cost_little_and_give_no_more_than_they_have),
        cmocka_unit_test(a_page_of_captions_is_cut_short),
        cmocka_unit_test(a_page_too_large_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
