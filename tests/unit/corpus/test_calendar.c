/* The one calendar: days, dates, seconds and weekdays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "corpus/date/calendar.h"

static void
a_day_has_one_number(void **state)
{
    (void)state;
    assert_int_equal(calendar_day(1970, 1, 1), 0);
    assert_int_equal(calendar_day(2000, 2, 29), 11016);
    assert_int_equal(calendar_day(1600, 1, 1), -135140);
    for (int64_t day = -140000; day < 90000; day += 13) {
        int year;
        int month;
        int mday;

        calendar_date(day, &year, &month, &mday);
        assert_int_equal(calendar_day(year, month, mday), day);
    }
}

static void
the_day_behind_a_months_last_is_the_next_ones_first(void **state)
{
    (void)state;
    for (int year = 1600; year <= 2200; year++)
        for (int month = 1; month <= 12; month++) {
            int last = calendar_days_in_month(year, month);
            int next_year;
            int next_month;
            int mday;

            calendar_date(calendar_day(year, month, last) + 1, &next_year,
                          &next_month, &mday);
            assert_int_equal(mday, 1);
            assert_int_equal(next_month, month % 12 + 1);
            assert_int_equal(next_year, year + month / 12);
        }
    assert_int_equal(calendar_days_in_month(1900, 2), 28);
    assert_int_equal(calendar_days_in_month(2000, 2), 29);
    assert_int_equal(calendar_days_in_month(2014, 12), 31);
}

static void
seconds_before_1970_belong_to_the_day_they_are_in(void **state)
{
    static const struct {
        int64_t seconds, day;
        int rest;
    } cases[] = {
        {0, 0, 0},
        {SECONDS_A_DAY - 1, 0, SECONDS_A_DAY - 1},
        {SECONDS_A_DAY, 1, 0},
        {-1, -1, SECONDS_A_DAY - 1},
        {-SECONDS_A_DAY, -1, 0},
        {-SECONDS_A_DAY - 1, -2, SECONDS_A_DAY - 1},
        {INT64_MIN, INT64_MIN / SECONDS_A_DAY - 1, 30592},
        {INT64_MAX, INT64_MAX / SECONDS_A_DAY, 55807},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(calendar_day_of(cases[i].seconds), cases[i].day);
        assert_int_equal(calendar_second_of(cases[i].seconds), cases[i].rest);
    }
}

static void
a_week_begins_on_monday(void **state)
{
    (void)state;
    assert_int_equal(calendar_weekday(0), 3); /* a Thursday */
    assert_int_equal(calendar_weekday(calendar_day(2014, 10, 24)), 4);
    assert_int_equal(calendar_weekday(calendar_day(1815, 6, 18)), 6);
    for (int64_t day = -800; day < 800; day++)
        assert_int_equal((calendar_weekday(day) + 1) % 7,
                         calendar_weekday(day + 1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_has_one_number),
        cmocka_unit_test(the_day_behind_a_months_last_is_the_next_ones_first),
        cmocka_unit_test(seconds_before_1970_belong_to_the_day_they_are_in),
        cmocka_unit_test(a_week_begins_on_monday),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
