/*
 * The byte string of a term into its list (impact.h draws it).
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/mem.h"
#include "indexer/bitpack.h"
#include "indexer/impact_parts.h"

void
impact_put_varint(struct buf *out, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buf_add_byte(out, (char)(unsigned char)((number & 0x7f) | 0x80));
    buf_add_byte(out, (char)number);
}

static void
put_bytes(struct buf *out, uint64_t number, unsigned bytes)
{
    unsigned char byte[8];

    for (unsigned i = 0; i < bytes; i++)
        byte[i] = (unsigned char)(number >> (8 * i));
    buf_add(out, byte, bytes);
}

void
impact_put_u32(struct buf *out, uint32_t number)
{
    put_bytes(out, number, 4);
}

void
impact_put_u64(struct buf *out, uint64_t number)
{
    put_bytes(out, number, 8);
}

void
lister_init(struct lister *lister, const struct impact *impact)
{
    *lister = (struct lister){.article = impact->article,
                              .articles = (uint32_t)impact->articles,
                              .blocks = BUF_INIT,
                              .places = BUF_INIT,
                              .directory = BUF_INIT};
    lister->norm =
        mem_resize(NULL, impact->articles + 1, sizeof(*lister->norm));
    lister->text_end =
        mem_resize(NULL, impact->articles + 1, sizeof(*lister->text_end));
    for (size_t i = 0; i < impact->articles; i++) {
        const uint32_t *length = impact->article[i].length;
        size_t rank = impact->articles - 1 - i;
        uint32_t end = 0;

        bm25f_norm_init(&lister->norm[rank], length);
        for (size_t j = 0; j < FIELD_TEXT_COUNT; j++)
            end += length[j] + 1;
        lister->text_end[rank] = end - 1;
    }
}

void
lister_init_bare(struct lister *lister)
{
    *lister = (struct lister){.bare = true,
                              .blocks = BUF_INIT,
                              .places = BUF_INIT,
                              .directory = BUF_INIT};
}

void
lister_release(struct lister *lister)
{
    free(lister->norm);
    free(lister->text_end);
    free(lister->distance);
    free(lister->posting);
    free(lister->impact);
    buf_release(&lister->blocks);
    buf_release(&lister->places);
    buf_release(&lister->directory);
}

/* --- from byte strings to postings, newest first --- */

/* The places of one article that are in text fields, each once. */
static void
read_places(struct lister *lister, struct posting *posting, const char **from)
{
    uint32_t end = lister->text_end[posting->rank];
    uint32_t place = UINT32_MAX;
    uint32_t code;

    posting->at = lister->distances;
    posting->tf = 0;
    while ((code = impact_take_varint(from)) != 0) {
        place += code - 1;
        if (code == 1 || place >= end)
            continue;
        lister->distance =
            mem_grow(lister->distance, lister->distances,
                     &lister->distance_room, sizeof(*lister->distance));
        lister->distance[lister->distances++] = code - 2;
        posting->tf++;
    }
}

static void
read_string(struct lister *lister, const char *from, const char *stop)
{
    uint32_t number = 0;

    while (from < stop) {
        struct posting *posting;

        lister->posting =
            mem_grow(lister->posting, lister->postings, &lister->posting_room,
                     sizeof(*lister->posting));
        posting = &lister->posting[lister->postings];
        number += impact_take_varint(&from);
        posting->rank = lister->articles - number;
        read_places(lister, posting, &from);
        lister->postings += posting->tf > 0;
    }
}

static void
read_strings(struct lister *lister, const struct merged *merged)
{
    size_t at = 0;

    lister->postings = 0;
    lister->distances = 0;
    for (size_t i = 0; i < merged->strings; i++) {
        read_string(lister, merged->data.data + at,
                    merged->data.data + merged->end[i]);
        at = merged->end[i];
    }
    for (size_t i = 0; i < lister->postings / 2; i++) {
        struct posting *other = &lister->posting[lister->postings - 1 - i];
        struct posting swap = lister->posting[i];

        lister->posting[i] = *other;
        *other = swap;
    }
}

static unsigned
posting_impact(const struct lister *lister, const struct posting *posting)
{
    const uint32_t *length =
        lister->article[lister->articles - 1 - posting->rank].length;
    const uint32_t *distance = lister->distance + posting->at;
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    size_t field = 0;
    uint32_t end = length[0];
    uint32_t place = UINT32_MAX;

    for (uint32_t i = 0; i < posting->tf; i++) {
        place += distance[i] + 1;
        while (place > end && field + 1 < FIELD_TEXT_COUNT)
            end += length[++field] + 1;
        tf[field]++;
    }
    return bm25f_impact(&lister->norm[posting->rank], tf);
}

/* --- places --- */

struct bits {
    struct buf *out;
    uint64_t word;
    unsigned used;
    size_t total;
};

static void
put_bits(struct bits *bits, uint32_t number, unsigned count)
{
    bits->word |= (uint64_t)number << bits->used;
    bits->used += count;
    bits->total += count;
    if (bits->used >= 32) {
        impact_put_u32(bits->out, (uint32_t)bits->word);
        bits->word >>= 32;
        bits->used -= 32;
    }
}

/* What is left, up to a whole byte. */
static void
end_bits(struct bits *bits)
{
    put_bytes(bits->out, bits->word, (bits->used + 7) / 8);
}

static void
put_unary(struct bits *bits, unsigned number)
{
    put_bits(bits, 1U << number, number + 1);
}

static unsigned
lower_bits(uint32_t number)
{
    return bitpack_bits(number) - 1;
}

static void
put_posting(struct bits *bits, const uint32_t *distances, uint32_t tf,
            unsigned k)
{
    unsigned low = lower_bits(tf);

    put_unary(bits, low);
    put_bits(bits, tf - (1U << low), low);
    k = k > low ? k - low : 0;
    for (uint32_t i = 0; i < tf; i++) {
        uint32_t distance = distances[i];

        if (distance >> k >= IMPACT_QUOTIENT) {
            put_unary(bits, IMPACT_QUOTIENT);
            put_bits(bits, distance, 32);
        } else {
            put_unary(bits, distance >> k);
            put_bits(bits, distance & ((1U << k) - 1), k);
        }
    }
}

/* About the best k: an article of n places in which a term stands f times has
 * distances of n / (f + 1), of which the logarithm of f is taken off again
 * where it is used. */
static unsigned
choose_k(const struct lister *lister, const struct posting *posting,
         size_t count)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        const uint32_t *distance = lister->distance + posting[i].at;
        unsigned low = lower_bits(posting[i].tf);
        uint64_t distances = 0;

        assert(posting[i].tf > 0);
        for (uint32_t j = 0; j < posting[i].tf; j++)
            distances += distance[j];
        sum += (distances << low) / posting[i].tf;
    }
    sum = sum * 7 / 10 / count;
    return sum > 1 ? lower_bits(sum < 1U << 24 ? (uint32_t)sum : 1U << 24) : 0;
}

static void
add_places(struct lister *lister, const struct posting *posting, size_t count)
{
    struct buf *out = &lister->places;
    size_t marks = (count - 1) / IMPACT_MARK;
    uint32_t mark[IMPACT_BLOCK / IMPACT_MARK] = {0};
    unsigned k = choose_k(lister, posting, count);
    struct buf packed = BUF_INIT;
    struct bits bits = {.out = &packed};
    bool wide;

    for (size_t i = 0; i < count; i++) {
        if (i && i % IMPACT_MARK == 0)
            mark[i / IMPACT_MARK - 1] = (uint32_t)bits.total;
        put_posting(&bits, lister->distance + posting[i].at, posting[i].tf, k);
    }
    end_bits(&bits);
    wide = marks && mark[marks - 1] > UINT16_MAX;
    buf_add_byte(out, (char)(unsigned char)(k | (wide ? IMPACT_WIDE : 0)));
    for (size_t i = 0; i < marks; i++)
        put_bytes(out, mark[i], wide ? 4 : 2);
    buf_add(out, packed.data, packed.size);
    buf_release(&packed);
}

/* --- postings --- */

static void
add_full_block(struct buf *out, const struct posting *posting, uint32_t before,
               const uint32_t *impact)
{
    uint32_t gap[IMPACT_BLOCK];
    uint32_t above[IMPACT_BLOCK];
    uint32_t all_gaps = 0;
    uint32_t least = impact[0];
    uint32_t most = impact[0];
    unsigned gap_bits;
    unsigned impact_bits;

    for (size_t i = 0; i < IMPACT_BLOCK; i++) {
        gap[i] = posting[i].rank - before - 1;
        before = posting[i].rank;
        all_gaps |= gap[i];
        least = impact[i] < least ? impact[i] : least;
        most = impact[i] > most ? impact[i] : most;
    }
    for (size_t i = 0; i < IMPACT_BLOCK; i++)
        above[i] = impact[i] - least;
    gap_bits = bitpack_bits(all_gaps);
    impact_bits = bitpack_bits(most - least);
    put_bytes(out, gap_bits, 1);
    put_bytes(out, impact_bits, 1);
    put_bytes(out, least, 2);
    buf_reserve(out, bitpack_size(gap_bits) + bitpack_size(impact_bits));
    bitpack_pack((unsigned char *)out->data + out->size, gap, gap_bits);
    out->size += bitpack_size(gap_bits);
    bitpack_pack((unsigned char *)out->data + out->size, above, impact_bits);
    out->size += bitpack_size(impact_bits);
    out->data[out->size] = '\0';
}

static void
add_short_block(struct buf *out, const struct posting *posting, size_t count,
                uint32_t before, const uint32_t *impact)
{
    for (size_t i = 0; i < count; i++) {
        impact_put_varint(out, posting[i].rank - before - 1);
        before = posting[i].rank;
    }
    for (size_t i = 0; i < count; i++)
        put_bytes(out, impact[i], 2);
}

static uint32_t
largest(const uint32_t *impact, size_t count)
{
    uint32_t most = 0;

    for (size_t i = 0; i < count; i++)
        most = impact[i] > most ? impact[i] : most;
    return most;
}

/* Blocks and places, and a row of the directory for each block: what is one
 * behind the other there is one beside the other here. */
struct row_of_directory {
    uint32_t last;
    uint32_t posting;
    uint32_t place;
    uint32_t most;
};

static void
add_blocks(struct lister *lister)
{
    uint32_t before = UINT32_MAX;

    for (size_t i = 0; i < lister->postings; i += IMPACT_BLOCK) {
        const struct posting *posting = &lister->posting[i];
        const uint32_t *impact = &lister->impact[i];
        size_t count = lister->postings - i < IMPACT_BLOCK
                           ? lister->postings - i
                           : IMPACT_BLOCK;
        struct row_of_directory row = {.last = posting[count - 1].rank,
                                       .posting = (uint32_t)lister->blocks.size,
                                       .place = (uint32_t)lister->places.size,
                                       .most = largest(impact, count)};

        if (count == IMPACT_BLOCK)
            add_full_block(&lister->blocks, posting, before, impact);
        else
            add_short_block(&lister->blocks, posting, count, before, impact);
        if (!lister->bare)
            add_places(lister, posting, count);
        buf_add(&lister->directory, &row, sizeof(row));
        before = row.last;
    }
}

static void
put_directory(const struct lister *lister, struct buf *out)
{
    size_t rows = lister->directory.size / sizeof(struct row_of_directory);
    static const struct {
        size_t offset;
        unsigned bytes;
    } column[] = {
        {offsetof(struct row_of_directory, last), 4},
        {offsetof(struct row_of_directory, posting), 4},
        {offsetof(struct row_of_directory, place), 4},
        {offsetof(struct row_of_directory, most), 2},
    };

    for (size_t i = 0; i < sizeof(column) / sizeof(*column); i++) {
        const char *at = lister->directory.data + column[i].offset;

        for (size_t j = 0; j < rows; j++) {
            uint32_t number;

            memcpy(&number, at + j * sizeof(struct row_of_directory), 4);
            put_bytes(out, number, column[i].bytes);
        }
    }
}

/* The largest impacts that stand at the head of a list; each is the k-th
 * largest of all. */
static void
put_largest(const struct lister *lister, struct buf *out)
{
    static const size_t ranks[] = {1, 10, 100, 1000};
    uint32_t count[BM25F_IMPACT_MAX + 1] = {0};
    size_t next = 0;
    size_t seen = 0;

    for (size_t i = 0; i < lister->postings; i++)
        count[lister->impact[i]]++;
    for (unsigned impact = BM25F_IMPACT_MAX + 1; impact-- > 0;) {
        seen += count[impact];
        while (next < sizeof(ranks) / sizeof(*ranks) && seen >= ranks[next]) {
            impact_put_varint(out, impact);
            next++;
        }
    }
}

/* The postings and their impacts as a list. */
static void
put_list(struct lister *lister, struct buf *out)
{
    buf_clear(&lister->blocks);
    buf_clear(&lister->places);
    buf_clear(&lister->directory);
    add_blocks(lister);
    impact_put_varint(out, lister->postings);
    if (lister->postings < 10)
        impact_put_varint(out, largest(lister->impact, lister->postings));
    else
        put_largest(lister, out);
    impact_put_varint(out, lister->blocks.size);
    if (lister->postings > IMPACT_BLOCK)
        put_directory(lister, out);
    buf_add(out, lister->blocks.data, lister->blocks.size);
    buf_add(out, lister->places.data, lister->places.size);
}

bool
lister_add(struct lister *lister, const struct merged *merged, struct buf *out)
{
    read_strings(lister, merged);
    if (lister->postings == 0)
        return false;
    if (lister->impact_room < lister->postings) {
        lister->impact_room = lister->posting_room;
        lister->impact = mem_resize(lister->impact, lister->impact_room,
                                    sizeof(*lister->impact));
    }
    for (size_t i = 0; i < lister->postings; i++)
        lister->impact[i] = posting_impact(lister, &lister->posting[i]);
    put_list(lister, out);
    return true;
}

void
lister_add_bare(struct lister *lister, uint32_t rank, uint32_t impact)
{
    lister->posting = mem_grow(lister->posting, lister->postings,
                               &lister->posting_room, sizeof(*lister->posting));
    lister->impact = mem_grow(lister->impact, lister->postings,
                              &lister->impact_room, sizeof(*lister->impact));
    lister->posting[lister->postings] = (struct posting){.rank = rank};
    lister->impact[lister->postings++] = impact;
}

void
lister_end_bare(struct lister *lister, struct buf *out)
{
    put_list(lister, out);
    lister->postings = 0;
}
