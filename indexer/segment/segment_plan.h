/*
 * indexer/segment/segment_plan.h - what a segment that is to be written needs
 * to know beforehand.
 */
#ifndef INDEXER_SEGMENT_PLAN_H
#define INDEXER_SEGMENT_PLAN_H

#include <stddef.h>
#include <stdint.h>

struct segment_plan {
    const char *dir;       /* the archive */
    const char *language;  /* its default */
    uint64_t number;       /* of the segment */
    size_t memory;         /* bytes to collect postings in */
    struct packer *packer; /* that packed the rows; NULL: one of its own */
};

#endif
