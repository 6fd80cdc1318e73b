#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/html/html_scan.h"
#include "corpus/html/html_traits.h"
#include "corpus/html/html_tree.h"
#include "corpus/html/html_words.h"

/* The traits of the first element in the body of `page`. */
static uint32_t
traits_of(const char *page)
{
    struct html_scan scan = HTML_SCAN_INIT;
    struct html_tree tree = HTML_TREE_INIT;
    struct error err = {0};
    uint32_t traits = 0;

    assert_int_equal(html_scan(&scan, page, strlen(page), &err), STATUS_OK);
    assert_int_equal(html_tree_build(&tree, &scan.html, &err), STATUS_OK);
    for (uint32_t i = 0; i < tree.count; i++) {
        if (tree.node[i].tag == GUMBO_TAG_BODY && i + 1 < tree.count)
            traits = tree.node[i + 1].traits;
    }
    html_tree_release(&tree);
    html_scan_release(&scan);
    return traits;
}

static void
names_are_cut_into_words(void **state)
{
    static const struct {
        const char *page;
        uint32_t traits;
    } cases[] = {
        {"<div class='share'>", TRAIT_SHARE},
        {"<div class='box SHARE'>", TRAIT_SHARE},
        {"<div class='shared'>", 0},
        {"<div class='article-body'>", TRAIT_ARTICLE | TRAIT_BODY},
        {"<div class='articleBody'>", TRAIT_ARTICLE | TRAIT_BODY},
        {"<div class='article body'>", TRAIT_ARTICLE},
        {"<div id='related_links2'>", TRAIT_RELATED},
        {"<div data-testid='photo-caption'>", TRAIT_CAPTION},
        {"<div itemprop='articleBody'>", TRAIT_ARTICLE | TRAIT_BODY},
        {"<div style='display:none'>", TRAIT_HIDDEN},
        {"<figcaption>", TRAIT_CAPTION},
        {"<p>", 0},
        {"<div class=''>", 0},
        {"<div class='---'>", 0},
        {"<div class='sharesharesharesharesharesharesharesharesharesharee'>",
         0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (traits_of(cases[i].page) != cases[i].traits)
            fail_msg("%s: %x, not %x", cases[i].page,
                     (unsigned)traits_of(cases[i].page),
                     (unsigned)cases[i].traits);
    }
}

static void
words_at_both_ends_of_the_table_are_found(void **state)
{
    (void)state;
    assert_int_equal(html_word_traits("abo"), TRAIT_NEWSLETTER);
    assert_int_equal(html_word_traits("writers"), TRAIT_BYLINE);
    assert_int_equal(html_word_traits("ad"), TRAIT_ADVERT);
    assert_int_equal(html_word_traits("byline"), TRAIT_BYLINE | TRAIT_META);
    assert_int_equal(html_word_traits(""), 0);
    assert_int_equal(html_word_traits("a"), 0);
    assert_int_equal(html_word_traits("zzz"), 0);
    assert_int_equal(html_word_traits("\xff"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_cut_into_words),
        cmocka_unit_test(words_at_both_ends_of_the_table_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
