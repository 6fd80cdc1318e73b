/*
 * query/search/timing.h - where the time of a run goes.
 *
 *     start    the program's start, as processor time: loading it
 *     open     settings, slot, archive, sandbox
 *     search   finding the hits, counting them, what may have been meant
 *     read     the texts of the hits that are shown, and their snippets
 *     render   writing the answer
 *
 * The page tells it in a Server-Timing header, which browsers show beside a
 * request; nsearch on its standard error.
 */
#ifndef QUERY_TIMING_H
#define QUERY_TIMING_H

#include <stdint.h>

#include "corpus/base/buf.h"

enum stage {
    STAGE_START,
    STAGE_OPEN,
    STAGE_SEARCH,
    STAGE_READ,
    STAGE_RENDER,
    STAGE_COUNT
};

struct timing {
    int64_t since;              /* nanoseconds of a clock that only rises */
    int64_t spent[STAGE_COUNT]; /* nanoseconds */
};

/* First thing in main(). */
void timing_begin(struct timing *timing);

/* All that passed since the last call was this.  NULL is fine. */
void timing_end(struct timing *timing, enum stage stage);

/* Append the header. */
void timing_print_header(const struct timing *timing, struct buf *out);

/* Append a line for each stage: "    1.234 ms search". */
void timing_print_lines(const struct timing *timing, const char *before,
                        struct buf *out);

#endif
