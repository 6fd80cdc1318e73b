/*
 * query/cgi_timing.h - where the time of a visit goes, for whoever runs the
 * page: a Server-Timing header, which browsers show beside a request.
 *
 *     start    the program's start, as processor time: loading it
 *     open     settings, slot, archive, sandbox
 *     search   finding the hits and reading what is shown of them
 *     render   making the page of them
 */
#ifndef QUERY_CGI_TIMING_H
#define QUERY_CGI_TIMING_H

#include <stdint.h>

#include "corpus/buf.h"

enum stage {
    STAGE_START,
    STAGE_OPEN,
    STAGE_SEARCH,
    STAGE_RENDER,
    STAGE_COUNT
};

struct cgi_timing {
    int64_t since;              /* nanoseconds of a clock that only rises */
    int64_t spent[STAGE_COUNT]; /* nanoseconds */
};

/* First thing in main(). */
void cgi_timing_begin(struct cgi_timing *timing);

/* All that passed since the last call was this. */
void cgi_timing_end(struct cgi_timing *timing, enum stage stage);

/* Append the header. */
void cgi_timing_print(const struct cgi_timing *timing, struct buf *out);

#endif
