/*
 * query/search/related.h - the words that keep company with those of a query.
 *
 *     ferry    harbour, crossing, islands, passengers ...
 *
 * Of the RELATED_LOOK best hits every word is counted once for each of them,
 * and those come first that are more frequent there than in the archive by
 * more than chance explains, and RELATED_LIFT times as much
 * (query/spelling/likelihood.h).  Words that the articles share with everything
 * are left out by that, and small words, numbers and the words of the query are
 * not counted.
 */
#ifndef QUERY_RELATED_H
#define QUERY_RELATED_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "query/search/search.h"

#define RELATED_LOOK 100

/* How many times as frequent a word must be; long articles have more of all. */
#define RELATED_LIFT 2.0

struct related_word {
    char *word;        /* as an article has it */
    uint64_t articles; /* of those that were looked at */
    double strength;
};

struct related {
    struct related_word *word; /* `words` of them, the strongest first */
    size_t words;
    uint64_t looked; /* articles that were looked at */
    uint64_t total;  /* that match */
    bool cut_short;
    struct list notes; /* on the query */
};

#define RELATED_INIT ((struct related){.notes = LIST_INIT})

/* At most request->limit words, from request->offset on. */
enum status search_related(struct search *search,
                           const struct search_request *request,
                           struct related *out, struct error *err);
void related_release(struct related *related);

#endif
