#include "query/archive/clock.h"

#include <stddef.h>
#include <time.h>

static const char *const names[STAGE_COUNT] = {"start", "open", "search",
                                               "read", "render"};

static int64_t
read_clock(clockid_t clock)
{
    struct timespec now = {0};

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void
timing_begin(struct timing *timing)
{
    *timing = (struct timing){.since = read_clock(CLOCK_MONOTONIC)};
    timing->spent[STAGE_START] = read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void
timing_end(struct timing *timing, enum stage stage)
{
    int64_t now;

    if (!timing)
        return;
    now = read_clock(CLOCK_MONOTONIC);
    timing->spent[stage] += now - timing->since;
    timing->since = now;
}

void
timing_print_header(const struct timing *timing, struct buf *out)
{
    for (int i = 0; i < STAGE_COUNT; i++)
        buf_printf(out, "%s%s;dur=%.2f", i ? ", " : "Server-Timing: ", names[i],
                   (double)timing->spent[i] / 1e6);
    buf_add_text(out, "\r\n");
}

void
timing_print_lines(const struct timing *timing, const char *before,
                   struct buf *out)
{
    for (int i = 0; i < STAGE_COUNT; i++)
        buf_printf(out, "%s%8.3f ms %s\n", before,
                   (double)timing->spent[i] / 1e6, names[i]);
}

void
deadline_set(struct deadline *deadline, unsigned milliseconds)
{
    *deadline = (struct deadline){0};
    if (milliseconds)
        deadline_advance(deadline, milliseconds);
}

void
deadline_advance(struct deadline *deadline, unsigned milliseconds)
{
    int64_t at = read_clock(CLOCK_MONOTONIC) + (int64_t)milliseconds * 1000000;

    if (!deadline->at || at < deadline->at)
        deadline->at = at;
}

bool
deadline_look(struct deadline *deadline)
{
    if (!deadline || !deadline->at || deadline->paused)
        return false;
    deadline->late =
        deadline->late || read_clock(CLOCK_MONOTONIC) >= deadline->at;
    return deadline->late;
}
