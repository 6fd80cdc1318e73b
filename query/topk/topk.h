/*
 * query/topk/topk.h - the best articles for words and phrases, from the ranked
 * indexes of all segments, without looking at every match.
 *
 *     opcon transfer           units  opcon, transfer; any of them
 *     opcon AND "war time"     units  opcon, "war time"; all of them
 *     ... NOT drill            a third unit, banned
 *
 * The score of an article is the sum over the units that it has of weight *
 * impact (indexer/ranked/bm25f.h), a phrase's impact being worked out from its
 * places.  The answer is exactly the one that scoring every match would give,
 * ties included: newer first, then by key.
 */
#ifndef QUERY_TOPK_H
#define QUERY_TOPK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/archive/field.h"
#include "indexer/archive/manifest.h"
#include "query/archive/deadline.h"

struct topk_term {
    const char *text;
    size_t size;
    size_t with; /* 0, or a number: it does not stand after the term before
                    it but at the position of term with - 1 of the unit */
};

/* A word, or a phrase: terms that stand one after the other. */
struct topk_unit {
    const struct topk_term *term;
    size_t terms;
    uint32_t weight; /* 1 ... BM25F_WEIGHT_MAX */
    bool banned;     /* NOT: who has it is out */

    /* 0, or the number of the language that alone has these terms: no article
     * has readings of two languages. */
    size_t language;

    /* A reading that will do as well, and how often it stands counts, too;
     * NULL: there is none.  Weight and ban are the first one's. */
    const struct topk_unit *other;
};

enum topk_sort {
    TOPK_BEST,
    TOPK_NEWEST /* scores are 0 */
};

/* A match; each is told once, by segment. */
typedef void (*topk_meet)(void *context, size_t segment, int64_t id);

struct topk_query {
    const struct topk_unit *unit;
    size_t units;
    bool all; /* every unit that is not banned must be there */
    enum topk_sort sort;
    int64_t first; /* published from .. to, UTC seconds, both included; */
    int64_t last;  /* INT64_MIN .. INT64_MAX: undated ones, too */
    size_t limit;
    bool count;      /* count every match, though not score it */
    topk_meet meet;  /* told of all that is counted; may be NULL */
    void *meeting;   /* its context */
    bool exhaustive; /* score every match: the slow and simple way */
};

#define TOPK_QUERY_INIT \
    ((struct topk_query){.first = INT64_MIN, .last = INT64_MAX, .limit = 10})

struct topk_hit {
    uint32_t score;
    uint32_t segment; /* as in the array of segments */
    uint32_t docid;
    int64_t published; /* RANKED_UNDATED: undated */
};

struct topk_result {
    struct topk_hit *hit; /* `hits`, best first */
    size_t hits;
    uint64_t count; /* of matches; if not `exact`, no fewer than that */
    bool exact;
    bool late; /* the time was up: of some of the articles only */
};

#define TOPK_RESULT_INIT ((struct topk_result){0})

/* A segment's ranked index, which of its articles are dead (NULL: none), and
 * which are asked for at all. */
struct topk_segment {
    struct ranked *ranked;
    const struct manifest_segment *entry;
    bool bounded;  /* the rest means something: */
    int64_t first; /* ids, both included; */
    int64_t last;
    int64_t sure_first; /* what is outside of these is put to `accept` */
    int64_t sure_last;
};

typedef bool (*topk_accept)(void *context, size_t segment, int64_t id);

/*
 * Where two articles of different segments have the same score and date:
 * < 0 if the key of `a` comes before that of `b`.
 */
typedef int (*topk_compare_keys)(void *context, const struct topk_hit *a,
                                 const struct topk_hit *b);

struct topk_archive {
    const struct topk_segment *segment;
    size_t segments;
    topk_compare_keys compare_keys; /* may be NULL: by segment */
    topk_accept accept;             /* NULL: all are accepted */
    void *context;                  /* of both */
    struct deadline *deadline;      /* may be NULL: all the time it takes */
};

/* Whether topk_run() can answer this at all; if not, FTS5 must. */
bool topk_can(const struct topk_query *query);

/*
 * Answer a query that topk_can() takes.  False if a ranked index turned out
 * to be damaged; the result is then not to be trusted.
 */
bool topk_run(const struct topk_archive *archive,
              const struct topk_query *query, struct topk_result *result);
void topk_result_release(struct topk_result *result);

/*
 * Where the units that are not banned stand in some hits: a word's positions,
 * a phrase's beginnings.  Hits of one segment come one after the other, in
 * their order; all that is seen of one comes together.  When the time is up,
 * the rest of the hits is not looked at.
 */
typedef void (*topk_see)(void *context, size_t hit, size_t unit,
                         enum field field, uint32_t position);
bool topk_look(const struct topk_archive *archive,
               const struct topk_query *query, const struct topk_hit *hit,
               size_t hits, topk_see see, void *context);

#endif
