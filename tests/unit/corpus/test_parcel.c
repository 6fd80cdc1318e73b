#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/intake/parcel.h"

static void
fill(struct article *article)
{
    buf_set_text(&article->key, "https://news.example/1");
    buf_set_text(&article->version, "2");
    buf_set_text(&article->publication, "The Example");
    buf_set_text(&article->section, "World");
    buf_set_text(&article->url, "https://news.example/1");
    buf_set_text(&article->language, "en");
    buf_set_text(&article->headline, "Ship \xe2\x80\x9csails\xe2\x80\x9d");
    buf_set_text(&article->byline, "By Ann Lee and Bo Kim");
    buf_set_text(&article->dateline, "OSLO");
    list_add_text(&article->authors, "Ann Lee");
    list_add_text(&article->authors, "Bo Kim");
    list_add_text(&article->emails, "ann@news.example");
    article->kind = ARTICLE_PAYWALL;
    article->item = 7;
    article->offset = 1234;
    date_parse("2014-10-24T09:05:00+09:00", 25, true, &article->published);
    date_parse("2015-01", 7, true, &article->seen);
    article->published_from = DATE_FROM_META;
    article_add_caption(article, "A ship", 6, "EPA", 3);
    article_add_caption(article, "A port", 6, "", 0);
    article_add_paragraph(article, "One.", 4);
    article_add_paragraph(article, "Two.", 4);
    article_set_origin(article, MEMBER_HEADLINE, "jsonld", "script %d", 2);
}

static void
what_is_unpacked_is_what_was_packed(void **state)
{
    struct article article;
    struct article copy;
    struct parcel_rules rules = PARCEL_RULES_INIT;
    struct buf parcel = BUF_INIT;
    struct buf again = BUF_INIT;
    struct buf shown = BUF_INIT;
    struct buf shown_again = BUF_INIT;

    (void)state;
    article_init(&article);
    article_init(&copy);
    fill(&article);
    parcel_pack(&parcel, &article);
    assert_true(parcel_unpack(&copy, &rules, parcel.data, parcel.size));
    article_print_json(&article, &shown);
    article_print_json(&copy, &shown_again);
    assert_string_equal(shown.data, shown_again.data);
    parcel_pack(&again, &copy);
    assert_true(buf_equal(&parcel, &again));
    assert_string_equal(copy.origin[MEMBER_HEADLINE].rule, "jsonld");
    assert_string_equal(copy.origin[MEMBER_HEADLINE].place, "script 2");
    assert_null(copy.origin[MEMBER_BODY].rule);
    assert_int_equal(copy.item, 7);
    assert_int_equal(copy.offset, 1234);
    article_release(&article);
    article_release(&copy);
    list_release(&rules.names);
    buf_release(&parcel);
    buf_release(&again);
    buf_release(&shown);
    buf_release(&shown_again);
}

static void
a_parcel_that_is_cut_or_longer_is_refused(void **state)
{
    struct article article;
    struct parcel_rules rules = PARCEL_RULES_INIT;
    struct buf parcel = BUF_INIT;

    (void)state;
    article_init(&article);
    fill(&article);
    parcel_pack(&parcel, &article);
    for (size_t size = 0; size < parcel.size; size++)
        assert_false(parcel_unpack(&article, &rules, parcel.data, size));
    buf_add_byte(&parcel, 'x');
    assert_false(parcel_unpack(&article, &rules, parcel.data, parcel.size));
    article_release(&article);
    list_release(&rules.names);
    buf_release(&parcel);
}

static void
text_that_could_do_harm_is_refused(void **state)
{
    static const char *const texts[] = {"\x1b]0;title\a", "\xff", "a\tb",
                                        "\xed\xa0\x80"};
    struct parcel_rules rules = PARCEL_RULES_INIT;
    struct article article;

    (void)state;
    article_init(&article);
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct buf parcel = BUF_INIT;

        article_clear(&article);
        buf_set_text(&article.headline, texts[i]);
        parcel_pack(&parcel, &article);
        assert_false(parcel_unpack(&article, &rules, parcel.data, parcel.size));
        buf_release(&parcel);
    }
    article_release(&article);
    list_release(&rules.names);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_unpacked_is_what_was_packed),
        cmocka_unit_test(a_parcel_that_is_cut_or_longer_is_refused),
        cmocka_unit_test(text_that_could_do_harm_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
