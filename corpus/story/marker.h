/*
 * corpus/story/marker.h - what a block of plain text is by a phrase of
 * phrase.h: "Advertisement", "Lesen Sie auch:", "Leave a comment".
 */
#ifndef CORPUS_MARKER_H
#define CORPUS_MARKER_H

#include <stddef.h>

enum marker {
    MARKER_NONE,
    MARKER_ASIDE,   /* passes over: an advertisement, a link, a button */
    MARKER_END,     /* the article is over, likely */
    MARKER_CREDIT,  /* "Image source, Reuters": a credit and no more */
    MARKER_CAPTION, /* "Image caption, The bridge in March" */
    MARKER_MORE,    /* "Story continues below": the article is not over */
    MARKER_PICTURE, /* "Enlarge image": a caption comes after it */
    MARKER_BOX      /* "Cookies": the block speaks of the site itself */
};

/* What a block of text is by its words; MARKER_NONE for most. */
enum marker marker_of(const char *text, size_t size);

#endif
