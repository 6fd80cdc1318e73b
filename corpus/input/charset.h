/*
 * corpus/input/charset.h - bytes of unknown encoding to UTF-8.
 *
 * In this order: a byte order mark; valid UTF-8, whatever is declared (of the
 * pages that declare another charset, most are UTF-8); the declared charset
 * by iconv(3), if it is one of those in corpus/input/charset_labels.h; else
 * UTF-8 with a few repairs if most multi-byte sequences are sound, else
 * windows-1252.
 *
 * Libraries that guess from the bytes alone do worse: uchardet (C++, 208 kB)
 * took 22 of 1,274 news pages in UTF-8 for something else, and nine times as
 * long (0.28 s for all).  libmagic, 8 MB with its table, knows no charset of
 * East Asia.
 */
#ifndef CORPUS_CHARSET_H
#define CORPUS_CHARSET_H

#include <stddef.h>

#include "corpus/base/buf.h"

/*
 * Append `data` as valid UTF-8 to `out`.  `declared` is a label as it stands
 * in a header or a page, or NULL.  Returns the name of the charset that was
 * used, a literal.
 */
const char *charset_decode(struct buf *out, const char *data, size_t size,
                           const char *declared);

#endif
