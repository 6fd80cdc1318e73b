/*
 * indexer/ranked/ranked_pairs.h - which common words follow which.
 */
#ifndef INDEXER_RANKED_PAIRS_H
#define INDEXER_RANKED_PAIRS_H

struct ranked;
struct ranked_list;

/* What is known of two words standing one after the other. */
enum ranked_pair {
    PAIR_UNKNOWN, /* see their places */
    PAIR_NEVER,   /* in no article */
    PAIR_LIST     /* in those of a list, which has no places */
};

/* Of two lists of ranked_find(); `both` is set if there is a list. */
enum ranked_pair ranked_pair(struct ranked *ranked,
                             const struct ranked_list *one,
                             const struct ranked_list *two,
                             struct ranked_list *both);

#endif
