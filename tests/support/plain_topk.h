/*
 * tests/support/plain_topk.h - segments of random articles, and which of them
 * answer a random query best, found as plainly as can be: every article is
 * looked at, and all of its words.
 */
#ifndef TESTS_PLAIN_TOPK_H
#define TESTS_PLAIN_TOPK_H

#include <string.h>

#include "indexer/archive/field.h"
#include "indexer/ranked/ranked.h"
#include "tests/support/random_query.h"

enum {
    SEGMENTS = 4
};

/* Segments with their ranked indexes, and the impacts of all words worked out
 * plainly. */
struct world {
    struct random_segment plain[SEGMENTS];
    struct manifest_segment entry[SEGMENTS];
    struct topk_segment segment[SEGMENTS];
    uint16_t *impact[SEGMENTS]; /* [article * WORDS_ALL + word] */
    uint64_t articles;
    struct topk_archive archive;
};

/* Keys rise with the docid, as they must within a segment. */
static inline int
compare_keys(void *context, const struct topk_hit *a, const struct topk_hit *b)
{
    (void)context;
    if (a->docid != b->docid)
        return a->docid < b->docid ? -1 : 1;
    return (a->segment > b->segment) - (a->segment < b->segment);
}

static inline bool
accept(void *context, size_t segment, int64_t number)
{
    (void)context;
    return (number + (int64_t)segment) % 3 != 0;
}

static inline void
open_segment(struct world *world, size_t s, uint64_t *seed, size_t articles)
{
    struct random_segment *plain = &world->plain[s];
    char path[32];

    snprintf(path, sizeof(path), "test_topk-%zu.rank", s);
    random_segment_init(plain, seed, articles);
    world->segment[s].ranked = random_segment_open(plain, path, 0);
    unlink(path);
    world->segment[s].entry = &world->entry[s];
    world->entry[s].articles = (int64_t)articles;
    for (uint32_t i = 0; i < articles / 20; i++)
        manifest_kill(&world->entry[s],
                      1 + random_below(seed, (uint32_t)articles));
    world->articles += articles;
    world->impact[s] = mem_zero(articles * WORDS_ALL + 1, sizeof(uint16_t));
    for (size_t i = 0; i < articles; i++) {
        for (unsigned word = 0; word < WORDS_ALL; word++) {
            uint32_t tf[FIELD_TEXT_COUNT];

            if (!random_frequency(&plain->article[i], word, tf))
                continue;
            world->impact[s][i * WORDS_ALL + word] =
                (uint16_t)random_impact(&plain->article[i], tf);
        }
    }
}

static inline void
open_world(struct world *world, uint64_t *seed, size_t largest)
{
    *world = (struct world){0};
    world->archive = (struct topk_archive){.segment = world->segment,
                                           .segments = SEGMENTS,
                                           .compare_keys = compare_keys,
                                           .accept = accept,
                                           .context = world};
    for (size_t s = 0; s < SEGMENTS; s++)
        open_segment(world, s, seed,
                     s == 2 ? largest
                            : random_below(seed, (uint32_t)largest / 2));
}

static inline void
close_world(struct world *world)
{
    for (size_t s = 0; s < SEGMENTS; s++) {
        ranked_close(world->segment[s].ranked);
        random_segment_release(&world->plain[s]);
        free(world->impact[s]);
        free(world->entry[s].range);
    }
}

/* --- the plain answer --- */

static inline size_t
plain_offset(const struct topk_unit *unit, size_t j)
{
    return unit->term[j].with ? unit->term[j].with - 1 : j;
}

/* Whether the words of a unit stand side by side from position `start` on;
 * `from` is the first token there. */
static inline bool
plain_row(const struct random_article *article, size_t field, size_t from,
          const struct asked *asked, size_t unit)
{
    uint32_t start = article->token[field][from].position;
    size_t found = 0;

    for (size_t t = from; t < article->tokens[field]; t++) {
        uint32_t in = article->token[field][t].position - start;

        if (in >= asked->unit[unit].terms)
            break;
        for (size_t j = 0; j < asked->unit[unit].terms; j++)
            found += in == plain_offset(&asked->unit[unit], j) &&
                     article->token[field][t].word == asked->word[unit][j];
    }
    return found == asked->unit[unit].terms;
}

/* How often the words of a unit stand side by side, in each field, where not
 * those of the unit `but` do; SIZE_MAX: anywhere. */
static inline void
plain_rows(const struct random_article *article, const struct asked *asked,
           size_t unit, size_t but, uint32_t tf[FIELD_TEXT_COUNT])
{
    for (size_t f = 0; f < FIELD_TEXT_COUNT; f++) {
        uint32_t last = UINT32_MAX;

        for (size_t t = 0; t < article->tokens[f]; t++) {
            if (article->token[f][t].position == last)
                continue;
            last = article->token[f][t].position;
            if (but == SIZE_MAX || !plain_row(article, f, t, asked, but))
                tf[f] += plain_row(article, f, t, asked, unit);
        }
    }
}

static inline bool
plain_has_words(const uint16_t *impact, const struct asked *asked, size_t unit)
{
    for (size_t j = 0; j < asked->unit[unit].terms; j++)
        if (asked->word[unit][j] >= WORDS_ALL || !impact[asked->word[unit][j]])
            return false;
    return true;
}

static inline uint32_t
plain_impact(const struct world *world, const struct asked *asked, size_t unit,
             size_t s, size_t article)
{
    const struct random_article *plain = &world->plain[s].article[article];
    const uint16_t *impact = &world->impact[s][article * WORDS_ALL];
    uint32_t tf[FIELD_TEXT_COUNT] = {0};

    if (asked->unit[unit].terms == 1 && !asked->unit[unit].other)
        return asked->word[unit][0] < WORDS_ALL ? impact[asked->word[unit][0]]
                                                : 0;
    if (plain_has_words(impact, asked, unit))
        plain_rows(plain, asked, unit, SIZE_MAX, tf);
    if (asked->unit[unit].other && plain_has_words(impact, asked, UNITS + unit))
        plain_rows(plain, asked, UNITS + unit, unit, tf);
    return random_impact(plain, tf);
}

static inline bool
in_bounds(const struct topk_segment *segment, size_t s, int64_t number)
{
    if (!segment->bounded)
        return true;
    if (number < segment->first || number > segment->last)
        return false;
    return (number >= segment->sure_first && number <= segment->sure_last) ||
           accept(NULL, s, number);
}

/* The article's score; 0 if it does not match. */
static inline uint32_t
plain_score(const struct world *world, const struct asked *asked, size_t s,
            size_t article)
{
    const struct topk_query *query = &asked->query;
    int64_t published = world->plain[s].article[article].published;
    uint32_t sum = 0;

    if (manifest_is_dead(&world->entry[s], (int64_t)article + 1) ||
        !in_bounds(&world->segment[s], s, (int64_t)article + 1))
        return 0;
    if ((query->first != INT64_MIN || query->last != INT64_MAX) &&
        (published == RANKED_UNDATED || published < query->first ||
         published > query->last))
        return 0;
    for (size_t i = 0; i < query->units; i++) {
        uint32_t impact = plain_impact(world, asked, i, s, article);

        if (asked->unit[i].banned ? impact > 0 : query->all && !impact)
            return 0;
        if (!asked->unit[i].banned)
            sum += asked->unit[i].weight * impact;
    }
    return sum;
}

static inline int
compare_hits(const void *a, const void *b)
{
    const struct topk_hit *one = a;
    const struct topk_hit *two = b;

    if (one->score != two->score)
        return one->score > two->score ? -1 : 1;
    if (one->published != two->published)
        return one->published > two->published ? -1 : 1;
    return compare_keys(NULL, one, two);
}

static inline size_t
plain_answer(const struct world *world, const struct asked *asked,
             struct topk_hit *hit)
{
    size_t hits = 0;

    for (size_t s = 0; s < SEGMENTS; s++) {
        for (size_t i = 0; i < world->plain[s].articles; i++) {
            uint32_t score = plain_score(world, asked, s, i);

            if (!score)
                continue;
            hit[hits++] = (struct topk_hit){
                .score = asked->query.sort == TOPK_NEWEST ? 0 : score,
                .segment = (uint32_t)s,
                .docid = (uint32_t)(world->plain[s].articles - 1 - i),
                .published = world->plain[s].article[i].published};
        }
    }
    qsort(hit, hits, sizeof(*hit), compare_hits);
    return hits;
}

#endif
