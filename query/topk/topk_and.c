/*
 * All units must be there.
 *
 * The rarest list leads.  What an article can score at most is known better
 * and better: by the maxima of whole lists, of blocks, by its own impacts;
 * as soon as that is not enough, the rest is not looked at.  Phrases come
 * last, as reading places is what costs most.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "query/topk/topk_parts.h"

/* Blocks of another list that are looked through for one of the leader's; if
 * they are more, the maximum of the list must do. */
enum {
    BLOCKS_SEEN = 8
};

struct join {
    struct run *run;
    size_t *order; /* lists, rarest first */
    size_t lists;
    size_t *unit; /* of each list */
    uint32_t *at; /* of each list: the article's posting */
    /* The most that each unit gives near the leader's block, and the sum of
     * that times weight; then the same for the article looked at. */
    uint32_t *here;
    uint32_t here_sum;
    uint32_t *most;
    uint32_t sum;
};

static void
sort_lists(struct join *join, size_t unit, size_t first, size_t lists)
{
    const struct run *run = join->run;

    for (size_t t = first; t < first + lists; t++) {
        size_t at = join->lists++;

        join->unit[t] = unit;
        for (; at > 0 && run->cursor[join->order[at - 1]].list.articles >
                             run->cursor[t].list.articles;
             at--)
            join->order[at] = join->order[at - 1];
        join->order[at] = t;
    }
}

/* A list gives no more than `impact` here; a phrase is no better than its
 * worst word, nor than its worst pair. */
static void
lower_here(struct join *join, size_t t, uint32_t impact)
{
    uint32_t *here = &join->here[join->unit[t]];

    if (impact < *here) {
        join->here_sum -=
            join->run->wanted[join->unit[t]].weight * (*here - impact);
        *here = impact;
    }
}

/* The same of the article that is looked at. */
static void
lower(struct join *join, size_t t, uint32_t impact)
{
    uint32_t *most = &join->most[join->unit[t]];

    if (impact < *most) {
        join->sum -= join->run->wanted[join->unit[t]].weight * (*most - impact);
        *most = impact;
    }
}

/* The largest impact of a term among the docids [first, last]; sets the block
 * where they begin. */
static uint32_t
most_between(struct join *join, size_t t, uint32_t first, uint32_t last)
{
    struct run *run = join->run;
    const struct ranked_list *list = &run->cursor[t].list;
    uint32_t block = ranked_seek(list, run->block[t], first);
    uint32_t most = 0;

    run->block[t] = block;
    for (uint32_t seen = 0; block < list->blocks; block++, seen++) {
        uint32_t here = ranked_most(list, block);

        if (seen == BLOCKS_SEEN)
            return list->most;
        most = here > most ? here : most;
        if (ranked_last(list, block) >= last)
            break;
    }
    return most;
}

/* Find the article in all lists, as long as it can win. */
static bool
find_in_others(struct join *join, uint32_t docid, uint32_t need)
{
    struct run *run = join->run;

    for (size_t i = 1; i < join->lists; i++) {
        size_t t = join->order[i];
        const struct ranked_cursor *cursor = &run->cursor[t];

        run->block[t] = ranked_seek(&cursor->list, run->block[t], docid);
        if (run->block[t] == cursor->list.blocks) {
            run->done = true;
            return false;
        }
        lower(join, t, ranked_most(&cursor->list, run->block[t]));
        if (join->sum <= need)
            return false;
        join->at[t] = run_find(run, t, docid);
        if (join->at[t] == RANKED_BLOCK)
            return false;
        lower(join, t, ranked_impact(cursor, join->at[t]));
    }
    return join->sum > need;
}

/* Let the score be that of all readings of the units; false if the article was
 * met in another one of them. */
static bool
add_readings(struct join *join, uint32_t docid)
{
    struct run *run = join->run;

    for (size_t i = 0; i < run->wanteds; i++) {
        uint32_t impact = join->most[i];

        if (!run_other_readings(run, i, docid, &impact))
            return false;
        join->sum += run->wanted[i].weight * (impact - join->most[i]);
        join->most[i] = impact;
    }
    return true;
}

/* All words are there: are the phrases, and what does it score? */
static void
weigh(struct join *join, uint32_t docid)
{
    struct run *run = join->run;
    uint32_t need = run_need(run);

    for (size_t i = 0; i < run->wanteds; i++) {
        const struct unit *unit = &run->wanted[i];
        uint32_t impact;

        if (unit->terms == 1)
            continue;
        impact = run_phrase(run, unit, &join->at[unit->first]);
        lower(join, unit->first, impact);
        if (!impact || join->sum <= need)
            return;
    }
    if ((!run->choices || add_readings(join, docid)) && run_admits(run, docid))
        run_offer(run, docid, join->sum);
}

/* Posting i of the leader. */
static void
join_posting(struct join *join, uint32_t i, uint32_t impact)
{
    struct run *run = join->run;
    size_t lead = join->order[0];
    uint32_t docid = run->cursor[lead].docid[i];

    if (docid >= run->to) {
        run->done = true;
        return;
    }
    memcpy(join->most, join->here, run->wanteds * sizeof(*join->most));
    join->sum = join->here_sum;
    lower(join, lead, impact);
    join->at[lead] = i;
    if (join->sum > run_need(run) && find_in_others(join, docid, run_need(run)))
        weigh(join, docid);
}

/* An impact of the leader that is not enough, all others being as high as
 * they can; 0 if any is enough. */
static uint32_t
too_little(const struct join *join)
{
    size_t unit = join->unit[join->order[0]];
    uint32_t weight = join->run->wanted[unit].weight;
    uint32_t here = join->here[unit];
    uint32_t less = join->here_sum - run_need(join->run) - 1;

    if (!weight || less / weight + 1 >= here)
        return 0;
    return here - less / weight - 1;
}

static void
join_block(struct join *join)
{
    struct run *run = join->run;
    struct ranked_cursor *cursor = &run->cursor[join->order[0]];
    const uint32_t *impact = ranked_impacts(cursor);
    uint32_t i = ranked_search(cursor, run->from);

    while (i < cursor->count && !run->done && join->here_sum > run_need(run)) {
        uint32_t start = i & ~(uint32_t)(BITPACK_LOOK - 1);
        uint64_t bits = run->bitpack->above(impact + start, too_little(join)) >>
                        (i - start) << (i - start);

        i = start + BITPACK_LOOK;
        for (; bits && !run->done; bits &= bits - 1) {
            uint32_t at = start + (uint32_t)__builtin_ctzll(bits);

            if (at < cursor->count)
                join_posting(join, at, impact[at]);
        }
    }
}

/* Whether the leader's block may hold a winner; before it is read. */
static bool
block_can_win(struct join *join, uint32_t block)
{
    struct run *run = join->run;
    const struct ranked_list *list = &run->cursor[join->order[0]].list;
    uint32_t first = block ? ranked_last(list, block - 1) + 1 : 0;
    uint32_t last = ranked_last(list, block);
    uint32_t need = run_need(run);

    if (first < run->from)
        first = run->from;
    join->here_sum = 0;
    for (size_t i = 0; i < run->wanteds; i++) {
        join->here[i] = BM25F_IMPACT_MAX;
        join->here_sum += run->wanted[i].weight * BM25F_IMPACT_MAX;
    }
    lower_here(join, join->order[0], ranked_most(list, block));
    for (size_t i = 1; i < join->lists; i++)
        lower_here(join, join->order[i], run->cursor[join->order[i]].list.most);
    if (join->here_sum <= need)
        return false;
    for (size_t i = 1; i < join->lists; i++)
        lower_here(join, join->order[i],
                   most_between(join, join->order[i], first, last));
    return join->here_sum > need;
}

void
run_all(struct run *run)
{
    struct join join = {
        .run = run,
        .order = mem_zero(run->lists, sizeof(*join.order)),
        .unit = mem_zero(run->lists, sizeof(*join.unit)),
        .at = mem_zero(run->lists, sizeof(*join.at)),
        .here = mem_zero(run->wanteds, sizeof(*join.here)),
        .most = mem_zero(run->wanteds, sizeof(*join.most)),
    };
    struct ranked_cursor *lead;

    for (size_t i = 0; i < run->wanteds; i++) {
        const struct unit *unit = &run->wanted[i];

        sort_lists(&join, i, unit->first, unit->terms);
        sort_lists(&join, i, unit->first_pair, unit->pairs);
    }
    lead = &run->cursor[join.order[0]];
    for (uint32_t b = ranked_seek(&lead->list, 0, run->from);
         b < lead->list.blocks && !run_is_late(run); b++)
        if (block_can_win(&join, b) && ranked_load(lead, b))
            join_block(&join);
    free(join.order);
    free(join.unit);
    free(join.at);
    free(join.here);
    free(join.most);
}
