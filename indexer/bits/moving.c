#include "indexer/bits/moving.h"

#include <stddef.h>

static struct {
    moving_listener *listener;
    void *context;
} moving;

void
moving_listen(moving_listener *listener, void *context)
{
    moving.listener = listener;
    moving.context = context;
}

void
moving_on(const char *phase, uint64_t done, uint64_t total)
{
    if (moving.listener)
        moving.listener(moving.context, phase, done, total);
}
