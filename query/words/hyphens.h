/*
 * query/words/hyphens.h - a phrase whose words are written in two parts
 * elsewhere.
 *
 * What an article writes with a hyphen takes two positions in it, and its
 * joined form stands at the first (indexer/analysis/analysis.h).  So a phrase
 * that was typed without the hyphen is not words side by side there:
 *
 *     typed      "Kim Taegyu said"
 *     article    Kim Tae-gyu said     kim, tae + taegyu, gyu, said
 *
 * Such a phrase gets one more reading, with the two parts instead of the word,
 * that holds only where the joined form stands, too: "not able" is not
 * "notable".
 */
#ifndef QUERY_HYPHENS_H
#define QUERY_HYPHENS_H

#include <stddef.h>

#include "corpus/base/error.h"
#include "query/archive/archive.h"
#include "query/topk/topk.h"
#include "query/words/leaf.h"

/* Add those readings that stand somewhere in the archive. */
enum status hyphens_add_readings(struct archive *archive, struct leaf *leaf,
                                 struct error *err);

/*
 * The terms of a reading as topk.h takes them: these and, after them, the
 * joined forms that stand with some of them.  The texts are the leaf's and the
 * terms'.  Returns how many there are; 0 if there is no room.
 */
size_t hyphens_terms(const struct leaf *leaf, const struct leaf_term *term,
                     size_t terms, struct topk_term *out, size_t room);

#endif
