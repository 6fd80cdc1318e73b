/*
 * corpus/plain/layout.h - which lines of a page are the article.
 *
 * Nothing marks a headline or a body in plain text but where things stand
 * and what they look like.  In this order:
 *
 *     body      the stretch of blocks with the largest sum, where prose
 *               counts for its words and a link, a label or a box against
 *               it; so a "Related Article" between two paragraphs costs
 *               little, and a hundred menu lines cost all
 *     headline  above it, the line whose words come back in the body
 *     byline    between the two, else just outside
 *     date      likewise; a masthead's date is the day of the visit
 *
 * There is no library to ask: Readability, jusText and trafilatura go by a
 * page's elements, which a dump has lost, and are not C.
 */
#ifndef CORPUS_LAYOUT_H
#define CORPUS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/date/date.h"

struct blocks;

enum role {
    ROLE_NONE,
    ROLE_HEADLINE,
    ROLE_BYLINE,
    ROLE_CAPTION,
    ROLE_CREDIT, /* of the caption before it */
    ROLE_BODY
};

struct layout {
    enum role *role; /* one per block; owned */
    struct date published;
    size_t published_at; /* its block */
    struct date seen;
    size_t seen_at;
    bool found; /* there is a body */
};

void layout_find(struct layout *layout, struct blocks *blocks);
void layout_release(struct layout *layout);

#endif
