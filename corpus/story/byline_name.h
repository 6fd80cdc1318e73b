/*
 * corpus/story/byline_name.h - the words of bylines: which are names, jobs and
 * organisations.  For corpus/story/byline.c alone.
 */
#ifndef CORPUS_BYLINE_NAME_H
#define CORPUS_BYLINE_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct list;

enum {
    BYLINE_NAME_BYTES = 80,
    BYLINE_NAME_WORDS = 6
};

/* A borrowed piece of text. */
struct slice {
    const char *data;
    size_t size;
};

/* The next word of `rest`, which moves behind it; an empty one at the end. */
struct slice slice_word(struct slice *rest);

bool byline_is_job(struct slice word);
bool byline_is_organisation(struct slice word);

/* Letters with the marks that names have, beginning with a capital or a
 * letter of a script without case; or a small word such as "van". */
bool byline_is_name_word(struct slice word);

enum {
    BYLINE_NAMES_MOST = 100
};

/* Append a name, with words in capitals written as names are. */
void byline_add_name(struct list *authors, struct slice name);

/* Append unless it is there already, in any case; to a list of more than
 * BYLINE_NAMES_MOST without looking. */
void byline_add_once(struct list *list, const char *text, size_t size);

#endif
