/*
 * The lists of several ranked indexes into those of one.
 *
 * A posting says nothing that depends on the other articles of its index: its
 * impact is of the article alone, and its places are counted in it.  So lists
 * are joined without a text: the articles get their new numbers, those that
 * have none go, and the forms of a term are numbered by how often they are
 * used now.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/bytes.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_parts.h"
#include "indexer/ranked/ranked_sentences.h"
#include "indexer/ranked/ranked_writer_parts.h"

/* --- the articles --- */

static void
take_sentences(struct ranked_writer *writer, const struct ranked_source *from)
{
    const unsigned char *at;
    size_t size;

    if (ranked_sentence_bytes(from->ranked, from->docid, &at, &size))
        buf_add(&writer->sentences, at, size);
    ranked_writer_end_sentences(writer);
}

void
ranked_writer_merge(struct ranked_writer *writer,
                    const struct ranked_part *part, size_t parts,
                    const struct ranked_source *from, size_t articles)
{
    writer->part = part;
    writer->parts = parts;
    for (size_t i = 0; i < articles && !writer->status; i++) {
        struct ranked_article *article;

        ranked_writer_begin_article(
            writer, ranked_published(from[i].ranked, from[i].docid));
        if (writer->status)
            break;
        article = &writer->article[writer->articles - 1];
        ranked_lengths(from[i].ranked, from[i].docid, article->length);
        article->lead = ranked_lead(from[i].ranked, from[i].docid);
        take_sentences(writer, &from[i]);
    }
}

/* --- the lists --- */

/* One of the indexes, and its next term. */
struct lists_source {
    const struct ranked_part *part;
    uint64_t next;
    bool more;
    struct ranked_term term;
    struct ranked_list list;
    size_t first_form; /* of this term, in `number` */
    size_t left;       /* postings that have not been copied; they end at */
    size_t end;        /* in `posting` */
};

struct lists_merge {
    struct lists_source *source;
    size_t sources;
    uint32_t articles;
    struct ranked_cursor cursor;
    struct ranked_places places;
    uint32_t *number; /* of each source's forms among all */
    size_t numbers;
    size_t number_room;
    struct posting *posting; /* of each source, the newest first */
    size_t postings;
    size_t posting_room;
    uint32_t *distance; /* theirs, and the number of each one's form */
    uint32_t *form;
    size_t distances;
    size_t distance_room;
    struct merged *merged; /* the present term's */
    size_t known;
};

static void
next_term(struct lists_source *source)
{
    source->more = ranked_term(source->part->ranked, source->next++,
                               &source->term, &source->list);
}

struct lists_merge *
lists_merge_new(const struct ranked_writer *writer)
{
    struct lists_merge *merge = mem_zero(1, sizeof(*merge));

    merge->sources = writer->parts;
    merge->articles = (uint32_t)writer->articles;
    merge->source = mem_zero(writer->parts + 1, sizeof(*merge->source));
    for (size_t i = 0; i < merge->sources; i++) {
        merge->source[i].part = &writer->part[i];
        next_term(&merge->source[i]);
    }
    return merge;
}

void
lists_merge_free(struct lists_merge *merge)
{
    if (!merge)
        return;
    ranked_places_release(&merge->places);
    free(merge->number);
    free(merge->posting);
    free(merge->distance);
    free(merge->form);
    free(merge->source);
    free(merge);
}

static int
compare_terms(const struct lists_source *a, const char *term, size_t size)
{
    return bytes_compare(a->term.text, a->term.size, term, size);
}

static const struct lists_source *
first_source(const struct lists_merge *merge)
{
    const struct lists_source *first = NULL;

    for (size_t i = 0; i < merge->sources; i++) {
        const struct lists_source *source = &merge->source[i];

        if (source->more && (!first || compare_terms(source, first->term.text,
                                                     first->term.size) < 0))
            first = source;
    }
    return first;
}

static bool
see_form(void *context, const char *word, size_t size, unsigned letters)
{
    struct lists_merge *merge = context;

    merge->number = mem_grow(merge->number, merge->numbers, &merge->number_room,
                             sizeof(*merge->number));
    merge->number[merge->numbers++] = merged_find_form(
        merge->merged, merge->known, word, (uint8_t)size, (uint8_t)letters);
    return true;
}

static void
need_distances(struct lists_merge *merge, size_t more)
{
    if (merge->distances + more <= merge->distance_room)
        return;
    merge->distance_room = (merge->distances + more) * 2;
    merge->distance = mem_resize(merge->distance, merge->distance_room,
                                 sizeof(*merge->distance));
    merge->form =
        mem_resize(merge->form, merge->distance_room, sizeof(*merge->form));
}

/* A posting whose places have been read. */
static void
add_posting(struct lists_merge *merge, const struct lists_source *source,
            uint32_t number, uint32_t impact)
{
    const struct ranked_places *places = &merge->places;
    size_t forms = merge->numbers - source->first_form;
    uint32_t last = UINT32_MAX;
    struct posting *posting;

    merge->posting = mem_grow(merge->posting, merge->postings,
                              &merge->posting_room, sizeof(*merge->posting));
    posting = &merge->posting[merge->postings++];
    need_distances(merge, places->places);
    *posting = (struct posting){.at = merge->distances,
                                .docid = merge->articles - number,
                                .tf = (uint32_t)places->places,
                                .impact = impact};
    for (size_t i = 0; i < places->places; i++) {
        /* The number of a form that is not there is of a damaged file. */
        size_t form = places->form[i] < forms ? places->form[i] : 0;

        merge->distance[merge->distances] = places->place[i] - last - 1;
        merge->form[merge->distances++] =
            merge->number[source->first_form + form];
        last = places->place[i];
    }
    posting->spread = ranked_spread(last, posting->tf);
}

/* The living postings of a source's term; false if it cannot be read. */
static bool
read_postings(struct lists_merge *merge, struct lists_source *source)
{
    struct ranked_cursor *cursor = &merge->cursor;
    size_t start = merge->postings;

    source->first_form = merge->numbers;
    merge->known = merge->merged->forms;
    ranked_forms(source->part->ranked, &source->list, see_form, merge);
    if (merge->numbers == source->first_form)
        return false;
    ranked_start(cursor, source->part->ranked, &source->list);
    for (uint32_t block = 0; block < cursor->list.blocks; block++) {
        const uint32_t *impact;

        if (!ranked_load(cursor, block))
            return false;
        impact = ranked_impacts(cursor);
        for (uint32_t i = 0; i < cursor->count; i++) {
            uint32_t number = source->part->number[cursor->docid[i]];

            if (!number)
                continue;
            if (!ranked_formed_places(cursor, i, &merge->places))
                return false;
            add_posting(merge, source, number, impact[i]);
        }
    }
    source->end = merge->postings;
    source->left = merge->postings - start;
    return true;
}

/* The source whose next posting is the oldest. */
static struct lists_source *
oldest(struct lists_merge *merge)
{
    struct lists_source *oldest = NULL;

    for (size_t i = 0; i < merge->sources; i++) {
        struct lists_source *source = &merge->source[i];

        if (source->left &&
            (!oldest || merge->posting[source->end - 1].docid >
                            merge->posting[oldest->end - 1].docid))
            oldest = source;
    }
    return oldest;
}

static void
copy_postings(struct lists_merge *merge, struct lister *lister)
{
    struct lists_source *source;

    lister_begin(lister, merge->distances, merge->merged->forms);
    while ((source = oldest(merge)) != NULL) {
        const struct posting *posting = &merge->posting[--source->end];

        source->left--;
        lister_copy(lister, posting, merge->distance + posting->at,
                    merge->form + posting->at);
    }
    lister_copied(lister);
}

/* Everything about the first of the next terms; true if an article has it. */
static bool
take_term(struct lists_merge *merge, const struct lists_source *first)
{
    struct merged *merged = merge->merged;

    merged_clear(merged);
    merge->numbers = 0;
    merge->postings = 0;
    merge->distances = 0;
    merged->term_size = first->term.size;
    buf_set(&merged->spelled, first->term.text, first->term.size);
    merged->term = merged->spelled.data;
    for (size_t i = 0; i < merge->sources; i++) {
        struct lists_source *source = &merge->source[i];

        if (!source->more ||
            compare_terms(source, merged->term, merged->term_size) != 0)
            continue;
        if (!read_postings(merge, source)) {
            source->part->ranked->damaged = true;
            source->left = 0;
        }
        next_term(source);
    }
    return merge->postings > 0;
}

bool
lists_merge_next(struct lists_merge *merge, struct merged *merged,
                 struct lister *lister)
{
    const struct lists_source *first;

    merge->merged = merged;
    while ((first = first_source(merge)) != NULL) {
        if (!take_term(merge, first))
            continue;
        copy_postings(merge, lister);
        return true;
    }
    return false;
}
