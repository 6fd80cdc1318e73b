/*
 * indexer/bits/sql.h - what SQLite answered, said to a person.
 */
#ifndef INDEXER_SQL_H
#define INDEXER_SQL_H

#include "corpus/base/error.h"

struct sqlite3;

/* The status and sentence for what SQLite just answered on `db`:
 * STATUS_FULL, STATUS_DAMAGED, STATUS_IO, STATUS_MEMORY or STATUS_INDEX.
 * `what` names the file or the deed. */
enum status sql_failed(struct sqlite3 *db, const char *what, struct error *err);

/* The same for a code that it answered earlier, before other calls. */
enum status sql_failed_with(struct sqlite3 *db, int code, const char *what,
                            struct error *err);

#endif
