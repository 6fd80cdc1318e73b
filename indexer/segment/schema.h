/*
 * indexer/segment/schema.h - the tables of a segment, and how one is opened.
 *
 * A segment is an SQLite database that is written once and never again:
 *
 *     article        one row an article; texts compressed (store.h)
 *     article_text   a view of it with the texts inflated: what FTS5 sees
 *     article_fts    FTS5, external content on article_text
 *     term           the terms of the index: term, articles, occurrences
 *     likeness       the strongest terms of each article (ranked/likeness.h)
 *     spelling       the words as they are written (vocabulary.h)
 *     meta           key and value; complete=1 is written last
 *
 * Articles are numbered from 1 by date of publication, undated ones first, so
 * that a range of dates is a range of numbers.  nindex(5) says the same in
 * words; change both, and SCHEMA_VERSION (archive/version.h), together.
 */
#ifndef INDEXER_SCHEMA_H
#define INDEXER_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/error.h"

/* 'news' in ASCII: what file(1) and PRAGMA application_id see. */
#define SCHEMA_APPLICATION_ID 0x6e657773

struct sqlite3;
struct unpacker;

/*
 * Create the tables in an empty file that nobody else sees yet.  The
 * connection is made for speed: no journal, no syncing; whoever builds the
 * segment syncs and renames it.  `language` is the archive's default.
 */
enum status schema_create(struct sqlite3 **db, const char *path,
                          const char *language, struct error *err);

/*
 * Open a finished segment: read-only, immutable, with the tokenizer and the
 * SQL functions of store.h registered.
 *
 * STATUS_ABSENT: no such file.  STATUS_VERSION: another schema or analysis
 * version, the sentence says which and what to do.  STATUS_DAMAGED: not a
 * segment, or not complete.
 */
enum status schema_open(struct sqlite3 **db, const char *path,
                        struct error *err);

/* The same of a segment that the manifest lists: STATUS_DAMAGED if it is
 * missing. */
enum status schema_open_listed(struct sqlite3 **db, const char *path,
                               struct error *err);

/*
 * The same of one that may be of an earlier version: `*present` tells that it
 * is not.  Of an earlier one only the table article is to be read, by
 * row_older.h, and nothing is registered.
 */
enum status schema_open_older(struct sqlite3 **db, const char *path,
                              bool *present, struct error *err);

/* What to say of one: its path. */
#define SCHEMA_MISSING "%s: is missing; look with: nindex check"
#define SCHEMA_NO_FILE "%s: is not a file; look with: nindex check"

/* STATUS_DAMAGED if there is something at `path`, but no file: SQLite would
 * wait for the other end of a FIFO. */
enum status schema_expect_file(const char *path, struct error *err);

/* What is left to do with a connection to a finished segment, however it was
 * opened: see that it is complete and of this analysis, register what its SQL
 * calls.  `path` is for sentences; if `unpacker` is not NULL it is set as
 * store_register() does. */
enum status schema_finish_open(struct sqlite3 *db, const char *path,
                               struct unpacker **unpacker, struct error *err);

/* Are these the numbers in the header of a segment? */
enum status schema_examine(int64_t application_id, int64_t user_version,
                           const char *path, struct error *err);

/* Close; NULL is fine. */
void schema_close(struct sqlite3 *db);

#endif
