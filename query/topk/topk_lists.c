/* The units of a query, and the lists of their terms in a segment. */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_pairs.h"
#include "query/topk/topk_parts.h"

size_t
unit_readings(const struct topk_unit *unit, size_t *terms)
{
    size_t readings = 0;

    do {
        if (unit->terms == 0 || unit->terms > TOPK_PHRASE_MAX)
            return 0;
        *terms += unit->terms;
        readings++;
        unit = unit->other;
    } while (unit);
    return readings;
}

static void
add_reading(struct units *units, const struct topk_unit *from, uint32_t weight,
            struct unit *unit)
{
    unit->first = units->terms;
    unit->terms = from->terms;
    unit->language = from->language;
    unit->weight = weight < BM25F_WEIGHT_MAX ? weight : BM25F_WEIGHT_MAX;
    for (size_t i = 0; i < from->terms; i++) {
        units->offset[units->terms] = unit_offset(from, i);
        units->term[units->terms++] = &from->term[i];
    }
}

void
units_read(struct units *units, const struct topk_query *query)
{
    size_t readings = 0;
    size_t terms = 0;

    for (size_t i = 0; i < query->units; i++)
        readings += unit_readings(&query->unit[i], &terms);
    *units = (struct units){0};
    units->reading = mem_zero(readings + 1, sizeof(*units->reading));
    units->first_reading =
        mem_zero(query->units + 1, sizeof(*units->first_reading));
    units->banned = mem_zero(readings + 1, sizeof(*units->banned));
    units->term = mem_zero(terms + 1, sizeof(const struct topk_term *));
    units->offset = mem_zero(terms + 1, sizeof(*units->offset));
    for (size_t i = 0; i < query->units; i++) {
        const struct topk_unit *unit = &query->unit[i];
        const struct topk_unit *reading = unit;

        do {
            add_reading(units, reading, unit->weight,
                        unit->banned ? &units->banned[units->banneds++]
                                     : &units->reading[units->readings++]);
            reading = reading->other;
        } while (reading);
        if (!unit->banned)
            units->first_reading[++units->wanteds] = units->readings;
    }
}

void
units_release(struct units *units)
{
    free(units->reading);
    free(units->first_reading);
    free(units->banned);
    free(units->term);
    free(units->offset);
}

void
run_begin(struct run *run, const struct units *units)
{
    size_t lists = units->terms * 2 + units->readings;

    run->wanted = mem_zero(units->readings, sizeof(*run->wanted));
    run->reading = mem_zero(units->readings * 2, sizeof(*run->reading));
    run->lead = run->reading + units->readings;
    run->first_reading =
        mem_zero(units->wanteds + 1, sizeof(*run->first_reading));
    run->chosen = mem_zero(units->wanteds, sizeof(*run->chosen));
    run->united = mem_zero(units->readings, sizeof(*run->united));
    run->banneds = units->banneds;
    run->banned = mem_zero(units->banneds + 1, sizeof(*run->banned));
    run->cursor = mem_zero(lists, sizeof(*run->cursor));
    run->block = mem_resize(NULL, lists, sizeof(*run->block));
    run->offset = mem_resize(NULL, lists, sizeof(*run->offset));
}

void
run_end(struct run *run)
{
    for (size_t i = 0; i < COUNT(run->places); i++)
        ranked_places_release(&run->places[i]);
    free(run->wanted);
    free(run->reading);
    free(run->first_reading);
    free(run->chosen);
    free(run->united);
    free(run->banned);
    free(run->cursor);
    free(run->block);
    free(run->offset);
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
add_terms(struct run *run, const struct units *units, const struct unit *unit)
{
    size_t order[TOPK_PHRASE_MAX];

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
        add_list(run, &run->found[order[i]], units->offset[order[i]]);
}

/* The term of a unit that stands right after another; SIZE_MAX: none. */
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
        enum ranked_pair known =
            next == SIZE_MAX ? PAIR_UNKNOWN
                             : ranked_pair(run->ranked, &run->cursor[t].list,
                                           &run->cursor[next].list, &pair);

        if (known == PAIR_UNKNOWN)
            continue;
        add_list(run, known == PAIR_LIST ? &pair : &nothing, 0);
        unit->pairs++;
        if (known == PAIR_LIST && unit->terms > 2)
            continue;
        unit->first = run->lists - 1;
        unit->terms = 1;
        unit->pairs = 0;
    }
}

static void
add_units(struct run *run, const struct units *units, const struct unit *from,
          struct unit *unit, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unit[i] = from[i];
        unit[i].first = run->lists;
        add_terms(run, units, &from[i]);
    }
}

/* Has the segment all terms of the reading? */
static bool
is_there(const struct run *run, const struct unit *reading)
{
    for (size_t i = 0; i < reading->terms; i++)
        if (!run->cursor[reading->first + i].list.articles)
            return false;
    return true;
}

/* Readings that no article has are left out, as long as another one stays. */
static void
drop_readings(struct run *run, const struct units *units)
{
    size_t to = 0;

    for (size_t i = 0; i < units->wanteds; i++) {
        size_t first = to;

        for (size_t j = units->first_reading[i];
             j < units->first_reading[i + 1]; j++)
            if (is_there(run, &run->reading[j]))
                run->reading[to++] = run->reading[j];
        if (to == first)
            run->reading[to++] = run->reading[units->first_reading[i]];
        run->first_reading[i] = first;
    }
    run->first_reading[units->wanteds] = to;
    run->readings = to;
    run->units = units->wanteds;
}

/* The readings as they are to be searched for. */
static void
open_wanted(struct run *run, const struct units *units)
{
    bool words = true;

    drop_readings(run, units);
    for (size_t i = 0; i < run->readings; i++) {
        run->lead[i] = run->reading[i];
        open_pairs(run, &run->lead[i]);
    }
    run_unite(run);
    for (size_t i = 0; i < run->readings; i++)
        words = words && run->reading[i].terms == 1;
    run->choices = run->readings > run->units;
    /* Of words of which an article has one each can be asked for by itself. */
    if (run->choices && words && (run->units == 1 || !run->query->all))
        run->choices = false;
    run->wanteds = run->choices ? run->units : run->readings;
    memcpy(run->wanted, run->lead, run->wanteds * sizeof(*run->wanted));
}

bool
run_open_lists(struct run *run, const struct units *units)
{
    bool any = false;
    bool all = true;

    run->lists = 0;
    add_units(run, units, units->reading, run->reading, units->readings);
    add_units(run, units, units->banned, run->banned, units->banneds);
    open_wanted(run, units);
    for (size_t i = 0; i < units->banneds; i++)
        open_pairs(run, &run->banned[i]);
    if (run->choices) {
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
    run->all = run->units == 1 ? run->wanted[0].terms > 1 : run->query->all;
    run->every = run->query->exhaustive || (run->query->count && run->all);
    return run->all ? all : any;
}
