/*
 * indexer/ranked/ranked_writer.h - writing the ranked index of a segment.
 *
 * FTS5 knows every match but has to look at each of them to find the best
 * ten.  The ranked index holds the same postings with their scores worked
 * out (bm25f.h), and for every block of them the best score in it, so that
 * whole blocks that cannot reach the page are never looked at.  It is built
 * from the token stream that feeds FTS5, and can be dropped and built again.
 *
 *     writer = ranked_writer_new("/srv/news/seg-000001.runs", 0);
 *
 *     for each article, in order of its number, 1, 2, ...
 *         ranked_writer_begin_article(writer, published);
 *         for each of its fields, FIELD_BODY ... FIELD_DATE
 *             ranked_writer_begin_field(writer, field);
 *             for each token of the field, in order
 *                 ranked_writer_token(writer, &token, NULL);
 *             ... and where a sentence ends
 *                 ranked_writer_sentence(writer, position, paragraph);
 *     status = ranked_writer_end(writer, "/srv/news/seg-000001.rank", NULL,
 *                                err);
 *     ranked_writer_free(writer);
 *
 * All fields are collected, for whoever listens in at the end; only the text
 * fields are in the file (ranked_format.h), which ranked.h reads.
 */
#ifndef INDEXER_RANKED_WRITER_H
#define INDEXER_RANKED_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked_format.h"

/* How much ranked_writer_new() keeps in memory if it is not told. */
#define RANKED_WRITER_MEMORY_DEFAULT ((size_t)256 << 20)

struct merged;
struct ranked;
struct ranked_article;
struct ranked_said;
struct ranked_writer;

/*
 * Collect up to about `memory` bytes (0: the default); more goes through a
 * file at `runs_path`, which is gone from the folder as soon as it is open.
 */
struct ranked_writer *ranked_writer_new(const char *runs_path, size_t memory);
void ranked_writer_free(struct ranked_writer *writer);

/* `published` is in UTC seconds, or RANKED_UNDATED. */
void ranked_writer_begin_article(struct ranked_writer *writer,
                                 int64_t published);

/* Each of an article's fields at most once, in their order. */
void ranked_writer_begin_field(struct ranked_writer *writer, enum field field);

/* A term at a position, and the word that stands there. */
struct ranked_token {
    const char *term;
    size_t size;
    const char *folded; /* before stemming; no term is longer */
    size_t folded_size;
    uint32_t position;
    unsigned letters; /* enum ranked_letters, of the word at the position */
};

/* Positions count from 0 in each field and do not fall; several terms may
 * stand at one, also the same one twice.  `note` (may be NULL) is a token's
 * note on the term. */
void ranked_writer_token(struct ranked_writer *writer,
                         const struct ranked_token *token, uint32_t *note);

/* A sentence begins at a position that is not the first of its field, in
 * paragraph `paragraph` (from 0) of it.  Positions rise. */
void ranked_writer_sentence(struct ranked_writer *writer, uint32_t position,
                            uint32_t paragraph);

/* Has something failed already?  ranked_writer_end() will tell. */
bool ranked_writer_failed(const struct ranked_writer *writer);

/* The positions of each field in the latest article. */
const uint32_t *ranked_writer_lengths(const struct ranked_writer *writer);

/*
 * Instead of tokens: the articles of other ranked indexes, which must outlive
 * the writer.  `part` and `from` are borrowed until the end; a part's number
 * is what the article at each docid has in the new index, 0 if it is dropped,
 * and falls; `from` is for each new article, in order of its number, where it
 * is.  Whoever merges asks ranked_damaged() of each at the end.
 */
struct ranked_part {
    struct ranked *ranked;
    const uint32_t *number;
};

struct ranked_source {
    struct ranked *ranked;
    uint32_t docid;
};

void ranked_writer_merge(struct ranked_writer *writer,
                         const struct ranked_part *part, size_t parts,
                         const struct ranked_source *from, size_t articles);

/* Somebody else who wants the postings: gets each term, in byte order, while
 * they are being written (ranked_collected.h): as they were collected, of all
 * fields, which are not there if indexes are merged; and what the term says in
 * each article that has it in a text field, in any order.  Either may be
 * NULL. */
struct ranked_listener {
    void (*see)(void *context, const struct ranked_article *article,
                const struct merged *merged);
    void (*weigh)(void *context, const struct merged *merged,
                  const struct ranked_said *said, size_t count);
    void *context;
};

/*
 * Write the file; it is not synced.  `also` may be NULL.  Whatever went wrong
 * before is told here. After it only ranked_writer_free() makes sense.
 * STATUS_LIMIT for more than RANKED_ARTICLES_MAX articles.
 */
enum status ranked_writer_end(struct ranked_writer *writer, const char *path,
                              const struct ranked_listener *also,
                              struct error *err);

#endif
