#include "query/cgi_timing.h"

#include <time.h>

static int64_t
read_clock(clockid_t clock)
{
    struct timespec now = {0};

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void
cgi_timing_begin(struct cgi_timing *timing)
{
    *timing = (struct cgi_timing){.since = read_clock(CLOCK_MONOTONIC)};
    timing->spent[STAGE_START] = read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void
cgi_timing_end(struct cgi_timing *timing, enum stage stage)
{
    int64_t now = read_clock(CLOCK_MONOTONIC);

    timing->spent[stage] += now - timing->since;
    timing->since = now;
}

void
cgi_timing_print(const struct cgi_timing *timing, struct buf *out)
{
    static const char *const names[STAGE_COUNT] = {"start", "open", "search",
                                                   "render"};

    for (int i = 0; i < STAGE_COUNT; i++)
        buf_printf(out, "%s%s;dur=%.2f", i ? ", " : "Server-Timing: ", names[i],
                   (double)timing->spent[i] / 1e6);
    buf_add_text(out, "\r\n");
}
