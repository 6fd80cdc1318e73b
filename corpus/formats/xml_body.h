/*
 * corpus/formats/xml_body.h - what is written in an XML element, as the body of
 * an article.
 */
#ifndef CORPUS_XML_BODY_H
#define CORPUS_XML_BODY_H

#include "corpus/syntax/xml.h"

struct article;

/*
 * Append what is written in an element as paragraphs of the body: elements
 * that make a block in XHTML or NITF part paragraphs; pictures, tables'
 * markup and media are left out.
 */
void xml_body(struct article *article, const xmlNode *node);

#endif
