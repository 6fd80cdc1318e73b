/*
 * query/language/names.h - what can stand before a colon in a query.
 *
 * The one list of these names: parser, printer, help and completions have
 * theirs from here, and a test holds nsearch-query.7 against it.
 */
#ifndef QUERY_NAMES_H
#define QUERY_NAMES_H

#include "query/language/expr.h"

/* The zones of expr.h are the first; of them ZONE_FIRST, which has a number
 * and no colon, has no name here. */
enum {
    NAME_DATE = ZONE_COUNT,
    NAME_YEAR,
    NAME_SINCE,
    NAME_UNTIL,
    NAME_AFTER,
    NAME_BEFORE,
    NAME_LENGTH,
    NAME_COUNT
};

struct query_name {
    const char *spelling[7]; /* in lower case; the first is canonical, NULL
                                ends them */
    const char *about;       /* where a word after it is found */
};

extern const struct query_name query_names[NAME_COUNT];

#endif
