/*
 * query/search/columns.h - parts of a query about fields that the ranked index
 * lacks: which articles FTS5 names for them.
 *
 *     oil source:"North Wire" section:(world OR trade)
 *         source:"North Wire"          the articles of that phrase
 *         section:(world OR trade)     ... and of these words
 *
 * They are asked for once a segment, so that no row of an article has to be
 * read to tell what its source is.
 */
#ifndef QUERY_COLUMNS_H
#define QUERY_COLUMNS_H

#include "query/archive/archive.h"
#include "query/evaluate/evaluate.h"
#include "query/match/plan.h"

struct columns {
    struct evaluate_column *column; /* `count` of them */
    struct plan *plan;              /* for each, what FTS5 is asked */
    size_t count;
    size_t room;
    size_t plan_room;
};

/* All leaves of such fields in a tree, which must outlive them. */
void columns_make(struct columns *columns, const struct expr *expr,
                  const struct leaves *leaves);
void columns_release(struct columns *columns);

/* The articles of a segment that FTS5 names, by their docids (ranked.h). */
enum status columns_list(struct archive_segment *segment,
                         const struct plan *plan, uint32_t **docid,
                         size_t *count, struct error *err);

#endif
