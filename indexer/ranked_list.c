#include <stdlib.h>

#include "corpus/mem.h"
#include "indexer/bm25f.h"
#include "indexer/impact.h"
#include "indexer/ranked_parts.h"

void
ranked_start(struct ranked_cursor *cursor, struct ranked *ranked,
             const struct ranked_list *list)
{
    cursor->ranked = ranked;
    cursor->list = *list;
    cursor->block = list->blocks;
    cursor->count = 0;
    cursor->unpacked = false;
}

uint32_t
ranked_seek(const struct ranked_list *list, uint32_t from, uint32_t rank)
{
    uint32_t low = from;
    uint32_t step = 1;
    uint32_t high;

    if (from >= list->blocks || ranked_last(list, from) >= rank)
        return from;
    /* Double the step until the block is behind, then halve it. */
    while (low + step < list->blocks && ranked_last(list, low + step) < rank) {
        low += step;
        step *= 2;
    }
    high = low + step < list->blocks ? low + step : list->blocks;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (ranked_last(list, middle) < rank)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static bool
load_full(struct ranked_cursor *cursor, const unsigned char *at, size_t size,
          uint32_t before)
{
    unsigned gap_bits;
    size_t gaps;

    if (size < 4)
        return false;
    gap_bits = at[0];
    cursor->impact_bits = at[1];
    cursor->least = (uint32_t)at[2] | (uint32_t)at[3] << 8;
    gaps = bitpack_size(gap_bits);
    if (gap_bits > BITPACK_BITS_MAX || cursor->impact_bits > BITPACK_BITS_MAX ||
        gaps + bitpack_size(cursor->impact_bits) > size - 4)
        return false;
    cursor->ranked->bitpack->gaps(at + 4, gap_bits, before, cursor->rank);
    cursor->impacts = at + 4 + gaps;
    return true;
}

static bool
load_short(struct ranked_cursor *cursor, const unsigned char *at, size_t size,
           uint32_t before)
{
    const unsigned char *end = at + size;

    for (uint32_t i = 0; i < cursor->count; i++) {
        uint32_t gap;

        if (!ranked_varint(&at, end, &gap) || gap >= IMPACT_ARTICLES_MAX)
            return false;
        before += gap + 1;
        cursor->rank[i] = before;
    }
    cursor->impacts = at;
    return (size_t)(end - at) >= (size_t)cursor->count * 2;
}

/* Gaps are below 2^24 and ranks before a block are, too, so the sum of a
 * block cannot run over: if its last rank is right, all of them rise to it. */
static bool
load(struct ranked_cursor *cursor, uint32_t block)
{
    const struct ranked_list *list = &cursor->list;
    uint32_t articles = cursor->ranked->articles;
    uint32_t before = UINT32_MAX;
    size_t start = 0;
    size_t end = list->postings_size;
    bool good;

    cursor->count = list->articles - block * IMPACT_BLOCK;
    if (cursor->count > IMPACT_BLOCK)
        cursor->count = IMPACT_BLOCK;
    if (list->last) {
        const unsigned char *at = list->posting + (size_t)block * 4;

        start = ranked_u32(at);
        if (block + 1 < list->blocks)
            end = ranked_u32(at + 4);
        if (block)
            before = ranked_last(list, block - 1);
        if (block && before >= articles)
            return false;
    }
    if (start > end || end > list->postings_size)
        return false;
    if (cursor->count == IMPACT_BLOCK)
        good = load_full(cursor, list->postings + start, end - start, before);
    else
        good = load_short(cursor, list->postings + start, end - start, before);
    return good && cursor->rank[cursor->count - 1] < articles &&
           (!list->last ||
            cursor->rank[cursor->count - 1] == ranked_last(list, block));
}

bool
ranked_load_block(struct ranked_cursor *cursor, uint32_t block)
{
    cursor->unpacked = false;
    cursor->block = block;
    if (block < cursor->list.blocks && load(cursor, block))
        return true;
    if (block < cursor->list.blocks)
        cursor->ranked->damaged = true;
    cursor->block = cursor->list.blocks;
    cursor->count = 0;
    return false;
}

const uint32_t *
ranked_unpack(struct ranked_cursor *cursor)
{
    cursor->unpacked = true;
    if (cursor->count == IMPACT_BLOCK) {
        cursor->ranked->bitpack->plain(cursor->impacts, cursor->impact_bits,
                                       cursor->least, cursor->impact);
        return cursor->impact;
    }
    for (uint32_t i = 0; i < cursor->count; i++)
        cursor->impact[i] = ranked_impact(cursor, i);
    return cursor->impact;
}

uint32_t
ranked_impact(const struct ranked_cursor *cursor, uint32_t i)
{
    const unsigned char *at = cursor->impacts;

    if (cursor->count == IMPACT_BLOCK)
        return cursor->least + bitpack_get(at, cursor->impact_bits, i);
    return (uint32_t)at[(size_t)i * 2] | (uint32_t)at[(size_t)i * 2 + 1] << 8;
}

uint32_t
ranked_search(const struct ranked_cursor *cursor, uint32_t rank)
{
    const uint32_t *low = cursor->rank;
    uint32_t count = cursor->count;

    if (!count)
        return 0;
    /* No branch depends on what is compared: the processor would guess it
     * wrong half of the time. */
    while (count > 1) {
        uint32_t half = count / 2;

        low = low[half - 1] < rank ? low + half : low;
        count -= half;
    }
    return (uint32_t)(low - cursor->rank) + (*low < rank);
}

/* --- places --- */

struct bits {
    const unsigned char *data;
    size_t at;  /* in bits */
    size_t end; /* they may not go beyond */
};

/* The next 57 bits or more.  Behind every list there is at least the footer,
 * so that eight bytes can be read from any of its own. */
static uint64_t
peek(const struct bits *bits)
{
    const unsigned char *at = bits->data + bits->at / 8;
    uint64_t word = (uint64_t)ranked_u32(at + 4) << 32 | ranked_u32(at);

    return word >> (bits->at % 8);
}

/* A frequency; 0 if there is none. */
static uint32_t
take_frequency(struct bits *bits)
{
    uint64_t word = peek(bits);
    unsigned low = word ? (unsigned)__builtin_ctzll(word) : 64;

    if (low > 26)
        return 0;
    bits->at += 2 * (size_t)low + 1;
    return 1U << low | ((uint32_t)(word >> (low + 1)) & ((1U << low) - 1));
}

static unsigned
remainder_bits(unsigned k, uint32_t frequency)
{
    unsigned low = 31 - (unsigned)__builtin_clz(frequency);

    return k > low ? k - low : 0;
}

static bool
skip_posting(struct bits *bits, unsigned k)
{
    uint32_t frequency = take_frequency(bits);

    if (!frequency)
        return false;
    k = remainder_bits(k, frequency);
    for (uint32_t i = 0; i < frequency; i++) {
        uint64_t word = peek(bits);
        unsigned quotient = word ? (unsigned)__builtin_ctzll(word) : 64;

        bits->at += quotient + 1 + (quotient == IMPACT_QUOTIENT ? 32 : k);
        if (quotient > IMPACT_QUOTIENT || bits->at > bits->end)
            return false;
    }
    return true;
}

static bool
take_posting(struct bits *bits, unsigned k, struct ranked_places *places)
{
    uint32_t frequency = take_frequency(bits);
    uint32_t place = UINT32_MAX;

    places->places = 0;
    if (!frequency || bits->at > bits->end || frequency > bits->end - bits->at)
        return false;
    if (places->room < frequency) {
        places->room = (size_t)frequency * 2;
        places->place =
            mem_resize(places->place, places->room, sizeof(*places->place));
    }
    k = remainder_bits(k, frequency);
    for (uint32_t i = 0; i < frequency; i++) {
        uint64_t word = peek(bits);
        unsigned quotient = word ? (unsigned)__builtin_ctzll(word) : 64;
        uint32_t distance;

        if (quotient > IMPACT_QUOTIENT)
            return false;
        word >>= quotient + 1;
        bits->at += quotient + 1 + (quotient == IMPACT_QUOTIENT ? 32 : k);
        if (bits->at > bits->end)
            return false;
        distance = quotient == IMPACT_QUOTIENT
                       ? (uint32_t)word
                       : quotient << k | ((uint32_t)word & ((1U << k) - 1));
        place += distance + 1;
        places->place[i] = place;
    }
    places->places = frequency;
    return true;
}

/* The bits of a block and where posting i's neighbourhood in it begins. */
static bool
open_bits(const struct ranked_cursor *cursor, uint32_t i, struct bits *bits,
          unsigned *k)
{
    const struct ranked_list *list = &cursor->list;
    size_t marks = (cursor->count - 1) / IMPACT_MARK;
    size_t mark_size;
    size_t start =
        list->last ? ranked_u32(list->place + (size_t)cursor->block * 4) : 0;
    const unsigned char *at = list->places + start;

    if (start >= list->places_size)
        return false;
    *k = *at & (IMPACT_WIDE - 1);
    mark_size = *at & IMPACT_WIDE ? 4 : 2;
    if (*k > 24 || list->places_size - start - 1 < marks * mark_size)
        return false;
    bits->data = at + 1 + marks * mark_size;
    bits->end = (size_t)(list->places + list->places_size - bits->data) * 8;
    bits->at = 0;
    if (i >= IMPACT_MARK) {
        at += 1 + (i / IMPACT_MARK - 1) * mark_size;
        bits->at = (size_t)at[0] | (size_t)at[1] << 8;
        if (mark_size == 4)
            bits->at = ranked_u32(at);
    }
    return bits->at < bits->end;
}

bool
ranked_places(const struct ranked_cursor *cursor, uint32_t i,
              struct ranked_places *places)
{
    struct bits bits;
    unsigned k = 0;
    bool good = i < cursor->count && open_bits(cursor, i, &bits, &k);

    for (uint32_t skip = i % IMPACT_MARK; good && skip; skip--)
        good = skip_posting(&bits, k) && bits.at < bits.end;
    if (good && take_posting(&bits, k, places))
        return true;
    cursor->ranked->damaged = true;
    places->places = 0;
    return false;
}

void
ranked_places_release(struct ranked_places *places)
{
    free(places->place);
    *places = (struct ranked_places){0};
}
