/*
 * corpus/command/choices.h - names to choose from, for help and completions.
 *
 * Whoever has a table of names adds them here for those who know only that
 * there is something to choose.
 */
#ifndef CORPUS_CHOICES_H
#define CORPUS_CHOICES_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"

/* The strings are borrowed: they are from tables, which stay. */
struct choice {
    const char *name;
    const char *about; /* a line on what it means, or "" */

    /* Of a field of queries whose values the archive has: the name by which
     * the program lists them, and whether the field is one of the other
     * spellings, which are understood and not offered. */
    const char *values; /* or NULL */
    bool other;
};

struct choices {
    struct choice *item;
    size_t count;
    size_t room;
};

#define CHOICES_INIT ((struct choices){0})

void choices_release(struct choices *choices);

void choices_add(struct choices *choices, const char *name, const char *about);
void choices_add_field(struct choices *choices, const struct choice *field);

/* Append the names, with `between` between them and `last` before the last:
 * "rank, date or words". */
void choices_print(const struct choices *choices, const char *between,
                   const char *last, struct buf *out);

/* The number of a name; `count` if there is none of that name. */
size_t choices_find(const struct choices *choices, const char *name);

#endif
