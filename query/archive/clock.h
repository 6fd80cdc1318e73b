/*
 * query/archive/clock.h - where the time of a run goes, and when it is up.
 *
 *     start    the program's start, as processor time: loading it
 *     open     settings, slot, archive, sandbox
 *     search   finding the hits, counting them, what may have been meant
 *     read     the texts of the hits that are shown, and their snippets
 *     render   writing the answer
 *
 * The page tells it in a Server-Timing header, which browsers show beside a
 * request; nsearch on its standard error.
 *
 * A deadline is looked at by every loop that can run for more than a few
 * milliseconds.  The clock decides only when to stop, never what is found.
 */
#ifndef QUERY_CLOCK_H
#define QUERY_CLOCK_H

#include <stdbool.h>
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

/* --- deadlines --- */

struct deadline {
    int64_t at; /* of the same clock; 0: none */
    bool late;
    bool paused; /* what is begun is finished, whatever the clock says */
};

/* So many milliseconds from now; 0: no deadline. */
void deadline_set(struct deadline *deadline, unsigned milliseconds);

/* No later than so many milliseconds from now. */
void deadline_advance(struct deadline *deadline, unsigned milliseconds);

/* Is the time up?  Once it is, it stays so.  NULL has all the time. */
bool deadline_look(struct deadline *deadline);

#endif
