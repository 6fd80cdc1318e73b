/*
 * indexer/ranked/bm25f.h - how well an article answers one word, as a small
 * integer.
 *
 * BM25F: the frequency of a term is summed over the fields, each weighted and
 * normalised by its own length, and the sum saturates once:
 *
 *     f       = sum of  weight[i] * tf[i] / (1 - b[i] + b[i] * length[i]
 *                                                      / usual[i])
 *     impact  = round(1023 * f / (f + k1)),  at least 1
 *     score   = sum over the query's terms of  idf * impact
 *
 *     field      weight    b     usual length
 *     headline    2.5     .3        10
 *     byline      1       .3         4
 *     captions    1       .6        20
 *     body        1       .6       100
 *
 * Impacts are worked out when a segment is built, scores when a question is
 * asked.  So the usual lengths are constants and not the averages of a
 * segment or of the archive: the same article gets the same impact in one
 * segment as in twenty, today and after a merge.  A collection of shorter
 * or longer articles than usual sees its terms saturate a little earlier or
 * later, all of them alike.
 *
 * What SQLite's FTS5 matches is scored by these same functions in the same
 * integers, so that it does not matter to a reader which index answered.
 * Integers add up in any order to the same sum; ties are ties on every
 * machine.
 *
 * A phrase is a term whose frequency is that of the phrase and whose idf is
 * the sum of the idf of its words.
 *
 * Whoever changes a number here changes what the impacts in a segment mean:
 * raise RANKED_VERSION in ranked_format.h with it.
 */
#ifndef INDEXER_BM25F_H
#define INDEXER_BM25F_H

#include <stdint.h>

#include "indexer/archive/field.h"

/* Ten bits: with eight, neighbours in a list fall together too often. */
#define BM25F_IMPACT_MAX 1023

/* An idf of 1.0 as bm25f_weight() counts. */
#define BM25F_IDF_UNIT 256

/* No weight, boosted or not, is larger. */
#define BM25F_WEIGHT_MAX 65535

/* What one occurrence in each field counts for in an article: work it out
 * once, use it for all of the article's terms. */
struct bm25f_norm {
    float factor[FIELD_TEXT_COUNT];
};

/* `length` counts the positions of each field (struct token). */
void bm25f_norm_init(struct bm25f_norm *norm,
                     const uint32_t length[FIELD_TEXT_COUNT]);

/* An impact of a frequency summed over the fields, each times its factor. */
static inline unsigned
bm25f_saturate(float sum)
{
    const float k1 = 1.2F;
    unsigned impact;

    if (sum <= 0.0F)
        return 0;
    impact = (unsigned)((float)BM25F_IMPACT_MAX * sum / (sum + k1) + 0.5F);
    return impact ? impact : 1;
}

/* What bm25f_saturate() was given, or a little more.  Words that stand side by
 * side in an article add up so, and their impacts do not. */
static inline float
bm25f_unsaturate(unsigned impact)
{
    const float k1 = 1.2F;
    float left = (float)BM25F_IMPACT_MAX - (float)impact - 0.5F;

    /* Nearer to the end, a hair more would be without limit. */
    if (left < 0.5F)
        left = 0.001F;
    return k1 * ((float)impact + 0.5F) / left;
}

/* 1 ... BM25F_IMPACT_MAX; 0 if every frequency is 0. */
static inline unsigned
bm25f_impact(const struct bm25f_norm *norm, const uint32_t tf[FIELD_TEXT_COUNT])
{
    float sum = 0.0F;

    for (int i = 0; i < FIELD_TEXT_COUNT; i++)
        sum += (float)tf[i] * norm->factor[i];
    return bm25f_saturate(sum);
}

/*
 * The weight of a term that stands in `df` of `articles` articles: its idf in
 * units of BM25F_IDF_UNIT, at least 1.  Both count the whole archive with its
 * dead articles, and `df` the fields below FIELD_TEXT_COUNT.
 */
uint32_t bm25f_weight(uint64_t df, uint64_t articles);

/* What people are shown for a sum of weight * impact. */
double bm25f_score(uint64_t sum);

#endif
