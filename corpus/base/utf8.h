/*
 * corpus/base/utf8.h - proving, repairing, walking and cutting UTF-8.
 *
 * "Valid" is RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF.
 *
 * utf8proc, which knows cases and categories for us, decodes characters too,
 * in 0.16 s of a hundred megabytes of JSON for which this takes 0.13 s.  It
 * neither proves a text nor says where a broken sequence ends, which is what
 * repairing needs.
 */
#ifndef CORPUS_UTF8_H
#define CORPUS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"

bool utf8_valid(const char *text, size_t size);

/*
 * Decode the character at `text`.  Returns its length in bytes, or 0 if the
 * bytes there are not valid; then `*code` is U+FFFD.  `size` is at least 1.
 */
size_t utf8_decode(const char *text, size_t size, uint32_t *code);

/* Append a code point; U+FFFD for what is none. */
void utf8_encode(struct buf *out, uint32_t code);

/* Append `text` with every maximal invalid sequence replaced by U+FFFD. */
void utf8_repair(struct buf *out, const char *text, size_t size);

/* The largest n <= `at` at which valid UTF-8 can be cut. */
size_t utf8_cut(const char *text, size_t size, size_t at);

/* Append `text` with blanks of every kind joined to one ' ' (the separators
 * 1C to 1F are blanks), C0, C1 and format controls dropped, ends trimmed;
 * invalid bytes are repaired.  Of format controls the joiners ZWNJ and ZWJ stay
 * behind what they may join, which is no ASCII.  With `lines`, '\n' stays and
 * blanks around it go. */
void utf8_tidy(struct buf *out, const char *text, size_t size, bool lines);

/* Would a terminal obey the character, or show in another order what follows
 * it?  So do C0, DEL, C1 and the marks that turn the direction of a text. */
bool utf8_is_command(uint32_t code);

/* Append `text`, which may be anything, as a terminal can be shown it: commands
 * and invalid bytes become blanks. */
void utf8_plain(struct buf *out, const char *text, size_t size);

/* Append a JSON string of the text, with its quotes; in it a terminal would
 * obey nothing, either. */
void utf8_json(struct buf *out, const char *text, size_t size);

#endif
