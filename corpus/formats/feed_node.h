/*
 * corpus/formats/feed_node.h - the elements of a feed by namespace and name.
 *
 * Names collide: <title> is not <media:title>, and <content:encoded> is not
 * <excerpt:encoded>.  `space` is a part of the address of a namespace; NULL
 * means the feed's own, whichever kind of feed it is.
 */
#ifndef CORPUS_FEED_NODE_H
#define CORPUS_FEED_NODE_H

#include "corpus/syntax/xml.h"

/* The next child behind `node`; the first, for NULL.  NULL at the end. */
const xmlNode *feed_next_child(const xmlNode *parent, const xmlNode *node,
                               const char *space, const char *name);

/* The first child; NULL if there is none or `parent` is NULL. */
const xmlNode *feed_child(const xmlNode *parent, const char *space,
                          const char *name);

#endif
