/*
 * query/copies/changes.h - what one text says otherwise than another, word by
 * word.
 *
 *     The board met on Monday and raised fees by 12 percent.
 *     The board met on Friday and raised fees by 13 percent, it said.
 *
 *     same     The board met on
 *     out      Monday
 *     in       Friday
 *     same      and raised fees by
 *     ...
 *
 * Words are paired as story.h does; of those that are only nearly the same one
 * goes out and the other in.
 */
#ifndef QUERY_CHANGES_H
#define QUERY_CHANGES_H

#include "query/copies/story.h"

enum change {
    CHANGE_NONE, /* both have it */
    CHANGE_OUT,  /* only the first has it */
    CHANGE_IN    /* only the other has it */
};

/* A piece of a text, never empty; it begins and ends between characters. */
typedef void (*changes_see)(void *context, enum change change, const char *text,
                            size_t size);

/*
 * All pieces in order: those that are not CHANGE_IN are the first text, as far
 * as it was looked at, and those that are not CHANGE_OUT the other.
 */
void changes_between(const struct story *one, const struct story *other,
                     changes_see see, void *context);

/* Are they too long to have been looked at to their ends? */
bool changes_are_cut(const struct story *one, const struct story *other);

#endif
