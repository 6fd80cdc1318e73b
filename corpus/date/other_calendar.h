/*
 * corpus/date/other_calendar.h - dates of calendars in which papers are dated
 * besides the Gregorian one.
 *
 *     12 มีนาคม 2562           Buddhist: Gregorian months, 543 years more
 *     ۲۱ اسفند ۱۳۹۷             Persian: the year begins in March
 *     5 رجب 1440               Islamic, of Umm al-Qura
 *     平成31年3月12日            Japanese eras
 *     民國108年3月12日           Minguo: years since 1911
 *
 * Of the Persian calendar leap years go by the arithmetic of 33 years, which
 * agrees with the astronomers' from 1244 to 1472.
 */
#ifndef CORPUS_OTHER_CALENDAR_H
#define CORPUS_OTHER_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

/* What is added to a month's number in the table of names. */
enum {
    CALENDAR_BUDDHIST = 100,
    CALENDAR_PERSIAN = 200,
    CALENDAR_ISLAMIC = 300
};

/*
 * Make `*year`, `*month` and `*day` Gregorian; `*month` is a number of the
 * table, 1 to 12 of the Gregorian calendar or more, and `*day` may be 0, for
 * all of a month.  False if there is no such date, or if a month of that
 * calendar is none of ours.
 */
bool other_calendar_turn(int *year, int *month, int *day);

/* The year before the first of an era whose name the text begins with, and the
 * name's bytes; 0 if it begins with none. */
size_t other_calendar_era(const char *text, size_t size, int *before);

#endif
