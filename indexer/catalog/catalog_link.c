/* Which article has which URL: so that one is found by it in any archive,
 * however large. */
#include "indexer/catalog/catalog_parts.h"

void
catalog_make_links(struct catalog *catalog, bool all)
{
    catalog_run(catalog,
                "CREATE TABLE IF NOT EXISTS link(\n"
                "  url BLOB NOT NULL, -- half the SHA-256, as of keys\n"
                "  key BLOB NOT NULL,\n"
                "  PRIMARY KEY(url, key)\n"
                ") STRICT, WITHOUT ROWID;");
    if (all)
        catalog_run(catalog, "INSERT OR IGNORE INTO state VALUES('links','1')");
}

bool
catalog_has_links(struct catalog *catalog)
{
    sqlite3_stmt *ask = NULL;
    int code = sqlite3_prepare_v2(
        catalog->db, "SELECT 1 FROM state WHERE key='links'", -1, &ask, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(ask);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        catalog_fail(catalog);
    sqlite3_finalize(ask);
    return code == SQLITE_ROW;
}

void
catalog_put_link(struct catalog *catalog, const struct catalog_key *url,
                 const struct catalog_key *key)
{
    sqlite3_stmt *put = catalog_sql(catalog, SQL_PUT_LINK);

    catalog_bind_key(put, 1, url);
    catalog_bind_key(put, 2, key);
    catalog_change(catalog, put);
}

void
catalog_remove_link(struct catalog *catalog, const struct catalog_key *url)
{
    sqlite3_stmt *remove = catalog_sql(catalog, SQL_REMOVE_LINK);

    catalog_bind_key(remove, 1, url);
    catalog_change(catalog, remove);
}

size_t
catalog_find_link(struct catalog *catalog, const struct catalog_key *url,
                  struct catalog_key **keys)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_LINK);

    catalog_bind_key(find, 1, url);
    return catalog_take_keys(catalog, find, keys);
}
