#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/html/html_nesting.h"
#include "corpus/html/html_scan.h"

#define DOCTYPE "<!DOCTYPE html>"

static void
what_says_nothing_is_taken_out(void **state)
{
    static const struct {
        const char *page, *left;
    } cases[] = {
        {"<p onclick='x()' class=y>Rain</p>", "<p class=\"y\">Rain</p>"},
        {"<div style=\"Display:None\">x</div>", "<div hidden=\"1\">x</div>"},
        {"a<script>if (a<b) '</p>'</script>b", "a b"},
        {"a<SVG><title>t</title></SVG>b", "a b"},
        {"<b>Bold</b> <em>words</em>", "<mark>Bold</mark> <span>words</span>"},
        {"a<!-- <p>no</p> -->b", "ab"},
        {"<p title='say \"x\"'>", "<p title=\"say &quot;x&quot;\">"},
        {"5 < 6 and 7 > 6", "5 &lt; 6 and 7 > 6"},
        /* Broken: what is never closed costs its tag, not the page. */
        {"a<script>b", "ab"},
        {"a<!-- b<p>c", "ac"},
        {"<p class=\"x>Rain", "<p class=\"x>Rain\">"},
        {"<p", "<p>"},
        {"Rain<", "Rain"},
        {"</", ""},
        {"<a =b=c href=/x>y</a>", "<a href=\"/x\">y</a>"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct html_scan scan = HTML_SCAN_INIT;

        assert_int_equal(
            html_scan(&scan, cases[i].page, strlen(cases[i].page), NULL),
            STATUS_OK);
        assert_memory_equal(scan.html.data, DOCTYPE, strlen(DOCTYPE));
        assert_string_equal(scan.html.data + strlen(DOCTYPE), cases[i].left);
        html_scan_release(&scan);
    }
}

static void
jsonld_is_put_aside(void **state)
{
    static const char page[] =
        "<script type='application/ld+json'>{\"a\": 1}</script>"
        "<script>var no = 1</script>"
        "<script type=\"application/ld+json; charset=utf-8\">[2]</script>"
        "<script type='application/ld+json'>never closed";
    struct html_scan scan = HTML_SCAN_INIT;

    (void)state;
    assert_int_equal(html_scan(&scan, page, strlen(page), NULL), STATUS_OK);
    assert_int_equal(scan.jsonld.count, 2);
    assert_string_equal(scan.jsonld.item[0], "{\"a\": 1}");
    assert_string_equal(scan.jsonld.item[1], "[2]");
    html_scan_release(&scan);
}

static size_t
count_of(const struct buf *text, const char *word)
{
    size_t count = 0;

    for (const char *at = text->data; (at = strstr(at, word)); at++)
        count++;
    return count;
}

static void
a_page_cannot_nest_deeper_than_the_limit(void **state)
{
    struct html_scan scan = HTML_SCAN_INIT;
    struct buf page = BUF_INIT;

    (void)state;
    for (int i = 0; i < 100000; i++)
        buf_add_text(&page, "<div>");
    buf_add_text(&page, "deep");
    for (int i = 0; i < 100000; i++)
        buf_add_text(&page, "</div>");
    buf_add_text(&page, "<div>after</div>");
    assert_int_equal(html_scan(&scan, page.data, page.size, NULL), STATUS_OK);
    assert_int_equal(count_of(&scan.html, "<div>"), HTML_DEPTH + 1);
    assert_int_equal(count_of(&scan.html, "</div>"), HTML_DEPTH + 1);
    assert_non_null(strstr(scan.html.data, "<div>after</div>"));
    html_scan_release(&scan);
    buf_release(&page);
}

static void
a_million_open_drawings_take_no_time(void **state)
{
    struct html_scan scan = HTML_SCAN_INIT;
    struct buf page = BUF_INIT;

    (void)state;
    for (int i = 0; i < 200000; i++)
        buf_add_text(&page, "<svg><!--<x ");
    assert_int_equal(html_scan(&scan, page.data, page.size, NULL), STATUS_OK);
    assert_int_equal(count_of(&scan.html, "<svg"), 0);
    html_scan_release(&scan);
    buf_release(&page);
}

static void
a_declared_charset_is_found(void **state)
{
    static const struct {
        const char *page, *charset;
    } cases[] = {
        {"<meta charset=\"EUC-KR\">", "EUC-KR"},
        {"<meta http-equiv=x content='text/html; charset=gb2312'>", "gb2312"},
        {"<meta charset = utf-8 >", "utf-8"},
        {"<meta charset=>", NULL},
        {"<p>no</p>", NULL},
        {"charset", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *got = html_declared_charset(cases[i].page, strlen(cases[i].page));

        if (cases[i].charset)
            assert_string_equal(got, cases[i].charset);
        else
            assert_null(got);
        free(got);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_nothing_is_taken_out),
        cmocka_unit_test(jsonld_is_put_aside),
        cmocka_unit_test(a_page_cannot_nest_deeper_than_the_limit),
        cmocka_unit_test(a_million_open_drawings_take_no_time),
        cmocka_unit_test(a_declared_charset_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
