#include "indexer/ranked/ranked_union.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/bits/little_endian.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked.h"

/*
 * Docids are taken in windows, in each of which every list leaves its impacts:
 * the lists need not be merged, and each is read once from front to back.
 */
enum {
    WINDOW = 1 << 14
};

struct source {
    struct ranked_cursor cursor;
    uint32_t block; /* no earlier one is of interest */
};

struct room {
    struct ranked *ranked;
    struct source *source;
    size_t sources;
    struct ranked_union *out;
    size_t room;
    uint32_t start;
    uint32_t end;
    uint16_t impact[WINDOW];
    uint8_t lists[WINDOW]; /* that have the article; 255: or more */
    struct ranked_places all;
    struct ranked_places one;
};

static void
leave_impacts(struct room *u, struct source *source)
{
    struct ranked_cursor *cursor = &source->cursor;

    for (; source->block < cursor->list.blocks; source->block++) {
        const uint32_t *impact;

        if (!ranked_load(cursor, source->block))
            return;
        impact = ranked_impacts(cursor);
        for (uint32_t i = ranked_search(cursor, u->start);
             i < cursor->count && cursor->docid[i] < u->end; i++) {
            uint32_t at = cursor->docid[i] - u->start;

            u->impact[at] = (uint16_t)impact[i];
            if (u->lists[at] < 255)
                u->lists[at]++;
        }
        if (ranked_last(&cursor->list, source->block) >= u->end)
            return;
    }
}

/* Where the lists have the article that is at hand. */
static void
gather_places(struct room *u, uint32_t docid)
{
    u->all.places = 0;
    for (size_t i = 0; i < u->sources; i++) {
        struct ranked_cursor *cursor = &u->source[i].cursor;
        uint32_t block = ranked_seek(&cursor->list, 0, docid);
        uint32_t at;

        if (block == cursor->list.blocks || !ranked_load(cursor, block))
            continue;
        at = ranked_search(cursor, docid);
        if (at < cursor->count && cursor->docid[at] == docid &&
            ranked_places(cursor, at, &u->one))
            ranked_places_add(&u->all, &u->one);
    }
    ranked_places_settle(&u->all);
}

static uint32_t
impact_of_places(struct room *u, uint32_t docid)
{
    uint32_t length[FIELD_TEXT_COUNT];
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    struct bm25f_norm norm;
    uint64_t end;
    size_t field = 0;

    gather_places(u, docid);
    if (!u->all.places)
        return 1;
    ranked_lengths(u->ranked, docid, length);
    end = length[0];
    for (size_t i = 0; i < u->all.places; i++) {
        while (u->all.place[i] > end && field + 1 < FIELD_TEXT_COUNT)
            end += (uint64_t)length[++field] + 1;
        tf[field]++;
    }
    bm25f_norm_init(&norm, length);
    return bm25f_impact(&norm, tf);
}

static void
put(struct room *u, uint32_t docid, uint32_t impact)
{
    struct ranked_union *out = u->out;
    size_t count = out->list.articles;

    if (count == u->room) {
        u->room = u->room ? u->room * 2 : 1024;
        out->docid = mem_resize(out->docid, u->room, sizeof(*out->docid));
        out->impact = mem_resize(out->impact, u->room, sizeof(*out->impact));
    }
    out->docid[count] = docid;
    out->impact[count] = impact;
    out->list.articles++;
}

static void
unite_window(struct room *u)
{
    memset(u->lists, 0, sizeof(u->lists));
    for (size_t i = 0; i < u->sources; i++)
        leave_impacts(u, &u->source[i]);
    for (uint32_t at = 0; at < u->end - u->start; at++)
        if (u->lists[at])
            put(u, u->start + at,
                u->lists[at] == 1 ? u->impact[at]
                                  : impact_of_places(u, u->start + at));
}

void
ranked_union_seal(struct ranked_union *out)
{
    struct ranked_list *list = &out->list;

    list->blocks = (list->articles + RANKED_BLOCK - 1) / RANKED_BLOCK;
    list->made_docid = out->docid;
    list->made_impact = out->impact;
    out->last = mem_alloc((size_t)list->blocks * 4 + 1);
    out->most = mem_alloc((size_t)list->blocks * 2 + 1);
    list->last = out->last;
    list->block_most = out->most;
    for (uint32_t b = 0; b < list->blocks; b++) {
        uint32_t end = (b + 1) * RANKED_BLOCK;
        uint32_t most = 0;

        if (end > list->articles)
            end = list->articles;
        for (uint32_t i = b * RANKED_BLOCK; i < end; i++)
            most = out->impact[i] > most ? out->impact[i] : most;
        le_set_u32(out->last + (size_t)b * 4, out->docid[end - 1]);
        le_set_u16(out->most + (size_t)b * 2, (uint16_t)most);
        list->most = most > list->most ? most : list->most;
    }
}

void
ranked_unite(struct ranked_union *out, const struct ranked_uniting *of)
{
    struct room *u = mem_zero(1, sizeof(*u));

    *out = (struct ranked_union){0};
    u->ranked = of->ranked;
    u->out = out;
    u->source = mem_zero(of->lists + 1, sizeof(*u->source));
    u->sources = of->lists;
    for (size_t i = 0; i < of->lists; i++) {
        ranked_start(&u->source[i].cursor, of->ranked, &of->list[i]);
        u->source[i].block = ranked_seek(&of->list[i], 0, of->from);
    }
    for (u->start = of->from; u->start < of->to; u->start = u->end) {
        u->end = of->to - u->start < WINDOW ? of->to : u->start + WINDOW;
        if (of->late && of->late(of->context))
            break;
        unite_window(u);
    }
    ranked_union_seal(out);
    ranked_places_release(&u->all);
    ranked_places_release(&u->one);
    free(u->source);
    free(u);
}

void
ranked_union_release(struct ranked_union *united)
{
    free(united->docid);
    free(united->impact);
    free(united->last);
    free(united->most);
    *united = (struct ranked_union){0};
}
