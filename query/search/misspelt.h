/*
 * query/search/misspelt.h - the words of a query that the archive hardly knows.
 *
 * Each of them gets a guess what it was meant to be, and the query with it,
 * to be offered; where nothing at all was found, the words that no article
 * has are named.
 */
#ifndef QUERY_MISSPELT_H
#define QUERY_MISSPELT_H

#include "query/archive/archive.h"
#include "query/search/question.h"
#include "query/search/result.h"

/* Fill in result->suggestion and add to result->notes; result->total is
 * known.  `text` is the query as it was typed. */
void misspelt_offer(struct archive *archive, const struct question *question,
                    const char *text, struct search_result *result);

#endif
