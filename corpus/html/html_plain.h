/*
 * corpus/html/html_plain.h - the text of a line that arrives as HTML, such as a
 * headline or a name.
 */
#ifndef CORPUS_HTML_PLAIN_H
#define CORPUS_HTML_PLAIN_H

#include <stddef.h>

#include "corpus/base/error.h"

struct buf;

/* Append the text of a fragment without its tags, as one line.  `text` is
 * valid UTF-8. */
enum status html_plain(struct buf *out, const char *text, size_t size,
                       struct error *err);

#endif
