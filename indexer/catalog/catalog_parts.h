/*
 * indexer/catalog/catalog_parts.h - what the files catalog*.c share; nobody
 * else includes it.
 */
#ifndef INDEXER_CATALOG_PARTS_H
#define INDEXER_CATALOG_PARTS_H

#include <sqlite3.h>

#include "indexer/catalog/catalog.h"

/* The statements, prepared when first used. */
enum catalog_sql {
    SQL_FIND_FILE,
    SQL_FIND_ORDER,
    SQL_INSERT_FILE,
    SQL_UPDATE_FILE,
    SQL_REMOVE_FILE,
    SQL_SET_STALE,
    SQL_SET_REFUSED_STALE,
    SQL_ADD_REFUSED,
    SQL_FORGET_EMPTY,
    SQL_EACH_FILE,
    SQL_EACH_STALE,
    SQL_FIND_KEY,
    SQL_PUT_HELD,
    SQL_REMOVE_HELD,
    SQL_ARRIVE,
    SQL_MOVE,
    SQL_KEYS_OF,
    SQL_STALE_OF_SEGMENT,
    SQL_LOSE_SEGMENT,
    SQL_PUT_LATELY,
    SQL_PUT_LIMITS,
    SQL_FORGET_LIMITS,
    SQL_FIND_GIVEN_UP,
    SQL_SET_LIMITED_STALE,
    SQL_PUT_LINK,
    SQL_REMOVE_LINK,
    SQL_FIND_LINK,
    SQL_COUNT
};

struct catalog {
    sqlite3 *db;
    sqlite3_stmt *statement[SQL_COUNT];
    struct buf path;
    struct error failure; /* the first one */
    bool changed;         /* since the last commit */
    bool renewed;         /* made again from the segments */
    bool read_any;        /* a file has been noted as read */
};

/* Keep what SQLite says as the catalog's failure. */
void catalog_fail(struct catalog *catalog);

void catalog_run(struct catalog *catalog, const char *sql);

/* NULL after a failure; binding to it and resetting it are harmless. */
sqlite3_stmt *catalog_sql(struct catalog *catalog, enum catalog_sql which);

/* True for a row.  A statement that has ended is ready for its next use. */
bool catalog_step(struct catalog *catalog, sqlite3_stmt *statement);

/* Run a statement that changes something. */
void catalog_change(struct catalog *catalog, sqlite3_stmt *statement);

/* The same for one whose only value is a number. */
void catalog_change_by_id(struct catalog *catalog, enum catalog_sql which,
                          int64_t id);

/* The key must outlive the step. */
void catalog_bind_key(sqlite3_stmt *statement, int at,
                      const struct catalog_key *key);

/* Make the tables that catalogs of older programs lack.  `all`: there is no
 * article yet, or all are about to be noted, so that none is missed. */
void catalog_make_links(struct catalog *catalog, bool all);

/* The keys in the first column of a statement's rows. */
size_t catalog_take_keys(struct catalog *catalog, sqlite3_stmt *select,
                         struct catalog_key **keys);

/* Note again which key stands where, from the segments, and forget the files
 * for which this does not fit what was noted about them. */
enum status catalog_renew(struct catalog *catalog, const char *dir,
                          const struct manifest *manifest, bool repair,
                          struct error *err);

#endif
