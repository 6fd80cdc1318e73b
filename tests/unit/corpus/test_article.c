#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"

static void
add_caption(struct article *article, const char *text, const char *credit)
{
    article_add_caption(article, text, strlen(text), credit, strlen(credit));
}

static void
a_caption_in_other_quotes_is_the_same_caption(void **state)
{
    struct article article;

    (void)state;
    article_init(&article);
    add_caption(&article, "The mayor's \"last\" walk", "");
    add_caption(&article,
                "The  mayor\xE2\x80\x99s \xE2\x80\x9Clast\xE2\x80\x9D walk",
                "WIRE");
    add_caption(&article, "Another picture", "");
    add_caption(&article, " \" ", "NOBODY");
    assert_int_equal(article.captions, 2);
    assert_string_equal(article.caption[0].text.data,
                        "The mayor's \"last\" walk");
    assert_string_equal(article.caption[0].credit.data, "WIRE");
    article_release(&article);
}

static void
ten_thousand_captions_are_kept_once_each(void **state)
{
    enum {
        MANY = 10000
    };
    struct article article;
    char text[40];

    (void)state;
    article_init(&article);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            snprintf(text, sizeof(text), "Picture %d", i);
            add_caption(&article, text, round && i == 7 ? "WIRE" : "");
        }
    assert_int_equal(article.captions, MANY);
    assert_string_equal(article.caption[MANY - 1].text.data, "Picture 9999");
    assert_string_equal(article.caption[7].credit.data, "WIRE");
    article_release(&article);
}

static void
paragraphs_stand_on_lines_of_their_own(void **state)
{
    struct article article;

    (void)state;
    article_init(&article);
    article_add_paragraph(&article, " one\ntwo ", 9);
    article_add_paragraph(&article, "\xC2\xA0", 2);
    article_add_paragraph(&article, "three", 5);
    assert_string_equal(article.body.data, "one two\nthree");
    article_release(&article);
}

static void
tidying_leaves_no_control_character_anywhere(void **state)
{
    struct article article;

    (void)state;
    article_init(&article);
    buf_set_text(&article.headline, "A\x1B]0;title\x07 headline\n");
    buf_set(&article.byline, "nul\0inside", 10);
    buf_set_text(&article.body, "p1\r\n\r\n\x02p2\x03");
    list_add_text(&article.authors, "Ann\tLee");
    list_add_text(&article.authors, " Ann Lee ");
    list_add_text(&article.authors, "\x01");
    article_tidy(&article);
    assert_string_equal(article.headline.data, "A]0;title headline");
    assert_string_equal(article.byline.data, "nulinside");
    assert_string_equal(article.body.data, "p1\np2");
    assert_int_equal(article.authors.count, 1);
    assert_string_equal(article.authors.item[0], "Ann Lee");
    article_release(&article);
}

static void
what_is_common_gives_way_to_the_article_s_own(void **state)
{
    struct article common;
    struct article article;

    (void)state;
    article_init(&common);
    article_init(&article);
    buf_set_text(&common.publication, "Ledger");
    buf_set_text(&common.headline, "All of today");
    list_add_text(&common.authors, "The Desk");
    common.published = date_of_day(2014, 10, 24);
    common.published_from = DATE_FROM_FEED;
    article_set_origin(&common, MEMBER_PUBLICATION, "feed", "title");
    buf_set_text(&article.headline, "A ferry");
    list_add_text(&article.authors, "Ann Lee");
    article_complete(&article, &common);
    assert_string_equal(article.publication.data, "Ledger");
    assert_string_equal(article.origin[MEMBER_PUBLICATION].place, "title");
    assert_string_equal(article.headline.data, "A ferry");
    assert_int_equal(article.authors.count, 1);
    assert_string_equal(article.authors.item[0], "Ann Lee");
    assert_int_equal(article.published_from, DATE_FROM_FEED);
    article_clear(&article);
    article_complete(&article, &common);
    assert_string_equal(article.authors.item[0], "The Desk");
    article_release(&article);
    article_release(&common);
}

static void
what_is_common_is_cut_short(void **state)
{
    struct article common;

    (void)state;
    article_init(&common);
    for (int i = 0; i < 700; i++) {
        buf_add_text(&common.publication, "\xC3\xA9");
        list_add(&common.authors, common.publication.data,
                 common.publication.size);
    }
    buf_set(&common.section, common.publication.data, 999);
    article_shorten(&common);
    assert_int_equal(common.publication.size, 1000);
    assert_int_equal(common.section.size, 999);
    assert_int_equal(common.authors.count, 40);
    assert_int_equal(strlen(common.authors.item[39]), 80);
    article_release(&common);
}

static void
a_language_is_two_letters_or_nothing(void **state)
{
    static const char *const cases[][2] = {
        {"en", "en"},  {"en-US", "en"}, {"de_AT", "de"},  {"FR", "fr"},
        {"ger", "de"}, {"DEU", "de"},   {"e-nUS", ""},    {"english", ""},
        {"isl", "is"}, {"haw", ""},     {"12", ""},       {"e1", ""},
        {"", ""},      {"-en", ""},     {"\xc3\xa9", ""},
    };
    struct buf language = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_set_text(&language, cases[i][0]);
        assert_int_equal(article_code_language(&language), *cases[i][1] != 0);
        assert_string_equal(language.data, cases[i][1]);
    }
    buf_release(&language);
}

static void
a_cleared_article_is_as_good_as_new(void **state)
{
    struct article article;
    struct buf fresh = BUF_INIT;
    struct buf used = BUF_INIT;

    (void)state;
    article_init(&article);
    article_print_json(&article, &fresh);
    add_caption(&article, "c", "d");
    buf_set_text(&article.headline, "h");
    list_add_text(&article.emails, "a@b.example");
    article.kind = ARTICLE_VIDEO;
    article.published = date_of_day(2014, 10, 24);
    article_set_origin(&article, MEMBER_HEADLINE, "h1", "line %d", 3);
    assert_string_equal(article.origin[MEMBER_HEADLINE].place, "line 3");
    article_print_json(&article, &used);
    assert_string_not_equal(fresh.data, used.data);
    assert_non_null(strstr(used.data, "\"published\":\"2014-10-24\""));
    article_clear(&article);
    assert_null(article.origin[MEMBER_HEADLINE].rule);
    buf_clear(&used);
    article_print_json(&article, &used);
    assert_string_equal(fresh.data, used.data);
    add_caption(&article, "again", "");
    assert_string_equal(article.caption[0].credit.data, "");
    buf_release(&fresh);
    buf_release(&used);
    article_release(&article);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_caption_in_other_quotes_is_the_same_caption),
        cmocka_unit_test(ten_thousand_captions_are_kept_once_each),
        cmocka_unit_test(paragraphs_stand_on_lines_of_their_own),
        cmocka_unit_test(tidying_leaves_no_control_character_anywhere),
        cmocka_unit_test(what_is_common_gives_way_to_the_article_s_own),
        cmocka_unit_test(what_is_common_is_cut_short),
        cmocka_unit_test(a_language_is_two_letters_or_nothing),
        cmocka_unit_test(a_cleared_article_is_as_good_as_new),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
