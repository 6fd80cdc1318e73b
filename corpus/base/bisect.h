/*
 * corpus/base/bisect.h - halving what is in order.
 *
 * Those that are before what is looked for come first; where do they end?
 *
 *     struct bisect half = bisect_between(0, count);
 *
 *     while (bisect_next(&half))
 *         bisect_go(&half, item[half.middle] < wanted);
 *     ... half.low is the first that is not before it, `count` if all are ...
 *
 * The caller compares, in a line of its own and without a call.  What is there
 * or not, in an array, bsearch(3) finds as well.
 */
#ifndef CORPUS_BISECT_H
#define CORPUS_BISECT_H

#include <stdbool.h>
#include <stdint.h>

struct bisect {
    uint64_t low;    /* all below it are before */
    uint64_t high;   /* neither it nor any above it is */
    uint64_t middle; /* the one to be compared */
};

/* One of [low, high], for which `low` need not be less. */
static inline struct bisect
bisect_between(uint64_t low, uint64_t high)
{
    return (struct bisect){.low = low, .high = high};
}

/* Choose the next to be compared; false if the place is found. */
static inline bool
bisect_next(struct bisect *half)
{
    if (half->low >= half->high)
        return false;
    half->middle = half->low + (half->high - half->low) / 2;
    return true;
}

/* That one is before what is looked for, or not. */
static inline void
bisect_go(struct bisect *half, bool before)
{
    if (before)
        half->low = half->middle + 1;
    else
        half->high = half->middle;
}

#endif
