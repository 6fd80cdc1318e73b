#include "query/match/scorer.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/bm25f.h"

enum {
    NEAR_WORDS = 8,
    LEAD_WORDS = 16,
    POSITION_BITS = 28,
    POSITIONS_MAX = 4096, /* of a row that are looked at */
    POSITIONS_KEPT = 256  /* of these, for what stands outside of the body */
};

/* Of the smaller weight, in 1/256: what two adjacent words gain. */
#define NEAR_SHARE 40

/* Of its weight, in 1/256: what a word gains that stands in the headline or
 * begins the body; half as much LEAD_WORDS later. */
#define LEAD_SHARE 38

struct leaf_position {
    uint32_t leaf;
    uint32_t at; /* field * 2^POSITION_BITS + position */
};

/* The phrases of the row that score, position by position. */
struct scorer_walk {
    const struct plan *plan;
    const Fts5ExtensionApi *api;
    Fts5Context *fts;
    size_t phrase;
    bool begun; /* with it */
    Fts5PhraseIter iter;

    size_t leaf; /* whose position this is */
    int column;
    int offset;
};

/* Does a phrase stand here? */
static int
stands_at(const struct scorer_walk *walk, size_t phrase, int column, int offset,
          bool *stands)
{
    Fts5PhraseIter iter;
    int there;
    int at;
    int code =
        walk->api->xPhraseFirst(walk->fts, (int)phrase, &iter, &there, &at);

    *stands = false;
    for (; code == SQLITE_OK && there >= 0 && !*stands;
         walk->api->xPhraseNext(walk->fts, &iter, &there, &at))
        *stands = there == column && at == offset;
    return code;
}

/* Does all stand that the phrase holds? */
static int
holds(const struct scorer_walk *walk, bool *all)
{
    const struct plan *plan = walk->plan;
    int code = SQLITE_OK;

    *all = true;
    for (size_t i = walk->phrase + 1;
         code == SQLITE_OK && *all && i < plan->phrases &&
         plan->phrase[i].held == walk->phrase + 1;
         i++)
        code = stands_at(walk, i, walk->column,
                         walk->offset + (int)plan->phrase[i].offset, all);
    return code;
}

/* To the next position; SQLITE_DONE: there is none. */
static int
next_position(struct scorer_walk *walk)
{
    while (walk->phrase < walk->plan->phrases) {
        bool all = false;
        int code = SQLITE_OK;

        walk->leaf = walk->plan->phrase[walk->phrase].leaf;
        if (walk->leaf == SIZE_MAX) {
            walk->phrase++;
            continue;
        }
        if (walk->begun)
            walk->api->xPhraseNext(walk->fts, &walk->iter, &walk->column,
                                   &walk->offset);
        else
            code = walk->api->xPhraseFirst(walk->fts, (int)walk->phrase,
                                           &walk->iter, &walk->column,
                                           &walk->offset);
        walk->begun = walk->column >= 0;
        if (code == SQLITE_OK && walk->begun)
            code = holds(walk, &all);
        if (code != SQLITE_OK || all)
            return code;
        walk->phrase += !walk->begun;
    }
    return SQLITE_DONE;
}

static int
by_leaf(const void *a, const void *b)
{
    const struct leaf_position *left = a;
    const struct leaf_position *right = b;

    if (left->leaf != right->leaf)
        return left->leaf < right->leaf ? -1 : 1;
    return left->at < right->at ? -1 : left->at > right->at;
}

/* Two readings of a word may stand in one position, which counts once. */
static void
count_met(struct scorer *scorer)
{
    if (scorer->mets)
        qsort(scorer->met, scorer->mets, sizeof(*scorer->met), by_leaf);
    for (size_t i = 0; i < scorer->mets; i++)
        if (!i || by_leaf(&scorer->met[i - 1], &scorer->met[i]))
            scorer->frequency[scorer->met[i].leaf]
                             [scorer->met[i].at >> POSITION_BITS]++;
}

static int
count_row(struct scorer *scorer, const Fts5ExtensionApi *api, Fts5Context *fts)
{
    struct scorer_walk walk = {.plan = scorer->plan, .api = api, .fts = fts};
    int code;

    memset(scorer->frequency, 0,
           (scorer->leaves->count + 1) * sizeof(*scorer->frequency));
    scorer->mets = 0;
    while ((code = next_position(&walk)) == SQLITE_OK) {
        if (walk.column >= FIELD_TEXT_COUNT)
            continue;
        if (scorer->phrases[walk.leaf] < 2) {
            scorer->frequency[walk.leaf][walk.column]++;
            continue;
        }
        scorer->met = mem_grow(scorer->met, scorer->mets, &scorer->met_room,
                               sizeof(*scorer->met));
        scorer->met[scorer->mets++] = (struct leaf_position){
            (uint32_t)walk.leaf,
            (uint32_t)walk.column << POSITION_BITS | (uint32_t)walk.offset};
    }
    count_met(scorer);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int
score_row(struct scorer *scorer, const Fts5ExtensionApi *api, Fts5Context *fts)
{
    uint32_t length[FIELD_TEXT_COUNT];
    struct bm25f_norm norm;

    for (int i = 0; i < FIELD_TEXT_COUNT; i++) {
        int tokens = 0;
        int code = api->xColumnSize(fts, i, &tokens);

        if (code != SQLITE_OK)
            return code;
        length[i] = tokens > 0 ? (uint32_t)tokens : 0;
    }
    bm25f_norm_init(&norm, length);
    scorer->score = 0;
    for (size_t i = 0; i < scorer->leaves->count; i++)
        scorer->score += (uint64_t)scorer->leaves->leaf[i].weight *
                         bm25f_impact(&norm, scorer->frequency[i]);
    return SQLITE_OK;
}

static int
by_position(const void *a, const void *b)
{
    const struct leaf_position *left = a;
    const struct leaf_position *right = b;

    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->leaf < right->leaf ? -1 : left->leaf > right->leaf;
}

void
scorer_add_position(struct scorer *scorer, size_t leaf, enum field field,
                    uint32_t position)
{
    if (scorer->positions >=
        POSITIONS_MAX - (field == FIELD_BODY ? (size_t)POSITIONS_KEPT : 0))
        return;
    scorer->position =
        mem_grow(scorer->position, scorer->positions, &scorer->position_room,
                 sizeof(*scorer->position));
    scorer->position[scorer->positions++] = (struct leaf_position){
        (uint32_t)leaf, (uint32_t)field << POSITION_BITS | position};
}

static int
collect_positions(struct scorer *scorer, const Fts5ExtensionApi *api,
                  Fts5Context *fts)
{
    struct scorer_walk walk = {.plan = scorer->plan, .api = api, .fts = fts};
    int code = SQLITE_OK;

    scorer->positions = 0;
    while (scorer->positions < POSITIONS_MAX &&
           (code = next_position(&walk)) == SQLITE_OK)
        scorer_add_position(scorer, walk.leaf, (enum field)walk.column,
                            (uint32_t)walk.offset);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* For each leaf, the smallest distance to the one before it in the query. */
static void
score_nearness(struct scorer *scorer, const size_t *before)
{
    const struct leaf *leaf = scorer->leaves->leaf;
    uint32_t *closest =
        mem_alloc((scorer->leaves->count + 1) * sizeof(uint32_t));

    for (size_t i = 0; i < scorer->leaves->count; i++)
        closest[i] = NEAR_WORDS + 1;
    for (size_t i = 0; i < scorer->positions; i++)
        for (size_t j = i + 1; j < scorer->positions; j++) {
            uint32_t distance = scorer->position[j].at - scorer->position[i].at;
            uint32_t a = scorer->position[i].leaf;
            uint32_t b = scorer->position[j].leaf;

            if (distance > NEAR_WORDS)
                break;
            if (before[b] == a && distance < closest[b])
                closest[b] = distance;
            else if (before[a] == b && distance < closest[a])
                closest[a] = distance;
        }
    for (size_t i = 0; i < scorer->leaves->count; i++) {
        uint64_t weight;

        if (closest[i] > NEAR_WORDS)
            continue;
        weight = leaf[i].weight < leaf[before[i]].weight
                     ? leaf[i].weight
                     : leaf[before[i]].weight;
        scorer->near += weight * BM25F_IMPACT_MAX * NEAR_SHARE / 256 /
                        (closest[i] ? closest[i] : 1);
    }
    free(closest);
}

/* For each leaf, how early it is said first; positions are in order. */
static void
score_lead(struct scorer *scorer)
{
    uint32_t *first = mem_alloc((scorer->leaves->count + 1) * sizeof(uint32_t));

    for (size_t i = 0; i < scorer->leaves->count; i++)
        first[i] = UINT32_MAX;
    for (size_t i = 0; i < scorer->positions; i++) {
        const struct leaf_position *position = &scorer->position[i];
        enum field field = (enum field)(position->at >> POSITION_BITS);
        uint32_t word = position->at & ((1u << POSITION_BITS) - 1);

        if (field == FIELD_HEADLINE)
            word = 0;
        else if (field != FIELD_BODY)
            continue;
        if (word < first[position->leaf])
            first[position->leaf] = word;
    }
    for (size_t i = 0; i < scorer->leaves->count; i++)
        if (first[i] != UINT32_MAX)
            scorer->near += (uint64_t)scorer->leaves->leaf[i].weight *
                            BM25F_IMPACT_MAX * LEAD_SHARE * LEAD_WORDS / 256 /
                            (LEAD_WORDS + (uint64_t)first[i]);
    free(first);
}

/* The leaf that scores before each one; SIZE_MAX for the first. */
static void
leaves_before(const struct scorer *scorer, size_t *before)
{
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < scorer->leaves->count; i++) {
        before[i] = last;
        if (!scorer->leaves->leaf[i].negative &&
            !scorer->leaves->leaf[i].dropped && scorer->leaves->leaf[i].weight)
            last = i;
    }
}

uint64_t
scorer_near(struct scorer *scorer)
{
    size_t *before = mem_alloc((scorer->leaves->count + 1) * sizeof(size_t));

    if (scorer->positions)
        qsort(scorer->position, scorer->positions, sizeof(*scorer->position),
              by_position);
    leaves_before(scorer, before);
    scorer->near = 0;
    score_nearness(scorer, before);
    score_lead(scorer);
    free(before);
    scorer->positions = 0;
    return scorer->near;
}

static void
news_score(const Fts5ExtensionApi *api, Fts5Context *fts,
           sqlite3_context *context, int values, sqlite3_value **value)
{
    struct scorer *scorer = api->xUserData(fts);
    int code;

    (void)values;
    (void)value;
    scorer->near = 0;
    code = count_row(scorer, api, fts);
    if (code == SQLITE_OK)
        code = score_row(scorer, api, fts);
    if (code == SQLITE_OK && scorer->score >= scorer->enough) {
        code = collect_positions(scorer, api, fts);
        if (code == SQLITE_OK)
            scorer_near(scorer);
    }
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else
        sqlite3_result_int64(context, (sqlite3_int64)scorer->score);
}

enum status
scorer_register(struct sqlite3 *db, struct scorer *scorer, struct error *err)
{
    fts5_api *api = NULL;
    struct sqlite3_stmt *ask = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &ask, NULL);

    if (code == SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(ask);
        code = sqlite3_finalize(ask);
    }
    if (code == SQLITE_OK && api)
        code =
            api->xCreateFunction(api, "news_score", scorer, news_score, NULL);
    if (code == SQLITE_NOMEM)
        return sql_failed_with(db, code, "searching", err);
    if (code != SQLITE_OK || !api)
        return error_set(err, STATUS_INDEX,
                         "this SQLite has no FTS5; use Debian's");
    return STATUS_OK;
}

void
scorer_begin(struct scorer *scorer, const struct plan *plan,
             const struct leaves *leaves)
{
    scorer->plan = plan;
    scorer->leaves = leaves;
    scorer->enough = UINT64_MAX;
    scorer->frequency = mem_resize(scorer->frequency, leaves->count + 1,
                                   sizeof(*scorer->frequency));
    scorer->phrases = mem_resize(scorer->phrases, leaves->count + 1,
                                 sizeof(*scorer->phrases));
    memset(scorer->phrases, 0, (leaves->count + 1) * sizeof(*scorer->phrases));
    for (size_t i = 0; i < plan->phrases; i++)
        if (plan->phrase[i].leaf != SIZE_MAX)
            scorer->phrases[plan->phrase[i].leaf]++;
}

void
scorer_release(struct scorer *scorer)
{
    free(scorer->frequency);
    free(scorer->phrases);
    free(scorer->met);
    free(scorer->position);
    *scorer = (struct scorer){0};
}
