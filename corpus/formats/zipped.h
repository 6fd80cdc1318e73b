/*
 * corpus/formats/zipped.h - a document that is a ZIP file of XML, in memory:
 * what DOCX, ODT and EPUB have in common.
 *
 *     struct zipped zipped = ZIPPED_INIT;
 *
 *     status = zipped_read(&zipped, input, err);
 *     ... zipped_find(&zipped, "word/document.xml") ...
 *     zipped_release(&zipped);
 *
 * Pictures and fonts are unpacked and dropped.  packed_files.h has the limits
 * of what a file may unpack to; all together may be as much as one.
 */
#ifndef CORPUS_ZIPPED_H
#define CORPUS_ZIPPED_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/hash_table.h"
#include "corpus/syntax/xml.h"

struct article;
struct input;
struct reader;

struct zipped_file {
    struct buf name; /* "word/document.xml" */
    struct buf bytes;
};

struct zipped {
    struct zipped_file *file;
    size_t count;
    size_t room;
    struct hash_table names;
};

#define ZIPPED_INIT ((struct zipped){0})

/* Is `mark` in the head of a ZIP file: a file's name, or what ODT and EPUB
 * store in their first file? */
bool zipped_sniff(const char *head, size_t size, const char *mark);

/* Read all that is no picture.  What was read stays after a failure. */
enum status zipped_read(struct zipped *zipped, struct input *input,
                        struct error *err);
void zipped_release(struct zipped *zipped);

/* The bytes of a file, or NULL: of the last that has this name, which is the
 * one that a program finds that goes by the ZIP's directory. */
const struct buf *zipped_find(const struct zipped *zipped, const char *name);

/* Parse one; NULL if it is not there or not XML. */
xmlDoc *zipped_xml(const struct zipped *zipped, const char *name);

/* What a format does whose file is one article: it is read when the first one
 * is asked for, by `read`, and there is no other. */
typedef enum status (*zipped_article)(struct reader *reader,
                                      struct article *article,
                                      const struct zipped *zipped,
                                      struct error *err);
enum status zipped_next(struct reader *reader, zipped_article read,
                        struct article *article, bool *more, struct error *err);

#endif
