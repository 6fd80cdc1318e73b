/*
 * corpus/input/content_coding.h - the packings in which a web server sends a
 * page, and in which a crawler keeps it: gzip, deflate and br.
 *
 * "deflate" is a zlib stream by the standard and a bare one by the habit of
 * some servers; both are read.  A page that a crawler unpacked already but
 * for its header is passed on as it is.
 */
#ifndef CORPUS_CONTENT_CODING_H
#define CORPUS_CONTENT_CODING_H

#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

enum {
    CONTENT_CODING_RATIO = 100 /* most bytes out per byte in, once a MiB is
                                  out; pages have 5 to 20 */
};

/*
 * Append `size` bytes, less the coding, to `out`, up to its limit.  Data that
 * is damaged or cut off gives what came before.
 *
 * STATUS_FORMAT with `name`, the file, if nothing came or the coding is not
 * known; STATUS_LIMIT, and nothing is appended, if more comes out than a page
 * holds.
 */
enum status content_coding_undo(struct buf *out, const char *coding,
                                const char *data, size_t size, const char *name,
                                struct error *err);

#endif
