/*
 * query/search/collect.h - run a plan over all segments and keep the best.
 */
#ifndef QUERY_COLLECT_H
#define QUERY_COLLECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "query/archive/archive.h"
#include "query/match/match.h"
#include "query/match/plan.h"
#include "query/match/scorer.h"
#include "query/search/request.h"

/* An article that matches. */
struct found {
    size_t segment;
    int64_t id;
    uint64_t score; /* all of it */
    uint64_t near;  /* the part that is nearness */
    uint64_t like;  /* the part that is likeness to the first hits */
    int64_t words;
    bool dated;
    int64_t published;
    char *key; /* for ties */
};

struct collection {
    struct found *item; /* `count`, in the order asked for */
    size_t count;
    uint64_t total;
    bool more; /* than `total`: enough have been counted */
    bool cut_short;

    /* All of them, if `every`: the ids in each segment, rising or
     * falling. */
    bool every;
    uint32_t **id;
    size_t *ids;
    size_t *id_room;
    size_t segments;
};

struct collect_request {
    const struct plan *plan;
    const struct leaves *leaves;
    const struct expr *expr; /* what the plan was made of */
    enum search_sort sort;
    bool recent;
    int64_t now;
    size_t keep;     /* how many of the best; 0: only count */
    uint64_t enough; /* matches to count; 0: all */
    bool exhaustive; /* ask FTS5, whatever the ranked index could answer */
    const char *const *only; /* of search_request */
};

/* `scorer` has one for each segment, registered.  If archive->deadline passes,
 * what was found by then is cut short. */
enum status collect(struct archive *archive, struct scorer *scorer,
                    const struct collect_request *request,
                    struct collection *out, struct error *err);

/* Make room for the ids of all matches, and add one. */
void collection_begin(struct collection *out, size_t segments);
void collection_remember(struct collection *out, size_t segment, int64_t id);
void collection_release(struct collection *collection);

/* Date, key and length of a found article, by its id. */
enum status collect_found(struct archive_segment *segment, struct found *found,
                          struct error *err);

/* Put the best of all segments in order, with what nearness and age do. */
void collect_sort(const struct collect_request *request,
                  struct collection *out);

/* Put the first of them in order by their scores once more. */
void collect_order(struct collection *out, size_t count);

/* Give the texts of an article to a match; the row stays current in
 * segment->texts until it is reset. */
enum status collect_texts(struct archive_segment *segment, int64_t id,
                          struct match *match, const struct match_facts *facts,
                          struct error *err);

/* The same of the fields that are not in the ranked index, and no others. */
enum status collect_aside(struct archive_segment *segment, int64_t id,
                          struct match *match, struct error *err);

/* The row is not needed any more. */
void collect_texts_done(struct archive_segment *segment);

/* Does an article have these values, whole?  NULL in their place is any. */
enum status collect_only(struct archive_segment *segment, int64_t id,
                         const char *const *only, bool *has, struct error *err);

/* Is there one that is not NULL? */
bool collect_is_narrowed(const char *const *only);

/* Date and length of an article; the same of what was read already: `local`
 * is the time of publication by the clock of its own zone. */
void collect_set_facts(struct match_facts *facts, bool dated, int64_t local,
                       int64_t words);
enum status collect_facts(struct archive_segment *segment, int64_t id,
                          struct match_facts *facts, struct error *err);

#endif
