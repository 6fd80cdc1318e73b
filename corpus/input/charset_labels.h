/*
 * corpus/input/charset_labels.h - the charsets that are read, and what they are
 * called.
 *
 * The labels are those of the WHATWG Encoding Standard and a few more that
 * files are declared with, among them the code pages of DOS.  What is in no
 * label here is not asked of iconv(3): UTF-7 hides markup from who looks for
 * it, and a file of nobody knows where is not to choose which of the system's
 * some 300 converters is loaded for it.
 *
 * The table would be a library's, but the one that has these labels,
 * encoding_rs, is Rust; iconv and ICU (36 MB) go by IANA's, in which
 * "iso-8859-1" is not windows-1252, as it is on the web.
 */
#ifndef CORPUS_CHARSET_LABELS_H
#define CORPUS_CHARSET_LABELS_H

#include <stddef.h>

/*
 * The name by which iconv(3) reads what is declared as `label`: in any case,
 * with blanks and quotes around it.  "UTF-8" and "windows-1252" are read
 * without it.  NULL if the label is not known; else a literal.
 */
const char *charset_name(const char *label);

/* These names, by numbers from 0; NULL behind the last. */
const char *charset_listed(size_t number);

/*
 * Load what iconv(3) needs for all of them, so that they can be had when no
 * file can be opened any more.  What is loaded stays until the process ends.
 */
void charset_preload(void);

#endif
