/*
 * query/words/telling.h - of a long question, the words that tell.
 *
 * A paragraph that was pasted says some words again and again, and many that
 * half of the articles have.  Looking all of them up is as slow as the text is
 * long, and the common ones hardly change what comes first.  So of a list of
 * many words of which any will do,
 *
 *     a word that is said again   weighs as much more, and is looked up once
 *     the rarest                  stay: TELLING_LEAST of them in any case, and
 *                                 up to TELLING_MOST as long as their articles
 *                                 together are no more than twice the
 * archive's, or few
 *
 * Lists of up to TELLING_LEAST words stay as they are, and up to TELLING_MOST a
 * word may stand in one twice: which words it stands beside says something,
 * too (scorer.h).  Asking for the terms of
 * a text with the greatest weights only is how "more like this" is done since
 * there is any.
 */
#ifndef QUERY_TELLING_H
#define QUERY_TELLING_H

#include <stdint.h>

#include "query/language/expr.h"
#include "query/words/leaf.h"

#define TELLING_LEAST 24
#define TELLING_MOST 64

/* Shorten the tree that is searched for, whose leaves have been weighed.  What
 * goes is marked as dropped.  To be done once more on another tree of the
 * same leaves, it may. */
void telling_keep(struct expr *meant, struct leaves *leaves, uint64_t articles);

#endif
