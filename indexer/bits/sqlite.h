/*
 * indexer/bits/sqlite.h - SQLite for code that lives in the programs and in
 * the loadable extension.
 *
 * A program calls the library by name; an extension must go through the
 * table of functions that the loading program hands it.  Files that are
 * compiled for both include this header and do not see the difference.
 */
#ifndef INDEXER_SQLITE_H
#define INDEXER_SQLITE_H

#ifdef NEWS_EXTENSION
#include <sqlite3ext.h>
extern const sqlite3_api_routines *sqlite3_api;
#else
#include <sqlite3.h>
#endif

#endif
