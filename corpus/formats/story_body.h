/*
 * corpus/formats/story_body.h - the body of a story that may be markup or
 * lines: what the formats that carry both have in common.
 */
#ifndef CORPUS_STORY_BODY_H
#define CORPUS_STORY_BODY_H

struct article;
struct buf;

/* Add a text of any kind to the body: markup if there is a tag in it, else
 * lines. */
void story_add_body(struct article *article, const struct buf *text);

/* Behind story_finish(): put an abstract, markup or lines, before the body,
 * unless body or headline say the same. */
void story_add_abstract(struct article *article, const struct buf *abstract);

#endif
