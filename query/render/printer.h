/*
 * query/render/printer.h - text on a terminal, broken between words.
 *
 * Words go to the terminal one by one, so that lines break between them.
 * Colour marks what matched and the facts of an article, nothing else, and
 * whatever an article contains, no control character gets out.
 */
#ifndef QUERY_PRINTER_H
#define QUERY_PRINTER_H

#include <stddef.h>

#include "corpus/base/buf.h"
#include "query/match/snippet.h"
#include "query/render/render.h"

struct printer {
    struct buf *out;
    const struct render_options *options;
    size_t column;
    size_t margin; /* blanks before each line but the first */
};

/* What a piece is painted with; PRINTER_PLAIN is no colour. */
#define PRINTER_PLAIN ""
#define PRINTER_MATCH "\033[1;31m"
#define PRINTER_HEADLINE "\033[1m"
#define PRINTER_FACTS "\033[36m"

/* Characters, not bytes; good enough to break lines by. */
size_t printer_columns(const char *text, size_t size);

void printer_new_line(struct printer *printer);

/* A piece without marks in it. */
void printer_piece(struct printer *printer, const char *text, size_t size,
                   const char *color);
void printer_string(struct printer *printer, const char *text,
                    const char *color);

/* A piece that is not broken, whatever blanks it has. */
void printer_fixed(struct printer *printer, const char *text, size_t size,
                   const char *color);

/* Bytes [from, to) of a text with its matches. */
void printer_range(struct printer *printer, const struct marked *marked,
                   size_t from, size_t to, const char *color);

/* All of it, with an ellipsis where the article goes on. */
void printer_marked(struct printer *printer, const struct marked *marked,
                    const char *color);

#endif
