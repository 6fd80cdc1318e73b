/*
 * corpus/html/html_block.h - a page as the blocks of text that a reader sees.
 *
 * A block is the text between two ends of block elements, or between two
 * <br> in a row: a paragraph, a heading, a menu's entry.  It belongs to the
 * nearest block element around its first letter.
 *
 * "Prose" is text that looks written rather than listed: long enough, and
 * not made of links.  The prose inside each node is known, and a trait that
 * would take out most of the page's prose is not believed: some pages stand
 * inside one <div class="sidebar">.
 */
#ifndef CORPUS_HTML_BLOCK_H
#define CORPUS_HTML_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/html/html_tree.h"

struct html_block {
    uint32_t node;   /* the block element */
    uint32_t first;  /* its first text node */
    uint32_t named;  /* the node whose traits are the block's: the first, or the
                        block element if that holds a small part of it */
    uint32_t traits; /* of the element and all around it */
    uint32_t at;     /* where its text begins in html_blocks.text */
    uint32_t size;   /* bytes of text */
    uint32_t links;  /* of those, inside <a> */
    uint32_t strong; /* of those, in bold */
    bool prose;
    bool caption; /* html_captions() found that it belongs to a picture */
};

struct html_blocks {
    const struct html_tree *tree; /* borrowed */
    struct html_block *block;
    size_t count;
    size_t room;
    struct buf text;
    uint32_t *prose;     /* per node: bytes of prose inside */
    uint32_t *credible;  /* per node: those of its traits that make sense */
    uint32_t *own;       /* per node: those of them that are believed */
    uint32_t *inherited; /* per node: these and those around it */
};

#define HTML_BLOCKS_INIT ((struct html_blocks){.text = BUF_INIT})

void html_blocks_release(struct html_blocks *blocks);

/* Cut a tree into blocks. */
void html_blocks_build(struct html_blocks *blocks,
                       const struct html_tree *tree);

/* Believe of all elements no more than these traits, and no captions; what
 * html_blocks_build() believed is believed again after UINT32_MAX. */
void html_blocks_believe(struct html_blocks *blocks, uint32_t traits);

/* The block's text; not ended by a NUL.  Borrowed. */
const char *html_block_text(const struct html_blocks *blocks, size_t i);

/* Does the block's text end like a sentence? */
bool html_block_is_sentence(const struct html_blocks *blocks, size_t i);

#endif
