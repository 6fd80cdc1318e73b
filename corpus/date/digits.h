/*
 * corpus/date/digits.h - the numerals of other scripts as those of ASCII.
 *
 *     ١٢ مارس ٢٠١٩     २०१४-०४-२८     ２０１９年３月１２日
 *
 * Dates are read in ASCII; so a text with other numerals is copied, and what is
 * found is counted in the text again.
 */
#ifndef CORPUS_DIGITS_H
#define CORPUS_DIGITS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Is there a numeral of another script in it? */
bool digits_foreign(const char *text, size_t size);

/* Append the text with its numerals in ASCII, each a byte. */
void digits_to_ascii(struct buf *out, const char *text, size_t size);

/* Of the copy's first `at` bytes: how many bytes of the text they are. */
size_t digits_offset(const char *text, size_t size, size_t at);

#endif
