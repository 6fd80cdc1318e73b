/*
 * query/topk/topk_parts.h - what the parts of the top-k search share.
 *
 *     topk.c           the query's weights, one segment after the other
 *     topk_lists.c     its units, and the lists of their terms
 *     topk_heap.c      the best so far, and what may still join them
 *     topk_or.c        any unit is enough: by windows of docids
 *     topk_count.c     the same, only counted
 *     topk_and.c       all units: the rarest list leads
 *     topk_readings.c  units of several readings: each choice of one for each
 *     topk_made.c      a phrase where any unit is enough: a list of its own
 *     topk_phrase.c    where words stand one after the other
 *     topk_look.c      where units stand in the hits
 *
 * Pruning compares a bound, which no article in question can exceed, with
 * what is needed to get in: bound <= need means that it may be skipped.
 */
#ifndef QUERY_TOPK_PARTS_H
#define QUERY_TOPK_PARTS_H

#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_union.h"
#include "query/topk/topk.h"

/* Most terms of a query, all units and their readings together, banned ones
 * included. */
#define TOPK_TERMS_MAX 2048

/* Most terms of a reading. */
#define TOPK_PHRASE_MAX 64

/* Most choices of one reading for each unit, within a language. */
#define TOPK_CHOICES_MAX 16

/* A unit's weight, and its terms as a span of `cursor` below, in any order.
 * Where it is known in which articles two words of a phrase stand one after
 * the other, there is a second span, of the lists of these pairs; of a phrase
 * of two such words, it is there instead of the first. */
struct unit {
    uint32_t weight;
    size_t first;
    size_t terms;
    size_t first_pair;
    size_t pairs;
    size_t language; /* 0: any */
};

/* The units of a query with their weights, and the terms of all of them. */
struct units {
    struct unit *reading; /* of those that are wanted */
    size_t readings;
    size_t *first_reading; /* of each of them */
    size_t wanteds;
    struct unit *banned;
    size_t banneds;
    const struct topk_term **term;
    uint32_t *offset; /* of each, in its reading */
    size_t terms;
};

struct heap {
    const struct topk_archive *archive;
    struct topk_hit *hit; /* the worst is the first */
    size_t hits;
    size_t limit;
};

/* The search in one segment. */
struct run {
    const struct topk_query *query;
    struct ranked *ranked;
    const struct bitpack *bitpack; /* of it */
    const struct topk_segment *in;
    uint32_t segment;
    struct unit *wanted; /* the reading of each that is chosen, or all */
    size_t wanteds;
    struct unit *banned;
    size_t banneds;
    struct unit *reading; /* of all wanted units, one after the other: their */
    struct unit *lead;    /* terms, and what is there instead of these */
    size_t readings;
    size_t units;          /* that are wanted, each with some of them */
    size_t *first_reading; /* of each of these, and where they end */
    size_t *chosen;        /* of each wanted unit: the number of its reading */
    struct ranked_cursor *cursor; /* of every list */
    uint32_t *block;  /* of every list: no earlier block is of interest */
    uint32_t *offset; /* of every list: how far after the phrase begins */
    size_t lists;
    bool all;      /* every wanted unit must be there */
    uint32_t from; /* docids [from, to) */
    uint32_t to;
    struct heap *heap;
    const struct ranked_list *found; /* of every term, in this segment */
    uint32_t floor;                  /* so much is needed from the start */
    struct ranked_union *united;     /* lists that were made of several */
    size_t uniteds;
    bool tie_may_win;
    bool choices; /* a unit may have several readings that are not words */
    bool done;    /* nothing later can get in */
    bool every;   /* all matches are to be met, whatever they score */
    uint64_t count;
    struct ranked_places places[3]; /* for topk_phrase.c */
};

/* Is the time up?  Then nothing later is looked at. */
static inline bool
run_is_late(struct run *run)
{
    run->done = run->done || deadline_look(run->heap->archive->deadline);
    return run->done;
}

/* --- topk_lists.c --- */

/* Who has any reading of a banned unit is out, so each of them is one. */
void units_read(struct units *units, const struct topk_query *query);
void units_release(struct units *units);

/* How many readings a unit has, and how many terms in all of them; 0 readings
 * if that cannot be asked. */
size_t unit_readings(const struct topk_unit *unit, size_t *terms);

/* Room for the lists of all terms, of pairs of them, and of united ones. */
void run_begin(struct run *run, const struct units *units);
void run_end(struct run *run);

/* Take the lists of all terms; false if nothing can match. */
bool run_open_lists(struct run *run, const struct units *units);

/* --- topk.c --- */

/* Begin with a segment: which of its docids are asked for? */
void run_enter(struct run *run, size_t segment);

/* --- topk_heap.c --- */

/* The score that an article must exceed. */
static inline uint32_t
run_need(const struct run *run)
{
    uint32_t need;

    if (run->every)
        return 0;
    if (!run->heap->limit)
        return UINT32_MAX;
    if (run->heap->hits < run->heap->limit)
        return run->floor;
    need = run->heap->hit[0].score;
    if (run->tie_may_win && need)
        need--;
    return need > run->floor ? need : run->floor;
}

/* Offer a match; docids must rise.  It is counted, and put among the best if
 * it is one.  What is dead or banned must not be offered. */
void run_offer(struct run *run, uint32_t docid, uint32_t score);

/* Tell who asked of a match that is counted. */
void run_meet(const struct run *run, uint32_t docid);

/* Not dead, on a day asked for, without a banned unit. */
bool run_admits(struct run *run, uint32_t docid);

/* What was found in order, the best first. */
void run_sort(struct run *run);

/* --- topk_or.c, topk_and.c --- */

void run_any(struct run *run);

/* Only count, without the scores. */
void run_count_any(struct run *run);
void run_all(struct run *run);

/* --- topk_readings.c --- */

/*
 * Make one list of the readings of each unit that is a word, as far as an
 * article may have several of them: run->reading and run->lead are then fewer.
 */
void run_unite(struct run *run);

/* All units, each in any of its readings. */
void run_choices(struct run *run);

/* --- topk_made.c --- */

/* Make one list of all readings of a unit, phrases or not: `reading` are their
 * terms, `lead` what is there instead of these. */
void run_make(struct run *run, const struct unit *reading,
              const struct unit *lead, size_t readings,
              struct ranked_union *made);

/* --- topk_phrase.c --- */

/* How far after the beginning of a phrase its term `i` stands. */
static inline uint32_t
unit_offset(const struct topk_unit *unit, size_t i)
{
    return (uint32_t)(unit->term[i].with ? unit->term[i].with - 1 : i);
}

/* Can one article have both readings? */
static inline bool
unit_may_meet(const struct unit *one, const struct unit *two)
{
    return !one->language || !two->language || one->language == two->language;
}

/* The unit's impact in the article that the cursors of its terms stand on, at
 * posting at[0], at[1], ...; 0 if its words are nowhere one
 * after the other. */
uint32_t run_phrase(struct run *run, const struct unit *unit,
                    const uint32_t *at);

/* The same of some readings of a unit together: all that the article has. */
uint32_t run_phrases(struct run *run, const struct unit *reading,
                     size_t readings, uint32_t docid);

/* Where they stand one after the other, the places of the one in the unit's
 * first list, in run->places[0]; false if there are none. */
bool run_places(struct run *run, const struct unit *unit, const uint32_t *at);

/* Whether the article has the unit; for banned ones. */
bool run_has(struct run *run, const struct unit *unit, uint32_t docid);

/* The unit's posting of the article, in the list of each of its terms; false
 * if one of them has none. */
bool run_stand(struct run *run, const struct unit *unit, uint32_t docid,
               uint32_t *at);

/*
 * The article has the chosen reading of a unit, which gives `*impact`: that of
 * all readings that it has.  False if it has one before the chosen one, as it
 * was then met already.
 */
bool run_other_readings(struct run *run, size_t unit, uint32_t docid,
                        uint32_t *impact);

/* Go to the article in the list of term `t`: where it is in the loaded block,
 * or RANKED_BLOCK if it is not there. */
uint32_t run_find(struct run *run, size_t t, uint32_t docid);

#endif
