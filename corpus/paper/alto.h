/*
 * corpus/paper/alto.h - what a page of ALTO and an issue in METS, whose text is
 * in such pages, read alike.
 *
 * ALTO: the Library of Congress' XML for text with its layout.  A word that
 * is broken over two lines is a String of each, SUBS_TYPE "HypPart1" and
 * "HypPart2"; SUBS_CONTENT is the whole of it.
 */
#ifndef CORPUS_ALTO_H
#define CORPUS_ALTO_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/syntax/xml.h"

/* Set `word` to what a String element says; false for the second half of a
 * broken word, which was read whole with the first. */
bool alto_word(const xmlNode *string, struct buf *word);

/* Three letters in a row are a word; less is dirt on the paper. */
bool alto_has_word(const struct buf *text);

#endif
