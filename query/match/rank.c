#include "query/match/rank.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/bm25f.h"

enum {
    NEAR_WORDS = 8,
    LEAD_WORDS = 16,
    PLACE_BITS = 28,
    PLACES_MAX = 4096, /* of a row that are looked at */
    PLACES_KEPT = 256  /* of these, for what stands outside of the body */
};

/* Of the smaller weight, in 1/256: what two neighbours gain. */
#define NEAR_SHARE 40

/* Of its weight, in 1/256: what a word gains that stands in the headline or
 * begins the body; half as much LEAD_WORDS later. */
#define LEAD_SHARE 38

struct rank_place {
    uint32_t leaf;
    uint32_t at; /* field * 2^PLACE_BITS + word */
};

/* The phrases of the row that score, place by place. */
struct rank_walk {
    const struct plan *plan;
    const Fts5ExtensionApi *api;
    Fts5Context *fts;
    size_t phrase;
    bool begun; /* with it */
    Fts5PhraseIter iter;

    size_t leaf; /* whose place this is */
    int column;
    int offset;
};

/* Does a phrase stand here? */
static int
stands_at(const struct rank_walk *walk, size_t phrase, int column, int offset,
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
holds(const struct rank_walk *walk, bool *all)
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

/* To the next place; SQLITE_DONE: there is none. */
static int
next_place(struct rank_walk *walk)
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
count_row(struct rank *rank, const Fts5ExtensionApi *api, Fts5Context *fts)
{
    struct rank_walk walk = {.plan = rank->plan, .api = api, .fts = fts};
    int code;

    memset(rank->frequency, 0,
           (rank->leaves->count + 1) * sizeof(*rank->frequency));
    while ((code = next_place(&walk)) == SQLITE_OK)
        if (walk.column < FIELD_TEXT_COUNT)
            rank->frequency[walk.leaf][walk.column]++;
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int
score_row(struct rank *rank, const Fts5ExtensionApi *api, Fts5Context *fts)
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
    rank->score = 0;
    for (size_t i = 0; i < rank->leaves->count; i++)
        rank->score += (uint64_t)rank->leaves->leaf[i].weight *
                       bm25f_impact(&norm, rank->frequency[i]);
    return SQLITE_OK;
}

static int
by_place(const void *a, const void *b)
{
    const struct rank_place *left = a;
    const struct rank_place *right = b;

    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->leaf < right->leaf ? -1 : left->leaf > right->leaf;
}

void
rank_add_place(struct rank *rank, size_t leaf, enum field field,
               uint32_t offset)
{
    if (rank->places >=
        PLACES_MAX - (field == FIELD_BODY ? (size_t)PLACES_KEPT : 0))
        return;
    rank->place = mem_grow(rank->place, rank->places, &rank->place_room,
                           sizeof(*rank->place));
    rank->place[rank->places++] = (struct rank_place){
        (uint32_t)leaf, (uint32_t)field << PLACE_BITS | offset};
}

static int
collect_places(struct rank *rank, const Fts5ExtensionApi *api, Fts5Context *fts)
{
    struct rank_walk walk = {.plan = rank->plan, .api = api, .fts = fts};
    int code = SQLITE_OK;

    rank->places = 0;
    while (rank->places < PLACES_MAX && (code = next_place(&walk)) == SQLITE_OK)
        rank_add_place(rank, walk.leaf, (enum field)walk.column,
                       (uint32_t)walk.offset);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* For each leaf, the smallest distance to the one before it in the query. */
static void
score_nearness(struct rank *rank, const size_t *before)
{
    const struct leaf *leaf = rank->leaves->leaf;
    uint32_t *closest = mem_alloc((rank->leaves->count + 1) * sizeof(uint32_t));

    for (size_t i = 0; i < rank->leaves->count; i++)
        closest[i] = NEAR_WORDS + 1;
    for (size_t i = 0; i < rank->places; i++)
        for (size_t j = i + 1; j < rank->places; j++) {
            uint32_t distance = rank->place[j].at - rank->place[i].at;
            uint32_t a = rank->place[i].leaf;
            uint32_t b = rank->place[j].leaf;

            if (distance > NEAR_WORDS)
                break;
            if (before[b] == a && distance < closest[b])
                closest[b] = distance;
            else if (before[a] == b && distance < closest[a])
                closest[a] = distance;
        }
    for (size_t i = 0; i < rank->leaves->count; i++) {
        uint64_t weight;

        if (closest[i] > NEAR_WORDS)
            continue;
        weight = leaf[i].weight < leaf[before[i]].weight
                     ? leaf[i].weight
                     : leaf[before[i]].weight;
        rank->near += weight * BM25F_IMPACT_MAX * NEAR_SHARE / 256 /
                      (closest[i] ? closest[i] : 1);
    }
    free(closest);
}

/* For each leaf, how early it is said first; places are in order. */
static void
score_lead(struct rank *rank)
{
    uint32_t *first = mem_alloc((rank->leaves->count + 1) * sizeof(uint32_t));

    for (size_t i = 0; i < rank->leaves->count; i++)
        first[i] = UINT32_MAX;
    for (size_t i = 0; i < rank->places; i++) {
        const struct rank_place *place = &rank->place[i];
        enum field field = (enum field)(place->at >> PLACE_BITS);
        uint32_t word = place->at & ((1u << PLACE_BITS) - 1);

        if (field == FIELD_HEADLINE)
            word = 0;
        else if (field != FIELD_BODY)
            continue;
        if (word < first[place->leaf])
            first[place->leaf] = word;
    }
    for (size_t i = 0; i < rank->leaves->count; i++)
        if (first[i] != UINT32_MAX)
            rank->near += (uint64_t)rank->leaves->leaf[i].weight *
                          BM25F_IMPACT_MAX * LEAD_SHARE * LEAD_WORDS / 256 /
                          (LEAD_WORDS + (uint64_t)first[i]);
    free(first);
}

/* The leaf that scores before each one; SIZE_MAX for the first. */
static void
leaves_before(const struct rank *rank, size_t *before)
{
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < rank->leaves->count; i++) {
        before[i] = last;
        if (!rank->leaves->leaf[i].negative && !rank->leaves->leaf[i].dropped &&
            rank->leaves->leaf[i].weight)
            last = i;
    }
}

uint64_t
rank_near(struct rank *rank)
{
    size_t *before = mem_alloc((rank->leaves->count + 1) * sizeof(size_t));

    if (rank->places)
        qsort(rank->place, rank->places, sizeof(*rank->place), by_place);
    leaves_before(rank, before);
    rank->near = 0;
    score_nearness(rank, before);
    score_lead(rank);
    free(before);
    rank->places = 0;
    return rank->near;
}

static void
news_rank(const Fts5ExtensionApi *api, Fts5Context *fts,
          sqlite3_context *context, int values, sqlite3_value **value)
{
    struct rank *rank = api->xUserData(fts);
    int code;

    (void)values;
    (void)value;
    rank->near = 0;
    code = count_row(rank, api, fts);
    if (code == SQLITE_OK)
        code = score_row(rank, api, fts);
    if (code == SQLITE_OK && rank->score >= rank->enough) {
        code = collect_places(rank, api, fts);
        if (code == SQLITE_OK)
            rank_near(rank);
    }
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else
        sqlite3_result_int64(context, (sqlite3_int64)rank->score);
}

enum status
rank_register(struct sqlite3 *db, struct rank *rank, struct error *err)
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
        code = api->xCreateFunction(api, "news_rank", rank, news_rank, NULL);
    if (code == SQLITE_NOMEM)
        return sql_failed_with(db, code, "searching", err);
    if (code != SQLITE_OK || !api)
        return error_set(err, STATUS_INDEX,
                         "this SQLite has no FTS5; use Debian's");
    return STATUS_OK;
}

void
rank_begin(struct rank *rank, const struct plan *plan,
           const struct leaves *leaves)
{
    rank->plan = plan;
    rank->leaves = leaves;
    rank->enough = UINT64_MAX;
    rank->frequency = mem_resize(rank->frequency, leaves->count + 1,
                                 sizeof(*rank->frequency));
}

void
rank_release(struct rank *rank)
{
    free(rank->frequency);
    free(rank->place);
    *rank = (struct rank){0};
}
