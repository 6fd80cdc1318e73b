#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/intake/parcel.h"
#include "tests/support/full_article.h"

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
    full_article(&article);
    article_init(&copy);
    article.origin[MEMBER_BODY].rule = NULL;
    parcel_pack(&parcel, &article);
    assert_true(parcel_unpack(&copy, &rules, parcel.data, parcel.size));
    article_print_json(&article, &shown);
    article_print_json(&copy, &shown_again);
    assert_string_equal(shown.data, shown_again.data);
    parcel_pack(&again, &copy);
    assert_true(buf_equal(&parcel, &again));
    assert_string_equal(copy.origin[MEMBER_HEADLINE].rule, "test");
    assert_string_equal(copy.origin[MEMBER_HEADLINE].place, "of headline");
    assert_null(copy.origin[MEMBER_BODY].rule);
    assert_int_equal(copy.item, article.item);
    assert_int_equal(copy.offset, article.offset);
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
    full_article(&article);
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

/* A megabyte of nothing must not become many of names. */
static void
more_names_than_an_article_has_are_refused(void **state)
{
    struct parcel_rules rules = PARCEL_RULES_INIT;
    struct article article;
    struct article copy;

    (void)state;
    article_init(&article);
    article_init(&copy);
    for (size_t what = 0; what < 3; what++) {
        article_clear(&article);
        for (size_t i = 0; i <= ARTICLE_MOST_NAMES; i++) {
            struct buf parcel = BUF_INIT;
            bool taken;

            if (what == 0)
                list_add_text(&article.authors, "");
            else if (what == 1)
                list_add_text(&article.emails, "");
            else
                article_append_caption(&article, "", 0, "", 0);
            if (i + 2 < ARTICLE_MOST_NAMES)
                continue;
            parcel_pack(&parcel, &article);
            taken = parcel_unpack(&copy, &rules, parcel.data, parcel.size);
            assert_int_equal(taken, i < ARTICLE_MOST_NAMES);
            buf_release(&parcel);
        }
    }
    article_release(&article);
    article_release(&copy);
    list_release(&rules.names);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_unpacked_is_what_was_packed),
        cmocka_unit_test(a_parcel_that_is_cut_or_longer_is_refused),
        cmocka_unit_test(text_that_could_do_harm_is_refused),
        cmocka_unit_test(more_names_than_an_article_has_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
