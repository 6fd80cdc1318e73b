/*
 * corpus/syntax/sgml.h - just enough markup for records without a DTD: where a
 * tag is, what stands inside an element, and that as text.
 *
 * OpenSP (C++, 2.7 MB) is the parser of SGML, and without a DTD it has nothing
 * to go by.  libxml2 wants XML, and its parser of HTML knows no <REUTERS>.
 */
#ifndef CORPUS_SGML_H
#define CORPUS_SGML_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"

/* A borrowed piece of text. */
struct span {
    const char *text;
    size_t size;
};

/* Where `needle` stands first, in any case; in.size if it does not. */
size_t sgml_find(struct span in, const char *needle);

/* What is between <name ...> and </name>, or the end of `in` if the end tag
 * is missing. */
bool sgml_element(struct span in, const char *name, struct span *inside);

/* The value of an attribute of the first tag, in quotes or without. */
bool sgml_attribute(struct span in, const char *name, struct span *value);

/* Append it as text: <P> and its like begin a paragraph (a blank line), other
 * tags are left out, references become characters. */
void sgml_text(struct buf *out, struct span in);

#endif
