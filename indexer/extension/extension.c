/*
 * fts5_news.so - the tokenizer "news" and the functions of store.h for any
 * program that loads SQLite extensions:
 *
 *     $ sqlite3 -readonly seg-000001.db
 *     sqlite> .load ./fts5_news
 *     sqlite> SELECT key FROM article
 *        ...> WHERE id IN (SELECT rowid FROM article_fts('opcon'));
 */
#include <sqlite3ext.h>

#include "indexer/analysis/analysis.h"
#include "indexer/stored/store.h"

/* The table of SQLite's functions; one in the whole extension. */
SQLITE_EXTENSION_INIT1

/* All else in the extension is its own affair. */
__attribute__((visibility("default"))) int
sqlite3_ftsnews_init(sqlite3 *db, char **message,
                     const sqlite3_api_routines *api);

/* The name follows from the file's: its letters, without the digits. */
int
sqlite3_ftsnews_init(sqlite3 *db, char **message,
                     const sqlite3_api_routines *api)
{
    struct error err = {0};

    SQLITE_EXTENSION_INIT2(api)
    if (analysis_register(db, &err) || store_register(db, NULL, &err)) {
        *message = sqlite3_mprintf("%s", err.text);
        return SQLITE_ERROR;
    }
    return SQLITE_OK;
}
