/* The units of a query, and the lists of their terms in a segment. */
#include "indexer/ranked/ranked_pairs.h"
#include "query/topk/topk_parts.h"

static void
add_reading(struct units *units, const struct topk_unit *from, uint32_t weight,
            struct unit *unit)
{
    unit->first = units->terms;
    unit->terms = from->terms;
    unit->weight = weight < BM25F_WEIGHT_MAX ? weight : BM25F_WEIGHT_MAX;
    for (size_t i = 0; i < from->terms; i++) {
        units->offset[units->terms] = unit_offset(from, i);
        units->term[units->terms++] = &from->term[i];
    }
}

void
units_read(struct units *units, const struct topk_query *query)
{
    *units = (struct units){0};
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

bool
run_open_lists(struct run *run, const struct units *units)
{
    bool any = false;
    bool all = true;

    run->lists = 0;
    add_units(run, units, units->reading, run->reading, units->readings);
    add_units(run, units, units->banned, run->banned, units->banneds);
    for (size_t i = 0; i < units->readings; i++) {
        run->lead[i] = run->reading[i];
        open_pairs(run, &run->lead[i]);
    }
    for (size_t i = 0; i < units->banneds; i++)
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
