/*
 * Any unit is enough.
 *
 * Docids are taken in windows.  In each, the lists are put in order of the
 * most that they can give there.  The lowest, as long as they cannot win
 * together, are not essential: an article that is in no other list is out.
 * The essential ones are added up block by block, a block being skipped if
 * it cannot win even with the most of all others; what comes near is then
 * looked up in the rest, the best first, for as long as it can win.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "query/topk/topk_parts.h"

enum {
    WINDOW = 4096,
    PATCH = BITPACK_LOOK,
    STREAM = 1 << 20 /* docids of a single list between looks at the clock */
};

struct term_in_window {
    size_t t; /* the term */
    uint32_t weight;
    uint32_t most; /* times weight, in this window */
};

struct window {
    struct run *run;
    uint32_t start;
    uint32_t end;
    struct term_in_window *term; /* least `most` first */
    size_t terms;
    size_t essential; /* the first that is */
    uint32_t rest;    /* sum of `most` before it */
    uint32_t all;     /* sum of `most` */
    uint32_t sum[WINDOW];
    bool patch[WINDOW / PATCH]; /* which parts of it are in use */
};

/* The most that a list gives in the window; moves its first block up to it. */
static uint32_t
window_most(struct window *w, size_t t)
{
    const struct ranked_list *list = &w->run->cursor[t].list;
    uint32_t block = ranked_seek(list, w->run->block[t], w->start);
    uint32_t most = 0;

    w->run->block[t] = block;
    for (; block < list->blocks; block++) {
        uint32_t here = ranked_most(list, block);

        most = here > most ? here : most;
        if (ranked_last(list, block) >= w->end - 1)
            break;
    }
    return most;
}

static void
open_window(struct window *w, uint32_t need)
{
    struct run *run = w->run;

    w->terms = 0;
    w->all = 0;
    for (size_t i = 0; i < run->wanteds; i++) {
        size_t t = run->wanted[i].first;
        struct term_in_window term = {.t = t,
                                      .weight = run->wanted[i].weight,
                                      .most = run->wanted[i].weight *
                                              window_most(w, t)};
        size_t at = w->terms++;

        for (; at > 0 && w->term[at - 1].most > term.most; at--)
            w->term[at] = w->term[at - 1];
        w->term[at] = term;
        w->all += term.most;
    }
    w->rest = 0;
    for (w->essential = 0; w->essential < w->terms; w->essential++) {
        if (w->rest + w->term[w->essential].most > need)
            break;
        w->rest += w->term[w->essential].most;
    }
}

/* Look an article up in the lists that are not essential. */
static void
complete(struct window *w, uint32_t docid, uint32_t score)
{
    struct run *run = w->run;
    uint32_t need = run_need(run);
    uint32_t rest = w->rest;

    for (size_t i = w->essential; i-- > 0;) {
        const struct term_in_window *term = &w->term[i];
        struct ranked_cursor *cursor = &run->cursor[term->t];
        uint32_t block;
        uint32_t at;

        if (score + rest <= need)
            return;
        rest -= term->most;
        block = ranked_seek(&cursor->list, run->block[term->t], docid);
        run->block[term->t] = block;
        if (block == cursor->list.blocks)
            continue;
        if (score + term->weight * ranked_most(&cursor->list, block) + rest <=
            need)
            return;
        at = run_find(run, term->t, docid);
        if (at != RANKED_BLOCK)
            score += term->weight * ranked_impact(cursor, at);
    }
    if (score > need && run_admits(run, docid))
        run_offer(run, docid, score);
}

/* The postings of the loaded block that lie in the window: [*from, *to). */
static void
clip(const struct window *w, const struct ranked_cursor *cursor, uint32_t *from,
     uint32_t *to)
{
    *from = 0;
    *to = cursor->count;
    if (cursor->count && cursor->docid[0] < w->start)
        *from = ranked_search(cursor, w->start);
    if (cursor->count && cursor->docid[cursor->count - 1] >= w->end)
        *to = ranked_search(cursor, w->end);
}

/* The postings of the loaded block that may win. */
static void
stream_block(struct window *w, const struct term_in_window *term)
{
    struct run *run = w->run;
    struct ranked_cursor *cursor = &run->cursor[term->t];
    const uint32_t *impact = ranked_impacts(cursor);
    uint32_t from;
    uint32_t to;

    clip(w, cursor, &from, &to);
    for (uint32_t i = from; i < to && !run->done;) {
        uint32_t need = run_need(run);
        uint32_t enough = need > w->rest ? (need - w->rest) / term->weight : 0;
        uint32_t start = i & ~(uint32_t)(BITPACK_LOOK - 1);
        uint64_t bits =
            run->bitpack->above(impact + start, enough) >> (i - start);

        if (!bits) {
            i = start + BITPACK_LOOK;
            continue;
        }
        i += (uint32_t)__builtin_ctzll(bits);
        if (i < to)
            complete(w, cursor->docid[i], term->weight * impact[i]);
        i++;
    }
}

/* One list is essential: no sums are needed. */
static void
stream(struct window *w)
{
    const struct term_in_window *term = &w->term[w->essential];
    struct run *run = w->run;
    struct ranked_cursor *cursor = &run->cursor[term->t];

    for (uint32_t b = run->block[term->t]; b < cursor->list.blocks; b++) {
        if (term->weight * ranked_most(&cursor->list, b) + w->rest >
                run_need(run) &&
            ranked_load(cursor, b))
            stream_block(w, term);
        if (ranked_last(&cursor->list, b) >= w->end - 1)
            break;
    }
}

static void
add_list(struct window *w, const struct term_in_window *term, uint32_t need)
{
    struct run *run = w->run;
    struct ranked_cursor *cursor = &run->cursor[term->t];
    uint32_t others = w->all - term->most;

    for (uint32_t b = run->block[term->t]; b < cursor->list.blocks; b++) {
        if (term->weight * ranked_most(&cursor->list, b) + others > need &&
            ranked_load(cursor, b)) {
            const uint32_t *impact = ranked_impacts(cursor);
            uint32_t from;
            uint32_t to;

            clip(w, cursor, &from, &to);
            for (uint32_t i = from; i < to; i++) {
                /* The mask changes nothing in a sound file. */
                uint32_t at = (cursor->docid[i] - w->start) & (WINDOW - 1);

                w->sum[at] += term->weight * impact[i];
                w->patch[at / PATCH] = true;
            }
        }
        if (ranked_last(&cursor->list, b) >= w->end - 1)
            break;
    }
}

static void
harvest_patch(struct window *w, size_t patch)
{
    struct run *run = w->run;
    const uint32_t *sum = &w->sum[patch * PATCH];
    uint32_t need = run_need(run);
    uint64_t bits =
        run->bitpack->above(sum, need > w->rest ? need - w->rest : 0);

    for (; bits && !run->done; bits &= bits - 1) {
        size_t i = (size_t)__builtin_ctzll(bits);

        if (sum[i] + w->rest > run_need(run))
            complete(w, w->start + (uint32_t)(patch * PATCH + i), sum[i]);
    }
}

static void
accumulate(struct window *w, uint32_t need)
{
    bool any = false;

    for (size_t i = w->essential; i < w->terms; i++)
        add_list(w, &w->term[i], need);
    for (size_t patch = 0; patch < WINDOW / PATCH; patch++) {
        if (!w->patch[patch])
            continue;
        any = true;
        w->patch[patch] = false;
        harvest_patch(w, patch);
    }
    if (any)
        memset(w->sum, 0, (w->end - w->start) * sizeof(*w->sum));
}

void
run_any(struct run *run)
{
    struct window w = {.run = run,
                       .term = mem_zero(run->wanteds, sizeof(*w.term))};
    uint32_t step = run->wanteds == 1 ? STREAM : WINDOW;

    for (w.start = run->from; w.start < run->to && !run_is_late(run);
         w.start = w.end) {
        uint32_t need = run_need(run);

        w.end = run->to - w.start < step ? run->to : w.start + step;
        open_window(&w, need);
        if (w.terms == w.essential + 1)
            stream(&w);
        else if (w.terms > w.essential)
            accumulate(&w, need);
    }
    free(w.term);
}
