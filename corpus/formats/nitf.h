/*
 * corpus/formats/nitf.h - the News Industry Text Format, alone or inside of
 * NewsML.
 */
#ifndef CORPUS_NITF_H
#define CORPUS_NITF_H

struct article;
typedef struct _xmlNode xmlNode; /* libxml2's */

/* Fill what is still empty in `article` from an <nitf> element; its body is
 * added to the article's. */
void nitf_to_article(struct article *article, const xmlNode *nitf);

/* Behind story_finish(): the abstract, as story_add_abstract() does. */
void nitf_add_abstract(struct article *article, const xmlNode *nitf);

#endif
