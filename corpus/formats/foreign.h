/*
 * corpus/formats/foreign.h - names for what is not ours to read.
 *
 * A folder of news holds PDF files, pictures and spreadsheets too.  Whoever
 * finds one left out wants to know what it was taken for.
 */
#ifndef CORPUS_FOREIGN_H
#define CORPUS_FOREIGN_H

#include <stddef.h>

/*
 * What `head`, the first bytes of a file, seems to be: "a PDF document",
 * "binary data of an unknown kind".  `*advice`, what to do about it, is never
 * NULL.  Returns NULL for text.  Both are literals.
 */
const char *foreign_name(const char *head, size_t size, const char **advice);

/* The same of a ZIP file alone: NULL unless it is some program's document. */
const char *foreign_zip_name(const char *head, size_t size,
                             const char **advice);

#endif
