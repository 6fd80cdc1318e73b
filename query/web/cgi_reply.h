/*
 * query/web/cgi_reply.h - one answer: status, headers, body.
 *
 * Headers are fixed text chosen from tables; not one byte of a request gets
 * into them.  The answer is complete before the first byte is written, so
 * that a failure halfway can still become another answer.
 */
#ifndef QUERY_CGI_REPLY_H
#define QUERY_CGI_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "query/search/timing.h"

enum reply_cache {
    CACHE_NEVER,  /* errors, and what was cut short */
    CACHE_BRIEF,  /* a minute, then ask again with the tag */
    CACHE_FOREVER /* its address changes when it does */
};

struct reply {
    unsigned code;      /* 200, 304, 400, ... */
    const char *type;   /* of the content: a literal */
    const char *suffix; /* of the file to save it as, or NULL: show it */
    enum reply_cache cache;
    bool index;                  /* search engines may keep it */
    bool varies;                 /* with the languages that a visitor reads */
    uint64_t tag;                /* 0: none */
    const struct timing *timing; /* to be told, or NULL */
    struct buf body;
};

#define REPLY_INIT                          \
    ((struct reply){                        \
        .code = 200,                        \
        .type = "text/html; charset=utf-8", \
        .cache = CACHE_NEVER,               \
        .body = BUF_INIT,                   \
    })

void reply_release(struct reply *reply);

/* "Bad Request" of 400: the words that belong to a status code. */
const char *reply_reason(unsigned code);

/* A tag for what these bytes describe; chain calls by passing the last one
 * on, beginning with 0.  Never 0. */
uint64_t reply_tag(uint64_t tag, const void *data, size_t size);

/* Does the value of If-None-Match name this tag? */
bool reply_has_tag(const char *if_none_match, uint64_t tag);

/* Append headers and, unless `head_only`, the body. */
void reply_print(const struct reply *reply, bool head_only, struct buf *out);

#endif
