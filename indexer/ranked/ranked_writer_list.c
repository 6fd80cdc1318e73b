/*
 * The byte string of a term into its list (ranked_format.h draws it).
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/bytes.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/bits/bitpack.h"
#include "indexer/ranked/ranked_writer_parts.h"

void
ranked_put_varint(struct buf *out, uint64_t number)
{
    ranked_reserved(
        out, ranked_set_varint(ranked_reserve(out, RANKED_VARINT_MAX), number));
}

void
ranked_put_u32(struct buf *out, uint32_t number)
{
    ranked_reserved(out, le_set_u32(ranked_reserve(out, 4), number));
}

void
ranked_put_u64(struct buf *out, uint64_t number)
{
    ranked_reserved(out, le_set_u64(ranked_reserve(out, 8), number));
}

static void
describe_article(struct lister_article *article,
                 const uint32_t length[FIELD_TEXT_COUNT])
{
    uint32_t end = 0;

    bm25f_norm_init(&article->norm, length);
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++) {
        article->end[i] = end + length[i];
        end += length[i] + 1;
    }
}

void
lister_init(struct lister *lister, const struct ranked_writer *writer)
{
    *lister = (struct lister){.articles = (uint32_t)writer->articles,
                              .blocks = BUF_INIT,
                              .places = BUF_INIT,
                              .directory = BUF_INIT};
    lister->article =
        mem_resize(NULL, writer->articles + 1, sizeof(*lister->article));
    for (size_t i = 0; i < writer->articles; i++)
        describe_article(&lister->article[writer->articles - 1 - i],
                         writer->article[i].length);
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
    free(lister->article);
    free(lister->distance);
    free(lister->form);
    free(lister->form_uses);
    free(lister->form_code);
    free(lister->form_order);
    free(lister->posting);
    buf_release(&lister->blocks);
    buf_release(&lister->places);
    buf_release(&lister->directory);
}

/* --- from byte strings to postings, newest first --- */

uint32_t
ranked_spread(uint32_t last, uint32_t tf)
{
    uint32_t sum = last + 1 - tf;

    if (!(tf & (tf - 1)))
        return sum;
    return (uint32_t)(((uint64_t)sum << (bitpack_bits(tf) - 1)) / tf);
}

/* The places of one article that are in text fields, each once.  There is
 * room for their distances. */
static const char *
read_places(struct lister *lister, struct posting *posting, const char *from,
            const uint32_t *of_run)
{
    const struct lister_article *article = &lister->article[posting->docid];
    const uint32_t end = article->end[FIELD_TEXT_COUNT - 1];
    uint32_t *distance = lister->distance + lister->distances;
    uint32_t tf[FIELD_TEXT_COUNT] = {0};
    uint32_t *number = lister->form + lister->distances;
    uint32_t place = UINT32_MAX;
    uint32_t last = UINT32_MAX;
    size_t field = 0;
    uint32_t form;

    posting->at = lister->distances;
    posting->tf = 0;
    while (ranked_take_place(&from, &place, &form)) {
        if (place == last || place >= end)
            continue;
        while (place > article->end[field])
            field++;
        tf[field]++;
        distance[posting->tf] = place - last - 1;
        number[posting->tf++] = of_run[form];
        lister->form_uses[of_run[form]]++;
        last = place;
    }
    if (posting->tf > 0) {
        posting->spread = ranked_spread(last, posting->tf);
        posting->impact = bm25f_impact(&article->norm, tf);
    }
    lister->distances += posting->tf;
    return from;
}

static void
read_string(struct lister *lister, const char *from, const char *stop,
            const uint32_t *of_run)
{
    uint32_t number = 0;

    while (from < stop) {
        struct posting *posting;

        if (lister->postings == lister->posting_room)
            lister->posting =
                mem_grow(lister->posting, lister->postings,
                         &lister->posting_room, sizeof(*lister->posting));
        posting = &lister->posting[lister->postings];
        number += ranked_take_varint(&from);
        posting->docid = lister->articles - number;
        posting->formed = false;
        from = read_places(lister, posting, from, of_run);
        lister->postings += posting->tf > 0;
    }
}

/* Every place has taken a byte at least. */
static void
need_distances(struct lister *lister, size_t most)
{
    if (most <= lister->distance_room)
        return;
    free(lister->distance);
    free(lister->form);
    lister->distance_room = most + most / 4;
    lister->distance =
        mem_resize(NULL, lister->distance_room, sizeof(*lister->distance));
    lister->form =
        mem_resize(NULL, lister->distance_room, sizeof(*lister->form));
}

static void
need_forms(struct lister *lister, size_t forms)
{
    if (forms > lister->form_room) {
        lister->form_room = forms * 2;
        lister->form_uses = mem_resize(lister->form_uses, lister->form_room,
                                       sizeof(*lister->form_uses));
        lister->form_code = mem_resize(lister->form_code, lister->form_room,
                                       sizeof(*lister->form_code));
        lister->form_order = mem_resize(lister->form_order, lister->form_room,
                                        sizeof(*lister->form_order));
    }
    memset(lister->form_uses, 0, forms * sizeof(*lister->form_uses));
}

static void
newest_first(struct lister *lister)
{
    for (size_t i = 0; i < lister->postings / 2; i++) {
        struct posting *other = &lister->posting[lister->postings - 1 - i];
        struct posting swap = lister->posting[i];

        lister->posting[i] = *other;
        *other = swap;
    }
}

static void
read_strings(struct lister *lister, const struct merged *merged)
{
    size_t at = 0;

    lister->postings = 0;
    lister->distances = 0;
    need_distances(lister, merged->data.size);
    need_forms(lister, merged->forms);
    for (size_t i = 0; i < merged->strings; i++) {
        read_string(lister, merged->data.data + at,
                    merged->data.data + merged->end[i],
                    merged->of_run + merged->first_of_run[i]);
        at = merged->end[i];
    }
    newest_first(lister);
}

/* --- or from postings of other indexes, oldest first --- */

void
lister_begin(struct lister *lister, size_t places, size_t forms)
{
    lister->postings = 0;
    lister->distances = 0;
    need_distances(lister, places);
    need_forms(lister, forms);
}

void
lister_copy(struct lister *lister, const struct posting *from,
            const uint32_t *distance, const uint32_t *form)
{
    struct posting *posting;

    lister->posting = mem_grow(lister->posting, lister->postings,
                               &lister->posting_room, sizeof(*lister->posting));
    posting = &lister->posting[lister->postings++];
    *posting = *from;
    posting->at = lister->distances;
    posting->formed = false;
    for (uint32_t i = 0; i < from->tf; i++) {
        lister->distance[lister->distances] = distance[i];
        lister->form[lister->distances++] = form[i];
        lister->form_uses[form[i]]++;
    }
}

void
lister_copied(struct lister *lister)
{
    newest_first(lister);
}

/* --- forms --- */

struct form_count {
    uint32_t form;
    uint32_t uses;
    const char *text;
    uint8_t size;
    uint8_t letters;
};

/* Of equally common ones those of a word stand together, in an order that
 * does not depend on which was met first. */
static int
most_used_first(const void *a, const void *b)
{
    const struct form_count *one = a;
    const struct form_count *two = b;
    int order;

    if (one->uses != two->uses)
        return one->uses > two->uses ? -1 : 1;
    order = bytes_compare(one->text, one->size, two->text, two->size);
    if (order)
        return order;
    return (one->letters > two->letters) - (one->letters < two->letters);
}

/* Number the forms that are in text fields, the commonest first. */
static void
number_forms(struct lister *lister, const struct merged *merged)
{
    struct form_count *count =
        mem_resize(NULL, merged->forms + 1, sizeof(*count));

    lister->forms = 0;
    for (size_t i = 0; i < merged->forms; i++) {
        const struct ranked_form *form = &merged->form[i];

        if (lister->form_uses[i])
            count[lister->forms++] =
                (struct form_count){(uint32_t)i, lister->form_uses[i],
                                    merged->form_texts.data + form->text,
                                    form->size, form->letters};
    }
    qsort(count, lister->forms, sizeof(*count), most_used_first);
    for (size_t i = 0; i < lister->forms; i++) {
        lister->form_order[i] = count[i].form;
        lister->form_code[count[i].form] = (uint32_t)i;
    }
    free(count);
    if (lister->forms == 1) {
        memset(lister->form, 0, lister->distances * sizeof(*lister->form));
        return;
    }
    for (size_t i = 0; i < lister->postings; i++) {
        struct posting *posting = &lister->posting[i];
        uint32_t *form = lister->form + posting->at;

        for (uint32_t j = 0; j < posting->tf; j++) {
            form[j] = lister->form_code[form[j]];
            posting->formed = posting->formed || form[j];
        }
    }
}

static void
put_forms(const struct lister *lister, const struct merged *merged,
          struct buf *out)
{
    const struct ranked_form *before = NULL;

    for (size_t i = 0; i < lister->forms; i++) {
        const struct ranked_form *form = &merged->form[lister->form_order[i]];
        const char *text = merged->form_texts.data + form->text;

        if (!before || before->size != form->size ||
            memcmp(merged->form_texts.data + before->text, text, form->size) !=
                0)
            buf_add(out, text, form->size);
        buf_add_byte(out, (char)(1 + form->letters));
        before = form;
    }
    buf_add_byte(out, '\0');
}

/* --- postings --- */

static void
add_full_block(struct buf *out, const struct posting *posting, uint32_t before)
{
    uint32_t gap[RANKED_BLOCK];
    uint32_t above[RANKED_BLOCK];
    uint32_t all_gaps = 0;
    uint32_t least = posting[0].impact;
    uint32_t most = least;
    unsigned gap_bits;
    unsigned impact_bits;
    unsigned char *at;

    for (size_t i = 0; i < RANKED_BLOCK; i++) {
        uint32_t impact = posting[i].impact;

        gap[i] = posting[i].docid - before - 1;
        before = posting[i].docid;
        all_gaps |= gap[i];
        least = impact < least ? impact : least;
        most = impact > most ? impact : most;
    }
    for (size_t i = 0; i < RANKED_BLOCK; i++)
        above[i] = posting[i].impact - least;
    gap_bits = bitpack_bits(all_gaps);
    impact_bits = bitpack_bits(most - least);
    at = ranked_reserve(out,
                        4 + bitpack_size(gap_bits) + bitpack_size(impact_bits));
    *at++ = (unsigned char)gap_bits;
    *at++ = (unsigned char)impact_bits;
    at = le_set_u16(at, least);
    bitpack_pack(at, gap, gap_bits);
    at += bitpack_size(gap_bits);
    bitpack_pack(at, above, impact_bits);
    ranked_reserved(out, at + bitpack_size(impact_bits));
}

static void
add_short_block(struct buf *out, const struct posting *posting, size_t count,
                uint32_t before)
{
    unsigned char *at = ranked_reserve(out, count * (RANKED_VARINT_MAX + 2));

    for (size_t i = 0; i < count; i++) {
        at = ranked_set_varint(at, posting[i].docid - before - 1);
        before = posting[i].docid;
    }
    for (size_t i = 0; i < count; i++)
        at = le_set_u16(at, posting[i].impact);
    ranked_reserved(out, at);
}

static uint32_t
largest(const struct posting *posting, size_t count)
{
    uint32_t most = 0;

    for (size_t i = 0; i < count; i++)
        most = posting[i].impact > most ? posting[i].impact : most;
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

    for (size_t i = 0; i < lister->postings; i += RANKED_BLOCK) {
        const struct posting *posting = &lister->posting[i];
        size_t count = lister->postings - i < RANKED_BLOCK
                           ? lister->postings - i
                           : RANKED_BLOCK;
        struct row_of_directory row = {.last = posting[count - 1].docid,
                                       .posting = (uint32_t)lister->blocks.size,
                                       .place = (uint32_t)lister->places.size,
                                       .most = largest(posting, count)};

        if (count == RANKED_BLOCK)
            add_full_block(&lister->blocks, posting, before);
        else
            add_short_block(&lister->blocks, posting, count, before);
        if (!lister->bare)
            ranked_put_places(&lister->places, posting, count, lister->distance,
                              lister->form);
        if (lister->postings > RANKED_BLOCK)
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

    unsigned char *to = ranked_reserve(out, rows * RANKED_DIRECTORY_SIZE);

    for (size_t i = 0; i < COUNT(column); i++) {
        const char *at = lister->directory.data + column[i].offset;

        for (size_t j = 0; j < rows; j++) {
            uint32_t number;

            memcpy(&number, at + j * sizeof(struct row_of_directory), 4);
            to = column[i].bytes == 2 ? le_set_u16(to, number)
                                      : le_set_u32(to, number);
        }
    }
    ranked_reserved(out, to);
}

/* The largest impacts that stand at the head of a list; each is the k-th
 * largest of all. */
static void
put_largest(const struct lister *lister, struct buf *out)
{
    static const size_t nth[] = {1, RANKED_KTH};
    uint32_t count[BM25F_IMPACT_MAX + 1] = {0};
    uint32_t impact = largest(lister->posting, lister->postings);
    size_t next = 0;
    size_t seen = 0;

    for (size_t i = 0; i < lister->postings; i++)
        count[lister->posting[i].impact]++;
    for (; seen < lister->postings; impact--) {
        seen += count[impact];
        while (next < COUNT(nth) && seen >= nth[next]) {
            ranked_put_varint(out, impact);
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
    ranked_put_varint(out, lister->postings);
    if (lister->postings < 10)
        ranked_put_varint(out, largest(lister->posting, lister->postings));
    else
        put_largest(lister, out);
    ranked_put_varint(out, lister->blocks.size);
    ranked_put_varint(out, lister->forms);
    if (lister->postings > RANKED_BLOCK)
        put_directory(lister, out);
    buf_add(out, lister->blocks.data, lister->blocks.size);
    buf_add(out, lister->places.data, lister->places.size);
}

bool
lister_read(struct lister *lister, const struct merged *merged)
{
    read_strings(lister, merged);
    return lister->postings > 0;
}

void
lister_end(struct lister *lister, const struct merged *merged, struct buf *out,
           struct buf *forms)
{
    number_forms(lister, merged);
    put_list(lister, out);
    put_forms(lister, merged, forms);
}

void
lister_add_bare(struct lister *lister, uint32_t docid, uint32_t impact)
{
    lister->posting = mem_grow(lister->posting, lister->postings,
                               &lister->posting_room, sizeof(*lister->posting));
    lister->posting[lister->postings++] =
        (struct posting){.docid = docid, .impact = impact};
}

void
lister_end_bare(struct lister *lister, struct buf *out)
{
    put_list(lister, out);
    lister->postings = 0;
}
