/*
 * corpus/plain/block.h - the lines of a plain-text page as blocks.
 *
 * A dump has no structure but its lines.  Dumps of one kind put a paragraph
 * on a line, however long; the other kind breaks paragraphs at a width.  The
 * second is recognised by its lines, which end where the next word would not
 * have fitted, and its paragraphs are joined again:
 *
 *     Defense officials from both countries met in       one block
 *     Seoul on Monday.
 *                                                        (blank: no block)
 *     Related Article                                    one block
 *
 * What can be said of a block by itself is said here; what it is in its page
 * is for corpus/plain/layout.h to find out.
 */
#ifndef CORPUS_BLOCK_H
#define CORPUS_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"

enum block_kind {
    BLOCK_SHORT,   /* a label, a link, a heading: little, no sentence */
    BLOCK_PROSE,   /* sentences */
    BLOCK_CAPTION, /* ends in a credit, or stands twice */
    BLOCK_CREDIT,  /* a credit and no more */
    BLOCK_PICTURE, /* "Enlarge image": a picture's caption comes after it */
    BLOCK_MORE,    /* "Story continues below": the article is not over */
    BLOCK_MARKER,  /* "- Advertisement -", "Related Article", "[image]" */
    BLOCK_BOX,     /* speaks of the site: cookies, newsletters, copyright */
    BLOCK_END      /* "Comments", "Most read": the article is over, likely */
};

struct block {
    const char *text; /* borrowed from the blocks */
    size_t size;
    size_t line;  /* first line in the file, from 1 */
    size_t words; /* a word of a script without spaces is two characters */
    bool gap;     /* a blank line stands before it */
    bool bullet;  /* it stood behind a bullet */
    bool ends;    /* its last character ends a sentence */
    enum block_kind kind;
};

struct blocks {
    struct buf text; /* what the blocks point into */
    struct block *item;
    size_t count;
    size_t room;
};

#define BLOCKS_INIT ((struct blocks){.text = BUF_INIT})

void blocks_release(struct blocks *blocks);

enum {
    BLOCK_LINES_MOST = 1000000 /* that are not blank */
};

/* Cut valid UTF-8 into blocks and judge each.  False, and no blocks, if it has
 * more lines than are read. */
bool blocks_read(struct blocks *blocks, const char *text, size_t size);

/* Do two blocks have the same letters?  Quotes, case, blanks and points do
 * not count. */
bool block_same(const struct block *a, const struct block *b);

#endif
