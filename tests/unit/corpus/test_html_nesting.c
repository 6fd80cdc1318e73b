#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/html/html_nesting.h"
#include "corpus/html/html_scan.h"
#include "corpus/html/html_tree.h"

/* "<p>", "</p>" and so on, as the scan tells them. */
static void
take_tags(struct html_nesting *nesting, const char *tags)
{
    while (*tags) {
        size_t size = strcspn(tags, ">");

        if (tags[1] == '/')
            html_nesting_close(nesting,
                               gumbo_tagn_enum(tags + 2, (unsigned)size - 2));
        else
            html_nesting_open(nesting,
                              gumbo_tagn_enum(tags + 1, (unsigned)size - 1));
        tags += size + 1;
    }
}

static void
elements_are_open_as_the_standard_has_them(void **state)
{
    static const struct {
        const char *tags;
        size_t open;
    } cases[] = {
        {"<div><p><span>", 3},
        {"<div><p><span></div>", 0},
        {"<p><p><p>", 1},
        {"<p><div>", 1},
        {"<p><button><p>", 3},
        {"<div></i></b>", 1},
        {"<span><div></span>", 2},
        {"<ul><li><li><li>", 2},
        {"<ul><li><ul><li></ul>", 2},
        {"<li><div><li>", 1},
        {"<li><ul></li>", 2},
        {"<dl><dt><dd><dt>", 2},
        {"<dd><li><dd>", 3},
        {"<h1><h2>", 1},
        {"<h1><span></h2>", 0},
        {"<table><tr><td><table><tr><td></table>", 3},
        {"<table><tr><td><td><tr><td>", 3},
        {"<table><tbody><tr><td><tbody>", 2},
        {"<table><tr><td><p></table>", 0},
        {"<div><table></div>", 2},
        {"<tr><td>", 0},
        {"<a><a><a>", 1},
        {"<a><div><a>", 2},
        {"<form><div></form>", 1},
        {"<form><form>", 1},
        {"<ruby><rt><rt>", 2},
        {"<rt><rt>", 2},
        {"<ruby><li><rtc><rt>", 3},
        {"<div><title></div><p></title><i>", 2},
        {"<option><option>", 1},
        {"<br><img><html><head><body>", 0},
        {"</div></p></a></table></form></h1>", 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct html_nesting nesting = {.depth = 0};

        take_tags(&nesting, cases[i].tags);
        if (nesting.depth != cases[i].open)
            fail_msg("%s: %zu", cases[i].tags, nesting.depth);
    }
}

static void
no_more_than_the_limit_are_open(void **state)
{
    struct html_nesting nesting = {.depth = 0};

    (void)state;
    for (int i = 0; i < HTML_DEPTH; i++)
        assert_true(html_nesting_open(&nesting, GUMBO_TAG_DIV));
    assert_false(html_nesting_open(&nesting, GUMBO_TAG_SPAN));
    assert_true(html_nesting_open(&nesting, GUMBO_TAG_BR));
    html_nesting_close(&nesting, GUMBO_TAG_DIV);
    assert_true(html_nesting_open(&nesting, GUMBO_TAG_TABLE));
    assert_false(html_nesting_open(&nesting, GUMBO_TAG_CAPTION));
    assert_int_equal(nesting.depth, HTML_DEPTH);
    html_nesting_close(&nesting, GUMBO_TAG_TABLE);
    assert_true(html_nesting_open(&nesting, GUMBO_TAG_P));
    assert_true(html_nesting_open(&nesting, GUMBO_TAG_P));
    assert_int_equal(nesting.depth, HTML_DEPTH);
}

static unsigned
random_below(uint64_t *seed, size_t most)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((*seed >> 33) % most);
}

/* A page of three elements at random, again and again. */
static void
make_page(struct buf *page, uint64_t *seed)
{
    static const char *const names[] = {
        "a",       "b",       "p",        "li",      "ul",       "dd",
        "dt",      "dl",      "div",      "span",    "h1",       "h2",
        "table",   "tr",      "td",       "th",      "tbody",    "thead",
        "form",    "button",  "option",   "rt",      "rp",       "ruby",
        "rb",      "nobr",    "address",  "caption", "article",  "font",
        "applet",  "pre",     "center",   "marquee", "legend",   "label",
        "x",       "title",   "menu",     "rtc",     "colgroup", "optgroup",
        "details", "summary", "fieldset", "dir",     "section",  "hgroup",
        "figure",  "main",    "listing",  "tfoot",   "h6",       "time",
        "ol"};
    const char *some[4];
    unsigned rhythm = 2 + random_below(seed, 5);
    bool closing[6];
    unsigned which[6];

    for (size_t i = 0; i < COUNT(some); i++)
        some[i] = names[random_below(seed, COUNT(names))];
    for (size_t i = 0; i < rhythm; i++) {
        closing[i] = random_below(seed, 3) == 0;
        which[i] = random_below(seed, COUNT(some));
    }
    buf_clear(page);
    for (size_t i = 0; i < 6000; i++)
        buf_printf(page, "<%s%s>%s", closing[i % rhythm] ? "/" : "",
                   some[which[i % rhythm]], i % 7 ? "" : "x");
}

static size_t
depth_of(const struct html_tree *tree)
{
    size_t *depth = calloc(tree->count, sizeof(*depth));
    size_t most = 0;

    for (uint32_t i = 1; i < tree->count; i++) {
        depth[i] = depth[tree->node[i].parent] + 1;
        if (depth[i] > most)
            most = depth[i];
    }
    free(depth);
    return most;
}

/* The parser itself is asked: whatever is put together of elements, it has no
 * more open than it may.  Twice as many are let pass, for links that it opens
 * again, and the rows that tables have unsaid. */
static void
no_page_nests_deeper_in_the_parser(void **state)
{
    uint64_t seed = 4711;
    struct buf page = BUF_INIT;

    (void)state;
    for (int round = 0; round < 250; round++) {
        struct html_scan scan = HTML_SCAN_INIT;
        struct html_tree tree = HTML_TREE_INIT;
        struct error err = {0};
        size_t depth;

        make_page(&page, &seed);
        assert_int_equal(html_scan(&scan, page.data, page.size, &err), 0);
        assert_int_equal(html_tree_build(&tree, &scan.html, &err), 0);
        depth = depth_of(&tree);
        if (depth > 2 * HTML_DEPTH + 10)
            fail_msg("%zu deep: %.80s", depth, page.data);
        html_tree_release(&tree);
        html_scan_release(&scan);
    }
    buf_release(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_open_as_the_standard_has_them),
        cmocka_unit_test(no_more_than_the_limit_are_open),
        cmocka_unit_test(no_page_nests_deeper_in_the_parser),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
