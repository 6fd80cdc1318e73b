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
#include "query/web/words.h"

/* What we take from the environment; NULL if it is not there. */
struct environment {
    const char *gateway;
    const char *method;
    const char *query;
    const char *path_info;
    const char *length; /* of what the visitor sent */
    const char *if_none_match;
    const char *languages; /* that the visitor reads */
    const char *settings;
    const char *archive;
};

struct visit {
    struct environment environment;
    struct cgi_config config;
    struct cgi_request request;
    struct reply reply;
    int64_t now;
    int64_t today; /* now, as the clock of the settings' time zone shows it */
    const struct words *words; /* the language; NULL: English */
    /* Allow itself the time that all hits at once take; NULL: it needs none. */
    void (*take_time)(const struct cgi_config *config);
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

/* Make the reply a page that says that it did not work, or why it cannot: a
 * `sentence` in English holds no path, no SQL and nothing that was sent. */
void visit_fail(struct visit *visit, unsigned code, enum word word);
void visit_refuse(struct visit *visit, unsigned code, const char *sentence);

#endif
