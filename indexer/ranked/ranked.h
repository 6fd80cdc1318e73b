/*
 * indexer/ranked/ranked.h - reading the ranked index of a segment.
 *
 * The file (drawn in ranked_format.h) is mapped; looking up a term touches the
 * few pages that the answer is on.  Nothing in it is believed: what would lead
 * out of it, or out of order, sets `damaged`, and the term then has no more
 * articles.  Whoever searches asks ranked_damaged() once at the end.
 *
 *     struct ranked_list list;
 *     struct ranked_cursor cursor;
 *
 *     if (ranked_find(ranked, "opcon", 5, &list)) {
 *         ranked_start(&cursor, ranked, &list);
 *         for (uint32_t b = 0; b < list.blocks && ranked_load(&cursor, b); b++)
 *             for (uint32_t i = 0; i < cursor.count; i++)
 *                 ... cursor.docid[i], ranked_impacts(&cursor)[i] ...
 *     }
 *
 * Here is the file as a whole; ranked_terms.h is about its dictionary,
 * ranked_forms.h about how its terms are written, ranked_list.h about the list
 * of a term, ranked_pairs.h about two of them, ranked_sentences.h about the
 * sentences of an article.
 *
 * Docids: 0 is the newest article of the segment, whose id is the number of
 * articles; see ranked_id().
 */
#ifndef INDEXER_RANKED_H
#define INDEXER_RANKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"
#include "indexer/ranked/ranked_format.h"

struct bitpack;
struct ranked;

/*
 * Map the file.  `bytes` is its size by the manifest.
 *
 * STATUS_ABSENT: no such file.  STATUS_VERSION: of another version; the
 * sentence says what to do.  STATUS_DAMAGED: not a ranked index, or cut.
 */
enum status ranked_open(struct ranked **ranked, const char *path,
                        uint64_t bytes, struct error *err);

/* The same of bytes in memory, which must outlive it: for the fuzzer. */
enum status ranked_open_bytes(struct ranked **ranked, const void *data,
                              size_t size, struct error *err);
void ranked_close(struct ranked *ranked);

/* Unpack in the portable way, for tests; the answers are the same. */
void ranked_use(struct ranked *ranked, const struct bitpack *bitpack);

const struct bitpack *ranked_used(const struct ranked *ranked);

/* Has anything been read that cannot be, or bytes that have changed since they
 * were written? */
bool ranked_damaged(const struct ranked *ranked);

/* Compare all of it with its sums, where reading compares what it reads. */
bool ranked_sound(struct ranked *ranked);
uint32_t ranked_articles(const struct ranked *ranked);
uint64_t ranked_terms(const struct ranked *ranked);

/* The positions of each text field in all articles: by which it is known
 * whether this is the index of a segment. */
const uint64_t *ranked_totals(const struct ranked *ranked);

/* The article's id in SQLite. */
int64_t ranked_id(const struct ranked *ranked, uint32_t docid);

/* RANKED_UNDATED if it has no date. */
int64_t ranked_published(struct ranked *ranked, uint32_t docid);
void ranked_lengths(struct ranked *ranked, uint32_t docid,
                    uint32_t length[FIELD_TEXT_COUNT]);

/* The place behind the second paragraph of the body; UINT32_MAX if it has no
 * third. */
uint32_t ranked_lead(struct ranked *ranked, uint32_t docid);

/*
 * The docids of the articles published from `first` to `last`, both included:
 * [*from, *to).  Undated ones are in no range.
 */
void ranked_range(struct ranked *ranked, int64_t first, int64_t last,
                  uint32_t *from, uint32_t *to);

#endif
