/*
 * corpus/date/islamic.h - the months of the Islamic calendar of Umm al-Qura, a
 * bit each: islamic_months.c is made by tools/islamic_months.
 */
#ifndef CORPUS_ISLAMIC_H
#define CORPUS_ISLAMIC_H

#include <stdint.h>

enum {
    ISLAMIC_FIRST = 1356,
    ISLAMIC_LAST = 1500
};

/* The first day of ISLAMIC_FIRST, counted as in calendar.h. */
extern const int64_t islamic_start;

/* Of each year: has a month 30 days (1) or 29?  The first one is lowest. */
extern const uint16_t islamic_months[ISLAMIC_LAST - ISLAMIC_FIRST + 1];

#endif
