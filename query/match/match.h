/*
 * query/match/match.h - does this article answer the query, and where?
 *
 * The index finds candidates; what it cannot decide (sentences, capitals, the
 * first words, how often ...) is decided here, by running the analysis over
 * the article's own text once more and evaluating the tree on it.  The same
 * run finds what to mark.
 *
 * What a tree means, on spans [first word, last word] of one field:
 *
 *     word, phrase     the spans where one of its readings stands
 *     AND              all must match; the spans of all of them
 *     OR               one must match; the spans of all of them
 *     NOT              must not match; no spans
 *     a NEAR/n b       spans from an a to a b that do not overlap and whose
 *                      nearest words are at most n apart (neighbours: 1)
 *     a PRE/n b        ... and a comes first
 *     a w/s b, w/p     ... and both lie in one sentence or paragraph
 *     a NOT NEAR/n b   the spans of a that have no such b
 *     atleastN(x)      the spans of x if N of them begin at different words
 *     field:x          x with all its words in that part of the article
 *     major(x)         x in headline or lead, or atleast3(x)
 *     allcaps(x) ...   x with all its words so written
 *
 * Words outside of any field: stand in headline, byline, captions or body.
 */
#ifndef QUERY_MATCH_H
#define QUERY_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/archive/field.h"
#include "query/match/snippet.h"
#include "query/words/leaf.h"

/* Of an operator of nearness so many pairs are taken in an article; a tree can
 * ask for more than anybody wants to see. */
#define MATCH_PAIRS_MAX 20000

/* What the filters of a tree ask of an article. */
struct match_facts {
    bool dated;
    int64_t day; /* of publication, in its own zone; since 1970-01-01 */
    int64_t words;
};

struct match;

/* `expr` and `leaves` are borrowed until match_free(). */
struct match *match_new(const struct expr *expr, const struct leaves *leaves,
                        struct analyzer *analyzer);
void match_free(struct match *match);

/* When it is up, nothing more is read of a text or compared: what was begun
 * does not match, and marks stand only in what was read.  Borrowed. */
struct deadline;
void match_set_deadline(struct match *match, struct deadline *deadline);

/* Begin an article, then give it its fields.  A text may begin with the mark
 * of another language (analysis.h). */
void match_begin(struct match *match, const struct match_facts *facts);
void match_field(struct match *match, enum field field, const char *text,
                 size_t size);

/* The fields in the order in which they are to be given. */
#define MATCH_FIELDS 11
extern const enum field match_order[MATCH_FIELDS];

/* Does the tree match?  A NULL tree matches everything. */
bool match_decide(struct match *match);

/*
 * What answers the query in `field`, in order; its bytes count from after the
 * mark of a language.  Borrowed until the next article.
 */
const struct mark *match_marks(struct match *match, enum field field,
                               size_t *marks);

/* The number of words of a field. */
uint32_t match_length(const struct match *match, enum field field);

/* The offsets at which the sentences of a field begin. */
const size_t *match_sentences(struct match *match, enum field field,
                              size_t *sentences);

#endif
