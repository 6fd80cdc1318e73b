/*
 * query/match/scorer.h - the score of a match, as an FTS5 auxiliary function.
 *
 *     SELECT rowid, news_score(article_fts) FROM article_fts WHERE ... MATCH ?
 *
 * The score is BM25F over headline, byline, captions and body (bm25f.h), in
 * integers, with weights counted over the whole archive.
 *
 * On top of it comes what the best hits gain by where their words stand,
 * looked at for SCORER_CLOSE_LOOK of them, whose positions are read anyway:
 *
 *   nearness  for each two words that are adjacent in the query and stand
 *             within eight words of each other in one field, in either
 *             order, a share of the smaller of their weights, the larger the
 *             closer they stand.  Small words that were left out of the query
 *             do not part them.
 *   lead      for each word that stands in the headline or begins the body,
 *             .15 of its weight, the less the later it is said first: half
 *             of that after sixteen words.  News is written as an inverted
 *             pyramid: what a story is about stands in its first sentence,
 *             which is why the lead is the baseline that summaries of news
 *             are measured against, and hard to beat.
 *
 * nDCG@10 on collections of questions, with neither, with nearness, with
 * both (the Reuters queries are headlines whose stories are to be found):
 *
 *     Time       .741 .762 .759        LISA         .490 .505 .513
 *     Cranfield  .530 .535 .535        CACM         .493 .498 .533
 *     NPL        .440 .445 .469        Reuters      .796 .799 .807
 *
 * The last column has the words of requests left out, too (request_words.h).  A
 * share of .1 to .3 and a slope of 10 to 50 words do as well.
 */
#ifndef QUERY_SCORER_H
#define QUERY_SCORER_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"
#include "query/match/plan.h"
#include "query/words/leaf.h"

struct sqlite3;

/* How many of the best are looked at for nearness. */
#define SCORER_CLOSE_LOOK 100

/* One for each connection; it says what is being scored at the moment. */
struct scorer {
    const struct plan *plan;
    const struct leaves *leaves;
    uint64_t score;  /* of the present row */
    uint64_t enough; /* nearness is worked out from this score on ... */
    uint64_t near;   /* ... and lead, for the present row, else 0 */

    /* Room to work in. */
    uint32_t (*frequency)[4];  /* of each leaf, in each text field */
    size_t *phrases;           /* of each leaf, in the plan */
    struct leaf_position *met; /* positions of those that have several */
    size_t mets;
    size_t met_room;
    struct leaf_position *position;
    size_t positions;
    size_t position_room;
};

/* Make news_score() known to a connection; `scorer` outlives it. */
enum status scorer_register(struct sqlite3 *db, struct scorer *scorer,
                            struct error *err);

/* Get ready for a plan. */
void scorer_begin(struct scorer *scorer, const struct plan *plan,
                  const struct leaves *leaves);

/*
 * Nearness and lead by themselves, for positions that did not come from FTS5:
 * add those of the leaves in one article, then ask what they gain.  Asking
 * forgets them.
 */
void scorer_add_position(struct scorer *scorer, size_t leaf, enum field field,
                         uint32_t position);
uint64_t scorer_near(struct scorer *scorer);

void scorer_release(struct scorer *scorer);

#endif
