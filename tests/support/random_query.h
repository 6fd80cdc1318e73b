/*
 * tests/support/random_query.h - queries of a few words for the articles of
 * random_segment.h: words and phrases, wanted or not, weighted, with
 * others that will do as well.  The same seed makes the same queries.
 */
#ifndef TESTS_RANDOM_QUERY_H
#define TESTS_RANDOM_QUERY_H

#include <string.h>

#include "query/topk/topk.h"
#include "tests/support/random_segment.h"

enum {
    WORDS_ALL = RANDOM_WORDS + RANDOM_WORDS / 8
};

enum {
    UNITS = 5,
    READINGS = 2 * UNITS, /* the other reading of unit i is UNITS + i */
    UNIT_TERMS = 4
};

struct asked {
    struct topk_query query;
    struct topk_unit unit[READINGS];
    struct topk_term term[READINGS][UNIT_TERMS];
    unsigned word[READINGS][UNIT_TERMS];
    char name[READINGS][UNIT_TERMS][16];
};

static inline unsigned
query_word(uint64_t *seed)
{
    /* As often rare as common, and sometimes nowhere. */
    return random_below(seed, 2) ? random_word(seed)
                                 : random_below(seed, WORDS_ALL + 1);
}

static inline void
random_unit(struct asked *asked, size_t i, uint64_t *seed, size_t terms)
{
    asked->unit[i] = (struct topk_unit){.term = asked->term[i],
                                        .terms = terms,
                                        .weight = 1 + random_below(seed, 20)};
    if (random_below(seed, 5) == 0)
        asked->unit[i].weight = 1 + random_below(seed, BM25F_WEIGHT_MAX);
    for (size_t j = 0; j < terms; j++) {
        asked->word[i][j] = query_word(seed);
        random_word_name(asked->name[i][j], asked->word[i][j]);
        asked->term[i][j] =
            (struct topk_term){asked->name[i][j], strlen(asked->name[i][j]), 0};
    }
}

/* Ask for the other word, too, that always stands with one of the unit's. */
static inline void
add_companion(struct asked *asked, size_t i, uint64_t *seed)
{
    struct topk_unit *unit = &asked->unit[i];
    size_t with = random_below(seed, unit->terms > 2 ? 3 : 2);
    unsigned word = 7 + 8 * random_below(seed, 2);
    size_t last = unit->terms++;

    asked->word[i][with] = word;
    asked->word[i][last] =
        random_below(seed, 8) ? RANDOM_WORDS + word / 8 : query_word(seed);
    for (size_t j = 0; j <= last; j++) {
        random_word_name(asked->name[i][j], asked->word[i][j]);
        asked->term[i][j] =
            (struct topk_term){asked->name[i][j], strlen(asked->name[i][j]),
                               j == last ? with + 1 : 0};
    }
}

/* Words by themselves or side by side will do as well. */
static inline void
add_other_row(struct asked *asked, size_t i, uint64_t *seed)
{
    size_t other = UNITS + i;

    random_unit(asked, other, seed, 1 + random_below(seed, 3));
    if (asked->unit[other].terms > 1 && random_below(seed, 2))
        add_companion(asked, other, seed);
    asked->unit[i].other = &asked->unit[other];
}

static inline void
random_query(struct asked *asked, uint64_t *seed)
{
    size_t units = 1 + random_below(seed, UNITS);
    size_t wanted = 0;
    size_t choices = 1;

    asked->query = TOPK_QUERY_INIT;
    asked->query.unit = asked->unit;
    asked->query.units = units;
    asked->query.all = random_below(seed, 2);
    asked->query.limit = random_below(seed, 4) ? 10 : random_below(seed, 150);
    if (random_below(seed, 3) == 0) {
        asked->query.first = 1000 + random_below(seed, 2000);
        asked->query.last = asked->query.first + random_below(seed, 5000);
    }
    if (random_below(seed, 8) == 0)
        asked->query.sort = TOPK_NEWEST;
    for (size_t i = 0; i < units; i++) {
        bool banned = i && random_below(seed, 6) == 0;
        bool phrase = random_below(seed, 3) == 0;

        random_unit(asked, i, seed, phrase ? 2 + random_below(seed, 2) : 1);
        if (phrase && random_below(seed, 3) == 0)
            add_companion(asked, i, seed);
        if (random_below(seed, 4) == 0 && choices < 16) {
            add_other_row(asked, i, seed);
            choices *= 2;
        }
        asked->unit[i].banned = banned;
        wanted += !banned;
    }
    assert_true(wanted > 0);
}

#endif
