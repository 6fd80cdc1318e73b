/*
 * query/evaluate/evaluate_parts.h - what the files of evaluate.h share.
 *
 *     evaluate.c          one segment after the other: which articles, scores
 *     evaluate_lists.c    the lists of the terms of a leaf, and how they are
 *                         written
 *     evaluate_column.c   in which articles the leaves of other fields may be
 *     evaluate_leaf.c     in which articles a leaf is, and where
 *     evaluate_bound.c    what articles can score at most
 *     evaluate_article.c  fields, lead and sentences of the present article
 *     evaluate_tree.c     the tree on these places
 */
#ifndef QUERY_EVALUATE_PARTS_H
#define QUERY_EVALUATE_PARTS_H

#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_sentences.h"
#include "query/evaluate/evaluate.h"
#include "query/language/zone.h"
#include "query/topk/topk_parts.h"

#define NO_ARTICLE UINT32_MAX

/* Words [first, last], by their places. */
struct extent {
    uint32_t first;
    uint32_t last;
};

struct extents {
    struct extent *item; /* sorted by first, then last; each once */
    size_t count;
    size_t room;
};

/* The words that a part of the tree may use. */
struct scope {
    unsigned fields;     /* bits 1u << FIELD_... */
    uint32_t body_limit; /* places of the body below this one; UINT32_MAX */
    unsigned letters;    /* bits 1u << LETTERS_... */
};

/* What is known of a form: how it is written, and whether it is one that the
 * query means. */
enum {
    FORM_LETTERS = 3, /* enum ranked_letters */
    FORM_FITS = 4
};

/* The list of a term, and where it is. */
struct term_list {
    struct ranked_cursor *cursor; /* NULL until it is needed */
    struct ranked_list list;
    bool shares;      /* the cursor of all that are short */
    uint32_t block;   /* no earlier one is of interest */
    uint32_t docid;   /* that was come to, the first that is not before ... */
    uint32_t asked;   /* ... this one */
    uint32_t at;      /* its posting in that block */
    uint32_t impact;  /* of it, if it was come to through a window */
    uint32_t decoded; /* docid of `places` */
    struct ranked_places places;
    const struct leaf_term *test; /* what of it is meant */
    uint8_t *form;                /* of each form; NULL: all fit, and letters
                                     are not asked for */
    bool some;                    /* not all forms fit */
    bool first;                   /* the commonest form fits */
};

/* Where the lists of a leaf of very many terms have the articles of a
 * window. */
struct window;

/* Articles that have a leaf of other fields. */
struct column_list {
    uint32_t *docid; /* `count` of them, rising */
    size_t count;
    size_t at;  /* no earlier one is of interest */
    bool known; /* or it may be true of any */
};

struct evaluated_leaf {
    const struct leaf *leaf;
    struct column_list *column; /* of one that is not in the ranked index; NULL:
                                   it may be in any article */
    struct term_list *list; /* of its terms; of a pattern, of all that fit */
    size_t lists;
    struct window *window; /* NULL unless there are many, each a reading */
    unsigned fields;       /* in which it scores; 0: it does not */
    bool many;             /* any of the lists is a reading */
    uint32_t docid; /* that was come to, the first that is not before ... */
    uint32_t asked; /* ... this one */
};

struct evaluator {
    const struct evaluation *evaluation;
    struct run run; /* segment, heap, what is dead */
    struct evaluated_leaf *leaf;
    struct column_list *column;   /* of each of the evaluation's */
    bool lettered;                /* there are capitals to be looked at */
    struct ranked_cursor *shared; /* of short lists among many, and whose it */
    const struct term_list *sharing; /* is at the moment */

    /* the present article */
    uint32_t docid;
    bool measured; /* these are filled in */
    uint32_t length[FIELD_TEXT_COUNT];
    uint64_t end[FIELD_TEXT_COUNT]; /* the place behind each field */
    bool cut;                       /* into sentences */
    struct ranked_sentences sentences;
    bool told; /* its facts */
    struct match_facts facts;

    bool weighed; /* what the present article scores at most is known: */
    uint64_t most;

    uint64_t counted; /* matches of the segments before */
    uint64_t bound;   /* what no article of [bound_from, bound_until] exceeds */
    uint32_t bound_from;
    uint32_t bound_until;
    bool skipped; /* articles were passed over that may match */

    size_t steps;         /* of pairing, in all articles */
    struct extents *room; /* to work in; `used` of them are in use */
    size_t rooms;
    size_t used;
    struct ranked_places gathered;
};

/* --- evaluate_lists.c --- */

/* Find the lists of all leaves in the segment of `run`. */
void evaluator_open(struct evaluator *ev);
void evaluator_close(struct evaluator *ev);

/* The first docid of a list that is not before another; NO_ARTICLE if there is
 * none.  What is asked for rises. */
uint32_t term_next(struct evaluator *ev, struct term_list *list,
                   uint32_t docid);

/* Has it the article? */
static inline bool
term_has(struct evaluator *ev, struct term_list *list, uint32_t docid)
{
    return term_next(ev, list, docid) == docid;
}

/* Have the block loaded that the list stands in; false if it is damaged. */
bool term_load(struct evaluator *ev, struct term_list *list);

/* Places, with forms if there are any to be looked at, in the article that the
 * list stands on. */
const struct ranked_places *term_places(struct evaluator *ev,
                                        struct term_list *list);

/* The lists of a window that have an article, one after the other: NULL behind
 * the last.  They stand on it, and nothing has been loaded for that. */
struct term_list *window_first(struct evaluator *ev,
                               struct evaluated_leaf *leaf, uint32_t docid,
                               uint32_t *next);
struct term_list *window_next(struct evaluated_leaf *leaf, uint32_t docid,
                              uint32_t *next);
uint32_t window_seek(struct evaluator *ev, struct evaluated_leaf *leaf,
                     uint32_t docid);
struct window *window_new(const struct evaluated_leaf *leaf);
void window_free(struct window *window);

/* --- evaluate_column.c --- */

/* The column that a leaf is in; evaluation->columns if it is in none. */
size_t column_of_leaf(const struct evaluation *evaluation, size_t leaf);

/* Ask for the lists of the segment of `run`. */
void evaluator_list_columns(struct evaluator *ev);
void evaluator_forget_columns(struct evaluator *ev);

/* The first docid of a list that is not before another. */
uint32_t column_next(struct column_list *list, uint32_t docid);

/* Is a zone of other fields true of the present article? */
bool column_holds(struct evaluator *ev, const struct expr *zone);

/* --- evaluate_leaf.c --- */

/* The first article, not before `docid`, that may have the leaf. */
uint32_t leaf_next(struct evaluator *ev, struct evaluated_leaf *leaf,
                   uint32_t docid);

/* Has the present article all terms of a reading? */
bool leaf_may_stand(struct evaluator *ev, struct evaluated_leaf *leaf);

/* Where it stands in a scope; `out` may be NULL if only whether it does
 * matters. */
bool leaf_stands(struct evaluator *ev, struct evaluated_leaf *leaf,
                 const struct scope *scope, struct extents *out);

/* Where the leaf begins, as it scores: whatever the forms, in the fields of the
 * plan.  Good until the next call. */
const struct ranked_places *leaf_scoring(struct evaluator *ev,
                                         struct evaluated_leaf *leaf);

/* Its impact in the present article, and what it is at most, which costs
 * less. */
uint32_t leaf_impact(struct evaluator *ev, struct evaluated_leaf *leaf);
uint32_t leaf_impact_most(struct evaluator *ev, struct evaluated_leaf *leaf);

/* --- evaluate_bound.c --- */

/* What no article of docids [docid, *until] exceeds. */
uint64_t evaluator_bound(const struct evaluator *ev, uint32_t docid,
                         uint32_t *until);

/* --- evaluate_article.c --- */

void article_begin(struct evaluator *ev, uint32_t docid);

/* Its lengths, into `length` and `end`. */
void article_measure(struct evaluator *ev);

/* The field of a place; FIELD_TEXT_COUNT if it is in none. */
enum field article_field(struct evaluator *ev, uint32_t place);

/* The places of the sentence, or paragraph, of a place: [*first, *end). */
void article_unit(struct evaluator *ev, uint32_t place, bool sentence,
                  uint32_t *first, uint64_t *end);

/* Date and length, from elsewhere. */
const struct match_facts *article_facts(struct evaluator *ev);

/* --- evaluate_tree.c --- */

/* Is it of a field that is not in the ranked index? */
static inline bool
is_aside(const struct expr *expr)
{
    return expr->kind == EXPR_ZONE &&
           zone_fields(expr->zone) >> FIELD_TEXT_COUNT != 0;
}

/* Does the tree match the present article? */
bool tree_matches(struct evaluator *ev);

void extents_add(struct extents *list, uint32_t first, uint32_t last);
void extents_sort(struct extents *list);

#endif
