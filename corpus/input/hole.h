/*
 * corpus/input/hole.h - parts of a file that have never been written.
 *
 * They read as zeros, take no room on the disk, and may be larger than it.  A
 * text has none; a copy or a download that broke off may.  Where the file
 * system does not tell, there are none.
 */
#ifndef CORPUS_HOLE_H
#define CORPUS_HOLE_H

#include <stdbool.h>
#include <stdint.h>

struct hole {
    uint64_t start;
    uint64_t end;
};

/* The first hole of an open file that ends behind `from`; false if there is
 * none.  The place at which the file is read stays. */
bool hole_find(int fd, uint64_t from, struct hole *hole);

/* How many bytes of an open file are no holes; of one with many, about. */
uint64_t hole_data_size(int fd);

#endif
