/*
 * query/evaluate/evaluate.h - the whole language, answered from the ranked
 * index without a text.
 *
 *     oil w/s price         places of both, and where sentences begin
 *     lead:opec             ... and where the second paragraph ends
 *     ="bank" caps(Bank)    ... and which form of the stem stands at a place
 *     p?ice *ation opec~    the same of all words that fit
 *
 * The plan (query/match/plan.h) says which articles to look at; in each, the
 * tree is evaluated on places, by the definitions of query/match/match.h, which
 * does the same on the text and is the oracle.  Scores are those of the plan's
 * leaves, as FTS5 counts them (query/match/scorer.h): an operator is a filter.
 *
 * An article is looked at in time that grows with the places of the words in
 * it, and not with their product.
 */
#ifndef QUERY_EVALUATE_H
#define QUERY_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/archive/field.h"
#include "query/language/expr.h"
#include "query/match/match.h"
#include "query/match/plan.h"
#include "query/topk/topk.h"
#include "query/words/leaf.h"

/* Date and length of an article, which are not in the ranked index; false if
 * they cannot be read. */
typedef bool (*evaluate_facts)(void *context, size_t segment, int64_t id,
                               struct match_facts *facts);

/* Does what is asked of a field that is not in the ranked index match, in an
 * article that is a match as far as it can be told without? */
typedef bool (*evaluate_aside)(void *context, size_t segment, int64_t id,
                               const struct expr *zone);

/*
 * A leaf of such a zone.  If it is `listed`, FTS5 can name the articles that
 * have it there; `sure`: AND, OR and NOT of those of the zone are all there is
 * to it.
 */
struct evaluate_column {
    size_t leaf;
    const struct expr *zone;
    bool listed;
    bool sure;
};

/* Which these are in a segment, by their docids, which rise: `*count` of them,
 * to be freed.  False if they cannot be told now. */
typedef bool (*evaluate_listing)(void *context, size_t segment, size_t column,
                                 uint32_t **docid, size_t *count);

struct evaluation {
    const struct expr *expr;     /* not NULL */
    const struct leaves *leaves; /* with their expansions */
    const struct plan *plan;     /* of both */
    size_t limit;                /* of hits */
    uint64_t enough; /* matches to count; of more, who cannot be among the
                        best is passed over.  0: count all */
    enum topk_sort sort;
    topk_meet meet; /* told of all that is counted; may be NULL */
    void *meeting;  /* its context */
    evaluate_facts facts;
    evaluate_aside aside;
    const struct evaluate_column *column; /* all leaves of other fields */
    size_t columns;
    evaluate_listing list;
    void *asking; /* the context of the three */
};

/*
 * Whether it can be answered here: what is asked of fields that are not in the
 * ranked index stands by itself, and words, or the articles that are listed for
 * such a field, say which articles to look at.
 */
bool evaluate_can(const struct evaluation *evaluation);

/*
 * Find the best, and count: all, or more than are enough, and the result then
 * is not `exact` if any may have been passed over.  False if a ranked index
 * turned out to be damaged; the result is then not to be trusted.
 */
bool evaluate_run(const struct topk_archive *archive,
                  const struct evaluation *evaluation,
                  struct topk_result *result);

/* Where the leaves that score stand in some hits, as topk_look(). */
typedef void (*evaluate_see)(void *context, size_t hit, size_t leaf,
                             enum field field, uint32_t position);
bool evaluate_look(const struct topk_archive *archive,
                   const struct evaluation *evaluation,
                   const struct topk_hit *hit, size_t hits, evaluate_see see,
                   void *context);

#endif
