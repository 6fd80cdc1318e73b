/*
 * query/render/markup.h - the one way for bytes to get into a page.
 *
 * A page is built in a `struct markup`.  Markup enters it as literals only:
 * MARKUP() does not compile with anything else.  Everything else enters as
 * text, number or link and is escaped on the way, whatever it is and wherever
 * in the page it lands.  So there is no function that returns markup, and
 * none that takes some.
 *
 *     MARKUP(page, "<a href=\"");
 *     markup_link(page, &link);
 *     MARKUP(page, "\">");
 *     markup_text(page, headline, size);
 *     MARKUP(page, "</a>");
 */
#ifndef QUERY_MARKUP_H
#define QUERY_MARKUP_H

#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "query/match/snippet.h"

struct markup {
    struct buf out;
};

#define MARKUP_INIT ((struct markup){.out = BUF_INIT})

/* Append a literal as it is. */
#define MARKUP(page, literal) \
    markup_literal((page), "" literal "", sizeof(literal) - 1)

/* What MARKUP() calls; nobody else does. */
void markup_literal(struct markup *page, const char *literal, size_t size);

void markup_release(struct markup *page);

/* Append text: & < > " ' become references, control bytes blanks, and what XML
 * does not allow U+FFFD.  Right between tags and inside quoted attributes
 * alike. */
void markup_text(struct markup *page, const char *text, size_t size);
void markup_string(struct markup *page, const char *text);
void markup_buf(struct markup *page, const struct buf *text);

/* A whole number for people: 12,345. */
void markup_number(struct markup *page, uint64_t number);

/* A whole number as attributes want it. */
void markup_digits(struct markup *page, uint64_t number);

/* Bytes [from, to) of a text, its spans between <mark> and </mark>. */
void markup_marked(struct markup *page, const struct marked *marked,
                   size_t from, size_t to);

/* Append `text` to a URL's query, percent-encoded: letters, digits and -._~
 * stay, a blank becomes '+'. */
void url_add(struct buf *url, const char *text, size_t size);

#endif
