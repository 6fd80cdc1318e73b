/*
 * Units of several readings: "Kim Taegyu" also where it is written Tae-gyu, a
 * word in each of two languages.
 *
 * Words that the same article may have become one list.  What is left are
 * readings of different languages, of which an article has one, and phrases.
 *
 * For each choice of one reading for each unit, the articles that have them all
 * are found as if there were no other readings.  Who has several of them is met
 * in the first choice that it has, and there scores with all.  So docids rise
 * in each choice, but not from one to the next, and nothing can be left out
 * because of who was there before.  Choices of readings of two languages are
 * passed over.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "query/topk/topk_parts.h"

static bool
is_late(void *context)
{
    return deadline_look(context);
}

/* The list of one reading, as the next one of the run. */
static void
put_list(struct run *run, struct unit *reading, const struct ranked_list *list)
{
    ranked_start(&run->cursor[run->lists], run->ranked, list);
    run->offset[run->lists] = 0;
    run->block[run->lists] = 0;
    reading->first = run->lists++;
    reading->terms = 1;
    reading->pairs = 0;
}

static bool
are_words(const struct unit *reading, size_t readings)
{
    for (size_t i = 0; i < readings; i++)
        if (reading[i].terms > 1)
            return false;
    return true;
}

/* Unite the readings [0, readings) that may meet with the first; the others
 * move up. Returns how many readings are left behind the first. */
static size_t
unite_first(struct run *run, struct unit *reading, size_t readings, bool all,
            struct ranked_union *united, bool *made)
{
    struct ranked_list *list = mem_resize(NULL, readings, sizeof(*list));
    size_t lists = 0;
    size_t left = 1;

    for (size_t i = 0; i < readings; i++) {
        bool joins = i == 0 || all || unit_may_meet(&reading[0], &reading[i]);

        if (joins) {
            list[lists++] = run->cursor[reading[i].first].list;
            reading[0].language = reading[i].language == reading[0].language
                                      ? reading[0].language
                                      : 0;
        } else {
            reading[left++] = reading[i];
        }
    }
    *made = lists > 1;
    if (*made) {
        const struct ranked_uniting of = {
            .ranked = run->ranked,
            .list = list,
            .lists = lists,
            .from = run->from,
            .to = run->to,
            .late = is_late,
            .context = run->heap->archive->deadline,
        };

        ranked_unite(united, &of);
        put_list(run, reading, &united->list);
    }
    free(list);
    return left - 1;
}

/* A reading of any language may meet with all, and so all become one. */
static size_t
unite_unit(struct run *run, struct unit *reading, size_t *readings,
           struct ranked_union *united)
{
    size_t count = 0;
    bool all = false;

    for (size_t i = 0; i < *readings; i++)
        all = all || !reading[i].language;
    for (size_t i = 0; i < *readings; i++) {
        bool made;

        *readings = i + 1 +
                    unite_first(run, &reading[i], *readings - i, all,
                                &united[count], &made);
        count += made;
    }
    return count;
}

/* Where any unit is enough, a phrase is to be as a word. */
static bool
is_to_be_made(const struct run *run, const struct unit *reading,
              size_t readings)
{
    return !run->query->all && run->units > 1 && !are_words(reading, readings);
}

void
run_unite(struct run *run)
{
    size_t to = 0;

    run->uniteds = 0;
    for (size_t i = 0; i < run->units; i++) {
        size_t from = run->first_reading[i];
        size_t readings = run->first_reading[i + 1] - from;
        bool words = are_words(&run->reading[from], readings);

        if (is_to_be_made(run, &run->reading[from], readings)) {
            struct ranked_union *made = &run->united[run->uniteds++];

            run_make(run, &run->reading[from], &run->lead[from], readings,
                     made);
            put_list(run, &run->reading[from], &made->list);
            run->reading[from].language = 0;
            readings = 1;
            words = true;
        } else if (words && readings > 1)
            run->uniteds += unite_unit(run, &run->reading[from], &readings,
                                       &run->united[run->uniteds]);
        memmove(&run->reading[to], &run->reading[from],
                readings * sizeof(*run->reading));
        memmove(&run->lead[to], words ? &run->reading[to] : &run->lead[from],
                readings * sizeof(*run->lead));
        run->first_reading[i] = to;
        to += readings;
    }
    run->first_reading[run->units] = to;
    run->readings = to;
}

/* --- choices -------------------------------------------------------------- */

static void
choose(struct run *run, size_t unit, size_t reading)
{
    run->chosen[unit] = reading;
    run->wanted[unit] = run->lead[reading];
}

/* The first reading of a unit, not before `reading`, for articles of a
 * language; where they end if there is none. */
static size_t
reading_from(const struct run *run, size_t unit, size_t reading,
             size_t language)
{
    size_t end = run->first_reading[unit + 1];

    while (reading < end && run->lead[reading].language &&
           run->lead[reading].language != language)
        reading++;
    return reading;
}

static bool
choose_first(struct run *run, size_t language)
{
    for (size_t i = 0; i < run->units; i++) {
        size_t reading = reading_from(run, i, run->first_reading[i], language);

        if (reading == run->first_reading[i + 1])
            return false;
        choose(run, i, reading);
    }
    return true;
}

/* Counts as a clock does, the last unit fastest. */
static bool
choose_next(struct run *run, size_t language)
{
    for (size_t i = run->units; i-- > 0;) {
        size_t reading = reading_from(run, i, run->chosen[i] + 1, language);

        if (reading < run->first_reading[i + 1]) {
            choose(run, i, reading);
            return true;
        }
        choose(run, i, reading_from(run, i, run->first_reading[i], language));
    }
    return false;
}

/* Has any article in the segment all terms of the readings chosen?  Rows that
 * are of no language in particular have a turn of their own. */
static bool
can_match(const struct run *run, size_t language)
{
    bool of_it = language == 0;

    for (size_t i = 0; i < run->wanteds; i++) {
        of_it = of_it || run->wanted[i].language == language;
        for (size_t j = 0; j < run->wanted[i].terms; j++)
            if (!run->cursor[run->wanted[i].first + j].list.articles)
                return false;
    }
    return of_it;
}

static void
run_choices_of(struct run *run, size_t language)
{
    if (!choose_first(run, language))
        return;
    do {
        run->done = false; /* only that choice was */
        if (!can_match(run, language))
            continue;
        memset(run->block, 0, run->lists * sizeof(*run->block));
        run_all(run);
    } while (choose_next(run, language));
}

/* The next language above `language` that a reading is of; 0: there is none. */
static size_t
next_language(const struct run *run, size_t language)
{
    size_t next = 0;

    for (size_t i = 0; i < run->readings; i++)
        if (run->lead[i].language > language &&
            (!next || run->lead[i].language < next))
            next = run->lead[i].language;
    return next;
}

void
run_choices(struct run *run)
{
    size_t language = 0;

    do {
        run_choices_of(run, language);
        language = next_language(run, language);
    } while (language);
}
