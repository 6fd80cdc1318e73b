#include "query/words/weigh.h"

#include "corpus/base/ascii.h"
#include "indexer/ranked/bm25f.h"
#include "query/words/compounds.h"
#include "query/words/expand.h"
#include "query/words/hyphens.h"

/* A reading is as rare as its rarest term and weighs what all weigh. */
static enum status
weigh_reading(struct archive *archive, const struct leaf *leaf,
              const struct reading *reading, uint64_t *articles,
              uint64_t *weight, struct error *err)
{
    enum status status = STATUS_OK;

    *articles = UINT64_MAX;
    *weight = 0;
    for (size_t i = 0; !status && i < reading->terms; i++) {
        uint64_t count;

        status =
            archive_count_term(archive, leaf->term[reading->first + i].term,
                               leaf->aside, &count, err);
        if (status)
            return status;
        if (count < *articles)
            *articles = count;
        *weight += bm25f_weight(count, archive->articles);
    }
    return status;
}

static uint32_t
boosted(const struct leaf *leaf, uint64_t weight)
{
    double value = (double)weight * leaf->boost;

    if (value > BM25F_WEIGHT_MAX)
        return BM25F_WEIGHT_MAX;
    return value < 1 ? 1 : (uint32_t)(value + 0.5);
}

/* One letter is an initial, a grade, or what is left of a word: "c davis",
 * "plan b", "don t".  It says much beside its neighbour, which nearness sees
 * (scorer.h), and little by itself. */
static bool
is_letter(const struct leaf *leaf)
{
    const char *folded = leaf->single ? leaf->term[0].folded : "";

    return ascii_is_letter(folded[0]) && !folded[1];
}

/* Articles with one of the words that are a language's readings of a leaf: of
 * those of one language the most common one, of all languages together. */
struct spread {
    size_t language; /* that is being looked at */
    uint64_t most;   /* of it */
    uint64_t before; /* of the languages before */
};

static uint64_t
spread_add(struct spread *spread, size_t language, uint64_t articles)
{
    if (language != spread->language) {
        spread->before += spread->most;
        spread->most = 0;
        spread->language = language;
    }
    if (articles > spread->most)
        spread->most = articles;
    return spread->before + spread->most;
}

/* A word is as common as it is in all languages.  One that is also a phrase,
 * as one with a hyphen is, weighs what the phrase does if that is more.
 * UINT64_MAX if there is nothing to weigh. */
static enum status
weigh_readings(struct archive *archive, struct leaf *leaf, uint64_t *best,
               struct error *err)
{
    uint64_t phrase = 0;
    struct spread spread = {0};

    *best = UINT64_MAX;
    for (size_t i = 0; i < leaf->readings; i++) {
        struct reading *reading = &leaf->reading[i];
        uint64_t articles;
        uint64_t weight;
        enum status status =
            weigh_reading(archive, leaf, reading, &articles, &weight, err);

        if (status)
            return status;
        reading->articles = articles;
        leaf->articles += articles;
        if (reading->terms > 1 && articles && weight > phrase)
            phrase = weight;
        if (reading->terms == 1)
            weight =
                bm25f_weight(spread_add(&spread, reading->language, articles),
                             archive->articles);
        if (weight < *best && (articles || *best == UINT64_MAX))
            *best = weight;
    }
    if (*best < phrase)
        *best = phrase;
    return STATUS_OK;
}

/* What a language would make of the word and no article has is looked for in
 * vain, and a word of one reading is ranked as in an archive of one language.
 * A word that nobody has keeps all. */
static void
drop_unread(struct leaf *leaf)
{
    size_t kept = 0;

    if (!leaf->articles)
        return;
    for (size_t i = 0; i < leaf->readings; i++)
        if (leaf->reading[i].articles)
            leaf->reading[kept++] = leaf->reading[i];
    leaf->readings = kept;
}

static enum status
weigh_leaf(struct archive *archive, struct leaf *leaf, struct list *notes,
           struct error *err)
{
    uint64_t best = UINT64_MAX;
    enum status status;

    if (leaf->expr->kind == EXPR_FUZZY && leaf_is_pattern(leaf))
        status = expand_fuzzy(archive, leaf, notes, err);
    else
        status = hyphens_add_readings(archive, leaf, err);
    if (status)
        return status;
    if (leaf_is_pattern(leaf)) {
        status = expand_pattern(archive, leaf, notes, err);
        best = bm25f_weight(leaf->articles, archive->articles);
    } else {
        status = weigh_readings(archive, leaf, &best, err);
        if (!status)
            drop_unread(leaf);
    }
    if (best != UINT64_MAX)
        leaf->weight = boosted(leaf, is_letter(leaf) ? best / 2 : best);
    return status;
}

enum status
weigh_leaves(struct archive *archive, struct leaves *leaves, bool compounds,
             struct list *notes, struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < leaves->count; i++)
        status = weigh_leaf(archive, &leaves->leaf[i], notes, err);
    if (!status && compounds)
        status = compounds_add_readings(archive, leaves, err);
    for (size_t i = 0; i < leaves->count; i++)
        if (leaves->leaf[i].articles > archive->articles)
            leaves->leaf[i].articles = archive->articles;
    return status;
}
