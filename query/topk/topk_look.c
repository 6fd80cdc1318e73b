#include <stdlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_terms.h"
#include "query/topk/topk_parts.h"

struct look {
    struct run run;
    const struct topk_query *query;
    struct unit *reading; /* of the query's units, in order */
    topk_see see;
    void *context;
};

static void
open_lists(struct look *look, struct ranked *ranked)
{
    struct unit *reading = look->reading;
    size_t t = 0;

    look->run.ranked = ranked;
    for (size_t i = 0; i < look->query->units; i++)
        for (const struct topk_unit *unit = &look->query->unit[i]; unit;
             unit = unit->other) {
            *reading++ = (struct unit){.first = t, .terms = unit->terms};
            for (size_t j = 0; j < unit->terms; j++, t++) {
                struct ranked_list list;

                ranked_find(ranked, unit->term[j].text, unit->term[j].size,
                            &list);
                ranked_start(&look->run.cursor[t], ranked, &list);
                look->run.offset[t] = unit_offset(unit, j);
            }
        }
}

static void
see_places(struct look *look, size_t hit, size_t unit, uint32_t docid)
{
    const struct ranked_places *places = &look->run.places[0];
    uint32_t length[FIELD_TEXT_COUNT];
    size_t field = 0;
    uint64_t start = 0;

    ranked_lengths(look->run.ranked, docid, length);
    for (size_t i = 0; i < places->places; i++) {
        while (field + 1 < FIELD_TEXT_COUNT &&
               places->place[i] > start + length[field])
            start += (uint64_t)length[field++] + 1;
        look->see(look->context, hit, unit, (enum field)field,
                  places->place[i] - (uint32_t)start);
    }
}

static void
look_at_hit(struct look *look, size_t hit, uint32_t docid)
{
    uint32_t at[TOPK_PHRASE_MAX] = {0};
    const struct unit *reading = look->reading;

    for (size_t i = 0; i < look->query->units; i++)
        for (const struct topk_unit *unit = &look->query->unit[i]; unit;
             unit = unit->other, reading++) {
            /* Hits come in any order, so each is looked for from the start. */
            for (size_t j = 0; j < reading->terms; j++)
                look->run.block[reading->first + j] = 0;
            if (!look->query->unit[i].banned &&
                run_stand(&look->run, reading, docid, at) &&
                run_places(&look->run, reading, at))
                see_places(look, hit, i, docid);
        }
}

bool
topk_look(const struct topk_archive *archive, const struct topk_query *query,
          const struct topk_hit *hit, size_t hits, topk_see see, void *context)
{
    struct look *look = mem_zero(1, sizeof(*look));
    size_t readings = 0;
    size_t terms = 0;
    bool sound = true;

    look->query = query;
    look->see = see;
    look->context = context;
    for (size_t i = 0; i < query->units; i++)
        readings += unit_readings(&query->unit[i], &terms);
    look->reading = mem_zero(readings + 1, sizeof(*look->reading));
    look->run.cursor = mem_resize(NULL, terms + 1, sizeof(*look->run.cursor));
    look->run.block = mem_zero(terms + 1, sizeof(*look->run.block));
    look->run.offset = mem_zero(terms + 1, sizeof(*look->run.offset));
    for (size_t s = 0; s < archive->segments; s++) {
        struct ranked *ranked = archive->segment[s].ranked;
        bool open = false;

        for (size_t i = 0; i < hits && !deadline_look(archive->deadline); i++) {
            if (hit[i].segment != s)
                continue;
            if (!open)
                open_lists(look, ranked);
            open = true;
            look_at_hit(look, i, hit[i].docid);
        }
        sound = sound && !ranked_damaged(ranked);
    }
    for (size_t i = 0; i < 3; i++)
        ranked_places_release(&look->run.places[i]);
    free(look->reading);
    free(look->run.cursor);
    free(look->run.block);
    free(look->run.offset);
    free(look);
    return sound;
}
