/*
 * query/match/rank.h - the score of a match, as an FTS5 auxiliary function.
 *
 *     SELECT rowid, news_rank(article_fts) FROM article_fts WHERE ... MATCH ?
 *
 * The score is BM25F over headline, byline, captions and body (bm25f.h), in
 * integers, with weights counted over the whole archive.
 *
 * On top of it comes what the best hits gain by where their words stand,
 * looked at for RANK_CLOSE_LOOK of them, whose places are read anyway:
 *
 *   nearness  for each two words that are neighbours in the query and stand
 *             within eight words of each other in one field, in either
 *             order, a share of the smaller of their weights, the larger the
 *             closer they stand.  Small words that were left out of the query
 *             do not part neighbours.
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
#ifndef QUERY_RANK_H
#define QUERY_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"
#include "query/match/plan.h"
#include "query/words/leaf.h"

struct sqlite3;

/* How many of the best are looked at for nearness. */
#define RANK_CLOSE_LOOK 100

/* One for each connection; it says what is being ranked at the moment. */
struct rank {
    const struct plan *plan;
    const struct leaves *leaves;
    uint64_t score;  /* of the present row */
    uint64_t enough; /* nearness is worked out from this score on ... */
    uint64_t near;   /* ... and lead, for the present row, else 0 */

    /* Room to work in. */
    uint32_t (*frequency)[4]; /* of each leaf, in each text field */
    struct rank_place *place;
    size_t places;
    size_t place_room;
};

/* Make news_rank() known to a connection; `rank` outlives it. */
enum status rank_register(struct sqlite3 *db, struct rank *rank,
                          struct error *err);

/* Get ready for a plan. */
void rank_begin(struct rank *rank, const struct plan *plan,
                const struct leaves *leaves);

/*
 * Nearness and lead by themselves, for places that did not come from FTS5: add
 * those of the leaves in one article, then ask what they gain.  Asking
 * forgets them.
 */
void rank_add_place(struct rank *rank, size_t leaf, enum field field,
                    uint32_t offset);
uint64_t rank_near(struct rank *rank);

void rank_release(struct rank *rank);

#endif
