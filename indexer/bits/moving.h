/*
 * indexer/bits/moving.h - how far long work is, for whoever wants to show it.
 *
 * Merging and indexing say what they are at; without a listener that costs a
 * comparison.  There is one listener for the process, as there is one terminal:
 * handing it through every call between the program and a loop would put it
 * into a dozen interfaces for the sake of a line.
 */
#ifndef INDEXER_MOVING_H
#define INDEXER_MOVING_H

#include <stdint.h>

/* `phase` says what is done, in one word; `done` of `total` articles are.
 * Called from any thread, and often.  `total` is 0 if nobody knows it, and then
 * `done` counts something else. */
typedef void moving_listener(void *context, const char *phase, uint64_t done,
                             uint64_t total);

/* Before there are threads.  NULL: nobody listens any more. */
void moving_listen(moving_listener *listener, void *context);

void moving_on(const char *phase, uint64_t done, uint64_t total);

#endif
