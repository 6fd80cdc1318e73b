/*
 * corpus/html/html_tree.h - a parsed page as one flat array.
 *
 * Gumbo's tree is copied into an array in document order: the descendants
 * of node i are the nodes from i + 1 to node[i].end - 1.  So every rule is a
 * loop, nothing recurses however deep a page is, and ancestors are reached
 * by `parent`.  Node 0 is <html>.
 *
 * Gumbo's memory is an arena of the tree's own, given back in one go: its
 * own destructor recurses.
 */
#ifndef CORPUS_HTML_TREE_H
#define CORPUS_HTML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/html/html_node.h"

struct html_arena;

struct html_tree {
    struct html_node *node;
    uint32_t count;
    uint32_t room;
    struct html_arena *arena;
};

#define HTML_TREE_INIT ((struct html_tree){0})

void html_tree_release(struct html_tree *tree);

/* Parse what html_scan() left of a page; `html` is borrowed as long as the
 * tree lives.  STATUS_LIMIT if it would need too much memory. */
enum status html_tree_build(struct html_tree *tree, const struct buf *html,
                            struct error *err);

/* Append the text inside node `i`, blanks joined; a block's end is a blank.
 * Elements that have one of the traits `without` are left out. */
void html_text(const struct html_tree *tree, uint32_t i, uint32_t without,
               struct buf *out);

/* Does this element end the line of text that it stands in? */
bool html_is_block(GumboTag tag);

/* Is the node's text apart from that before it?  It is at a block, behind a
 * block, and between two inline elements side by side that have classes of
 * their own: pages style those apart without a blank in the source. */
bool html_starts_apart(const struct html_node *node);

/* Is `i` inside an element of this tag?  Returns the nearest one, or 0. */
uint32_t html_ancestor(const struct html_tree *tree, uint32_t i, GumboTag tag);

/* Append what tells a person which element this is: "h1.headline". */
void html_place(const struct html_tree *tree, uint32_t i, struct buf *out);

#endif
