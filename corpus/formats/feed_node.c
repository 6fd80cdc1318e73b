#include "corpus/formats/feed_node.h"

#include <string.h>

#include <libxml/tree.h>

#include "corpus/base/count.h"

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

/* Prefixes as nearly everybody has them, for feeds that use one and do not say
 * what it stands for; its colon is part of the name then. */
static const struct {
    const char *prefix, *space;
} prefixes[] = {
    {"content:", "/content/"},
    {"dc:", "purl.org/dc"},
    {"media:", "search.yahoo.com"},
    {"wp:", "wordpress.org/export"},
    {"excerpt:", "wordpress.org/export/excerpt"},
    {"feedburner:", "feedburner"},
    {"atom:", ""},
};

/* Is it called `space` and `name`, in the words of the prefixes? */
static bool
is_undeclared(const xmlNode *node, const char *space, const char *name)
{
    const char *is = (const char *)node->name;

    if (node->type != XML_ELEMENT_NODE || node->ns)
        return false;
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        const size_t size = strlen(prefixes[i].prefix);

        if (strncmp(is, prefixes[i].prefix, size) == 0)
            return !strcmp(is + size, name) &&
                   (space ? strstr(prefixes[i].space, space) != NULL
                          : !*prefixes[i].space);
    }
    return false;
}

const xmlNode *
feed_next_child(const xmlNode *parent, const xmlNode *node, const char *space,
                const char *name)
{
    const xmlNode *at = node ? node->next : parent->children;

    for (; at; at = at->next) {
        if (is_undeclared(at, space, name))
            return at;
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
