/*
 * corpus/html/html_node.h - a node of a parsed page, and what stands in its
 * tag.
 */
#ifndef CORPUS_HTML_NODE_H
#define CORPUS_HTML_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include <gumbo.h>

/* What the tag of a text node is. */
#define HTML_TEXT GUMBO_TAG_LAST

struct html_node {
    const GumboNode *gumbo;
    GumboTag tag;
    uint32_t parent;
    uint32_t end;
    uint32_t traits;    /* what its name, class and id say; html_traits.h */
    uint32_t text_size; /* bytes of text inside, blanks apart */
    uint32_t link_size; /* of those, inside <a> */
};

/* The value of an attribute, or NULL.  Borrowed from the tree. */
const char *html_attribute(const struct html_node *node, const char *name);

/* Is the attribute's value, as a list of words, one with this word in it?
 * Letters' case makes no difference. */
bool html_attribute_has(const struct html_node *node, const char *name,
                        const char *word);

#endif
