#include "query/search/timing.h"

#include <time.h>

#include "query/archive/deadline.h"

static const char *const names[STAGE_COUNT] = {"start", "open", "search",
                                               "read", "render"};

void
timing_begin(struct timing *timing)
{
    *timing = (struct timing){.since = deadline_clock()};
    timing->spent[STAGE_START] = (int64_t)clock() * 1000000000 / CLOCKS_PER_SEC;
}

void
timing_end(struct timing *timing, enum stage stage)
{
    int64_t now;

    if (!timing)
        return;
    now = deadline_clock();
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
