/*
 * corpus/story/story.h - a story, whoever brought it: what the readers of
 * agencies' formats, of mail and of newspapers' pages have in common.
 *
 * An item of a wire has an identity and a version: a newer version of the
 * same item replaces the older one.  Identity goes to article->key without the
 * version, the version to article->version.
 */
#ifndef CORPUS_STORY_H
#define CORPUS_STORY_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/date/date.h"

struct article;
struct buf;

/* Set key and version; a version that ends the id ("urn:x:7", 7) is taken off
 * it.  `version` may be empty. */
void story_set_identity(struct article *article, const struct buf *id,
                        const struct buf *version);

/* The same for a number that begins anew every day: with the day on which
 * the article was published, which the caller has set. */
void story_set_number(struct article *article, const char *number, size_t size);

/* Set the section, unless there is one already.  An item of a wire that is
 * sorted under no section has its keywords, its slug, for one: that is what
 * its agency files it under and follows a story by. */
void story_set_section(struct article *article, const char *text, size_t size,
                       const char *rule);

/* The same from an IPTC subject code, "15054000" or "subj:15054000", the
 * first two digits of which say what it is about: "sport". */
void story_set_subject(struct article *article, const struct buf *code);

/* Set the language from a tag such as "en", "en-US", "FR" or "ger", unless
 * there is one already or the tag means nothing. */
void story_set_language(struct article *article, const struct buf *tag);

/* Set the date of publication, unless there is one already. */
void story_set_published(struct article *article, const struct date *date,
                         const char *rule);

/* Is a line of a heading only "URGENT", "EXTRA" or the like, which says how
 * fast an item goes and not what it is about? */
bool story_is_alert(const char *line, size_t size);

/* Set the dateline from the line of a heading that holds it, unless there is
 * one already: "Paris, 21 jan 2019 (AFP) -" is Paris, "4/4/2018" is none. */
void story_set_dateline(struct article *article, const struct buf *text,
                        const char *rule);

/*
 * The last call on an item: a byline that opens the body is taken out of it if
 * no other names a person, a dateline is read from the body, and an
 * item without a headline, such as a flash or a picture, gets its first words
 * as one.
 */
void story_finish(struct article *article);

/* The headline alone, for an item that got its text only now. */
void story_take_headline(struct article *article);

/* Behind story_finish(): "Berlin (dpa) -" names the agency whose the item is,
 * unless there is a publication already. */
void story_set_agency(struct article *article);

#endif
