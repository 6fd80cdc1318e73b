/*
 * query/archive/deadline.h - when the time of a search is up.
 *
 * A deadline is looked at by every loop that can run for more than a few
 * milliseconds.  The clock decides only when to stop, never what is found.
 */
#ifndef QUERY_DEADLINE_H
#define QUERY_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

struct deadline {
    int64_t at; /* of deadline_clock(); 0: none */
    bool late;
    bool paused; /* what is begun is finished, whatever the clock says */
};

/* Nanoseconds of a clock that only rises. */
int64_t deadline_clock(void);

/* So many milliseconds from now; 0: no deadline. */
void deadline_set(struct deadline *deadline, unsigned milliseconds);

/* No later than so many milliseconds from now. */
void deadline_advance(struct deadline *deadline, unsigned milliseconds);

/* Is the time up?  Once it is, it stays so.  NULL has all the time. */
bool deadline_look(struct deadline *deadline);

/*
 * A step that others follow gets one of so many parts of the time that is left.
 *
 *     const struct deadline whole = deadline_share(deadline, 4);
 *
 *     ... looks at `deadline` as ever ...
 *     if (deadline_resume(deadline, &whole))
 *         ... the step was not finished ...
 */
struct deadline deadline_share(struct deadline *deadline, unsigned parts);
bool deadline_resume(struct deadline *deadline, const struct deadline *whole);

#endif
