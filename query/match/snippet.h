/*
 * query/match/snippet.h - text with marks: what the page shows and why.
 *
 * A snippet is plain text and the spans in it that answer the query; it is
 * never markup.  Whoever prints it decides what a mark looks like, and
 * escapes the text between.
 *
 *     text   ...the transfer of wartime operational control (Opcon) of...
 *     spans      [7,15)                                 [47,52)
 */
#ifndef QUERY_SNIPPET_H
#define QUERY_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"

/* Bytes [start, end) of a text, on character boundaries. */
struct span {
    size_t start;
    size_t end;
};

/* The next word of a text from *at on; false if there is none. */
bool span_next_word(const char *text, size_t size, size_t *at,
                    struct span *word);

/* Spans are in order and do not overlap. */
struct marked {
    struct buf text;
    struct span *span; /* `spans` of them */
    size_t spans;
    size_t span_room;
    bool cut_before; /* the article goes on before and after: */
    bool cut_after;  /* a printer shows an ellipsis */
};

#define MARKED_INIT ((struct marked){.text = BUF_INIT})

void marked_release(struct marked *marked);
void marked_clear(struct marked *marked);

/* Add a span after the others; one that touches the last joins it. */
void marked_add(struct marked *marked, size_t start, size_t end);

/* A match in a text, and which part of the query it answers. */
struct mark {
    size_t start;
    size_t end;
    unsigned part; /* the number of the word or phrase in the query */
    double weight; /* how rare the part is */
    unsigned sentence;
};

/* A text, its matches in order, where its sentences begin, and a headline that
 * is shown with it and answers the query; borrowed. */
struct snippet_source {
    const char *text;
    size_t size;
    const struct mark *mark;
    size_t marks;
    const size_t *sentence;
    size_t sentences;
    const char *headline; /* or NULL */
    size_t headline_size;
};

/*
 * The passage of a text of at most about `width` bytes that shows most of the
 * query: each part counts once with its weight, then again a little; it
 * begins where a sentence does if that costs no more than a third of that.  At
 * the beginning of a text a passage that says the headline again counts less:
 * it adds nothing.  Cut at words, never inside a character.  Without marks it
 * is the beginning of the text, or what follows there on the headline.
 */
void snippet_choose(struct marked *out, const struct snippet_source *source,
                    size_t width);

#endif
