/*
 * corpus/formats/newsml_component.h - which components of a NewsML file are
 * stories, and what the elements around a component say of it.
 *
 *     NewsItem                              identity, dates, provider
 *       NewsComponent  NewsLines            lines for all in it
 *         NewsComponent Duid="en1" lang     a story
 *         NewsComponent Duid="fr1" lang     a story
 *
 * An item may hold a hundred thousand components.  So what is around them is
 * looked at once for each element that holds some, and remembered; what is
 * remembered is cut to 1,000 bytes, since each of them is given it.
 */
#ifndef CORPUS_NEWSML_COMPONENT_H
#define CORPUS_NEWSML_COMPONENT_H

#include "corpus/article/article.h"
#include "corpus/base/seen.h"
#include "corpus/syntax/xml.h"

enum newsml_line {
    NEWSML_HEADLINE,
    NEWSML_BYLINE,
    NEWSML_CREDITLINE,
    NEWSML_DATELINE,
    NEWSML_SLUGLINE,
    NEWSML_KEYWORDLINE,
    NEWSML_LINES
};

/* What a NewsItem says of all in it. */
struct newsml_item {
    struct article common; /* key, version, date, and the provider's id for
                              want of its name */
    bool named;            /* by a public identifier */
    struct buf label;
};

/* What is known of an element that holds components. */
struct newsml_around {
    size_t item; /* the number of its NewsItem; SIZE_MAX if it is in none */
    bool wrapper;
    const char *line[NEWSML_LINES]; /* its own, or what is around it says */
    const char *language;
    const xmlNode *counted; /* the component in it that was asked for last */
    size_t before;          /* components before that one */
};

struct newsml_memory {
    struct seen nodes; /* the elements, by number */
    struct newsml_around *around;
    size_t arounds;
    size_t around_room;
    struct newsml_item *item;
    size_t items;
    size_t item_room;
    struct list texts;
};

void newsml_memory_release(struct newsml_memory *memory);

/* Has the component this role? */
bool newsml_has_role(const xmlNode *component, const char *name);

/* Does it not hold the story itself, but a picture, a caption, ...? */
bool newsml_is_side(const xmlNode *component);

/* Is it handed out as one article?  Ask in document order. */
bool newsml_is_story(struct newsml_memory *memory, const xmlNode *component);

/* How many components stand before it beside it.  Ask in document order. */
size_t newsml_number(struct newsml_memory *memory, const xmlNode *component);

/* The first line with text among this component, those below it and those
 * around it. */
bool newsml_line(struct newsml_memory *memory, struct buf *out,
                 const xmlNode *component, enum newsml_line line);

/* The language of the component, by itself and what is around it; "" if none
 * is said. */
void newsml_language(struct newsml_memory *memory, struct buf *out,
                     const xmlNode *component);

/* The item that it is in, NULL if none; borrowed until the next question. */
const struct newsml_item *newsml_item_of(struct newsml_memory *memory,
                                         const xmlNode *component);

#endif
