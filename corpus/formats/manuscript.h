/*
 * corpus/formats/manuscript.h - a story as it was typed into a word processor:
 * paragraphs, each with a style, of which few are what they say.
 *
 * Whoever set the styles "Title", "Author", "Date" and "Caption" is believed.
 * Where nobody did, a first line that is no sentence is the headline, and a
 * byline and a line that is a date are looked for below it.  Who made the file
 * and when says neither who wrote the story nor when it was published, and is
 * not taken.
 */
#ifndef CORPUS_MANUSCRIPT_H
#define CORPUS_MANUSCRIPT_H

#include <stddef.h>

#include "corpus/syntax/xml.h"

struct article;
struct buf;

enum manuscript_role {
    MANUSCRIPT_TEXT,
    MANUSCRIPT_HEADING,
    MANUSCRIPT_TITLE,
    MANUSCRIPT_AUTHOR,
    MANUSCRIPT_DATE,
    MANUSCRIPT_CAPTION
};

/* The role of a style by the name that word processors of all languages keep
 * for it: "Title", "heading 1", "Caption". */
enum manuscript_role manuscript_role_named(const char *style);

/* Styles by the names that paragraphs use; those of text are not kept. */
struct manuscript_styles {
    struct {
        char name[60];
        enum manuscript_role role;
    } item[128];
    size_t count;
};

void manuscript_add_style(struct manuscript_styles *styles, const char *name,
                          enum manuscript_role role);

/* MANUSCRIPT_TEXT for what is not among them. */
enum manuscript_role manuscript_style(const struct manuscript_styles *styles,
                                      const char *name);

/* The next paragraph, in any blanks. */
void manuscript_add(struct article *article, enum manuscript_role role,
                    const struct buf *text);

/* Once all paragraphs are there: keywords from the document's properties,
 * `meta`, which may be NULL, and headline, byline and date.  The language that
 * the properties state is that of the program, not of the text. */
void manuscript_finish(struct article *article, const xmlNode *meta);

#endif
