/*
 * Units of several readings: "Kim Taegyu" also where it is written Tae-gyu, a
 * word in each of two languages.
 *
 * For each choice of one reading for each unit, the articles that have them all
 * are found as if there were no other readings.  Who has several of them is met
 * in the first choice that it has, and there scores with all.  So docids rise
 * in each choice, but not from one to the next, and nothing can be left out
 * because of who was there before.
 */
#include <string.h>

#include "query/topk/topk_parts.h"

static void
choose(struct run *run, size_t unit, size_t reading)
{
    run->chosen[unit] = reading;
    run->wanted[unit] = run->lead[reading];
}

bool
run_choose_first(struct run *run)
{
    for (size_t i = 0; i < run->wanteds; i++)
        choose(run, i, run->first_reading[i]);
    return run->readings > run->wanteds;
}

/* Counts as a clock does, the last unit fastest. */
static bool
choose_next(struct run *run)
{
    for (size_t i = run->wanteds; i-- > 0;) {
        if (run->chosen[i] + 1 < run->first_reading[i + 1]) {
            choose(run, i, run->chosen[i] + 1);
            return true;
        }
        choose(run, i, run->first_reading[i]);
    }
    return false;
}

/* Has any article in the segment all terms of the readings chosen? */
static bool
can_match(const struct run *run)
{
    for (size_t i = 0; i < run->wanteds; i++)
        for (size_t j = 0; j < run->wanted[i].terms; j++)
            if (!run->cursor[run->wanted[i].first + j].list.articles)
                return false;
    return true;
}

void
run_choices(struct run *run)
{
    do {
        run->done = false; /* only that choice was */
        memset(run->block, 0, run->lists * sizeof(*run->block));
        if (can_match(run))
            run_all(run);
    } while (choose_next(run));
}
