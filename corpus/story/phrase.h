/*
 * corpus/story/phrase.h - the table of what pages say around articles, in the
 * languages of the web, for those who look for it:
 *
 *     marker.h      in plain text, where nothing but words tells
 *     html_phrase   in a page, whose elements mostly say what they are
 *
 *     {"subscribe now", .alone = MARKER_END, .inside = MARKER_BOX,
 *      .page = PAGE_PARAGRAPH}
 *
 * Phrases are few, short and common; what stands on one site only is not
 * wanted here.
 */
#ifndef CORPUS_PHRASE_H
#define CORPUS_PHRASE_H

#include <stddef.h>

#include "corpus/story/marker.h"

/* The longest block of a page, in bytes, that a phrase can begin: real
 * paragraphs may begin with "Follow" too. */
enum {
    PAGE_LINE = 60,      /* a label */
    PAGE_SENTENCE = 160, /* an invitation */
    PAGE_PARAGRAPH = 320 /* an invitation with reasons */
};

struct phrase {
    const char *text;   /* in lower case; without the punctuation at its ends
                         * that marker_of() takes off, if it stands alone */
    enum marker alone;  /* in plain text, a block that is this and no more, */
    enum marker start;  /* ... that begins so */
    enum marker inside; /* ... that holds it */
    unsigned page;      /* in a page, how long a block that begins so may be;
                         * 0: it says nothing there */
};

extern const struct phrase phrases[];
extern const size_t phrase_count;

#endif
