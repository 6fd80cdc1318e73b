#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "query/web/cgi.h"
#include "query/web/cgi_config.h"
#include "query/web/page.h"

/* 2018-11-02 12:00 UTC, a Friday. */
#define NOW 1541160000

static struct cgi_config config;

static int
settings_by_default(void **state)
{
    (void)state;
    cgi_config_init(&config);
    return 0;
}

static int
settings_gone(void **state)
{
    (void)state;
    cgi_config_release(&config);
    return 0;
}

static void
a_query_string_reads_and_prints_in_its_shortest_form(void **state)
{
    static const struct {
        const char *sent, *link;
    } cases[] = {
        {"", "?"},
        {"q=opcon+transfer", "?q=opcon+transfer"},
        {"q=opcon%20transfer", "?q=opcon+transfer"},
        {"q=%22a+b%22&page=1&sort=rank&format=html", "?q=%22a+b%22"},
        {"page=3&q=a", "?q=a&page=3"},
        {"q=a&source=The+Herald&from=2014&to=2014-10",
         "?q=a&source=The+Herald&from=2014&to=2014-10"},
        {"q=a&from=&to=&source=", "?q=a"},
        {"q=a&q=b", "?q=a"},
        {"q=a&utm_source=x&fbclid=y", "?q=a"},
        {"q=50%", "?q=50%25"},
        {"q=100%zz%4", "?q=100%25zz%254"},
        {"q=caf%C3%A9", "?q=caf%C3%A9"},
        {"q=caf%E9", "?q=caf%EF%BF%BD"},
        {"q=a%00b%0d%0ac%1bd", "?q=ab+cd"},
        {"q=%09%3Cb%3E", "?q=%3Cb%3E"},
        {"q=%2BADw-script%2BAD4-", "?q=%2BADw-script%2BAD4-"},
        {"q=%C0%BCscript", "?q=%EF%BF%BD%EF%BF%BDscript"},
        {"article=https%3A%2F%2Fa.example%2F1%3Fx%3D%26",
         "?article=https%3A%2F%2Fa.example%2F1%3Fx%3D%26"},
        {"show=help", "?show=help"},
        {"=&&=a&q&q=", "?"},
        {"q=a&n=20&sort=newest&format=rss", "?q=a&sort=newest&n=20&format=rss"},
        {"q=a&n=10", "?q=a"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cgi_request request = CGI_REQUEST_INIT;
        struct buf link = BUF_INIT;
        struct error err = {0};

        if (cgi_parse(&request, &config, cases[i].sent, &err))
            fail_msg("%s: %s", cases[i].sent, err.text);
        cgi_link(&request, &link);
        if (strcmp(link.data, cases[i].link) != 0)
            fail_msg("%s: %s, not %s", cases[i].sent, link.data, cases[i].link);
        buf_release(&link);
        cgi_request_release(&request);
    }
}

static void
values_that_cannot_be_right_are_refused_and_not_repeated(void **state)
{
    static const char *const sent[] = {
        "page=0",
        "page=51",
        "page=-1",
        "page=1e3",
        "page=99999999999",
        "page=<script>",
        "n=0",
        "n=51",
        "sort=date%00",
        "sort=<script>",
        "format=exe",
        "format=../../etc/passwd",
        "from=yesterday",
        "to=2014-13",
        "from=2014-10-24T00:00",
        "show=../style",
        "article=%00",
        "article=%FF",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(sent); i++) {
        struct cgi_request request = CGI_REQUEST_INIT;
        struct error err = {0};

        if (cgi_parse(&request, &config, sent[i], &err) != STATUS_USAGE)
            fail_msg("%s was accepted", sent[i]);
        if (strpbrk(err.text, "<>%/\\") || strstr(err.text, "script"))
            fail_msg("%s was repeated: %s", sent[i], err.text);
        cgi_request_release(&request);
    }
}

static void
limits_hold_on_both_sides(void **state)
{
    struct cgi_request request = CGI_REQUEST_INIT;
    struct error err = {0};
    struct buf query = BUF_INIT;

    (void)state;
    assert_int_equal(cgi_parse(&request, &config, "page=1&n=1", &err),
                     STATUS_OK);
    cgi_request_release(&request);
    buf_add_text(&query, "page=50&n=50&q=");
    while (query.size < CGI_QUERY_STRING_BYTES)
        buf_add_byte(&query, 'a');
    assert_int_equal(cgi_parse(&request, &config, query.data, &err), STATUS_OK);
    assert_int_equal(request.page, 50);
    cgi_request_release(&request);
    buf_add_byte(&query, 'a');
    assert_int_equal(cgi_parse(&request, &config, query.data, &err),
                     STATUS_LIMIT);
    cgi_request_release(&request);
    buf_release(&query);
}

/* What the page searches for, as the search is asked. */
static void
ask(const struct cgi_request *request, struct search_request *search,
    struct buf *text, struct list *notes)
{
    *search = SEARCH_REQUEST_INIT;
    search->now = NOW;
    cgi_ask(request, &config, search, text, notes);
}

/* Values narrow beside the words; without words, they are what is asked for,
 * too.  Days are counted from 1970. */
static void
words_and_filters_make_one_search(void **state)
{
    static const struct {
        const char *sent, *text, *source, *section, *byline;
        int64_t from, to;
    } cases[] = {
        {"q=opcon+transfer", "opcon transfer", NULL, NULL, NULL,
         SEARCH_OPEN_FROM, SEARCH_OPEN_TO},
        {"source=The+Herald", "source:Herald", "The Herald", NULL, NULL,
         SEARCH_OPEN_FROM, SEARCH_OPEN_TO},
        {"q=a&from=2014&to=2014-02", "a", NULL, NULL, NULL, 16071, 16129},
        {"q=a&from=2014-03-01", "a", NULL, NULL, NULL, 16130, SEARCH_OPEN_TO},
        {"q=a&to=1969", "a", NULL, NULL, NULL, SEARCH_OPEN_FROM, -1},
        {"source=x%22)+OR+(%22y", "source:\\OR", "x\") OR (\"y", NULL, NULL,
         SEARCH_OPEN_FROM, SEARCH_OPEN_TO},
        {"q=(a+OR&section=News", "a", NULL, "News", NULL, SEARCH_OPEN_FROM,
         SEARCH_OPEN_TO},
        {"q=a+b&byline=Kim", "a b", NULL, NULL, "Kim", SEARCH_OPEN_FROM,
         SEARCH_OPEN_TO},
        /* What is pasted goes to the search as it is. */
        {"q=Mayor:+%22no+deal%22+-+talks+fail&section=News",
         "Mayor: \"no deal\" - talks fail", NULL, "News", NULL,
         SEARCH_OPEN_FROM, SEARCH_OPEN_TO},
        {"", "", NULL, NULL, NULL, SEARCH_OPEN_FROM, SEARCH_OPEN_TO},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *only[] = {[FACET_SOURCE] = cases[i].source,
                              [FACET_BYLINE] = cases[i].byline,
                              [FACET_SECTION] = cases[i].section};
        struct cgi_request request = CGI_REQUEST_INIT;
        struct search_request search;
        struct buf text = BUF_INIT;
        struct list notes = LIST_INIT;
        struct error err = {0};

        assert_int_equal(cgi_parse(&request, &config, cases[i].sent, &err),
                         STATUS_OK);
        ask(&request, &search, &text, &notes);
        if (strcmp(search.text, cases[i].text) != 0)
            fail_msg("%s: %s, not %s", cases[i].sent, search.text,
                     cases[i].text);
        for (size_t k = 0; k < COUNT(only); k++)
            if (!search.only[k] != !only[k] ||
                (only[k] && strcmp(search.only[k], only[k]) != 0))
                fail_msg("%s: only %s", cases[i].sent, search.only[k]);
        if (search.from_day != cases[i].from || search.to_day != cases[i].to)
            fail_msg("%s: %d to %d", cases[i].sent, (int)search.from_day,
                     (int)search.to_day);
        list_release(&notes);
        buf_release(&text);
        cgi_request_release(&request);
    }
}

/* A date that is none is told, and what else was asked is kept for the form. */
static void
a_bad_date_keeps_what_was_asked(void **state)
{
    static const struct {
        const char *sent;
        unsigned bad;
    } cases[] = {
        {"q=oil&from=yesterday&source=Wire", 1u << FILTER_FROM},
        {"to=2014-13-41&source=Wire&q=oil", 1u << FILTER_TO},
        {"source=Wire&to=x&from=y&q=oil", 1u << FILTER_FROM | 1u << FILTER_TO},
        {"q=oil&source=Wire&from=2015&to=2014",
         1u << FILTER_FROM | 1u << FILTER_TO},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cgi_request request = CGI_REQUEST_INIT;
        struct error err = {0};

        assert_int_equal(cgi_parse(&request, &config, cases[i].sent, &err),
                         STATUS_USAGE);
        assert_int_equal(request.bad, cases[i].bad);
        assert_string_equal(request.text, "oil");
        assert_string_equal(request.filter[FILTER_SOURCE], "Wire");
        cgi_request_release(&request);
    }
}

/* What is refused, or cut with a note, once there is more of it than this. */
static const struct {
    const char *before, *unit, *middle, *closing;
    size_t most;
    enum status beyond; /* STATUS_OK: a note */
} limits[] = {
    {"q=", "a", "", "", 256, STATUS_OK},
    {"q=", "%C3%A9", "", "", 128, STATUS_OK},
    {"q=", "+a", "", "", 12, STATUS_OK},
    {"q=a", "+OR+a", "", "", 11, STATUS_OK},
    {"q=", "+%22a+b%22", "", "", 12, STATUS_OK},
    {"q=", "+aa*", "", "", 3, STATUS_OK},
    {"q=", "+a%3Fb", "", "", 3, STATUS_OK},
    {"q=", "+aa~", "", "", 3, STATUS_OK},
    {"q=aa*+a%3Fb", "+aa~", "", "", 1, STATUS_OK},
    {"q=", "(", "a", ")", 7, STATUS_OK}, /* the word is the eighth level */
    {"source=", "a", "", "", 400, STATUS_USAGE},
    {"section=", "a", "", "", 400, STATUS_USAGE},
    {"byline=", "%C3%A9", "", "", 200, STATUS_USAGE},
    {"article=", "a", "", "", 2048, STATUS_USAGE},
    {"n=", "1", "", "", 2, STATUS_USAGE},
    {"page=", "1", "", "", 2, STATUS_USAGE},
};

/* Ask for `count` of a unit; how many notes there are, in `notes`. */
static enum status
ask_for(size_t row, size_t count, size_t *notes)
{
    struct cgi_request request = CGI_REQUEST_INIT;
    struct search_request search;
    struct buf sent = BUF_INIT;
    struct buf query = BUF_INIT;
    struct list said = LIST_INIT;
    struct error err = {0};
    enum status status = STATUS_OK;

    buf_add_text(&sent, limits[row].before);
    for (size_t i = 0; i < count; i++)
        buf_add_text(&sent, limits[row].unit);
    buf_add_text(&sent, limits[row].middle);
    for (size_t i = 0; i < count; i++)
        buf_add_text(&sent, limits[row].closing);
    status = cgi_parse(&request, &config, sent.data, &err);
    if (!status)
        ask(&request, &search, &query, &said);
    *notes = said.count;
    list_release(&said);
    buf_release(&query);
    buf_release(&sent);
    cgi_request_release(&request);
    return status;
}

static void
every_limit_has_two_sides(void **state)
{
    size_t notes = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(limits); i++) {
        if (ask_for(i, limits[i].most, &notes) || notes)
            fail_msg("%s%s: not %zu times", limits[i].before, limits[i].unit,
                     limits[i].most);
        if (ask_for(i, limits[i].most + 1, &notes) != limits[i].beyond ||
            (!limits[i].beyond && notes != 1))
            fail_msg("%s%s: more than %zu times", limits[i].before,
                     limits[i].unit, limits[i].most);
    }
}

/* A phrase is one word of twelve, and as long as the query may be. */
static void
a_phrase_is_not_cut(void **state)
{
    static const char phrase[] = "\"a b c d e f g h i j k l m n o p q r s t\"";
    struct cgi_request request = CGI_REQUEST_INIT;
    struct search_request search;
    struct buf query = BUF_INIT;
    struct list notes = LIST_INIT;
    struct error err = {0};

    (void)state;
    assert_int_equal(
        cgi_parse(&request, &config,
                  "q=%22a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t%22", &err),
        STATUS_OK);
    ask(&request, &search, &query, &notes);
    assert_string_equal(query.data, phrase);
    assert_int_equal(notes.count, 0);
    list_release(&notes);
    buf_release(&query);
    cgi_request_release(&request);
}

/* Every <a href="?q=..."> of the help page is an example: it must mean
 * something, without a note that says it was read otherwise. */
static void
every_example_of_the_help_page_is_understood(void **state)
{
    struct cgi_request none = CGI_REQUEST_INIT;
    struct page page = {
        .config = &config, .request = &none, .words = &words_en, .now = NOW};
    struct markup out = MARKUP_INIT;
    const char *at = NULL;
    size_t examples = 0;

    (void)state;
    page_help(&out, &page);
    at = out.out.data;
    while ((at = strstr(at, "<dt><a href=\"?")) != NULL) {
        const char *from = at + strlen("<dt><a href=\"?");
        char *sent = strndup(from, strcspn(from, "\""));
        struct cgi_request request = CGI_REQUEST_INIT;
        struct search_request search;
        struct buf query = BUF_INIT;
        struct list notes = LIST_INIT;
        struct error err = {0};

        assert_int_equal(cgi_parse(&request, &config, sent, &err), STATUS_OK);
        ask(&request, &search, &query, &notes);
        if (!query.size || notes.count)
            fail_msg("%s: %s; %s", sent, query.data,
                     notes.count ? notes.item[0] : "");
        examples++;
        list_release(&notes);
        buf_release(&query);
        cgi_request_release(&request);
        free(sent);
        at = from;
    }
    assert_true(examples > 20);
    markup_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_string_reads_and_prints_in_its_shortest_form),
        cmocka_unit_test(
            values_that_cannot_be_right_are_refused_and_not_repeated),
        cmocka_unit_test(limits_hold_on_both_sides),
        cmocka_unit_test(words_and_filters_make_one_search),
        cmocka_unit_test(a_bad_date_keeps_what_was_asked),
        cmocka_unit_test(every_limit_has_two_sides),
        cmocka_unit_test(a_phrase_is_not_cut),
        cmocka_unit_test(every_example_of_the_help_page_is_understood),
    };

    return cmocka_run_group_tests(tests, settings_by_default, settings_gone);
}
