/*
 * corpus/syntax/mime.h - a message taken apart (RFC 5322, RFC 2045 to 2049).
 *
 *     multipart/mixed                0   parts stand in a row, each with the
 *       multipart/alternative        1   number of the first behind all that
 *         text/plain                 2   is in it
 *         text/html                  3
 *       message/rfc822               4   a message in a message is a leaf
 *       image/jpeg                   5
 *
 * Everything is borrowed from the message's bytes; nothing is decoded before
 * it is asked for.  A message that is not what it says is taken for what it
 * shows: without its boundary it is one text, without the last boundary it
 * goes to its end.
 *
 * GMime (LGPL-2.1+) would do this and mailboxes in place of some 1,000 lines.
 * On Debian 12 it brings 22 packages and 22 MB, GLib and GnuPG among them,
 * and it copies into objects of its own what is borrowed here.
 */
#ifndef CORPUS_MIME_H
#define CORPUS_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/piece.h"

enum {
    MIME_DEPTH_MOST = 20,  /* of parts in parts; what is deeper is a leaf */
    MIME_PARTS_MOST = 1000 /* of a message; what comes after is left out */
};

struct mime_part {
    char type[48]; /* "text/plain", in lower case */
    char coding[24];
    char charset[48]; /* as declared, or "" */
    bool attached;    /* said to be an attachment, or has a file's name */
    struct piece head;
    struct piece body;
    size_t end; /* the part behind this one and all in it */
};

struct mime {
    struct mime_part *part; /* the first is the message itself */
    size_t count;
    size_t room;
    bool over; /* there were more parts than are read */
};

#define MIME_INIT ((struct mime){0})

/* Take a message apart. */
void mime_read(struct mime *mime, const char *data, size_t size);
void mime_release(struct mime *mime);

/* Append a part's bytes, its transfer coding undone. */
void mime_bytes(struct buf *out, const struct mime_part *part);

/* Is the part of this type, or with "text/" of this kind of types? */
bool mime_is(const struct mime_part *part, const char *type);

/* Set `name` to the name of the file that the part is; false if none. */
bool mime_file_name(struct buf *name, const struct mime_part *part);

#endif
