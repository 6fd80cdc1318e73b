/*
 * The terms of the present run, and a chain of slices for the byte string of
 * each.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/impact_parts.h"

/* The slices of a term grow from one cache line's quarter to a page; the last
 * four bytes of each are the link to the next. */
enum {
    SLICE_FIRST = 16,
    SLICE_MOST = 4096,
    LINK = 4,
    AHEAD = 4 /* terms */
};

/* Links are 32 bits wide, whatever the memory. */
#define SLICES_MAX ((size_t)3 << 30)

void
impact_give_back(struct impact *impact)
{
    free(impact->term);
    word_table_release(&impact->table);
    buf_release(&impact->texts);
    free(impact->slices);
    impact->term = NULL;
    impact->slices = NULL;
}

void
impact_forget(struct impact *impact)
{
    /* Notes of the terms that are forgotten must not be taken for notes of
     * those to come. */
    impact->first_note += (uint32_t)impact->terms;
    impact->terms = 0;
    word_table_clear(&impact->table);
    buf_clear(&impact->texts);
    impact->slices_size = 0;
}

bool
impact_is_full(const struct impact *impact)
{
    size_t used = impact->terms * sizeof(*impact->term) +
                  word_table_memory(&impact->table) + impact->texts.size +
                  impact->slices_size;

    return impact->terms &&
           (used > impact->memory || impact->slices_size > SLICES_MAX);
}

static uint32_t
new_slice(struct impact *impact, uint32_t size)
{
    uint32_t start = (uint32_t)impact->slices_size;

    if (impact->slices_room - impact->slices_size < size) {
        impact->slices_room =
            impact->slices_room ? impact->slices_room * 2 : 1 << 16;
        impact->slices = mem_resize(impact->slices, impact->slices_room, 1);
    }
    impact->slices_size += size;
    return start;
}

static void
next_slice(struct impact *impact, struct collected *c)
{
    uint32_t size = c->slice < SLICE_MOST ? c->slice * 2 : SLICE_MOST;
    uint32_t start = new_slice(impact, size);

    memcpy(impact->slices + c->end, &start, LINK);
    c->at = start;
    c->end = start + size - LINK;
    c->slice = size;
}

static void
put_byte(struct impact *impact, struct collected *c, unsigned byte)
{
    if (c->at == c->end)
        next_slice(impact, c);
    impact->slices[c->at++] = (unsigned char)byte;
}

static void
put_varint(struct impact *impact, struct collected *c, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        put_byte(impact, c, (number & 0x7f) | 0x80);
    put_byte(impact, c, number);
}

static void
add_place(struct impact *impact, struct collected *c, uint32_t place)
{
    uint32_t number = (uint32_t)impact->articles;

    if (c->article != number) {
        if (c->article)
            put_byte(impact, c, 0);
        put_varint(impact, c, number - c->article);
        c->article = number;
        c->place = UINT32_MAX;
    }
    put_varint(impact, c, place - c->place + 1);
    c->place = place;
}

/* Neighbours in a text are far apart in memory, first their terms and then
 * what is known of each; waiting for one after the other would take longer
 * than all the rest.  So all are asked for before the first is needed. */
void
impact_settle(struct impact *impact)
{
    const struct arrival *arrival = impact->arrival;

    for (size_t i = 0; i < impact->arrivals; i++)
        __builtin_prefetch(impact->slices + impact->term[arrival[i].term].at,
                           1);
    for (size_t i = 0; i < impact->arrivals; i++)
        add_place(impact, &impact->term[arrival[i].term], arrival[i].place);
    impact->arrivals = 0;
}

static void
add_term(struct impact *impact, const char *term, size_t size)
{
    struct collected *c;

    impact->term = mem_grow(impact->term, impact->terms, &impact->term_room,
                            sizeof(*impact->term));
    c = &impact->term[impact->terms++];
    *c = (struct collected){.text = (uint32_t)impact->texts.size,
                            .slice = SLICE_FIRST};
    c->first = new_slice(impact, SLICE_FIRST);
    c->at = c->first;
    c->end = c->first + SLICE_FIRST - LINK;
    buf_add_byte(&impact->texts, (char)(unsigned char)size);
    buf_add(&impact->texts, term, size);
}

uint32_t
impact_find_term(struct impact *impact, const char *term, size_t size)
{
    struct word_key key = word_key(term, size);
    uint32_t number =
        word_table_find(&impact->table, key, impact->texts.data, term);

    if (number != WORD_NONE)
        return number;
    number = (uint32_t)impact->terms;
    word_table_put(&impact->table, key, (uint32_t)impact->texts.size + 1,
                   number);
    add_term(impact, term, size);
    return number;
}

static bool
is_last_slice(const struct collected *term, uint32_t at, uint32_t size)
{
    return at + size - LINK == term->end;
}

static uint32_t
link_of(const struct impact *impact, uint32_t at, uint32_t size)
{
    uint32_t next;

    memcpy(&next, impact->slices + at + size - LINK, LINK);
    return next;
}

void
impact_gather(const struct impact *impact, const struct collected *term,
              struct buf *out)
{
    uint32_t at = term->first;
    uint32_t size = SLICE_FIRST;

    while (!is_last_slice(term, at, size)) {
        buf_add(out, impact->slices + at, size - LINK);
        at = link_of(impact, at, size);
        size = size < SLICE_MOST ? size * 2 : SLICE_MOST;
    }
    buf_add(out, impact->slices + at, term->at - at);
    buf_add_byte(out, 0);
}

/* Terms in order are anywhere in memory, and so are their slices. */
void
impact_expect(const struct impact *impact, const uint32_t *sorted, size_t at)
{
    const size_t ahead = AHEAD;
    const struct collected *term;

    if (at + 3 * ahead >= impact->terms)
        return;
    __builtin_prefetch(&impact->term[sorted[at + 3 * ahead]]);
    term = &impact->term[sorted[at + 2 * ahead]];
    __builtin_prefetch(impact->slices + term->first);
    __builtin_prefetch(impact->texts.data + term->text);
    term = &impact->term[sorted[at + ahead]];
    if (!is_last_slice(term, term->first, SLICE_FIRST))
        __builtin_prefetch(impact->slices +
                           link_of(impact, term->first, SLICE_FIRST));
}
