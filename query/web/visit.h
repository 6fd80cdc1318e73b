/*
 * query/web/visit.h - one visit: a request of a browser, and what it gets.
 *
 * nsearch_cgi.c brings a visit about, answers it here, and writes the reply.
 * A new page is one row in the table of visit.c.
 */
#ifndef QUERY_VISIT_H
#define QUERY_VISIT_H

#include <stdint.h>

#include "corpus/base/error.h"
#include "query/search/search.h"
#include "query/search/timing.h"
#include "query/web/cgi.h"
#include "query/web/cgi_config.h"
#include "query/web/cgi_reply.h"

/* What we take from the environment; NULL if it is not there. */
struct environment {
    const char *gateway;
    const char *method;
    const char *query;
    const char *path_info;
    const char *length; /* of what the visitor sent */
    const char *if_none_match;
    const char *settings;
    const char *archive;
};

struct visit {
    struct environment environment;
    struct cgi_config config;
    struct cgi_request request;
    struct reply reply;
    int64_t now;
    struct search *search; /* NULL: the archive could not be opened, and */
    enum status closed;    /* this is why */
    struct timing timing;
    uint64_t archive_tag; /* of the generation that is answered from; 0: none */
};

/*
 * Fill visit->reply.  Returns the sentence for the log in `err` and its
 * status if the archive failed us; the visitor is answered all the same.
 */
enum status visit_answer(struct visit *visit, struct error *err);

/* Make the reply a page that says that it did not work.  `sentence` holds no
 * path, no SQL and nothing that was sent. */
void visit_fail(struct visit *visit, unsigned code, const char *sentence);

#endif
