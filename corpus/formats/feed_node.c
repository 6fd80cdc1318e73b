#include "corpus/formats/feed_node.h"

#include <string.h>

#include <libxml/tree.h>

/* Namespaces whose elements are the feed's own, by a part of the address. */
static const char *const core[] = {"w3.org/2005/Atom", "purl.org/rss/1.0/",
                                   "purl.org/atom/ns", "backend.userland.com",
                                   "netscape.com",     NULL};

static bool
is_core(const xmlNode *node)
{
    const char *href = node->ns ? (const char *)node->ns->href : NULL;

    if (!href || strstr(href, "/modules/"))
        return !href;
    for (size_t i = 0; core[i]; i++)
        if (strstr(href, core[i]))
            return true;
    return false;
}

const xmlNode *
feed_next_child(const xmlNode *parent, const xmlNode *node, const char *space,
                const char *name)
{
    const xmlNode *at = node ? node->next : parent->children;

    for (; at; at = at->next) {
        if (at->type != XML_ELEMENT_NODE || !xml_is(at, name))
            continue;
        if (!space && is_core(at))
            return at;
        if (space && at->ns && strstr((const char *)at->ns->href, space))
            return at;
    }
    return NULL;
}

const xmlNode *
feed_child(const xmlNode *parent, const char *space, const char *name)
{
    return parent ? feed_next_child(parent, NULL, space, name) : NULL;
}
