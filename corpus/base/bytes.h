/*
 * corpus/base/bytes.h - bytes in order: one after the other, and what begins
 * another comes before it.
 */
#ifndef CORPUS_BYTES_H
#define CORPUS_BYTES_H

#include <stddef.h>
#include <string.h>

/* < 0, 0 or > 0, as memcmp(). */
static inline int
bytes_compare(const void *a, size_t a_size, const void *b, size_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);

    return order ? order : (a_size > b_size) - (a_size < b_size);
}

#endif
