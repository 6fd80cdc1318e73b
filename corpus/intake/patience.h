/*
 * corpus/intake/patience.h - how much time files are given.
 *
 * Each is given some seconds of CPU time, and another for each MiB of it. Files
 * that fail after a second or more use up the patience of a run.  When that has
 * come to an end, a file is given little, though more than a good one needs as
 * a rule: then many bad files cannot hold up the good ones for long.
 */
#ifndef CORPUS_PATIENCE_H
#define CORPUS_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

struct patience {
    unsigned cpu;  /* seconds for a file, beside those for its size */
    uint64_t left; /* milliseconds */
};

struct allowance {
    unsigned cpu; /* seconds, all in all */
    bool hasty;   /* fewer than the file was to have */
};

/* What a file of so many bytes is given now. */
struct allowance patience_allow(const struct patience *patience, uint64_t size);

/* A file has failed after so many milliseconds of CPU time. */
void patience_spend(struct patience *patience, uint64_t milliseconds);

#endif
