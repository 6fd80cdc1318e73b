/*
 * query/search/fields.h - what people call the parts of articles.
 *
 * The facets that matches are counted by, the fields that a query can name,
 * and the orders of hits, for whoever lists them: help, completions, pages.
 */
#ifndef QUERY_FIELDS_H
#define QUERY_FIELDS_H

#include <stdint.h>

#include "query/language/expr.h"
#include "query/search/search.h"

/* "source", "byline", ...: what --facet takes. */
const char *search_facet_name(enum search_facet facet);

/* What a facet of dates calls a day: "1987", "1987-03", "1987-03-09". */
#define SEARCH_DAY_NAME 32

void search_day_name(char name[SEARCH_DAY_NAME], int64_t day,
                     enum search_facet facet);

/* Where in an article a query finds its values; ZONE_COUNT: nowhere. */
enum expr_zone search_facet_zone(enum search_facet facet);

struct search_field {
    const char *const *spelling; /* ended by NULL; the first is canonical */
    const char *about;           /* where a word after it is found */
    enum search_facet facet;     /* that has its values; FACET_COUNT: none */
};

/* The fields by numbers from 0; false after the last. */
bool search_field(int number, struct search_field *field);

/* "newest first": an order in words; NULL behind the last. */
const char *search_sort_title(enum search_sort sort);

/* What orders are called, by numbers from 0; NULL after the last.  First the
 * name that each goes by, in the order of enum search_sort, then others. */
const char *search_sort_name(size_t number);

/* The order that the name of that number means. */
enum search_sort search_sort_of(size_t number);

/* "dated by the agency": how the date of an article became known. */
const char *search_date_title(enum date_source source);

#endif
