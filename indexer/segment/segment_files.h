/*
 * indexer/segment/segment_files.h - segments that SQLite reads through
 * descriptors.
 *
 * SQLite opens a database by its name.  A program that gives up the right to
 * open files, or that needs few of a hundred segments, opens all of them
 * itself, which is one system call each, and lets SQLite at those that turn
 * out to be needed, whenever that is.
 *
 *     files = segment_files_new();
 *     status = segment_files_add(files, "/srv/news/seg-000001.db", &number,
 *                                err);
 *     ... the rights are given up ...
 *     status = segment_files_open(files, number, &db, NULL,
 *                                 "seg-000001.db", err);
 *
 * To SQLite it is a file system of its own (a VFS), of files that nobody
 * changes.  Since every page that is not in memory comes through here, it is
 * also where a search can be stopped that SQLite would not stop by itself:
 * FTS5 may look through a whole list for a match without a look at anything
 * else.
 */
#ifndef INDEXER_SEGMENT_FILES_H
#define INDEXER_SEGMENT_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/error.h"

struct segment_files;
struct sqlite3;
struct unpacker;

struct segment_files *segment_files_new(void);

/* Close the descriptors; all databases must have been closed.  NULL is fine. */
void segment_files_free(struct segment_files *files);

/*
 * Open a segment's file.  STATUS_ABSENT: it is not there.  STATUS_DAMAGED:
 * not a segment.  STATUS_VERSION: of another schema.  What is inside of it is
 * looked at by segment_files_open().
 */
enum status segment_files_add(struct segment_files *files, const char *path,
                              size_t *number, struct error *err);

/* Let SQLite at one of them, as schema_open() does with a path.  `path` is for
 * sentences; if `unpacker` is not NULL it is set as store_register() does. */
enum status segment_files_open(const struct segment_files *files, size_t number,
                               struct sqlite3 **db, struct unpacker **unpacker,
                               const char *path, struct error *err);

/* Ask before each read whether to stop; reading then fails with
 * SQLITE_INTERRUPT. */
void segment_files_watch(struct segment_files *files, bool (*stop)(void *),
                         void *context);

#endif
