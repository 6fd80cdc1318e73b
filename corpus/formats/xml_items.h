/*
 * corpus/formats/xml_items.h - a reader's walk over the items of an XML file:
 * the state that XML formats share.
 *
 *     .open = xml_items_open, .close = xml_items_close
 *
 * and in .next
 *
 *     const xmlNode *item = xml_items_next(reader, "newsItem");
 */
#ifndef CORPUS_XML_ITEMS_H
#define CORPUS_XML_ITEMS_H

#include "corpus/base/error.h"
#include "corpus/syntax/xml.h"

struct reader;

/* A format that keeps more has this as the first member of its state, and
 * reads into it by xml_items_read(). */
struct xml_items {
    xmlDoc *doc;
    const xmlNode *at; /* the item handed out last; NULL before the first */
};

/* Read and parse the whole input into reader->state. */
enum status xml_items_open(struct reader *reader, struct error *err);
enum status xml_items_read(struct reader *reader, struct error *err);

/* Frees the state as well. */
void xml_items_close(struct reader *reader);

/* The next element of this name in document order, the root included; NULL at
 * the end.  One in another is part of that. */
const xmlNode *xml_items_next(struct reader *reader, const char *name);

/* The same of all, or of all elements for NULL, be they in one another. */
const xmlNode *xml_items_next_of_all(struct reader *reader, const char *name);

const xmlNode *xml_items_root(const struct reader *reader);

#endif
