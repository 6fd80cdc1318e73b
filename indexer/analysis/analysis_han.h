/*
 * indexer/analysis/analysis_han.h - Chinese characters that are one, written
 * in the traditional and in the simplified way.
 *
 * The analysis folds the former to the latter, whatever the language of a text
 * is.  In Japanese that makes one of a few characters that are two there, desk
 * and machine the best known; of words of two characters and more that share
 * the rest there are hardly any.
 *
 * The table is made by tools/han_table.
 */
#ifndef INDEXER_ANALYSIS_HAN_H
#define INDEXER_ANALYSIS_HAN_H

#include <stddef.h>
#include <stdint.h>

/* Traditional and simplified, by the former. */
extern const uint16_t han_pairs[][2];
extern const size_t han_pair_count;

#endif
