#include "query/archive/deadline.h"

#include <time.h>

int64_t
deadline_clock(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
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
    int64_t at = deadline_clock() + (int64_t)milliseconds * 1000000;

    if (!deadline->at || at < deadline->at)
        deadline->at = at;
}

bool
deadline_look(struct deadline *deadline)
{
    if (!deadline || !deadline->at || deadline->paused)
        return false;
    deadline->late = deadline->late || deadline_clock() >= deadline->at;
    return deadline->late;
}

struct deadline
deadline_share(struct deadline *deadline, unsigned parts)
{
    const struct deadline whole = *deadline;
    int64_t now = deadline->at ? deadline_clock() : 0;

    if (now < deadline->at)
        deadline->at = now + (deadline->at - now) / parts;
    return whole;
}

bool
deadline_resume(struct deadline *deadline, const struct deadline *whole)
{
    bool late = deadline->late;

    *deadline = *whole;
    return late;
}
