/*
 * query/words/glob.h - does a text fit a pattern of '*' and '?'?
 *
 *     tran*r    transfer, tranquilizer
 *     wom?n     woman, women
 */
#ifndef QUERY_GLOB_H
#define QUERY_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/* '*' is any number of characters, '?' is one.  `text` is valid UTF-8. */
bool glob_fits(const char *pattern, const char *text, size_t size);

#endif
