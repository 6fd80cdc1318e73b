/*
 * A phrase where any unit is enough.
 *
 * The sums of a window are of words, each with a list of articles and impacts.
 * So a unit that is a phrase, or has a reading that is one, gets such a list,
 * made in memory before the windows begin: its articles are in the lists of
 * all its words, the rarest of which leads, and where they stand decides.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "query/topk/topk_parts.h"

/* Articles that have a reading, in order. */
struct met {
    uint32_t *docid;
    uint32_t *impact;
    size_t count;
    size_t docid_room;
    size_t impact_room;
};

static void
put(struct met *met, uint32_t docid, uint32_t impact)
{
    met->docid =
        mem_grow(met->docid, met->count, &met->docid_room, sizeof(*met->docid));
    met->impact = mem_grow(met->impact, met->count, &met->impact_room,
                           sizeof(*met->impact));
    met->docid[met->count] = docid;
    met->impact[met->count++] = impact;
}

static bool
has_pairs(struct run *run, const struct unit *unit, uint32_t docid)
{
    for (size_t i = 0; i < unit->pairs; i++)
        if (run_find(run, unit->first_pair + i, docid) == RANKED_BLOCK)
            return false;
    return true;
}

/* Posting i of the reading's rarest list: the reading's impact there, 0 if it
 * does not stand there. */
static uint32_t
impact_at(struct run *run, const struct unit *unit, uint32_t i)
{
    struct ranked_cursor *lead = &run->cursor[unit->first];
    uint32_t docid = lead->docid[i];
    uint32_t at[TOPK_PHRASE_MAX] = {0};

    if (unit->terms == 1)
        return ranked_impact(lead, i);
    if (!has_pairs(run, unit, docid) || !run_stand(run, unit, docid, at))
        return 0;
    return run_phrase(run, unit, at);
}

static void
meet_reading(struct run *run, const struct unit *unit, struct met *met)
{
    struct ranked_cursor *lead = &run->cursor[unit->first];

    for (uint32_t b = ranked_seek(&lead->list, 0, run->from);
         b < lead->list.blocks && !run_is_late(run); b++) {
        if (!ranked_load(lead, b))
            continue;
        for (uint32_t i = ranked_search(lead, run->from);
             i < lead->count && lead->docid[i] < run->to; i++) {
            uint32_t impact = impact_at(run, unit, i);

            if (impact)
                put(met, lead->docid[i], impact);
        }
        if (ranked_last(&lead->list, b) >= run->to)
            break;
    }
}

/* The lowest docid that a reading has met and that is not passed; how many
 * have it, and the first of them. */
static uint32_t
lowest(const struct met *met, const size_t *at, size_t readings, size_t *first,
       size_t *having)
{
    uint32_t docid = UINT32_MAX;

    *having = 0;
    for (size_t i = 0; i < readings; i++) {
        if (at[i] == met[i].count || met[i].docid[at[i]] > docid)
            continue;
        if (met[i].docid[at[i]] < docid) {
            docid = met[i].docid[at[i]];
            *first = i;
            *having = 0;
        }
        (*having)++;
    }
    return docid;
}

/* All that have any reading; who has several scores with all of them. */
static void
merge(struct run *run, const struct unit *reading, const struct met *met,
      size_t readings, struct met *out)
{
    size_t *at = mem_zero(readings, sizeof(*at));
    size_t first = 0;
    size_t having = 0;
    uint32_t docid;

    while ((docid = lowest(met, at, readings, &first, &having)) != UINT32_MAX) {
        uint32_t impact = met[first].impact[at[first]];

        if (having > 1)
            impact = run_phrases(run, &reading[first], readings - first, docid);
        if (impact)
            put(out, docid, impact);
        for (size_t i = 0; i < readings; i++)
            at[i] += at[i] < met[i].count && met[i].docid[at[i]] == docid;
    }
    free(at);
}

static void
met_release(struct met *met)
{
    free(met->docid);
    free(met->impact);
}

void
run_make(struct run *run, const struct unit *reading, const struct unit *lead,
         size_t readings, struct ranked_union *made)
{
    struct met *met = mem_zero(readings, sizeof(*met));
    struct met all = {0};

    for (size_t i = 0; i < readings; i++)
        meet_reading(run, &lead[i], &met[i]);
    for (size_t i = 0; i < run->lists; i++)
        run->block[i] = 0;
    if (readings > 1)
        merge(run, reading, met, readings, &all);
    else
        all = met[0];
    *made = (struct ranked_union){.docid = all.docid, .impact = all.impact};
    made->list.articles = (uint32_t)all.count;
    ranked_union_seal(made);
    for (size_t i = 0; readings > 1 && i < readings; i++)
        met_release(&met[i]);
    for (size_t i = 0; i < run->lists; i++)
        run->block[i] = 0;
    free(met);
}
