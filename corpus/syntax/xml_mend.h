/*
 * corpus/syntax/xml_mend.h - XML that is not well formed, put right as far as
 * everybody understands what was meant.
 *
 * Feeds and exports are written by templates, and one bare ampersand makes a
 * thousand items unreadable.  Two steps, the second only if the first was not
 * enough:
 *
 *     xml_mend()        the text: "Fish & chips" becomes "Fish &amp; chips",
 *                       "&rsquo;" the letter that HTML calls so, and control
 *                       characters, which XML forbids, blanks
 *     xml_mend_items()  item by item: what is sound stays as it is, of what
 *                       is not the tags are mended and the rest is what
 *                       libxml2's recovery makes of that item alone, and one
 *                       that is cut off is left out
 *
 * A document type that declares HTML's names of letters as entities, and no
 * others, goes: the names are known without it.
 */
#ifndef CORPUS_XML_MEND_H
#define CORPUS_XML_MEND_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Append `text`, valid UTF-8, mended. */
void xml_mend(struct buf *out, const char *text, size_t size);

/* Append a piece, or what can be made of it if it is not well formed; `root` is
 * the start tag that it stands in. */
typedef void xml_mend_piece(struct buf *out, const char *root, size_t root_size,
                            const char *piece, size_t size);

/* Append the document with its items mended by `mend`.  False, and nothing is
 * appended, if it has no items that are known by their names. */
bool xml_mend_items(struct buf *out, const char *text, size_t size,
                    xml_mend_piece *mend);

/* Append an item with an end tag for each start tag, as HTML would have it: an
 * end tag ends all that is open in its element, and is none if nothing of its
 * name is open. */
void xml_mend_tags(struct buf *out, const char *text, size_t size);

/* Append the letter that HTML calls so: "eacute".  False if there is none. */
bool xml_letter(struct buf *out, const char *name, size_t size);

#endif
