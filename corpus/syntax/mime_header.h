/*
 * corpus/syntax/mime_header.h - the headers of a message or a part of one.
 *
 *     Subject: =?utf-8?Q?caf=C3=A9?=     RFC 2047: words in any charset
 *      =?utf-8?B?IG9wZW5z?=             RFC 5322: folded lines
 *     Content-Type: text/plain; charset=utf-8; name*0="a"; name*1="b"
 *                                        RFC 2045 and 2231: parameters
 *
 * A head is the bytes before the empty line, borrowed.
 */
#ifndef CORPUS_MIME_HEADER_H
#define CORPUS_MIME_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/piece.h"

struct buf;

/*
 * Set `value` to the first header of this name, its lines joined, its bytes as
 * they came.  False, and empty, if there is none.
 */
bool mime_header(struct buf *value, struct piece head, const char *name);

/* The same as valid UTF-8, with its encoded words decoded. */
bool mime_header_text(struct buf *value, struct piece head, const char *name);

/* Append a header's value as valid UTF-8, with its encoded words decoded. */
void mime_words(struct buf *out, const char *data, size_t size);

/* Set `out` to a parameter of a header's value as valid UTF-8.  False, and
 * empty, if there is none. */
bool mime_parameter(struct buf *out, const struct buf *value, const char *name);

/* The length of the line's header name if it is one with a ':' behind it,
 * else 0. */
size_t mime_header_name(struct piece line);

#endif
