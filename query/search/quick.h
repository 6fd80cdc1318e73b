/*
 * query/search/quick.h - the queries that the ranked index answers.
 *
 * Words and phrases, all of them or any of them, with NOT and with days of
 * publication: what people type, of which not every match is looked at
 * (query/topk/topk.h).  And every other query, on the places of its words
 * (query/evaluate/evaluate.h), and for fields that are not in the ranked index
 * on the articles that FTS5 names (columns.h), unless these fields stand where
 * more than their truth matters.  The hits, their scores, their order and
 * their number are those of collect.h, which asks FTS5 and reads texts and
 * answers everything; only the time differs.
 */
#ifndef QUERY_QUICK_H
#define QUERY_QUICK_H

#include <stdbool.h>

#include "query/search/collect.h"

/* Whether it can be answered here; then no text has to be read again, even if
 * the plan for FTS5 says so. */
bool quick_can(const struct archive *archive,
               const struct collect_request *request);

/*
 * The same as collect() for a request that quick_can() takes.
 * `*answered` is false if a ranked index is damaged: ask collect().
 */
enum status quick_collect(struct archive *archive, struct scorer *scorer,
                          const struct collect_request *request,
                          struct collection *out, bool *answered,
                          struct error *err);

#endif
