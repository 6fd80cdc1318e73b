/*
 * query/search/question.h - a query on its way through the archive: what was
 * typed, what its words are here, what is searched for, and how.
 */
#ifndef QUERY_QUESTION_H
#define QUERY_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/archive/archive.h"
#include "query/language/expr.h"
#include "query/language/prose.h"
#include "query/match/plan.h"
#include "query/search/request.h"
#include "query/words/leaf.h"
#include "query/words/meaning.h"

struct question {
    struct expr *typed;
    struct expr *meant; /* meaning.h */
    struct leaves leaves;
    struct plan plan;
    bool loose;
    size_t enough;    /* articles, to go on asking for all words */
    int64_t from_day; /* of search_request */
    int64_t to_day;
    uint64_t articles;        /* of the archive */
    struct query_signs signs; /* how what was typed was read */
};

enum status question_read(struct question *question, struct archive *archive,
                          const struct search_request *request,
                          struct list *notes, struct error *err);

/* The same as prose, whatever it looks like; what it was is released. */
enum status question_read_prose(struct question *question,
                                struct archive *archive,
                                const struct search_request *request,
                                struct list *notes, struct error *err);

/* Is it some words and nothing else, or prose? */
bool question_is_words(const struct question *question);

/* The same as the least that the words of a text say: words that are written
 * as one are several, and any of them will do, however small. */
enum status question_read_least(struct question *question,
                                struct archive *archive,
                                const struct search_request *request,
                                struct list *notes, struct error *err);
void question_release(struct question *question);

/* What is meant, asking for all of the words or for less. */
void question_mean(struct question *question, enum meaning_hold hold);

#endif
