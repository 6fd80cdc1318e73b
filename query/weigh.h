/*
 * query/weigh.h - what the words of a query weigh in an archive.
 *
 * Fills the second half of struct leaf: the terms that a pattern stands for,
 * about how many articles have it, and its weight.  All counts are of the
 * whole archive, so that a hit scores the same in one segment as in twenty.
 */
#ifndef QUERY_WEIGH_H
#define QUERY_WEIGH_H

#include "corpus/error.h"
#include "corpus/list.h"
#include "query/archive.h"
#include "query/leaf.h"

/* A pattern that means more terms than this means its most frequent ones. */
#define EXPANSION_MAX 200

enum status weigh_leaves(struct archive *archive, struct leaves *leaves,
                         struct list *notes, struct error *err);

/*
 * Every term of the vocabulary from `prefix` on that begins with it, each
 * with its articles summed over the segments; ones with capitals are left
 * out.  `visit` returns false to stop.
 */
typedef bool (*term_visit)(void *context, const char *term, size_t size,
                           uint64_t articles);
enum status weigh_terms(struct archive *archive, const char *prefix,
                        term_visit visit, void *context, struct error *err);

#endif
