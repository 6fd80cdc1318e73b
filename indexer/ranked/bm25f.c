#include "indexer/ranked/bm25f.h"

#include <math.h>
#include <stddef.h>

static const struct {
    float weight;
    float b;
    float usual;
} tuning[FIELD_TEXT_COUNT] = {
    [FIELD_HEADLINE] = {2.5F, 0.3F, 10.0F},
    [FIELD_BYLINE] = {1.0F, 0.3F, 4.0F},
    [FIELD_CAPTIONS] = {1.0F, 0.6F, 20.0F},
    [FIELD_BODY] = {1.0F, 0.6F, 100.0F},
};

void
bm25f_norm_init(struct bm25f_norm *norm,
                const uint32_t length[FIELD_TEXT_COUNT])
{
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++) {
        float relative = (float)length[i] / tuning[i].usual;

        norm->factor[i] =
            tuning[i].weight / (1.0F - tuning[i].b + tuning[i].b * relative);
    }
}

uint32_t
bm25f_weight(uint64_t df, uint64_t articles)
{
    double idf;

    if (df > articles)
        df = articles;
    idf = log1p(((double)(articles - df) + 0.5) / ((double)df + 0.5));
    if (idf * BM25F_IDF_UNIT < 1)
        return 1;
    return (uint32_t)(idf * BM25F_IDF_UNIT + 0.5);
}

double
bm25f_score(uint64_t sum)
{
    return (double)sum / ((double)BM25F_IDF_UNIT * BM25F_IMPACT_MAX);
}
