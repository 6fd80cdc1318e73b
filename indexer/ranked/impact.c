#include "indexer/ranked/impact.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
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

struct impact *
impact_new(const char *runs_path, size_t memory)
{
    struct impact *impact = mem_zero(1, sizeof(*impact));

    impact->texts = BUF_INIT;
    impact->runs_path = mem_string(runs_path);
    impact->runs_fd = -1;
    impact->first_note = 1;
    impact->memory = memory ? memory : IMPACT_MEMORY_DEFAULT;
    word_table_init(&impact->table, 1024);
    return impact;
}

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
impact_free(struct impact *impact)
{
    if (!impact)
        return;
    if (impact->runs_fd >= 0)
        close(impact->runs_fd);
    impact_give_back(impact);
    free(impact->article);
    free(impact->runs_path);
    free(impact->run);
    free(impact);
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

static size_t
memory_used(const struct impact *impact)
{
    return impact->terms * sizeof(*impact->term) +
           word_table_memory(&impact->table) + impact->texts.size +
           impact->slices_size;
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

void
impact_begin_article(struct impact *impact, int64_t published)
{
    struct impact_article *article;

    if (!impact->status && impact->articles == IMPACT_ARTICLES_MAX)
        impact->status = error_set(&impact->err, STATUS_LIMIT,
                                   "a ranked index holds %d articles at most",
                                   IMPACT_ARTICLES_MAX);
    if (impact->status)
        return;
    impact_settle(impact);
    if (impact->terms && (memory_used(impact) > impact->memory ||
                          impact->slices_size > SLICES_MAX))
        impact_spill(impact);
    impact->article = mem_grow(impact->article, impact->articles,
                               &impact->article_room, sizeof(*impact->article));
    article = &impact->article[impact->articles++];
    *article = (struct impact_article){.published = published};
    impact->field = (enum field)0;
    impact->base = 0;
}

void
impact_begin_field(struct impact *impact, enum field field)
{
    const struct impact_article *article;

    if (impact->status)
        return;
    article = &impact->article[impact->articles - 1];
    for (; impact->field < field; impact->field++)
        impact->base += article->length[impact->field] + 1;
}

bool
impact_failed(const struct impact *impact)
{
    return impact->status != STATUS_OK;
}

const uint32_t *
impact_lengths(const struct impact *impact)
{
    return impact->article[impact->articles - 1].length;
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

static uint32_t
find_term(struct impact *impact, const char *term, size_t size)
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

void
impact_token(struct impact *impact, const char *term, size_t size,
             uint32_t position, uint32_t *note)
{
    uint32_t *length;
    uint32_t number;

    if (impact->status || size > TERM_SIZE_MAX)
        return;
    length = &impact->article[impact->articles - 1].length[impact->field];
    if (*length <= position)
        *length = position + 1;
    if (note && *note - impact->first_note < impact->terms)
        number = *note - impact->first_note;
    else
        number = find_term(impact, term, size);
    if (note)
        *note = impact->first_note + number;
    __builtin_prefetch(&impact->term[number].at);
    __builtin_prefetch(&impact->term[number].slice);
    impact->arrival[impact->arrivals++] =
        (struct arrival){number, impact->base + position};
    if (impact->arrivals == ARRIVALS)
        impact_settle(impact);
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

/* Terms are dealt out by two bytes first. */
#define HEADS ((size_t)1 << 16)

/* What is compared first stands beside the number: most terms differ in their
 * first eight bytes. */
struct sort_key {
    uint64_t head; /* big-endian, zeros behind the end */
    const char *text;
    uint32_t number;
};

static int
compare_keys(const void *a, const void *b)
{
    const struct sort_key *one = a;
    const struct sort_key *two = b;
    size_t one_size = (unsigned char)one->text[0];
    size_t two_size = (unsigned char)two->text[0];
    int order;

    if (one->head != two->head)
        return one->head < two->head ? -1 : 1;
    order = memcmp(one->text + 1, two->text + 1,
                   one_size < two_size ? one_size : two_size);
    if (order)
        return order;
    return (one_size > two_size) - (one_size < two_size);
}

static uint64_t
head_of(const char *text)
{
    size_t size = (unsigned char)text[0];
    uint64_t head = 0;

    for (size_t i = 0; i < sizeof(head); i++)
        head = head << 8 | (i < size ? (unsigned char)text[1 + i] : 0);
    return head;
}

/* Keys in order of their first two bytes. `start` is where those of each two
 * bytes begin, and one behind the last. */
static void
deal_keys(const struct impact *impact, struct sort_key *key, size_t *start)
{
    size_t next = 0;

    for (size_t i = 0; i < impact->terms; i++)
        start[head_of(impact->texts.data + impact->term[i].text) >> 48]++;
    for (size_t i = 0; i < HEADS; i++) {
        size_t count = start[i];

        start[i] = next;
        next += count;
    }
    for (size_t i = 0; i < impact->terms; i++) {
        const char *text = impact->texts.data + impact->term[i].text;
        uint64_t head = head_of(text);

        key[start[head >> 48]++] = (struct sort_key){head, text, (uint32_t)i};
    }
    /* Each has become the start of the next. */
    memmove(start + 1, start, HEADS * sizeof(*start));
    start[0] = 0;
}

uint32_t *
impact_sorted(const struct impact *impact)
{
    struct sort_key *key = mem_resize(NULL, impact->terms + 1, sizeof(*key));
    uint32_t *sorted = mem_resize(NULL, impact->terms + 1, sizeof(*sorted));
    size_t *start = mem_zero(HEADS + 1, sizeof(*start));

    deal_keys(impact, key, start);
    for (size_t i = 0; i < HEADS; i++)
        if (start[i + 1] - start[i] > 1)
            qsort(key + start[i], start[i + 1] - start[i], sizeof(*key),
                  compare_keys);
    for (size_t i = 0; i < impact->terms; i++)
        sorted[i] = key[i].number;
    free(start);
    free(key);
    return sorted;
}
