/*
 * corpus/wire.h - what the readers of agency formats have in common.
 *
 * A wire item has an identity and a version: a newer version of the same item
 * replaces the older one.  Identity goes to article->key without the version,
 * the version to article->version.
 */
#ifndef CORPUS_WIRE_H
#define CORPUS_WIRE_H

#include <stddef.h>

#include "corpus/date.h"

struct article;
struct buf;

/* Set key and version; a version that ends the id ("urn:x:7", 7) is taken off
 * it.  `version` may be empty. */
void wire_set_identity(struct article *article, const struct buf *id,
                       const struct buf *version);

/* Set the language from a tag such as "en", "en-US", "FR" or "ger", unless
 * there is one already or the tag means nothing. */
void wire_set_language(struct article *article, const struct buf *tag);

/* Set the date of publication, unless there is one already. */
void wire_set_published(struct article *article, const struct date *date,
                        const char *rule);

/* Add a text of any kind to the body: markup if there is a tag in it, else
 * lines. */
void wire_add_body(struct article *article, const struct buf *text);

/*
 * The last call on an item: a byline that opens the body is taken out of it if
 * no other names a person, a dateline is read from the body, and an item
 * without a headline, such as a flash, gets its first words as one.
 */
void wire_finish(struct article *article);

#endif
