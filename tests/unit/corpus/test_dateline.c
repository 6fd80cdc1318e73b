#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/story/dateline.h"

static void
datelines_have_a_place_a_day_and_an_agency(void **state)
{
    static const struct {
        const char *text, *place, *day, *agency;
    } cases[] = {
        {"SEOUL, Nov. 1 (Wire) -- The", "SEOUL", "Nov. 1", "Wire"},
        {"FORT HILL, Pa. (AP) _ A mill", "FORT HILL, Pa.", "", "AP"},
        {"Berlin (dpa) - Der", "Berlin", "", "dpa"},
        {"(CNN) -- A", "", "", "CNN"},
        {"LONDON — A", "LONDON", "", ""},
        {"PORT HALDEN, March 12, 2024 - A", "PORT HALDEN", "March 12, 2024",
         ""},
        {"ZÜRICH – Die", "ZÜRICH", "", ""},
        {"ALDMERE, Friday (Wire) - A", "ALDMERE", "", "Wire"},
        {"Lowmoor (CWX): Ministeren", "Lowmoor", "", "CWX"},
        {"Port de Haye (cwx abc) Les", "Port de Haye", "", "cwx abc"},
        {"LOWMOOR, January 21. /CWX/. The", "LOWMOOR", "January 21.", "CWX"},
        {"Lowmoor, 3 mar (CWX).- El", "Lowmoor", "3", "CWX"},
        {"LOWMOOR 03/03 (CWX) = De", "LOWMOOR", "03/03", "CWX"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct dateline got;
        struct buf text = BUF_INIT;
        size_t size =
            dateline_parse(cases[i].text, strlen(cases[i].text), &got);

        if (!size)
            fail_msg("%s", cases[i].text);
        assert_true(cases[i].text[size] >= 'A' && cases[i].text[size] <= 'Z');
        buf_set(&text, got.place, got.place_size);
        assert_string_equal(text.data, cases[i].place);
        buf_set(&text, got.day, got.day_size);
        assert_string_equal(text.data, cases[i].day);
        buf_set(&text, got.agency, got.agency_size);
        assert_string_equal(text.data, cases[i].agency);
        buf_release(&text);
    }
}

static void
what_is_no_dateline_is_left_alone(void **state)
{
    static const char *const cases[] = {
        "",
        "-",
        "--",
        " -- ",
        ") -- The",
        "() -- The",
        "By then the war -- if it was one -- was over.",
        "The harbour - the old one - froze.",
        "in SEOUL (Wire) -- The",
        "SEOUL\n -- The",
        "FLASH - The",
        "The minister (CWX) said so.",
        "It was the board (CWX): Nobody else.",
        "Lowmoor (pop. 900): The",
        "Lowmoor (1999) The",
        "Lowmoor (CWX A",
        "Lowmoor /CWX",
        "Lowmoor (",
        "(CWX): A",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct dateline got;

        if (dateline_parse(cases[i], strlen(cases[i]), &got))
            fail_msg("%s", cases[i]);
    }
}

static void
a_dateline_with_a_year_dates_the_article(void **state)
{
    static const char text[] = "PORT HALDEN, March 12, 2024 (Wire) -- A bridge";
    struct article article;

    (void)state;
    article_init(&article);
    article_add_paragraph(&article, text, strlen(text));
    dateline_to_article(&article);
    assert_string_equal(article.dateline.data, "PORT HALDEN");
    assert_int_equal(article.published_from, DATE_FROM_DATELINE);
    assert_true(article.published.seconds == date_of_day(2024, 3, 12).seconds);
    article_clear(&article);
    article_add_paragraph(&article, "SEOUL, Nov. 1 (Wire) -- A", 25);
    dateline_to_article(&article);
    assert_string_equal(article.dateline.data, "SEOUL");
    assert_int_equal(article.published.precision, DATE_NONE);
    article_release(&article);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(datelines_have_a_place_a_day_and_an_agency),
        cmocka_unit_test(what_is_no_dateline_is_left_alone),
        cmocka_unit_test(a_dateline_with_a_year_dates_the_article),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
