/*
 * corpus/charset.h - bytes of unknown encoding to UTF-8.
 *
 * In this order: a byte order mark; valid UTF-8, whatever is declared (of the
 * pages that declare another charset, most are UTF-8); the declared charset
 * by iconv(3), where "iso-8859-1" and "ascii" mean windows-1252 as in the
 * WHATWG Encoding Standard; else UTF-8 with a few repairs if most multi-byte
 * sequences are sound, else windows-1252.
 */
#ifndef CORPUS_CHARSET_H
#define CORPUS_CHARSET_H

#include <stddef.h>

#include "corpus/buf.h"

/*
 * Append `data` as valid UTF-8 to `out`.  `declared` is a label as it stands
 * in a header or a page, or NULL.  Returns the name of the charset that was
 * used, a literal or a borrowed string that lives as long as `declared`.
 */
const char *charset_decode(struct buf *out, const char *data, size_t size,
                           const char *declared);

/*
 * Load what iconv(3) needs for the charsets that news comes in, so that they
 * can be had when no file can be opened any more.  What is loaded stays until
 * the process ends.
 */
void charset_preload(void);

#endif
