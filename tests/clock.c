/*
 * clock - loaded before a program (LD_PRELOAD), it sets the clock: to
 * CLOCK=SECONDS since 1970, where it stands still.
 */
#include <stdlib.h>
#include <time.h>

/* What the C library's header declares, a test may define. */
time_t
time(time_t *out)
{
    const char *set = getenv("CLOCK");
    time_t now = set ? (time_t)strtoll(set, NULL, 10) : 0;

    if (out)
        *out = now;
    return now;
}
