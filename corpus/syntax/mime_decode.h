/*
 * corpus/syntax/mime_decode.h - the two codings in which mail carries bytes
 * (RFC 2045, section 6), and text in lines that may be joined (RFC 3676).
 *
 * Whatever is broken is taken for what it most likely was: a '=' that begins
 * no code stays, bytes that are no base64 are passed over.
 */
#ifndef CORPUS_MIME_DECODE_H
#define CORPUS_MIME_DECODE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Append what base64 stands for. */
void mime_base64(struct buf *out, const char *data, size_t size);

/* Append what quoted-printable stands for; in a header '_' is a blank. */
void mime_quoted(struct buf *out, const char *data, size_t size, bool header);

/* Undo a Content-Transfer-Encoding by its name; 7bit, 8bit, binary and what
 * nobody knows is copied. */
void mime_decode(struct buf *out, const char *data, size_t size,
                 const char *coding);

/* Join the lines of format=flowed in place; with `delsp` the blank that marks
 * a joint is none of the text. */
void mime_unflow(struct buf *text, bool delsp);

#endif
