/*
 * corpus/html/html_nesting.h - how deep a parser's elements are open, told
 * before it parses.
 *
 * An HTML5 parser looks through its open elements for nearly every tag, so a
 * page in which each element stands in all before it takes the square of its
 * tags.  Counting start tags less end tags does not tell: an end tag closes
 * nothing if it names nothing that is open, and most elements need none:
 *
 *     <div></i><div></i>      two are open
 *     <p>One<p>Two<li>Three   one is
 *
 * So this keeps the parser's stack by the rules of the standard that pop it
 * ("in body", and the scopes of tables), as far as a stack of names goes.
 * Where the parser moves elements about instead, for an <a> that crosses
 * blocks, it keeps more open than the parser does, never less.
 */
#ifndef CORPUS_HTML_NESTING_H
#define CORPUS_HTML_NESTING_H

#include <stdbool.h>
#include <stddef.h>

#include <gumbo.h>

enum {
    HTML_DEPTH = 400 /* open elements kept */
};

struct html_nesting {
    GumboTag open[HTML_DEPTH];
    bool doubtful[HTML_DEPTH]; /* the parser may have closed it already */
    size_t depth;
    bool form;  /* one was begun; there is none in another */
    bool title; /* in a title tags are text */
    bool link;  /* an <a> was closed by another element's end: the parser opens
                   it again before the next text, wherever that is */
};

/* A start tag of this element, or an end tag.  False if the start tag would
 * open more than HTML_DEPTH: it is to be left out. */
bool html_nesting_open(struct html_nesting *nesting, GumboTag tag);
void html_nesting_close(struct html_nesting *nesting, GumboTag tag);

#endif
