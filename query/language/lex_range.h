/*
 * query/language/lex_range.h - dates and lengths as they stand in a query.
 *
 *     date:2014..2016  since:2014  until:oct-2014  date > 2018
 *     date:"15 March 1987"  year:1987  after:2014  before:march 2021
 *     date from 20140101 to 20141231   date after -7
 *     wc>1000  length:100..200
 */
#ifndef QUERY_LEX_RANGE_H
#define QUERY_LEX_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/list.h"

struct lex_range {
    bool length; /* words, else days */
    int64_t from;
    int64_t to; /* both included */
};

/* Read one at the start of `text`.  Returns the bytes that belong to it, or 0
 * if it is none; one that looks like a date and is none leaves a note, unless
 * `notes` is NULL. */
size_t lex_range_read(const char *text, size_t size, int64_t now,
                      struct lex_range *range, struct list *notes);

/* May the word begin one, with a sign, a date or both in other words after it?
 * "date" may, and "date>2", which "d" makes two days. */
bool lex_range_may_begin(const char *word);

/* "2.5" as a number, whatever the locale; digits and dots only. */
double lex_decimal(const char *text);

#endif
