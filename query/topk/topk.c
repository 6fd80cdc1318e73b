#include "query/topk/topk.h"

#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_format.h"
#include "indexer/ranked/ranked_terms.h"
#include "query/topk/topk_parts.h"

/* How many readings of a unit can be chosen for articles of a language; words
 * become one. */
static size_t
readings_to_choose(const struct topk_unit *unit, size_t language, bool *phrase)
{
    size_t readings = 0;

    *phrase = false;
    for (; unit; unit = unit->other) {
        *phrase = *phrase || unit->terms > 1;
        readings += !unit->language || unit->language == language;
    }
    return *phrase ? readings : 1;
}

/* Are the choices of readings few enough, for articles of a language? */
static bool
are_few_choices(const struct topk_query *query, size_t language)
{
    size_t choices = 1;

    for (size_t i = 0; i < query->units; i++) {
        bool phrase;
        size_t readings =
            readings_to_choose(&query->unit[i], language, &phrase);

        if (query->unit[i].banned || !readings)
            continue;
        choices *= readings;
        if (choices > TOPK_CHOICES_MAX)
            return false;
    }
    return true;
}

/* Can all of its units be asked for?  Where any is enough, phrases become
 * lists (topk_made.c), and nothing is to be chosen. */
static bool
are_askable(const struct topk_query *query, const struct topk_unit *unit)
{
    bool phrase;

    readings_to_choose(unit, 0, &phrase);
    for (const struct topk_unit *one = phrase && query->all ? unit : NULL; one;
         one = one->other)
        if (!are_few_choices(query, one->language))
            return false;
    return true;
}

bool
topk_can(const struct topk_query *query)
{
    size_t terms = 0;
    size_t wanted = 0;

    for (size_t i = 0; i < query->units; i++) {
        const struct topk_unit *unit = &query->unit[i];

        if (!unit_readings(unit, &terms) || terms > TOPK_TERMS_MAX)
            return false;
        if (unit->banned)
            continue;
        wanted++;
        if (!are_askable(query, unit))
            return false;
    }
    return wanted > 0;
}

/*
 * If a term has so many articles with this impact that the page is full even
 * if the dead ones were among them, no article with less need apply.  Other
 * conditions may take away more than can be counted.
 */
static void
raise_floor(struct run *run)
{
    static const uint64_t nth[3] = {RANKED_KTH};
    const struct topk_query *query = run->query;
    uint64_t wanted = query->limit;
    uint32_t floor = 0;

    if (run->in->entry)
        wanted += (uint64_t)run->in->entry->dead;
    if (run->all || run->banneds || run->every || run->in->bounded ||
        query->sort != TOPK_BEST || run->from > 0 ||
        run->to < ranked_articles(run->ranked))
        return;
    for (size_t i = 0; i < run->wanteds; i++) {
        const struct ranked_list *list =
            &run->cursor[run->wanted[i].first].list;
        size_t k = 0;

        while (k < 3 && nth[k] < wanted)
            k++;
        if (k < 3 && run->wanted[i].weight * list->kth[k] > floor)
            floor = run->wanted[i].weight * list->kth[k];
    }
    if (floor > run->floor)
        run->floor = floor - 1;
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

/* The ids that are asked for, as docids. */
static void
clip_to_ids(struct run *run)
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

void
run_enter(struct run *run, size_t segment)
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
    clip_to_ids(run);
}

/* The lists of all terms in all segments that are asked for, segment by
 * segment: yours to free. */
static struct ranked_list *
find_lists(struct run *run, const struct units *units)
{
    const struct topk_archive *archive = run->heap->archive;
    size_t lists = archive->segments * units->terms;
    struct ranked_list *list = mem_zero(lists + 1, sizeof(*list));
    struct ranked_wanted *wanted = mem_resize(NULL, lists + 1, sizeof(*wanted));
    size_t count = 0;

    for (size_t i = 0; i < archive->segments; i++) {
        run_enter(run, i);
        for (size_t t = 0; run->from < run->to && t < units->terms; t++)
            wanted[count++] =
                (struct ranked_wanted){.ranked = run->ranked,
                                       .term = units->term[t]->text,
                                       .size = units->term[t]->size,
                                       .list = &list[i * units->terms + t]};
    }
    ranked_find_all(wanted, count);
    free(wanted);
    return list;
}

static void
search_segment(struct run *run, const struct units *units,
               struct topk_result *result)
{
    const struct topk_query *query = run->query;

    if (run->from >= run->to || !run_open_lists(run, units))
        return;
    raise_floor(run);
    if (run->choices)
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
    struct units units;
    struct heap heap = {.archive = archive, .limit = query->limit};
    struct run run = {.query = query, .heap = &heap};
    struct ranked_list *list;
    bool sound = true;

    units_read(&units, query);
    heap.hit = mem_resize(NULL, query->limit + 1, sizeof(*heap.hit));
    run_begin(&run, &units);
    list = find_lists(&run, &units);
    for (size_t i = 0;
         i < archive->segments && !deadline_look(archive->deadline); i++) {
        run_enter(&run, i);
        run.found = &list[i * units.terms];
        search_segment(&run, &units, result);
        for (size_t j = 0; j < run.uniteds; j++)
            ranked_union_release(&run.united[j]);
        run.uniteds = 0;
        sound = sound && !ranked_damaged(run.ranked);
    }
    run_sort(&run);
    result->hit = heap.hit;
    result->hits = heap.hits;
    result->late = deadline_look(archive->deadline);
    result->exact = (query->count || query->exhaustive) && !result->late;
    run_end(&run);
    free(list);
    units_release(&units);
    return sound;
}

void
topk_result_release(struct topk_result *result)
{
    free(result->hit);
    *result = TOPK_RESULT_INIT;
}
