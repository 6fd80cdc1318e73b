#include "indexer/ranked/ranked.h"
#include "query/topk/topk_parts.h"

uint32_t
run_find(struct run *run, size_t t, uint32_t docid)
{
    struct ranked_cursor *cursor = &run->cursor[t];
    uint32_t at;

    run->block[t] = ranked_seek(&cursor->list, run->block[t], docid);
    if (run->block[t] == cursor->list.blocks ||
        !ranked_load(cursor, run->block[t]))
        return RANKED_BLOCK;
    at = ranked_search(cursor, docid);
    if (at == cursor->count || cursor->docid[at] != docid)
        return RANKED_BLOCK;
    return at;
}

/* Keep of `found` the places that one of `next` goes with: how far after the
 * beginning of the phrase either stands is known.  Which of two numbers is less
 * cannot be guessed, so nothing here jumps for it. */
static void
keep_in_phrase(struct ranked_places *found, uint32_t offset,
               const struct ranked_places *next, uint32_t next_offset)
{
    uint32_t *place = found->place;
    size_t kept = 0;
    size_t i = 0;
    size_t j = 0;

    while (i < found->places && j < next->places) {
        uint64_t wanted = (uint64_t)place[i] + next_offset;
        uint64_t there = (uint64_t)next->place[j] + offset;

        place[kept] = place[i];
        kept += wanted == there;
        i += wanted <= there;
        j += there <= wanted;
    }
    found->places = kept;
}

/* In which fields the places found are. */
static void
count_places(const struct ranked_places *found,
             const uint32_t length[FIELD_TEXT_COUNT],
             uint32_t tf[FIELD_TEXT_COUNT])
{
    uint64_t end = length[0];
    size_t field = 0;

    for (size_t i = 0; i < found->places; i++) {
        while (found->place[i] > end && field + 1 < FIELD_TEXT_COUNT)
            end += (uint64_t)length[++field] + 1;
        tf[field]++;
    }
}

bool
run_places(struct run *run, const struct unit *unit, const uint32_t *at)
{
    struct ranked_places *found = &run->places[0];
    struct ranked_places *next = &run->places[1];
    const uint32_t *offset = &run->offset[unit->first];

    if (!ranked_places(&run->cursor[unit->first], at[0], found))
        return false;
    for (size_t i = 1; i < unit->terms && found->places; i++) {
        if (!ranked_places(&run->cursor[unit->first + i], at[i], next))
            return false;
        keep_in_phrase(found, offset[0], next, offset[i]);
    }
    return found->places > 0;
}

uint32_t
run_phrase(struct run *run, const struct unit *unit, const uint32_t *at)
{
    uint32_t docid = run->cursor[unit->first].docid[at[0]];
    uint32_t length[FIELD_TEXT_COUNT];
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    struct bm25f_norm norm;

    if (!run_places(run, unit, at))
        return 0;
    ranked_lengths(run->ranked, docid, length);
    count_places(&run->places[0], length, tf);
    bm25f_norm_init(&norm, length);
    return bm25f_impact(&norm, tf);
}

/* The places where a phrase begins, of those of a term `offset` behind. */
static void
move_to_beginning(struct ranked_places *found, uint32_t offset)
{
    for (size_t i = 0; i < found->places; i++)
        found->place[i] -= offset;
}

uint32_t
run_phrases(struct run *run, const struct unit *reading, size_t readings,
            uint32_t docid)
{
    uint32_t at[TOPK_PHRASE_MAX] = {0};
    uint32_t length[FIELD_TEXT_COUNT];
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    struct ranked_places *all = &run->places[2];
    struct bm25f_norm norm;

    all->places = 0;
    for (size_t i = 0; i < readings; i++) {
        if (!unit_may_meet(&reading[0], &reading[i]) ||
            !run_stand(run, &reading[i], docid, at) ||
            !run_places(run, &reading[i], at))
            continue;
        move_to_beginning(&run->places[0], run->offset[reading[i].first]);
        ranked_places_add(all, &run->places[0]);
    }
    ranked_places_settle(all);
    ranked_lengths(run->ranked, docid, length);
    count_places(all, length, tf);
    bm25f_norm_init(&norm, length);
    return bm25f_impact(&norm, tf);
}

bool
run_stand(struct run *run, const struct unit *unit, uint32_t docid,
          uint32_t *at)
{
    for (size_t i = 0; i < unit->terms; i++) {
        at[i] = run_find(run, unit->first + i, docid);
        if (at[i] == RANKED_BLOCK)
            return false;
    }
    return true;
}

bool
run_has(struct run *run, const struct unit *unit, uint32_t docid)
{
    uint32_t at[TOPK_PHRASE_MAX] = {0};

    return run_stand(run, unit, docid, at) &&
           (unit->terms == 1 || run_places(run, unit, at));
}

bool
run_other_readings(struct run *run, size_t unit, uint32_t docid,
                   uint32_t *impact)
{
    size_t chosen = run->chosen[unit];
    size_t end = run->first_reading[unit + 1];
    bool others = false;

    for (size_t i = run->first_reading[unit]; i < end; i++) {
        if (i == chosen ||
            !unit_may_meet(&run->reading[i], &run->reading[chosen]) ||
            !run_has(run, &run->reading[i], docid))
            continue;
        if (i < chosen)
            return false;
        others = true;
    }
    if (others)
        *impact = run_phrases(run, &run->reading[chosen], end - chosen, docid);
    return true;
}
