/*
 * The terms of the present run, and a chain of slices for the byte string of
 * each.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_writer_parts.h"

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
ranked_writer_give_back(struct ranked_writer *writer)
{
    free(writer->term);
    free(writer->spelling);
    free(writer->form);
    word_table_release(&writer->table);
    word_table_release(&writer->spelling_table);
    buf_release(&writer->texts);
    free(writer->slices);
    writer->term = NULL;
    writer->spelling = NULL;
    writer->form = NULL;
    writer->slices = NULL;
}

void
ranked_writer_forget(struct ranked_writer *writer)
{
    /* Notes of the spellings that are forgotten must not be taken for notes of
     * those to come. */
    writer->first_note += (uint32_t)writer->spellings;
    writer->terms = 0;
    writer->spellings = 0;
    writer->forms = 0;
    word_table_clear(&writer->table);
    word_table_clear(&writer->spelling_table);
    buf_clear(&writer->texts);
    writer->slices_size = 0;
}

bool
ranked_writer_is_full(const struct ranked_writer *writer)
{
    size_t used = writer->terms * sizeof(*writer->term) +
                  writer->spellings * sizeof(*writer->spelling) +
                  writer->forms * sizeof(*writer->form) +
                  word_table_memory(&writer->table) +
                  word_table_memory(&writer->spelling_table) +
                  writer->texts.size + writer->slices_size;

    return writer->terms &&
           (used > writer->memory || writer->slices_size > SLICES_MAX);
}

static uint32_t
new_slice(struct ranked_writer *writer, uint32_t size)
{
    uint32_t start = (uint32_t)writer->slices_size;

    if (writer->slices_room - writer->slices_size < size) {
        writer->slices_room =
            writer->slices_room ? writer->slices_room * 2 : 1 << 16;
        writer->slices = mem_resize(writer->slices, writer->slices_room, 1);
    }
    writer->slices_size += size;
    return start;
}

static void
next_slice(struct ranked_writer *writer, struct collected *c)
{
    uint32_t size = c->slice < SLICE_MOST ? c->slice * 2 : SLICE_MOST;
    uint32_t start = new_slice(writer, size);

    memcpy(writer->slices + c->end, &start, LINK);
    c->at = start;
    c->end = start + size - LINK;
    c->slice = size;
}

static void
put_byte(struct ranked_writer *writer, struct collected *c, unsigned byte)
{
    if (c->at == c->end)
        next_slice(writer, c);
    writer->slices[c->at++] = (unsigned char)byte;
}

static void
put_varint(struct ranked_writer *writer, struct collected *c, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        put_byte(writer, c, (number & 0x7f) | 0x80);
    put_byte(writer, c, number);
}

static void
add_place(struct ranked_writer *writer, struct collected *c, uint32_t place,
          uint32_t form)
{
    uint32_t number = (uint32_t)writer->articles;

    if (c->article != number) {
        if (c->article)
            put_byte(writer, c, 0);
        put_varint(writer, c, number - c->article);
        c->article = number;
        c->place = UINT32_MAX;
    }
    put_varint(writer, c, 1 + ((place - c->place) << 1 | (form > 0)));
    if (form)
        put_varint(writer, c, form);
    c->place = place;
}

/* Neighbours in a text are far apart in memory, first their terms and then
 * what is known of each; waiting for one after the other would take longer
 * than all the rest.  So all are asked for before the first is needed. */
void
ranked_writer_settle(struct ranked_writer *writer)
{
    const struct arrival *arrival = writer->arrival;

    for (size_t i = 0; i < writer->arrivals; i++)
        __builtin_prefetch(writer->slices + writer->term[arrival[i].term].at,
                           1);
    for (size_t i = 0; i < writer->arrivals; i++)
        add_place(writer, &writer->term[arrival[i].term], arrival[i].place,
                  arrival[i].form);
    writer->arrivals = 0;
}

static void
add_term(struct ranked_writer *writer, const char *term, size_t size)
{
    struct collected *c;

    writer->term = mem_grow(writer->term, writer->terms, &writer->term_room,
                            sizeof(*writer->term));
    c = &writer->term[writer->terms++];
    *c = (struct collected){.text = (uint32_t)writer->texts.size,
                            .slice = SLICE_FIRST};
    c->first = new_slice(writer, SLICE_FIRST);
    c->at = c->first;
    c->end = c->first + SLICE_FIRST - LINK;
    buf_add_byte(&writer->texts, (char)(unsigned char)size);
    buf_add(&writer->texts, term, size);
}

uint32_t
ranked_writer_find_term(struct ranked_writer *writer, const char *term,
                        size_t size)
{
    struct word_key key = word_key(term, size);
    uint32_t number =
        word_table_find(&writer->table, key, writer->texts.data, term);

    if (number != WORD_NONE)
        return number;
    number = (uint32_t)writer->terms;
    word_table_put(&writer->table, key, (uint32_t)writer->texts.size + 1,
                   number);
    add_term(writer, term, size);
    return number;
}

static bool
is_last_slice(const struct collected *term, uint32_t at, uint32_t size)
{
    return at + size - LINK == term->end;
}

static uint32_t
link_of(const struct ranked_writer *writer, uint32_t at, uint32_t size)
{
    uint32_t next;

    memcpy(&next, writer->slices + at + size - LINK, LINK);
    return next;
}

void
ranked_writer_gather(const struct ranked_writer *writer,
                     const struct collected *term, struct buf *out)
{
    uint32_t at = term->first;
    uint32_t size = SLICE_FIRST;

    while (!is_last_slice(term, at, size)) {
        buf_add(out, writer->slices + at, size - LINK);
        at = link_of(writer, at, size);
        size = size < SLICE_MOST ? size * 2 : SLICE_MOST;
    }
    buf_add(out, writer->slices + at, term->at - at);
    buf_add_byte(out, 0);
}

/* Terms in order are anywhere in memory, and so are their slices. */
void
ranked_writer_expect(const struct ranked_writer *writer, const uint32_t *sorted,
                     size_t at)
{
    const size_t ahead = AHEAD;
    const struct collected *term;

    if (at + 3 * ahead >= writer->terms)
        return;
    __builtin_prefetch(&writer->term[sorted[at + 3 * ahead]]);
    term = &writer->term[sorted[at + 2 * ahead]];
    __builtin_prefetch(writer->slices + term->first);
    __builtin_prefetch(writer->texts.data + term->text);
    term = &writer->term[sorted[at + ahead]];
    if (!is_last_slice(term, term->first, SLICE_FIRST))
        __builtin_prefetch(writer->slices +
                           link_of(writer, term->first, SLICE_FIRST));
}
