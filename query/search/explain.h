/*
 * query/search/explain.h - how a query was understood, and what a score is made
 * of.
 */
#ifndef QUERY_EXPLAIN_H
#define QUERY_EXPLAIN_H

#include "query/search/collect.h"
#include "query/search/question.h"

/* Append lines to `out`. */
void explain_query(const struct archive *archive,
                   const struct question *question, struct buf *out);

/* The score of one hit as a sum: one line for each word it has. */
enum status explain_score(struct archive *archive,
                          const struct question *question,
                          const struct found *found, struct buf *out,
                          struct error *err);

#endif
