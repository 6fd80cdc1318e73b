/*
 * indexer/stored/store.h - texts packed and unpacked, and the SQL side of it.
 *
 * A stored text is one byte that says how (0 as it is, 1 zstd, 2 zstd with
 * the segment's dictionary), the length of the text as an SQLite varint, and
 * the bytes: a frame of RFC 8878.  Short texts and those that do not shrink
 * stay as they are.
 *
 * A packer learns a dictionary from the first texts that it is given, in the
 * course of about 6 MiB (those before it are packed without), and keeps it
 * for every segment that it packs for; dictionary.h says what it must not
 * hold.  Each of them stores it in its table
 * `dictionary`, so that a segment can be read by itself.
 *
 * Captions are stored as one line each: text, then a TAB and the credit if
 * there is one.
 */
#ifndef INDEXER_STORE_H
#define INDEXER_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct sqlite3;

/* Used by one thread at a time. */
struct packer;

/* Never NULL. */
struct packer *packer_new(void);
void packer_free(struct packer *packer); /* NULL is fine */

/* Append the stored form of `text`. */
void store_pack(struct packer *packer, struct buf *out, const char *text,
                size_t size);

/* Empty while nothing has been packed with it. */
const struct buf *packer_dictionary(const struct packer *packer);

/* Learn nothing, but take the dictionary of the segment `db`, if it has one. */
void packer_adopt(struct packer *packer, struct sqlite3 *db);

struct unpacker;

/* For the texts of the segment `db`, which must outlive it; NULL if none has
 * a dictionary.  Never NULL. */
struct unpacker *unpacker_new(struct sqlite3 *db);
void unpacker_free(struct unpacker *unpacker); /* NULL is fine */

/* Would the packer write this stored form of the unpacker's segment just so,
 * with the same dictionary? */
bool store_is_packed(const struct packer *packer, struct unpacker *unpacker,
                     const void *data, size_t size);

/* Append the text of a stored form.  STATUS_DAMAGED if it is not one, or
 * claims more than 64 MiB; STATUS_LIMIT if there is no memory for it. */
enum status store_unpack(struct unpacker *unpacker, struct buf *out,
                         const void *data, size_t size, struct error *err);

/*
 * The SQL functions of a segment, for the view and for people:
 *
 *     news_text(blob)             the unpacked text
 *     news_mark(language, text)   text with the mark of analysis.h before it
 *                                 unless the language is the segment's own
 *     news_dates(published, zone, precision)   "2014 201410 20141024"
 *
 * `*unpacker`, if it is asked for, is theirs: so that whoever unpacks texts of
 * `db` besides does not load the dictionary again.  Borrowed until `db` is
 * closed.
 */
enum status store_register(struct sqlite3 *db, struct unpacker **unpacker,
                           struct error *err);

#endif
