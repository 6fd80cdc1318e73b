/*
 * query/question.h - a query on its way through the archive: what was typed,
 * what its words are here, what is searched for, and how.
 */
#ifndef QUERY_QUESTION_H
#define QUERY_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/error.h"
#include "corpus/list.h"
#include "query/archive.h"
#include "query/expr.h"
#include "query/leaf.h"
#include "query/plan.h"
#include "query/search.h"

struct question {
    struct expr *typed;
    struct expr *meant; /* meaning.h */
    struct leaves leaves;
    struct plan plan;
    bool loose;
    size_t enough; /* articles, to go on asking for all words */
};

enum status question_read(struct question *question, struct archive *archive,
                          const struct search_request *request,
                          struct list *notes, struct error *err);
void question_release(struct question *question);

/* What is meant; with `loosen` no list asks for all of its words. */
void question_mean(struct question *question, bool loosen);

#endif
