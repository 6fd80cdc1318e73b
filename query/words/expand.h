/*
 * query/words/expand.h - the terms that a pattern or a fuzzy word stands for.
 *
 * The index has stems; what people wrote is in the vocabulary.  A pattern
 * stands for the terms that fit it and for those of the words that do.  A
 * fuzzy word stands for the words that are near it, each in all its forms as
 * if it had been typed; from then on it has a reading for each.
 */
#ifndef QUERY_EXPAND_H
#define QUERY_EXPAND_H

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/archive/archive.h"
#include "query/words/leaf.h"

/* A pattern that means more terms than this means its most frequent ones. */
#define EXPANSION_MAX 200

/* Fill the expansion and the number of articles of a leaf. */
enum status expand_pattern(struct archive *archive, struct leaf *leaf,
                           struct list *notes, struct error *err);

/* Give a fuzzy word its readings. */
enum status expand_fuzzy(struct archive *archive, struct leaf *leaf,
                         struct list *notes, struct error *err);

#endif
