#include "query/topk/topk.h"

#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_pairs.h"
#include "indexer/ranked/ranked_terms.h"
#include "query/topk/topk_parts.h"

/* The units with their weights, and the terms of all of them. */
struct plan {
    struct unit reading[TOPK_TERMS_MAX]; /* of those that are wanted */
    size_t readings;
    size_t first_reading[TOPK_TERMS_MAX + 1]; /* of each of them */
    size_t wanteds;
    struct unit banned[TOPK_TERMS_MAX];
    size_t banneds;
    const struct topk_term *term[TOPK_TERMS_MAX];
    uint32_t offset[TOPK_TERMS_MAX]; /* of each, in its reading */
    size_t terms;
};

/* How many readings a unit has, and how many terms in all of them; 0 readings
 * if that cannot be asked. */
static size_t
readings_of(const struct topk_unit *unit, size_t *terms)
{
    size_t readings = 0;

    do {
        if (unit->terms == 0 || unit->terms > TOPK_TERMS_MAX)
            return 0;
        *terms += unit->terms;
        readings++;
        unit = unit->other;
    } while (unit);
    return readings;
}

bool
topk_can(const struct topk_query *query)
{
    size_t terms = 0;
    size_t wanted = 0;
    size_t phrases = 0;
    size_t choices = 1;

    for (size_t i = 0; i < query->units; i++) {
        const struct topk_unit *unit = &query->unit[i];
        size_t readings = readings_of(unit, &terms);

        if (!readings || terms > TOPK_TERMS_MAX)
            return false;
        if (unit->banned)
            continue;
        wanted++;
        phrases += unit->terms > 1 || readings > 1;
        choices *= readings;
        if (choices > TOPK_CHOICES_MAX)
            return false;
    }
    /* The sums of a window are of words. */
    if (phrases && wanted > 1 && !query->all)
        return false;
    return wanted > 0;
}

static void
plan_reading(struct plan *plan, const struct topk_unit *from, uint32_t weight,
             struct unit *unit)
{
    unit->first = plan->terms;
    unit->terms = from->terms;
    unit->weight = weight < BM25F_WEIGHT_MAX ? weight : BM25F_WEIGHT_MAX;
    for (size_t i = 0; i < from->terms; i++) {
        plan->offset[plan->terms] = unit_offset(from, i);
        plan->term[plan->terms++] = &from->term[i];
    }
}

/* Who has any reading of a banned unit is out, so each of them is one. */
static void
make_plan(struct plan *plan, const struct topk_query *query)
{
    *plan = (struct plan){0};
    for (size_t i = 0; i < query->units; i++) {
        const struct topk_unit *unit = &query->unit[i];
        const struct topk_unit *reading = unit;

        do {
            plan_reading(plan, reading, unit->weight,
                         unit->banned ? &plan->banned[plan->banneds++]
                                      : &plan->reading[plan->readings++]);
            reading = reading->other;
        } while (reading);
        if (!unit->banned)
            plan->first_reading[++plan->wanteds] = plan->readings;
    }
}

/*
 * If a term has so many articles with this impact that the page is full even
 * if the dead ones were among them, no article with less need apply.  Other
 * conditions may take away more than can be counted.
 */
static void
raise_floor(struct run *run)
{
    static const uint64_t rank[3] = {10, 100, 1000};
    const struct topk_query *query = run->query;
    uint64_t wanted = query->limit;
    uint32_t floor = 0;

    if (run->in->entry)
        wanted += (uint64_t)run->in->entry->dead;
    if (run->all || run->banneds || run->every || query->sort != TOPK_BEST ||
        run->from > 0 || run->to < ranked_articles(run->ranked))
        return;
    for (size_t i = 0; i < run->wanteds; i++) {
        const struct ranked_list *list =
            &run->cursor[run->wanted[i].first].list;
        size_t k = 0;

        while (k < 3 && rank[k] < wanted)
            k++;
        if (k < 3 && run->wanted[i].weight * list->kth[k] > floor)
            floor = run->wanted[i].weight * list->kth[k];
    }
    if (floor > run->floor)
        run->floor = floor - 1;
}

static void
add_list(struct run *run, const struct ranked_list *list, uint32_t offset)
{
    ranked_start(&run->cursor[run->lists], run->ranked, list);
    run->offset[run->lists] = offset;
    run->block[run->lists++] = 0;
}

/* Take the lists of a unit's terms, the rarest first: it has the fewest
 * places, and so the fewest are left to be looked for among the many. */
static void
add_terms(struct run *run, const struct plan *plan, const struct unit *unit)
{
    size_t order[TOPK_TERMS_MAX];

    for (size_t i = 0; i < unit->terms; i++) {
        size_t t = unit->first + i;
        size_t at = i;

        for (; at > 0 &&
               run->found[order[at - 1]].articles > run->found[t].articles;
             at--)
            order[at] = order[at - 1];
        order[at] = t;
    }
    for (size_t i = 0; i < unit->terms; i++)
        add_list(run, &run->found[order[i]], plan->offset[order[i]]);
}

/* The term of a unit that stands right behind another; SIZE_MAX: none. */
static size_t
next_in_phrase(const struct run *run, const struct unit *unit, size_t t)
{
    for (size_t i = unit->first; i < unit->first + unit->terms; i++)
        if (run->offset[i] == run->offset[t] + 1)
            return i;
    return SIZE_MAX;
}

/* Where it is known what follows what, a phrase of two words becomes a word,
 * and one of more gets more lists that its articles must be in. */
static void
open_pairs(struct run *run, struct unit *unit)
{
    static const struct ranked_list nothing = {0};

    unit->first_pair = run->lists;
    unit->pairs = 0;
    for (size_t i = 0; i < unit->terms; i++) {
        size_t t = unit->first + i;
        size_t next = next_in_phrase(run, unit, t);
        struct ranked_list pair;
        enum ranked_row known =
            next == SIZE_MAX ? ROW_UNKNOWN
                             : ranked_row(run->ranked, &run->cursor[t].list,
                                          &run->cursor[next].list, &pair);

        if (known == ROW_UNKNOWN)
            continue;
        add_list(run, known == ROW_LIST ? &pair : &nothing, 0);
        unit->pairs++;
        if (known == ROW_LIST && unit->terms > 2)
            continue;
        unit->first = run->lists - 1;
        unit->terms = 1;
        unit->pairs = 0;
    }
}

static void
add_units(struct run *run, const struct plan *plan, const struct unit *from,
          struct unit *unit, size_t units)
{
    for (size_t i = 0; i < units; i++) {
        unit[i] = from[i];
        unit[i].first = run->lists;
        add_terms(run, plan, &from[i]);
    }
}

/* Take the lists of all terms; false if nothing can match. */
static bool
open_lists(struct run *run, const struct plan *plan)
{
    bool any = false;
    bool all = true;

    run->lists = 0;
    add_units(run, plan, plan->reading, run->reading, plan->readings);
    add_units(run, plan, plan->banned, run->banned, plan->banneds);
    for (size_t i = 0; i < plan->readings; i++) {
        run->lead[i] = run->reading[i];
        open_pairs(run, &run->lead[i]);
    }
    for (size_t i = 0; i < plan->banneds; i++)
        open_pairs(run, &run->banned[i]);
    if (run_choose_first(run)) {
        run->all = true;
        run->every = true;
        return true;
    }
    for (size_t i = 0; i < run->wanteds; i++) {
        for (size_t j = 0; j < run->wanted[i].terms; j++) {
            bool there =
                run->cursor[run->wanted[i].first + j].list.articles > 0;

            any = any || there;
            all = all && there;
        }
    }
    /* Of one unit, all is as much as any; its blocks are streamed if it is a
     * word, and its words joined if it is a phrase. */
    run->all = run->wanteds == 1 ? run->wanted[0].terms > 1 : run->query->all;
    run->every = run->query->exhaustive || (run->query->count && run->all);
    return run->all ? all : any;
}

/* How many matches there can be in the segment. */
static uint64_t
most_matches(const struct run *run)
{
    uint64_t sum = 0;
    uint64_t least = run->to - run->from;

    for (size_t i = 0; i < run->wanteds; i++) {
        for (size_t j = 0; j < run->wanted[i].terms; j++) {
            uint32_t articles =
                run->cursor[run->wanted[i].first + j].list.articles;

            sum += articles;
            if (run->all && articles < least)
                least = articles;
        }
    }
    return sum < least ? sum : least;
}

/* The article numbers that are asked for, as ranks. */
static void
clip_to_numbers(struct run *run)
{
    const struct topk_segment *in = run->in;
    int64_t articles = ranked_articles(run->ranked);
    int64_t first = in->first > 1 ? in->first : 1;
    int64_t last = in->last < articles ? in->last : articles;

    if (!in->bounded)
        return;
    if (first > last) {
        run->to = run->from;
        return;
    }
    if (articles - last > run->from)
        run->from = (uint32_t)(articles - last);
    if (articles - first + 1 < run->to)
        run->to = (uint32_t)(articles - first + 1);
}

/* The best are known; now all that match, from the beginning. */
static void
count_again(struct run *run)
{
    for (size_t i = 0; i < run->wanteds; i++)
        run->block[run->wanted[i].first] = 0;
    for (size_t i = 0; i < run->banneds; i++)
        for (size_t j = 0; j < run->banned[i].terms; j++)
            run->block[run->banned[i].first + j] = 0;
    run->count = 0;
    run->done = false;
    run_count_any(run);
}

/* Begin with a segment: which of its ranks are asked for? */
static void
enter_segment(struct run *run, size_t segment)
{
    const struct topk_query *query = run->query;

    run->segment = (uint32_t)segment;
    run->in = &run->heap->archive->segment[segment];
    run->ranked = run->in->ranked;
    run->bitpack = ranked_used(run->ranked);
    run->from = 0;
    run->to = ranked_articles(run->ranked);
    run->done = false;
    run->count = 0;
    if (query->first != INT64_MIN || query->last != INT64_MAX)
        ranked_range(run->ranked, query->first, query->last, &run->from,
                     &run->to);
    clip_to_numbers(run);
}

/* The lists of all terms in all segments that are asked for, segment by
 * segment: yours to free. */
static struct ranked_list *
find_lists(struct run *run, const struct plan *plan)
{
    const struct topk_archive *archive = run->heap->archive;
    size_t lists = archive->segments * plan->terms;
    struct ranked_list *list = mem_zero(lists + 1, sizeof(*list));
    struct ranked_wanted *wanted = mem_resize(NULL, lists + 1, sizeof(*wanted));
    size_t count = 0;

    for (size_t i = 0; i < archive->segments; i++) {
        enter_segment(run, i);
        for (size_t t = 0; run->from < run->to && t < plan->terms; t++)
            wanted[count++] =
                (struct ranked_wanted){.ranked = run->ranked,
                                       .term = plan->term[t]->text,
                                       .size = plan->term[t]->size,
                                       .list = &list[i * plan->terms + t]};
    }
    ranked_find_all(wanted, count);
    free(wanted);
    return list;
}

static void
search_segment(struct run *run, const struct plan *plan,
               struct topk_result *result)
{
    const struct topk_query *query = run->query;

    if (run->from >= run->to || !open_lists(run, plan))
        return;
    raise_floor(run);
    if (run->readings > run->wanteds)
        run_choices(run);
    else if (run->all)
        run_all(run);
    else
        run_any(run);
    if (query->count && !run->every)
        count_again(run);
    result->count +=
        query->count || run->every ? run->count : most_matches(run);
    run->tie_may_win = true;
}

bool
topk_run(const struct topk_archive *archive, const struct topk_query *query,
         struct topk_result *result)
{
    struct plan *plan = mem_alloc(sizeof(*plan));
    struct heap heap = {.archive = archive, .limit = query->limit};
    struct run run = {.query = query, .heap = &heap};
    struct ranked_list *list;
    bool sound = true;

    make_plan(plan, query);
    heap.hit = mem_resize(NULL, query->limit + 1, sizeof(*heap.hit));
    run.wanteds = plan->wanteds;
    run.wanted = mem_zero(plan->wanteds, sizeof(*run.wanted));
    run.readings = plan->readings;
    run.reading = mem_zero(plan->readings * 2, sizeof(*run.reading));
    run.lead = run.reading + plan->readings;
    run.first_reading = plan->first_reading;
    run.chosen = mem_zero(plan->wanteds, sizeof(*run.chosen));
    run.banneds = plan->banneds;
    run.banned = mem_zero(plan->banneds + 1, sizeof(*run.banned));
    run.cursor = mem_zero(plan->terms * 2, sizeof(*run.cursor));
    run.block = mem_resize(NULL, plan->terms * 2, sizeof(*run.block));
    run.offset = mem_resize(NULL, plan->terms * 2, sizeof(*run.offset));
    list = find_lists(&run, plan);
    for (size_t i = 0;
         i < archive->segments && !deadline_look(archive->deadline); i++) {
        enter_segment(&run, i);
        run.found = &list[i * plan->terms];
        search_segment(&run, plan, result);
        sound = sound && !ranked_damaged(run.ranked);
    }
    heap_sort(&heap);
    result->hit = heap.hit;
    result->hits = heap.hits;
    result->late = deadline_look(archive->deadline);
    result->exact = (query->count || query->exhaustive) && !result->late;
    for (size_t i = 0; i < sizeof(run.places) / sizeof(*run.places); i++)
        ranked_places_release(&run.places[i]);
    free(list);
    free(run.wanted);
    free(run.reading);
    free(run.chosen);
    free(run.banned);
    free(run.cursor);
    free(run.block);
    free(run.offset);
    free(plan);
    return sound;
}

void
topk_result_release(struct topk_result *result)
{
    free(result->hit);
    *result = TOPK_RESULT_INIT;
}
