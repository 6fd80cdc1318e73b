/*
 * query/search/search_parts.h - what the files of search.h share; nobody else
 * includes it.
 *
 *     search.c    the door: the archive, hits with their texts, facets
 *     run.c       a question, put to the archive
 *     like.c      what is like an article
 *     advice.c    what may have been meant, and what less would find
 */
#ifndef QUERY_SEARCH_PARTS_H
#define QUERY_SEARCH_PARTS_H

#include "query/match/scorer.h"
#include "query/search/collect.h"
#include "query/search/question.h"
#include "query/search/search.h"

struct search {
    struct archive *archive;
    struct scorer *scorer; /* one for each segment */
};

/* --- search.c --- */

/* Where the living article of that key or URL stands; STATUS_ABSENT. */
enum status search_find(struct search *search, const char *key, size_t *segment,
                        int64_t *id, struct error *err);

/* --- run.c --- */

/* What failed because the time was up did not fail. */
enum status search_forgive(const struct search *search, enum status status,
                           struct error *err);

/* Find what question->meant asks for. */
enum status search_run_once(struct search *search,
                            const struct search_request *request,
                            struct question *question, struct collection *found,
                            struct error *err);

/* The same; if hardly any article has all of its words, whatever narrows the
 * search, once more for those that have some of them, and if none has what may
 * have been prose, once more as prose; and if no article has any of some words,
 * once more for the least that they say.  A note says so. */
enum status search_run_question(struct search *search,
                                const struct search_request *request,
                                struct question *question,
                                struct collection *found, struct list *notes,
                                struct error *err);

/* --- advice.c --- */

/* Fill in what may have been meant and, if nothing was found, what would be
 * found with less.  result->total is known. */
enum status search_advise(struct search *search,
                          const struct search_request *request,
                          const struct question *question,
                          struct search_result *result, struct error *err);

#endif
