/*
 * corpus/date/date_scan.h - what the two halves of the date reader share: a
 * place in a text, and steps that move on if they find what they look for.
 *
 * A step that says false may have moved; its caller keeps a copy of the scan
 * and goes back to that.
 */
#ifndef CORPUS_DATE_SCAN_H
#define CORPUS_DATE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

struct scan {
    const char *text;
    size_t size;
    size_t at;
    bool month_first;
    int year;
    int month; /* 0: not stated; the same for day */
    int day;
    int hour; /* -1: not stated; the same for second */
    int minute;
    int second;
    bool has_zone;
    int zone;
    int us_zone;  /* hours west of UTC if "ET" and its like was stated */
    bool pointed; /* "kl. 21.05": a point may part hour and minute */
};

struct name {
    const char *name;
    int value;
};

/* An ASCII letter, or the first byte of one of Latin-1's. */
bool scan_is_letter(char byte);

/* The byte `ahead` of here, NUL behind the end. */
char scan_peek(const struct scan *s, size_t ahead);

bool scan_byte(struct scan *s, char byte);
bool scan_text(struct scan *s, const char *text);

/* Blanks and line ends; U+00A0 and U+202F are blanks too. */
bool scan_blanks(struct scan *s);

/* Count the digits here, at most `most`; their value goes to `*value`. */
int scan_digits(struct scan *s, int most, int *value);

/* Exactly `count` digits, no more of them behind. */
bool scan_number(struct scan *s, int count, int *value);

/* A name of the table, which an entry of NULL ends, in any case and whole:
 * no letter may follow.  Points are part of it if `points`. */
bool scan_name(struct scan *s, const struct name *names, bool points,
               int *value);

/* Months 1 to 12, those of other calendars as other_calendar.h numbers them,
 * and weekdays from Monday at 1, as they are written; in order of bytes. */
extern const struct name scan_months[];
extern const size_t scan_months_count;
extern const struct name scan_weekdays[];
extern const size_t scan_weekdays_count;

/* The same of these tables; of a language that writes one in two words, both.
 */
bool scan_month(struct scan *s, int *value);
bool scan_weekday(struct scan *s, int *value);

/* "9:05", "21:05:30.5", "9 p.m.", "9.05pm", "21h05", "0905 GMT". */
bool scan_clock(struct scan *s);

/* "0905", "090500", "090500.5" of the compact form. */
bool scan_compact_clock(struct scan *s);

/* A zone, with blanks before it and maybe in brackets.  "+0900 (KST)" says
 * it twice; the comment is passed over. */
bool scan_zone(struct scan *s);

#endif
