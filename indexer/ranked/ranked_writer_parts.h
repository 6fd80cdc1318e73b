/*
 * indexer/ranked/ranked_writer_parts.h - what the parts of the ranked index's
 * writer share.
 *
 *     ranked_writer.c         the tokens of one article after the other
 *     ranked_writer_arena.c   their places, a byte string for each term
 *     ranked_writer_forms.c   how the terms are written
 *     ranked_writer_sort.c    the terms in byte order
 *     ranked_writer_runs.c    arenas to a file when memory is full, and the
 *                             terms of all of them in order
 *     ranked_writer_list.c    the byte string of a term into its list
 *     ranked_writer_places.c  the places of a list's articles into bits
 *     ranked_writer_sentences.c  where the sentences of all articles begin
 *     ranked_writer_file.c    lists, dictionary, articles and footer into the
 *                             file
 *     ranked_writer_merge.c   or the lists of other indexes into one
 *     ranked_writer_pairs.c   which common words follow which, behind it
 */
#ifndef INDEXER_RANKED_WRITER_PARTS_H
#define INDEXER_RANKED_WRITER_PARTS_H

#include <stdbool.h>
#include <stdio.h>

#include "corpus/base/buf.h"
#include "indexer/bits/little_endian.h"
#include "indexer/bits/word_table.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked_collected.h"
#include "indexer/ranked/ranked_writer.h"

/* A term and the chain of slices that holds its byte string. */
struct collected {
    uint32_t text;    /* in `texts`: u8 size, bytes */
    uint32_t first;   /* first slice, in `slices` */
    uint32_t at;      /* where the next byte goes */
    uint32_t end;     /* where the link of the present slice is */
    uint32_t article; /* the latest, 0 before the first */
    uint32_t place;   /* the latest in it */
    uint32_t slice;   /* bytes of the present slice */
    uint32_t form;    /* its first, and its latest; in `form` */
    uint32_t last_form;
    uint32_t forms;
};

/* A word that has been met with a term. */
struct spelling {
    uint32_t term;
    uint32_t text;                 /* in `texts`, ended by a NUL */
    uint32_t code[RANKED_LETTERS]; /* number of the term's form, plus 1; 0:
                                      it has not been met so */
};

/* A spelling as it is written; they are chained for each term. */
struct spelled {
    uint32_t spelling;
    uint32_t next;
    uint32_t letters;
};

/* A token whose term has been found and is on its way from memory. */
struct arrival {
    uint32_t term;
    uint32_t place;
    uint32_t form;
};

enum {
    ARRIVALS = 32
};

struct run {
    int64_t start; /* in the file of runs */
    int64_t end;
};

struct ranked_writer {
    /* terms of the present run */
    struct collected *term;
    size_t terms;
    size_t term_room;
    uint32_t first_note; /* of the first spelling; 0 is no note */
    struct word_table table;
    struct buf texts;
    struct spelling *spelling;
    size_t spellings;
    size_t spelling_room;
    struct word_table spelling_table;
    struct spelled *form;
    size_t forms;
    size_t form_room;
    unsigned char *slices;
    size_t slices_size;
    size_t slices_room;

    /* the present article */
    struct ranked_article *article;
    size_t articles;
    size_t article_room;
    enum field field;
    uint32_t base; /* place of the field's position 0 */
    struct arrival arrival[ARRIVALS];
    size_t arrivals;

    /* where sentences begin, article after article, as they will be written */
    struct buf sentences;
    size_t *sentence_end; /* of each article that is complete */
    size_t sentence_ends;
    size_t sentence_end_room;
    uint32_t sentence;  /* place of the latest in the present article */
    uint32_t paragraph; /* that it is in, of the present field */

    /* runs */
    char *runs_path;
    int runs_fd; /* -1 before the first */
    int64_t runs_size;
    struct run *run;
    size_t runs;
    size_t run_room;
    size_t memory;

    /* or the indexes that it is merged from */
    const struct ranked_part *part; /* NULL: none */
    size_t parts;

    enum status status; /* sticky */
    struct error err;
};

/* --- ranked_writer_arena.c --- */

/* The number of a term of the present run; it is added if it is new. */
uint32_t ranked_writer_find_term(struct ranked_writer *writer, const char *term,
                                 size_t size);

/* Put what has arrived into the terms' byte strings; before anybody reads
 * them. */
void ranked_writer_settle(struct ranked_writer *writer);

/* Is there as much as memory, or a link, can hold? */
bool ranked_writer_is_full(const struct ranked_writer *writer);

/* Append the byte string of a term. */
void ranked_writer_gather(const struct ranked_writer *writer,
                          const struct collected *term, struct buf *out);

/* Terms are gathered in order and this is the next: have what is behind it
 * brought from memory. */
void ranked_writer_expect(const struct ranked_writer *writer,
                          const uint32_t *sorted, size_t at);

/* Forget the present run. */
void ranked_writer_forget(struct ranked_writer *writer);

/* All has been read and no more comes: give its memory back. */
void ranked_writer_give_back(struct ranked_writer *writer);

/* --- ranked_writer_forms.c --- */

/* The number of a spelling of the present run; it is added if it is new, and
 * so is its term. */
uint32_t ranked_writer_find_spelling(struct ranked_writer *writer,
                                     const struct ranked_token *token);

/* The number that a spelling, so written, has among its term's forms. */
uint32_t ranked_writer_form(struct ranked_writer *writer, uint32_t spelling,
                            unsigned letters);

/* Append the forms of a term as they are in a run: varint how many, for each
 * u8 letters, u8 bytes, these bytes. */
void ranked_writer_gather_forms(const struct ranked_writer *writer,
                                const struct collected *term, struct buf *out);

/* The number of a form; those from `known` on are of the same index as this
 * one, which has each once. */
uint32_t merged_find_form(struct merged *merged, size_t known, const char *text,
                          uint8_t size, uint8_t letters);

/* Take such forms for the next string of a term. */
void merged_add_forms(struct merged *merged, const char **from);
void merged_clear(struct merged *merged);
void merged_release(struct merged *merged);

/* --- ranked_writer_sentences.c --- */

/* The present article has no more. */
void ranked_writer_end_sentences(struct ranked_writer *writer);

/* What of all that goes into the file, in parts. */
void ranked_writer_put_sentences(struct ranked_writer *writer,
                                 void (*put)(void *context, const void *data,
                                             size_t size),
                                 void *context);

/* --- ranked_writer_sort.c --- */

/* The numbers of the present run's terms in byte order: yours to free. */
uint32_t *ranked_writer_sorted(const struct ranked_writer *writer);

/* --- ranked_writer_runs.c --- */

/* Write the present run to the file of runs and forget it. */
void ranked_writer_spill(struct ranked_writer *writer);

struct merge;

/* `writer` must outlive it. */
struct merge *merge_new(struct ranked_writer *writer);
void merge_free(struct merge *merge);

/* The next term in order; false at the end or after a failure, which is in
 * writer->status. */
bool merge_next(struct merge *merge, struct merged *merged);

/* --- ranked_writer_list.c --- */

struct posting {
    size_t at; /* of its first distance in `distance` */
    uint32_t docid;
    uint32_t tf;
    uint32_t spread; /* distance of its places on the average, times the power
                      * of two in tf */
    uint32_t impact;
    bool formed; /* it has another form than the commonest */
};

/* What is asked of an article for each of its terms. */
struct lister_article {
    struct bm25f_norm norm;
    uint32_t end[FIELD_TEXT_COUNT]; /* the place behind each field */
};

/* Makes lists; one for a whole file, so that memory is kept. */
struct lister {
    struct lister_article *article; /* by docid */
    uint32_t articles;
    struct posting *posting;
    size_t postings;
    size_t posting_room;
    uint32_t *distance; /* of all places of all postings, less 1 */
    size_t distances;
    size_t distance_room;
    uint32_t *form;      /* of all these places, its number in the list */
    uint32_t *form_uses; /* of each form of the term; its number in the list */
    uint32_t *form_code;
    uint32_t *form_order; /* the forms in the list, by number */
    size_t forms;         /* of the list */
    size_t form_room;
    struct buf blocks;
    struct buf places;
    struct buf directory;
    bool bare; /* without places */
};

void lister_init(struct lister *lister, const struct ranked_writer *writer);
void lister_release(struct lister *lister);

/* Take the postings of a term; false if it stands in no text field. */
bool lister_read(struct lister *lister, const struct merged *merged);

/* Append their list, and of `merged` the forms that are used. */
void lister_end(struct lister *lister, const struct merged *merged,
                struct buf *out, struct buf *forms);

/* Instead of lister_read(), when the postings are in lists already: a term of
 * no more than so many places and forms; its postings, oldest first, each
 * with its distances and its forms' numbers in `merged`; and that was all. */
void lister_begin(struct lister *lister, size_t places, size_t forms);
void lister_copy(struct lister *lister, const struct posting *from,
                 const uint32_t *distance, const uint32_t *form);
void lister_copied(struct lister *lister);

/* What stands as `spread` in a posting; `last` is its last place: the
 * distances, each less 1, up to it. */
uint32_t ranked_spread(uint32_t last, uint32_t tf);

/* A lister of lists without places, and of one of them: its articles in order
 * of their docids, then the list, appended. */
void lister_init_bare(struct lister *lister);
void lister_add_bare(struct lister *lister, uint32_t docid, uint32_t impact);
void lister_end_bare(struct lister *lister, struct buf *out);

/* --- ranked_writer_merge.c --- */

struct lists_merge;

/* Of the writer's parts; it must outlive this. */
struct lists_merge *lists_merge_new(const struct ranked_writer *writer);
void lists_merge_free(struct lists_merge *merge);

/* The next term that is in a living article: its name and forms in `merged`,
 * its postings in `lister`.  False at the end. */
bool lists_merge_next(struct lists_merge *merge, struct merged *merged,
                      struct lister *lister);

/* --- ranked_writer_places.c --- */

/* Append the places of a block of postings that stand one behind the other in
 * `distance` and `form`, the last one first. */
void ranked_put_places(struct buf *out, const struct posting *posting,
                       size_t count, const uint32_t *distance,
                       const uint32_t *form);

/* --- ranked_writer_pairs.c --- */

/* Put the pairs behind a finished file of so many bytes.  What does not fit
 * into about so much memory takes another pass over the lists; as much again
 * is mapped of the file. */
enum status ranked_put_pairs(const char *path, uint64_t bytes, size_t memory,
                             struct error *err);

/* --- ranked_sums.c --- */

/* The last thing: the sums of all that is in a file. */
enum status ranked_put_sums(const char *path, struct error *err);

/* --- small things --- */

void ranked_put_varint(struct buf *out, uint64_t number);
void ranked_put_u32(struct buf *out, uint32_t number);
void ranked_put_u64(struct buf *out, uint64_t number);

enum {
    RANKED_VARINT_MAX = 10
};

/* What is written very often is written by address, into room that was
 * reserved for all of it:
 *
 *     unsigned char *at = ranked_reserve(out, most bytes);
 *     at = le_set_...(at, number); ...
 *     ranked_reserved(out, at);
 */
static inline unsigned char *
ranked_reserve(struct buf *out, size_t most)
{
    if (out->room - out->size <= most)
        buf_reserve(out, most);
    return (unsigned char *)out->data + out->size;
}

static inline void
ranked_reserved(struct buf *out, unsigned char *end)
{
    *end = '\0';
    out->size = (size_t)((char *)end - out->data);
}

static inline unsigned char *
ranked_set_varint(unsigned char *at, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (unsigned char)((number & 0x7f) | 0x80);
    *at++ = (unsigned char)number;
    return at;
}

#endif
