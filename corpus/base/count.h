/*
 * corpus/base/count.h - how many entries a table has.
 *
 *     static const char *const names[] = {"one", "two"};
 *
 *     for (size_t i = 0; i < COUNT(names); i++)
 *
 * Of tables only: a pointer has no entries to count, and is a warning.
 */
#ifndef CORPUS_COUNT_H
#define CORPUS_COUNT_H

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#endif
