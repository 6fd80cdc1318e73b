#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "tests/support/read_text.h"

#define BYTES(data, says)            \
    {                                \
        data, sizeof(data) - 1, says \
    }

static void
what_is_not_ours_is_called_by_its_name(void **state)
{
    static const struct {
        const char *data;
        size_t size;
        const char *says;
    } cases[] = {
        BYTES("%PDF-1.7\n", "is a PDF document; convert it"),
        BYTES("PK\3\4....word/document.xml", "is a Word document"),
        BYTES("PK\3\4....x", "it cannot be unpacked"),
        BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        BYTES("\x89PNG\r\n\x1a\n", "is a PNG image; it holds no text"),
        BYTES("\x7f\x45LF\2\1\1\0\0\0", "is a program"),
        BYTES("BZh91AY&SY", "no file in it is one of news"),
        BYTES("\0\1\2\3\4\5\0\1\2\3\4\5xyyyzz", "binary data"),
        BYTES("", "is empty"),
    };
    struct buf out = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        read_text("f.html", cases[i].data, cases[i].size, NULL, &out, NULL);
        if (!strstr(out.data, cases[i].says) ||
            strncmp(out.data, "!! f.html", 9) != 0)
            fail_msg("case %zu: %s", i, out.data);
    }
    buf_release(&out);
}

static void
an_article_of_too_many_names_is_bad_and_the_next_one_read(void **state)
{
    struct article article;
    struct buf text = BUF_INIT;
    struct buf out = BUF_INIT;

    (void)state;
    article_init(&article);
    buf_set_text(&article.headline, "First");
    for (int i = 0; i <= ARTICLE_MOST_NAMES; i++)
        list_add_text(&article.emails, "ann@news.example");
    article_print_json(&article, &text);
    article_release(&article);
    buf_add_text(&text, "{\"headline\":\"Second\"}\n");
    read_text("f.jsonl", text.data, text.size, NULL, &out, NULL);
    assert_string_equal(out.data, "!\nSecond|||\n");
    buf_release(&text);
    buf_release(&out);
}

static void
an_unknown_format_is_refused_with_the_list_of_all(void **state)
{
    struct buf out = BUF_INIT;

    (void)state;
    read_text("f", "{}", 2, "xyz", &out, NULL);
    assert_non_null(strstr(out.data, "there is no format \"xyz\""));
    assert_non_null(strstr(out.data, "jsonl"));
    buf_release(&out);
}

static void
an_article_without_text_is_bad_and_the_next_is_read(void **state)
{
    static const char text[] = "{\"id\":\"1\"}\n{\"title\":\"T\"}\n";
    struct buf out = BUF_INIT;

    (void)state;
    read_text("f", text, sizeof(text) - 1, NULL, &out, NULL);
    assert_string_equal(out.data, "!\nT|||\n");
    buf_release(&out);
}

static void
a_date_after_the_latest_is_none(void **state)
{
    static const char text[] = "{\"title\":\"T\",\"date\":\"2024-05-01\"}\n";
    static const struct {
        int64_t latest;
        enum date_precision precision;
    } cases[] = {
        {0, DATE_DAY},
        {INT64_C(1714521600), DATE_DAY}, /* 2024-05-01 00:00:00 */
        {INT64_C(1714521599), DATE_NONE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reader_options options = {.latest = cases[i].latest};
        struct input *input = NULL;
        struct reader *reader = NULL;
        struct article article;
        bool more = false;

        article_init(&article);
        assert_false(
            input_open_memory(&input, text, sizeof(text) - 1, "f", NULL, NULL));
        assert_false(reader_open(&reader, input, &options, NULL));
        assert_false(reader_next(reader, &article, &more, NULL));
        assert_int_equal(article.published.precision, cases[i].precision);
        reader_close(reader);
        input_close(input);
        article_release(&article);
    }
}

static void
every_format_has_a_name_and_does_not_claim_nothing(void **state)
{
    const struct format *const *formats = reader_formats();

    (void)state;
    assert_non_null(formats[0]);
    for (size_t i = 0; formats[i]; i++) {
        assert_true(formats[i]->name[0] != '\0');
        assert_true(formats[i]->about[0] != '\0');
        assert_true(formats[i]->sniff("", 0) <= 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_ours_is_called_by_its_name),
        cmocka_unit_test(
            an_article_of_too_many_names_is_bad_and_the_next_one_read),
        cmocka_unit_test(an_unknown_format_is_refused_with_the_list_of_all),
        cmocka_unit_test(an_article_without_text_is_bad_and_the_next_is_read),
        cmocka_unit_test(a_date_after_the_latest_is_none),
        cmocka_unit_test(every_format_has_a_name_and_does_not_claim_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
