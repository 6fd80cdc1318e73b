/*
 * query/words/weigh.h - what the words of a query weigh in an archive.
 *
 * Fills the second half of struct leaf: the terms that a pattern stands for,
 * about how many articles have it, and its weight.  All counts are of the
 * whole archive, so that a hit scores the same in one segment as in twenty.
 */
#ifndef QUERY_WEIGH_H
#define QUERY_WEIGH_H

#include <stdbool.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/archive/archive.h"
#include "query/words/leaf.h"

/* With `compounds` a word stands for those that it is a part of, too
 * (compounds.h); what it weighs does not depend on that. */
enum status weigh_leaves(struct archive *archive, struct leaves *leaves,
                         bool compounds, struct list *notes, struct error *err);

#endif
