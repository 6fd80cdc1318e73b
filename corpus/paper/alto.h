/*
 * corpus/paper/alto.h - what a page of ALTO and an issue in METS, whose text is
 * in such pages, read alike.
 *
 * ALTO: the Library of Congress' XML for text with its layout.  A word that
 * is broken over two lines is a String of each, SUBS_TYPE "HypPart1" and
 * "HypPart2"; SUBS_CONTENT is the whole of it.  Many programs do not say so,
 * and then a word is broken if the last of its line ends in a hyphen, or has
 * HYP behind it, and is put together with the next one.
 */
#ifndef CORPUS_ALTO_H
#define CORPUS_ALTO_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/syntax/xml.h"

/* Set `word` to what a String element says; false for the second half of a
 * broken word, which was read whole with the first. */
bool alto_word(const xmlNode *string, struct buf *word);

/* Does the word go on in the next line? */
bool alto_is_broken(const xmlNode *string);

/* Does a line of text end in a word that goes on in the next? */
bool alto_ends_broken(const char *line, size_t size);

/* Append the next word of a text, whose last one `goes_on`. */
void alto_add_word(struct buf *text, const char *word, size_t size,
                   bool goes_on);

/* Three letters in a row are a word; less is dirt on the paper. */
bool alto_has_word(const struct buf *text);

#endif
