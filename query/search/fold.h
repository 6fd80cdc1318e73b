/*
 * query/search/fold.h - which hits are copies of others.
 */
#ifndef QUERY_FOLD_H
#define QUERY_FOLD_H

#include "query/search/result.h"

/* Papers print a story again for so many days. */
#define FOLD_DAYS 14

/* A hit is compared with at most so many before it. */
#define FOLD_BEHIND 500

/*
 * Fill hit.copy_of and hit.copies of hits that were loaded with request.fold:
 * who tells the story of a hit before it, at most FOLD_DAYS from it, is a copy
 * of the first such hit.  Undated ones may be of any day.  Copies of one hit
 * are not compared with each other, so a chain of likenesses makes no group.
 */
void fold_hits(struct search_result *result);

#endif
