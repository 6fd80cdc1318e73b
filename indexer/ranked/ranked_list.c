#include "indexer/ranked/ranked_list.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked_parts.h"

static bool
read_kth(const unsigned char **at, const unsigned char *end,
         struct ranked_list *list)
{
    static const uint32_t nth[3] = {RANKED_KTH};

    for (size_t i = 0; i < 3 && list->articles >= nth[i]; i++)
        if (!ranked_varint(at, end, &list->kth[i]))
            return false;
    return true;
}

bool
ranked_head(struct ranked *ranked, const unsigned char *at, size_t size,
            struct ranked_list *list)
{
    const unsigned char *end = at + size;
    uint32_t postings_size;
    size_t directory;

    if (!ranked_varint(&at, end, &list->articles) || list->articles == 0 ||
        list->articles > ranked->articles ||
        !ranked_varint(&at, end, &list->most) || !read_kth(&at, end, list) ||
        !ranked_varint(&at, end, &postings_size) ||
        !ranked_varint(&at, end, &list->forms))
        return false;
    list->blocks = (list->articles - 1) / RANKED_BLOCK + 1;
    directory =
        list->blocks > 1 ? (size_t)list->blocks * RANKED_DIRECTORY_SIZE : 0;
    if ((size_t)(end - at) < directory ||
        (size_t)(end - at) - directory < postings_size)
        return false;
    if (directory) {
        const size_t blocks = list->blocks;

        ranked_touch_all(ranked, at, directory);
        list->last = at + blocks * RANKED_DIRECTORY_LAST;
        list->posting = at + blocks * RANKED_DIRECTORY_POSTINGS;
        list->place = at + blocks * RANKED_DIRECTORY_PLACES;
        list->block_most = at + blocks * RANKED_DIRECTORY_MOST;
    }
    list->postings = at + directory;
    list->postings_size = postings_size;
    list->places = list->postings + postings_size;
    list->places_size = (size_t)(end - list->places);
    return true;
}

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
ranked_seek(const struct ranked_list *list, uint32_t from, uint32_t docid)
{
    uint32_t low = from;
    uint32_t step = 1;
    struct bisect half;

    if (from >= list->blocks || ranked_last(list, from) >= docid)
        return from;
    /* Double the step until the block is behind, then halve it. */
    while (low + step < list->blocks && ranked_last(list, low + step) < docid) {
        low += step;
        step *= 2;
    }
    half = bisect_between(low + 1, low + step < list->blocks ? low + step
                                                             : list->blocks);
    while (bisect_next(&half))
        bisect_go(&half, ranked_last(list, (uint32_t)half.middle) < docid);
    return (uint32_t)half.low;
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
    cursor->least = le_u16(at + 2);
    gaps = bitpack_size(gap_bits);
    if (gap_bits > BITPACK_BITS_MAX || cursor->impact_bits > BITPACK_BITS_MAX ||
        gaps + bitpack_size(cursor->impact_bits) > size - 4)
        return false;
    cursor->ranked->bitpack->gaps(at + 4, gap_bits, before, cursor->docid);
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

        if (!ranked_varint(&at, end, &gap) || gap >= RANKED_ARTICLES_MAX)
            return false;
        before += gap + 1;
        cursor->docid[i] = before;
    }
    cursor->impacts = at;
    return (size_t)(end - at) >= (size_t)cursor->count * 2;
}

/* Gaps are below 2^24 and docids before a block are, too, so the sum of a
 * block cannot run over: if its last docid is right, all of them rise to it. */
static bool
load(struct ranked_cursor *cursor, uint32_t block)
{
    const struct ranked_list *list = &cursor->list;
    uint32_t articles = cursor->ranked->articles;
    uint32_t before = UINT32_MAX;
    size_t start = 0;
    size_t end = list->postings_size;
    bool good;

    cursor->count = list->articles - block * RANKED_BLOCK;
    if (cursor->count > RANKED_BLOCK)
        cursor->count = RANKED_BLOCK;
    if (list->last) {
        const unsigned char *at = list->posting + (size_t)block * 4;

        ranked_touch(cursor->ranked, at);
        start = le_u32(at);
        if (block + 1 < list->blocks)
            end = le_u32(at + 4);
        if (block)
            before = ranked_last(list, block - 1);
        if (block && before >= articles)
            return false;
    }
    if (!list->postings || start > end || end > list->postings_size)
        return false;
    ranked_touch_all(cursor->ranked, list->postings + start, end - start);
    if (cursor->count == RANKED_BLOCK)
        good = load_full(cursor, list->postings + start, end - start, before);
    else
        good = load_short(cursor, list->postings + start, end - start, before);
    return good && cursor->docid[cursor->count - 1] < articles &&
           (!list->last ||
            cursor->docid[cursor->count - 1] == ranked_last(list, block));
}

static bool
load_made(struct ranked_cursor *cursor, uint32_t block)
{
    const struct ranked_list *list = &cursor->list;
    size_t start = (size_t)block * RANKED_BLOCK;

    cursor->count = list->articles - (uint32_t)start;
    if (cursor->count > RANKED_BLOCK)
        cursor->count = RANKED_BLOCK;
    memcpy(cursor->docid, list->made_docid + start,
           cursor->count * sizeof(*cursor->docid));
    memcpy(cursor->impact, list->made_impact + start,
           cursor->count * sizeof(*cursor->impact));
    cursor->unpacked = true;
    return true;
}

bool
ranked_load_block(struct ranked_cursor *cursor, uint32_t block)
{
    cursor->unpacked = false;
    cursor->places_at = UINT32_MAX;
    cursor->block = block;
    if (cursor->list.made_docid && block < cursor->list.blocks)
        return load_made(cursor, block);
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
    if (cursor->count == RANKED_BLOCK)
        cursor->ranked->bitpack->plain(cursor->impacts, cursor->impact_bits,
                                       cursor->least, cursor->impact);
    else
        for (uint32_t i = 0; i < cursor->count; i++)
            cursor->impact[i] = ranked_impact(cursor, i);
    cursor->unpacked = true;
    return cursor->impact;
}

uint32_t
ranked_impact(const struct ranked_cursor *cursor, uint32_t i)
{
    const unsigned char *at = cursor->impacts;

    if (cursor->unpacked)
        return cursor->impact[i];
    if (cursor->count == RANKED_BLOCK)
        return cursor->least + bitpack_get(at, cursor->impact_bits, i);
    return le_u16(at + (size_t)i * 2);
}

uint32_t
ranked_search(const struct ranked_cursor *cursor, uint32_t docid)
{
    struct bisect half = bisect_between(0, cursor->count);

    if (cursor->count == RANKED_BLOCK)
        return cursor->ranked->bitpack->below(cursor->docid, docid);
    while (bisect_next(&half))
        bisect_go(&half, cursor->docid[half.middle] < docid);
    return (uint32_t)half.low;
}

/* --- places --- */

/* Bits are taken from `word`, which is filled up when it runs low; that is
 * every third place or so. */
struct bits {
    const unsigned char *data;
    size_t at;  /* bits that have been put into `word` */
    size_t end; /* they may not go beyond */
    uint64_t word;
    unsigned left; /* bits in `word` */
};

/* Have 57 bits or more.  Behind every list there is at least the footer, so
 * that eight bytes can be read from any of its own.  False beyond the end. */
static inline bool
fill(struct bits *bits)
{
    size_t used = bits->at - bits->left;
    const unsigned char *from = bits->data + used / 8;
    unsigned in = (unsigned)(used % 8);

    if (used > bits->end)
        return false;
    bits->word = le_u64(from) >> in;
    bits->left = 64 - in;
    bits->at = used + bits->left;
    return true;
}

static void
start_bits(struct bits *bits, size_t at)
{
    bits->at = at;
    bits->left = 0;
    bits->word = 0;
}

/* How far the bits have been used. */
static inline size_t
bits_used(const struct bits *bits)
{
    return bits->at - bits->left;
}

static inline void
drop(struct bits *bits, unsigned count)
{
    bits->word >>= count;
    bits->left -= count;
}

/* A frequency; 0 if there is none. */
static inline uint32_t
take_frequency(struct bits *bits)
{
    uint32_t frequency;
    unsigned low;

    if (!fill(bits) || !bits->word)
        return 0;
    low = (unsigned)__builtin_ctzll(bits->word);
    if (low > 26)
        return 0;
    drop(bits, low + 1);
    frequency = 1U << low | ((uint32_t)bits->word & ((1U << low) - 1));
    drop(bits, low);
    return frequency;
}

static inline unsigned
remainder_bits(unsigned k, uint32_t frequency)
{
    unsigned low = 31 - (unsigned)__builtin_clz(frequency);

    return k > low ? k - low : 0;
}

/* A distance that is spelled out, behind so many zeros; they are few enough
 * to be looked at again. */
static bool
take_long(struct bits *bits, unsigned zeros, uint32_t *distance)
{
    if (zeros != RANKED_QUOTIENT || !fill(bits))
        return false;
    drop(bits, zeros + 1);
    *distance = (uint32_t)bits->word;
    drop(bits, 32);
    return true;
}

/* The places of a posting, to `place` unless they are to be skipped. */
static inline bool
take_places(struct bits *from, unsigned k, uint32_t frequency, uint32_t *place)
{
    struct bits bits = *from;
    uint32_t at = UINT32_MAX;
    uint32_t mask;

    k = remainder_bits(k, frequency);
    mask = (1U << k) - 1;
    for (uint32_t i = 0; i < frequency; i++) {
        uint32_t distance;
        unsigned zeros;

        if (bits.left < RANKED_QUOTIENT + 1 + BITPACK_BITS_MAX && !fill(&bits))
            return false;
        zeros = bits.word ? (unsigned)__builtin_ctzll(bits.word) : 64;
        if (zeros < RANKED_QUOTIENT) {
            distance =
                zeros << k | ((uint32_t)(bits.word >> zeros >> 1) & mask);
            drop(&bits, zeros + 1 + k);
        } else if (!take_long(&bits, zeros, &distance)) {
            return false;
        }
        at += distance + 1;
        if (place)
            place[i] = at;
    }
    *from = bits;
    return bits_used(from) <= from->end;
}

/* The forms of as many places, to `form` unless they are to be skipped. */
static bool
take_forms(struct bits *bits, uint32_t frequency, uint32_t *form)
{
    for (uint32_t i = 0; i < frequency; i++) {
        uint32_t number;

        if (bits->left < RANKED_FORM_LONG + 1 + RANKED_FORM_BITS && !fill(bits))
            return false;
        number = bits->word ? (uint32_t)__builtin_ctzll(bits->word) : 64;
        if (number > RANKED_FORM_LONG)
            return false;
        drop(bits, number + 1);
        if (number == RANKED_FORM_LONG) {
            number = (uint32_t)bits->word & ((1U << RANKED_FORM_BITS) - 1);
            drop(bits, RANKED_FORM_BITS);
        }
        if (form)
            form[i] = number;
    }
    return bits_used(bits) <= bits->end;
}

static bool
skip_posting(struct bits *bits, unsigned k, bool formed)
{
    uint32_t frequency = take_frequency(bits);

    return frequency && take_places(bits, k, frequency, NULL) &&
           (!formed || take_forms(bits, frequency, NULL));
}

static bool
take_posting(struct bits *bits, unsigned k, struct ranked_places *places)
{
    uint32_t frequency = take_frequency(bits);

    places->places = 0;
    if (!frequency || bits_used(bits) > bits->end ||
        frequency > bits->end - bits_used(bits))
        return false;
    if (places->room < frequency) {
        places->room = (size_t)frequency * 2;
        places->place =
            mem_resize(places->place, places->room, sizeof(*places->place));
    }
    if (!take_places(bits, k, frequency, places->place))
        return false;
    places->places = frequency;
    return true;
}

/* The places of a block: what comes before their bits, and these. */
struct opened {
    struct bits bits;
    unsigned k;
    const unsigned char *formed; /* a bit for each posting, or NULL */
};

static bool
is_formed(const struct opened *block, uint32_t i)
{
    return block->formed && block->formed[i / 8] >> i % 8 & 1;
}

/* Bytes of the places of the cursor's block, which begin at `start`. */
static size_t
places_size(const struct ranked_cursor *cursor, size_t start)
{
    const struct ranked_list *list = &cursor->list;
    size_t end = list->places_size;

    if (list->last && cursor->block + 1 < list->blocks)
        end = le_u32(list->place + (size_t)cursor->block * 4 + 4);
    return end > start && end <= list->places_size ? end - start
                                                   : list->places_size - start;
}

/* What comes before the bits, of which a mark has `*mark_size` bytes; NULL if
 * it is cut. */
static const unsigned char *
open_block(const struct ranked_cursor *cursor, struct opened *block,
           size_t *mark_size)
{
    const struct ranked_list *list = &cursor->list;
    size_t marks = (cursor->count - 1) / RANKED_MARK;
    size_t formed = (cursor->count + 7) / 8;
    size_t start =
        list->last ? le_u32(list->place + (size_t)cursor->block * 4) : 0;
    const unsigned char *at = list->places + start;

    if (start >= list->places_size)
        return NULL;
    ranked_touch_all(cursor->ranked, at, places_size(cursor, start));
    block->k = *at & (RANKED_FORMED - 1);
    *mark_size = *at & RANKED_WIDE ? 4 : 2;
    if (!(*at & RANKED_FORMED))
        formed = 0;
    if (block->k > 24 ||
        list->places_size - start - 1 < marks * *mark_size + formed)
        return NULL;
    block->formed = formed ? at + 1 + marks * *mark_size : NULL;
    block->bits.data = at + 1 + marks * *mark_size + formed;
    block->bits.end =
        (size_t)(list->places + list->places_size - block->bits.data) * 8;
    return at;
}

/* The bits of a block, at the nearest known place before posting i: `*skip`
 * postings before it. */
static bool
open_bits(const struct ranked_cursor *cursor, uint32_t i, struct opened *block,
          uint32_t *skip)
{
    struct bits *bits = &block->bits;
    size_t mark_size;
    const unsigned char *at = open_block(cursor, block, &mark_size);

    if (!at)
        return false;
    start_bits(bits, 0);
    if (cursor->places_at <= i && i - cursor->places_at < RANKED_MARK &&
        cursor->places_at >= i - i % RANKED_MARK) {
        *skip = i - cursor->places_at;
        start_bits(bits, cursor->places_bit);
        return bits->at < bits->end;
    }
    *skip = i % RANKED_MARK;
    if (i >= RANKED_MARK) {
        at += 1 + (i / RANKED_MARK - 1) * mark_size;
        start_bits(bits, mark_size == 4 ? le_u32(at) : le_u16(at));
    }
    return bits->at < bits->end;
}

bool
ranked_is_formed(const struct ranked_cursor *cursor, uint32_t i)
{
    struct opened block = {.k = 0};
    size_t mark_size;

    return i < cursor->count && open_block(cursor, &block, &mark_size) &&
           is_formed(&block, i);
}

/* The forms of places that have just been taken, if there are any. */
static bool
forms_of(struct opened *block, uint32_t i, struct ranked_places *places)
{
    if (places->form_room < places->places) {
        places->form_room = places->room;
        places->form =
            mem_resize(places->form, places->form_room, sizeof(*places->form));
    }
    if (is_formed(block, i))
        return take_forms(&block->bits, (uint32_t)places->places, places->form);
    memset(places->form, 0, places->places * sizeof(*places->form));
    return true;
}

/* With their forms, or else past them. */
static bool
take_all(struct ranked_cursor *cursor, uint32_t i, struct ranked_places *places,
         bool forms)
{
    struct opened block = {.k = 0};
    uint32_t skip = 0;
    bool good = i < cursor->count && open_bits(cursor, i, &block, &skip);

    for (; good && skip; skip--)
        good =
            skip_posting(&block.bits, block.k, is_formed(&block, i - skip)) &&
            bits_used(&block.bits) < block.bits.end;
    good = good && take_posting(&block.bits, block.k, places);
    if (good && forms)
        good = forms_of(&block, i, places);
    else if (good && is_formed(&block, i))
        good = take_forms(&block.bits, (uint32_t)places->places, NULL);
    if (good) {
        cursor->places_at = i + 1;
        cursor->places_bit = bits_used(&block.bits);
        return true;
    }
    cursor->ranked->damaged = true;
    places->places = 0;
    return false;
}

bool
ranked_places(struct ranked_cursor *cursor, uint32_t i,
              struct ranked_places *places)
{
    return take_all(cursor, i, places, false);
}

bool
ranked_formed_places(struct ranked_cursor *cursor, uint32_t i,
                     struct ranked_places *places)
{
    return take_all(cursor, i, places, true);
}

void
ranked_places_add(struct ranked_places *to, const struct ranked_places *places)
{
    size_t count = to->places + places->places;

    if (to->room < count) {
        to->room = count * 2;
        to->place = mem_resize(to->place, to->room, sizeof(*to->place));
    }
    if (places->places)
        memcpy(to->place + to->places, places->place,
               places->places * sizeof(*places->place));
    to->places = count;
}

static int
compare_places(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a;
    uint32_t two = *(const uint32_t *)b;

    return (one > two) - (one < two);
}

void
ranked_places_settle(struct ranked_places *places)
{
    size_t kept = 0;

    if (places->places)
        qsort(places->place, places->places, sizeof(*places->place),
              compare_places);
    for (size_t i = 0; i < places->places; i++)
        if (!kept || places->place[i] != places->place[kept - 1])
            places->place[kept++] = places->place[i];
    places->places = kept;
}

void
ranked_places_release(struct ranked_places *places)
{
    free(places->place);
    free(places->form);
    *places = (struct ranked_places){0};
}
