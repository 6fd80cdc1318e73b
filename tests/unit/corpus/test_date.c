#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/date/calendar.h"
#include "corpus/date/date.h"

struct spelling {
    const char *text;
    const char *printed; /* "" if there is no date */
    size_t used;         /* 0: the whole text */
};

static void
check(const struct spelling *cases, size_t count, bool month_first)
{
    struct buf got = BUF_INIT;

    for (size_t i = 0; i < count; i++) {
        struct date date;
        size_t size = strlen(cases[i].text);
        size_t used = date_parse(cases[i].text, size, month_first, &date);
        size_t due = cases[i].used ? cases[i].used : size;

        if (cases[i].printed[0] == '\0')
            due = 0;
        buf_clear(&got);
        date_print(&date, &got);
        if (strcmp(got.data, cases[i].printed) != 0 || used != due)
            fail_msg("\"%s\" came out as \"%s\" (%zu bytes), not \"%s\" (%zu)",
                     cases[i].text, got.data, used, cases[i].printed, due);
    }
    buf_release(&got);
}

#define CHECK(cases, month_first) check(cases, COUNT(cases), month_first)

static void
iso_dates_are_read_in_full_and_in_part(void **state)
{
    static const struct spelling cases[] = {
        {"2014", "2014", 0},
        {"2014-10", "2014-10", 0},
        {"2014-10-24", "2014-10-24", 0},
        {"2014-10-24T09:05", "2014-10-24T09:05", 0},
        {"2014-10-24T09:05Z", "2014-10-24T09:05Z", 0},
        {"2014-10-24T09:05:00+09:00", "2014-10-24T09:05:00+09:00", 0},
        {"2014-10-24 09:05:00.123 -0530", "2014-10-24T09:05:00-05:30", 0},
        {"20141024", "2014-10-24", 0},
        {"20141024T090500Z", "2014-10-24T09:05:00Z", 0},
        {"20141024T0905+0100", "2014-10-24T09:05+01:00", 0},
        {"20141024090500", "2014-10-24T09:05:00", 0},
        {"2014-W43-5", "2014-10-24", 0},
        {"2015-W01-1", "2014-12-29", 0},
        {"2014-297", "2014-10-24", 0},
        {"2014-10-24T24:00", "2014-10-25T00:00", 0},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", 0},
        {"2014-10-24T25:00", "2014-10-24", 10},
        {"1600-01-01", "1600-01-01", 0},
        {"2200-12-31", "2200-12-31", 0},
    };

    (void)state;
    CHECK(cases, true);
}

static void
months_are_read_in_many_languages(void **state)
{
    static const struct spelling cases[] = {
        {"24 października 2014", "2014-10-24", 0},
        {"24 listopada 2014", "2014-11-24", 0},
        {"24. listopada 2014.", "2014-10-24", 18},
        {"24. října 2014", "2014-10-24", 0},
        {"1. októbra 2014", "2014-10-01", 0},
        {"24. srpnja 2014", "2014-07-24", 0},
        {"24. avgusta 2014", "2014-08-24", 0},
        {"24. октобра 2014", "2014-10-24", 0},
        {"24 октября 2014 в 09:05", "2014-10-24T09:05", 0},
        {"24 ОКТЯБРЯ 2014", "2014-10-24", 0},
        {"24 окт. 2014", "2014-10-24", 0},
        {"24 жовтня 2014", "2014-10-24", 0},
        {"24 октомври 2014", "2014-10-24", 0},
        {"24 Ağustos 2014", "2014-08-24", 0},
        {"24 Kasım 2014", "2014-11-24", 0},
        {"24 HAZİRAN 2014", "2014-06-24", 0},
        {"24 octombrie 2014", "2014-10-24", 0},
        {"2014. október 24.", "2014-10-24", 0},
        {"24. lokakuuta 2014", "2014-10-24", 0},
        {"24 Οκτωβρίου 2014", "2014-10-24", 0},
        {"24 октябряя 2014", "", 0},
        {"31 września 2014", "", 0},
        {"24 \xd0\xbe\xd0 2014", "", 0},
        {"24 маяковский-маяковский-маяковский 2014", "", 0},
    };

    (void)state;
    CHECK(cases, true);
}

/* Full, abbreviated, with a weekday and a time; the languages' own orders. */
static void
names_of_many_languages_are_known(void **state)
{
    static const struct spelling cases[] = {
        {"mar. 12 déc. 2017", "2017-12-12", 0},
        {"mar, 18 ott 2022 13:28:06 +0200", "2022-10-18T13:28:06+02:00", 0},
        {"sab, 07 gen 2023", "2023-01-07", 0},
        {"Le 12 mars 2018", "", 0},
        {"12 févr. 2018", "2018-02-12", 0},
        {"12 ene. 2018", "2018-01-12", 0},
        {"12 de fev. de 2018 às 9h30", "2018-02-12T09:30", 0},
        {"6 Nop 2019", "2019-11-06", 0},
        {"12 Agustus 2019 pukul 09.30", "2019-08-12T09:30", 0},
        {"12 मार्च 2019", "2019-03-12", 0},
        {"12 नव॰ 2018", "2018-11-12", 0},
        {"12 آذار 2019", "2019-03-12", 0},
        {"5 تشرين الثاني 2018", "2018-11-05", 0},
        {"12 במרץ 2019", "2019-03-12", 0},
        {"5 בנוב׳ 2018", "2018-11-05", 0},
        {"2019 m. kovo 12 d. 09:30", "2019-03-12T09:30", 0},
        {"2019. gada 12. martā, 09:30", "2019-03-12T09:30", 0},
        {"12. märts 2019", "2019-03-12", 0},
        {"12 de xaneiro de 2019", "2019-01-12", 0},
        {"12 d’octubre de 2019", "2019-10-12", 0},
        {"12 ta’ Marzu 2019", "2019-03-12", 0},
        {"2019ko martxoaren 12a", "2019-03-12", 0},
        {"12 tháng 3 năm 2019", "2019-03-12", 0},
        {"12 Mart 2019 Salı 09:30", "2019-03-12T09:30", 0},
        {"2019 ж. 12 наурыз", "2019-03-12", 0},
        {"2019 оны 3-р сарын 12", "2019-03-12", 0},
        {"12 მარტი, 2019", "2019-03-12", 0},
        {"12 մարտի, 2019", "2019-03-12", 0},
        {"2019 මාර්තු 12", "2019-03-12", 0},
        {"2019年3月12日（火）9:30", "2019-03-12T09:30", 0},
        {"2019년 3월 12일 화요일 09:30", "2019-03-12T09:30", 0},
        {"12. lip 2019", "2019-06-12", 0},
        {"12 lip 2019", "2019-07-12", 0},
        {"12. lis 2019", "", 0},
        {"12 srp 2019", "", 0},
        {"out 2019", "", 0},
        {"the 8 may 85 ships", "", 0},
        {"8 may 85 ships", "", 0},
        {"8 May 85", "1985-05-08", 0},
    };

    (void)state;
    CHECK(cases, false);
}

static void
numerals_of_all_scripts_are_read(void **state)
{
    static const struct spelling cases[] = {
        {"२०१४-०४-२८", "2014-04-28", 0},
        {"١٢ مارس ٢٠١٩", "2019-03-12", 0},
        {"２０１９年３月１２日", "2019-03-12", 0},
        {"১২ মার্চ ২০১৯", "2019-03-12", 0},
        {"๑๒ มีนาคม ๒๕๖๒", "2019-03-12", 0},
    };
    struct date date;
    size_t start = 0;

    (void)state;
    CHECK(cases, false);
    assert_int_equal(date_find("कल २०१४-०४-२८ को", strlen("कल २०१४-०४-२८ को"),
                               false, &date, &start),
                     strlen("२०१४-०४-२८"));
    assert_int_equal(start, strlen("कल "));
}

/* By ICU's and the papers' own calendars. */
static void
years_of_other_calendars_are_turned(void **state)
{
    static const struct spelling cases[] = {
        {"12 มีนาคม 2562", "2019-03-12", 0},
        {"12 มี.ค. 62", "2019-03-12", 0},
        {"12 มีนาคม พ.ศ. 2562", "2019-03-12", 0},
        {"12 มีนาคม ค.ศ. 2019", "2019-03-12", 0},
        {"۲۱ اسفند ۱۳۹۷", "2019-03-12", 0},
        {"۳۰ اسفند ۱۳۹۹", "2021-03-20", 0},
        {"۳۰ اسفند ۱۳۹۸", "", 0},
        {"۱ فروردین ۱۴۰۰", "2021-03-21", 0},
        {"5 رجب 1440", "2019-03-12", 0},
        {"1 محرم 1445", "2023-07-19", 0},
        {"31 رجب 1440", "", 0},
        {"平成31年3月12日", "2019-03-12", 0},
        {"令和元年5月1日", "2019-05-01", 0},
        {"昭和64年1月7日", "1989-01-07", 0},
        {"民國108年3月12日", "2019-03-12", 0},
        {"中華民國113年1月13日", "2024-01-13", 0},
    };

    (void)state;
    CHECK(cases, false);
}

static void
words_and_numbers_of_news_are_read(void **state)
{
    static const struct spelling cases[] = {
        {"October 24, 2014", "2014-10-24", 0},
        {"OCTOBER 24TH 2014", "2014-10-24", 0},
        {"Nov.1,2018", "2018-11-01", 0},
        {"Sept. 2014", "2014-09", 0},
        {"Friday, October 24, 2014 at 9:05 AM", "2014-10-24T09:05", 0},
        {"Oct. 24, 2014, 9:05 p.m. KST", "2014-10-24T21:05+09:00", 0},
        {"24 Oct 2014 12:30 a.m.", "2014-10-24T00:30", 0},
        {"24th of October, 2014", "2014-10-24", 0},
        {"24. Oktober 2014, 9.05 Uhr", "2014-10-24T09:05", 22},
        {"24 de octubre de 2014", "2014-10-24", 0},
        {"1 AO\xc3\x9bT 2014", "2014-08-01", 0},
        {"Fri, 24 Oct 2014 09:05:00 GMT", "2014-10-24T09:05:00Z", 0},
        {"Fri, 24 Oct 14 09:05:00 +0900 (KST)", "2014-10-24T09:05:00+09:00", 0},
        {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01", 0},
        {" 2 MAR 1987", "", 0},
        {"2 MAR 1987 0905 GMT", "1987-03-02T09:05Z", 0},
        {"Fri Oct 24 15:04:05 KST 2014", "2014-10-24T15:04:05+09:00", 0},
        {"9:05 PM ET, Fri October 24, 2014", "2014-10-24T21:05-04:00", 0},
        {"2014/10/24", "2014-10-24", 0},
        {"2014. 10. 24", "2014-10-24", 0},
        {"2014\xe5\xb9\xb4"
         "10\xe6\x9c\x88"
         "24\xe6\x97\xa5",
         "2014-10-24", 0},
        {"October 24,\xc2\xa0"
         "2014 \xe2\x80\x94 3:40 pm",
         "2014-10-24T15:40", 0},
    };

    (void)state;
    CHECK(cases, true);
}

static void
what_is_no_date_is_none(void **state)
{
    static const struct spelling cases[] = {
        {"", "", 0},
        {"May the 4th", "", 0},
        {"2014-02-30", "", 0},
        {"February 29, 2015", "", 0},
        {"9999-01-01", "", 0},
        {"1599-12-31", "", 0},
        {"0000-00-00", "", 0},
        {"2014-13-01", "", 0},
        {"2014-15", "", 0},
        {"20141024a", "", 0},
        {"32/12/2014", "", 0},
        {"13/13/2014", "", 0},
        {"October", "", 0},
        {"October 24", "", 0},
        {"Octobers 24, 2014", "", 0},
        {"12345", "", 0},
        {"-2014-10-24", "", 0},
    };

    (void)state;
    CHECK(cases, true);
}

static void
the_readings_of_a_numeric_date_follow_the_caller(void **state)
{
    static const struct spelling first[] = {
        {"03/04/2014", "2014-03-04", 0}, {"24/10/2014", "2014-10-24", 0},
        {"10/24/2014", "2014-10-24", 0}, {"03.04.2014", "2014-04-03", 0},
        {"3/4/14", "2014-03-04", 0},
    };
    static const struct spelling second[] = {
        {"03/04/2014", "2014-04-03", 0},
        {"10/24/2014", "2014-10-24", 0},
        {"3-4-2014 9:05", "2014-04-03T09:05", 0},
    };

    (void)state;
    CHECK(first, true);
    CHECK(second, false);
}

static void
american_clocks_know_summer_time(void **state)
{
    static const struct spelling cases[] = {
        {"2018-03-10 09:00 ET", "2018-03-10T09:00-05:00", 0},
        {"2018-03-11 09:00 ET", "2018-03-11T09:00-04:00", 0},
        {"2018-11-03 09:00 CT", "2018-11-03T09:00-05:00", 0},
        {"2018-11-04 09:00 CT", "2018-11-04T09:00-06:00", 0},
        {"2006-04-01 09:00 PT", "2006-04-01T09:00-08:00", 0},
        {"2006-04-02 09:00 PT", "2006-04-02T09:00-07:00", 0},
        {"2006-10-28 09:00 MT", "2006-10-28T09:00-06:00", 0},
        {"2006-10-29 09:00 MT", "2006-10-29T09:00-07:00", 0},
    };

    (void)state;
    CHECK(cases, true);
}

static void
a_date_is_found_in_running_text(void **state)
{
    static const struct {
        const char *text;
        const char *printed;
        size_t start;
    } cases[] = {
        {"Posted on November 1, 2018 by X", "2018-11-01", 10},
        {"in 1995 or (Oct. 24, 2014)", "2014-10-24", 12},
        {"/news/2014/10/24/story.html", "2014-10-24", 6},
        {"\xe2\x80\x94"
         "2014-10-24",
         "2014-10-24", 3},
        {"the 2011-12 season", "", 0},
        {"no date, 12345678, at all", "", 0},
        {"x2014-10-24", "", 0},
        {"", "", 0},
    };
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct date date;
        size_t start = 0;

        date_find(cases[i].text, strlen(cases[i].text), true, &date, &start);
        buf_clear(&got);
        date_print(&date, &got);
        if (strcmp(got.data, cases[i].printed) != 0 || start != cases[i].start)
            fail_msg("in \"%s\" \"%s\" was found at %zu", cases[i].text,
                     got.data, start);
    }
    buf_release(&got);
}

static void
every_day_of_six_centuries_survives_the_calendar(void **state)
{
    int64_t due = date_of_day(1600, 1, 1).seconds;
    int64_t last = date_of_day(2200, 12, 31).seconds;

    (void)state;
    assert_int_equal(date_of_day(1970, 1, 1).seconds, 0);
    assert_int_equal(date_of_day(2000, 3, 1).seconds, 951868800);
    for (; due <= last; due += SECONDS_A_DAY) {
        struct date date = {.seconds = due, .precision = DATE_DAY};
        int year;
        int month;
        int day;

        date_day(&date, &year, &month, &day);
        assert_int_equal(date_of_day(year, month, day).seconds, due);
    }
}

static void
the_stated_period_ends_where_the_next_begins(void **state)
{
    static const struct {
        const char *text, *end;
    } cases[] = {
        {"2014", "2015-01-01T00:00:00Z"},
        {"2014-12", "2015-01-01T00:00:00Z"},
        {"2016-02", "2016-03-01T00:00:00Z"},
        {"2014-10-24", "2014-10-25T00:00:00Z"},
        {"2014-10-24T09:05Z", "2014-10-24T09:06:00Z"},
        {"2014-10-24T09:05:59+09:00", "2014-10-24T00:06:00Z"},
    };
    struct buf got = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct date date;
        struct date end = {.precision = DATE_SECOND, .has_zone = true};

        date_parse(cases[i].text, strlen(cases[i].text), false, &date);
        end.seconds = date_end(&date);
        buf_clear(&got);
        date_print(&end, &got);
        assert_string_equal(got.data, cases[i].end);
    }
    buf_release(&got);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_dates_are_read_in_full_and_in_part),
        cmocka_unit_test(months_are_read_in_many_languages),
        cmocka_unit_test(names_of_many_languages_are_known),
        cmocka_unit_test(numerals_of_all_scripts_are_read),
        cmocka_unit_test(years_of_other_calendars_are_turned),
        cmocka_unit_test(words_and_numbers_of_news_are_read),
        cmocka_unit_test(what_is_no_date_is_none),
        cmocka_unit_test(the_readings_of_a_numeric_date_follow_the_caller),
        cmocka_unit_test(american_clocks_know_summer_time),
        cmocka_unit_test(a_date_is_found_in_running_text),
        cmocka_unit_test(every_day_of_six_centuries_survives_the_calendar),
        cmocka_unit_test(the_stated_period_ends_where_the_next_begins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
