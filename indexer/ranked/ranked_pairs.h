/*
 * indexer/ranked/ranked_pairs.h - which common words follow which.
 */
#ifndef INDEXER_RANKED_PAIRS_H
#define INDEXER_RANKED_PAIRS_H

struct ranked;
struct ranked_list;

/* What is known of two words standing in a row. */
enum ranked_row {
    ROW_UNKNOWN, /* see their places */
    ROW_NEVER,   /* in no article */
    ROW_LIST     /* in those of a list, which has no places */
};

/* Of two lists of ranked_find(); `row` is set if there is a list. */
enum ranked_row ranked_row(struct ranked *ranked, const struct ranked_list *one,
                           const struct ranked_list *two,
                           struct ranked_list *row);

#endif
