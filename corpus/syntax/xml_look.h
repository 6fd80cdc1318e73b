/*
 * corpus/syntax/xml_look.h - a look at XML before it is parsed.
 *
 * libxml2 compares each attribute of an element with all before it, looks
 * through all namespaces in force for each prefix, and gives each element the
 * attributes that the document type declares for it.  News has a dozen of
 * either and a short document type; a file made to harm has a hundred
 * thousand, and takes hours.  One pass over the tags finds that out for less
 * than a hundredth of what parsing costs.
 */
#ifndef CORPUS_XML_LOOK_H
#define CORPUS_XML_LOOK_H

#include <stddef.h>

#include "corpus/base/error.h"

enum {
    XML_ATTRIBUTES_MOST = 256, /* of an element */
    XML_NAMESPACES_MOST = 256, /* in force at an element */
    XML_DOCTYPE_MOST = 16384,  /* bytes */
    XML_DEFAULTS_MOST = 8      /* attributes that a document type gives */
};

/* STATUS_LIMIT with `name`, the line and what there is too much of.  Of XML
 * that is not well formed nothing is said. */
enum status xml_look(const char *text, size_t size, const char *name,
                     struct error *err);

#endif
