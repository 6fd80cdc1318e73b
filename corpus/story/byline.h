/*
 * corpus/story/byline.h - who wrote it: from a printed byline to names.
 *
 *     "BY MICHAEL LEE [mail@example.org]"   Michael Lee        mail@...
 *     "By Kim Tae-gyu and Lee Chi-dong in Seoul"
 *                                           Kim Tae-gyu, Lee Chi-dong
 *     "Von Anna Schmidt, Berlin"            Anna Schmidt
 *     "By Staff reporter"                   -
 *
 * A name is never an address, a job, a date or "Staff".  The name of an
 * organisation ("By Reuters") is an author only where no person is named.
 */
#ifndef CORPUS_BYLINE_H
#define CORPUS_BYLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"

struct article;

/*
 * Take apart text that is known to name authors, with "By" or without.
 * `printed` (may be NULL) is set to the text less addresses and brackets;
 * names and addresses are appended to the lists, each once.  Returns true
 * if there was a name.
 */
bool byline_parse(const char *text, size_t size, struct buf *printed,
                  struct list *authors, struct list *emails);

/* The same into an article: byline, authors and emails.  A byline that is
 * already there is kept, the names are added. */
bool byline_to_article(struct article *article, const char *text, size_t size);

/* How much a line of a page looks like a byline, by itself. */
enum byline_look {
    BYLINE_NO,
    BYLINE_NAME, /* names and no more; needs a reason to believe it */
    BYLINE_SURE  /* it says "By", or carries an address beside a name */
};

enum byline_look byline_look(const char *text, size_t size);

/* Is a line only what opens a byline, "By" or "Author:", so that the next one
 * may name somebody? */
bool byline_opens(const char *text, size_t size);

/* Is this one person's name by its form: two to six capitalised words? */
bool byline_is_name(const char *text, size_t size);

#endif
