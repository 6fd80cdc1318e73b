/*
 * query/render/names.h - the names of authors, as citations want them.
 *
 *     Vincent van Gogh        -> van Gogh, Vincent
 *     Martin Luther King Jr.  -> King, Martin Luther, Jr.
 *     Kim Tae-gyu             -> Kim, Tae-gyu
 *     Reuters Staff           -> Reuters Staff
 *
 * The family name comes last, with the small words before it; but it comes
 * first where what follows is two syllables with a hyphen between, the second
 * without a capital, as Korean names are written.  What is not a person, or is
 * written in a script that does not part names, stays as it is.
 */
#ifndef QUERY_NAMES_H
#define QUERY_NAMES_H

#include "corpus/base/buf.h"

struct cited_name {
    struct buf family; /* all of it, if nothing is known of its parts */
    struct buf given;
    struct buf suffix;
};

/* Take a name apart; release it after use. */
void cited_name_read(struct cited_name *name, const char *text);
void cited_name_release(struct cited_name *name);

/* Append "Family, Given, Suffix". */
void cited_name_print(const struct cited_name *name, struct buf *out);

#endif
