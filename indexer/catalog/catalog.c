/* The statements that the files of the catalog share, and its failure. */
#include "indexer/catalog/catalog.h"

#include <sqlite3.h>

#include "indexer/bits/sql.h"
#include "indexer/catalog/catalog_parts.h"

/* In the order of enum catalog_sql. */
static const char *const statement_sql[SQL_COUNT] = {
    "SELECT id,size,mtime,digest,stale,format,articles,failed,skipped,"
    "refused,reason FROM file WHERE path=?1",
    "SELECT id,size,mtime,stale,path FROM file WHERE path>=?1"
    " ORDER BY path LIMIT ?2",
    "INSERT INTO file(path,size,mtime,digest,stale,format,articles,failed,"
    "skipped,refused,reason) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
    "UPDATE file SET path=?1,size=?2,mtime=?3,digest=?4,stale=?5,format=?6,"
    "articles=?7,failed=?8,skipped=?9,refused=?10,reason=?11 WHERE id=?12",
    "DELETE FROM file WHERE id=?1",
    "UPDATE file SET stale=1 WHERE id=?1",
    "UPDATE file SET stale=1 WHERE refused>0",
    "UPDATE file SET refused=refused+1 WHERE id=?1",
    "DELETE FROM file WHERE id=?1 AND NOT EXISTS"
    " (SELECT 1 FROM held WHERE held.file=?1)",
    /* A path under PATH begins with "PATH/"; '0' comes right behind '/'. */
    "SELECT id,size,mtime,digest,stale,format,articles,failed,skipped,"
    "refused,reason,path FROM file WHERE path=?1 OR"
    " (path>?1||'/' AND path<?1||'0') ORDER BY path",
    "SELECT id,size,mtime,digest,stale,format,articles,failed,skipped,"
    "refused,reason,path FROM file WHERE stale ORDER BY path",
    "SELECT file,segment,id,digest,version FROM held WHERE key=?1"
    " ORDER BY id=0, file",
    "INSERT OR REPLACE INTO held VALUES(?1,?2,?3,?4,?5,?6)",
    "DELETE FROM held WHERE key=?1 AND file=?2",
    "UPDATE held SET segment=?1,id=?2 WHERE key=?3 AND file=?4 AND id=?5",
    "UPDATE held SET segment=?1,id=?2 WHERE key=?3 AND id>0",
    "SELECT key FROM held WHERE file=?1 ORDER BY key",
    "UPDATE file SET stale=1 WHERE id IN"
    " (SELECT file FROM held WHERE segment=?1)",
    "DELETE FROM held WHERE segment=?1",
    "INSERT OR IGNORE INTO lately VALUES(?1)",
    "INSERT OR REPLACE INTO met_limit SELECT id,?2,?3,?4 FROM file"
    " WHERE path=?1",
    "DELETE FROM met_limit WHERE file=(SELECT id FROM file WHERE path=?1)",
    "SELECT 1 FROM met_limit WHERE seconds=0 AND"
    " file=(SELECT id FROM file WHERE path=?1)",
    "UPDATE file SET stale=1 WHERE stale=0 AND id IN (SELECT file FROM"
    " met_limit WHERE seconds<?1 OR memory<?2 OR program<>?3)",
    "INSERT OR IGNORE INTO link VALUES(?1,?2)",
    "DELETE FROM link WHERE url=?1",
    "SELECT key FROM link WHERE url=?1",
};

enum status
catalog_status(struct catalog *catalog, struct error *err)
{
    if (!catalog->failure.status)
        return STATUS_OK;
    return error_set(err, catalog->failure.status, "%s", catalog->failure.text);
}

void
catalog_fail(struct catalog *catalog)
{
    if (!catalog->failure.status)
        sql_failed(catalog->db, catalog->path.data, &catalog->failure);
}

void
catalog_run(struct catalog *catalog, const char *sql)
{
    if (!catalog->failure.status &&
        sqlite3_exec(catalog->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        catalog_fail(catalog);
}

sqlite3_stmt *
catalog_sql(struct catalog *catalog, enum catalog_sql which)
{
    sqlite3_stmt **statement = &catalog->statement[which];

    if (catalog->failure.status)
        return NULL;
    if (!*statement && sqlite3_prepare_v3(catalog->db, statement_sql[which], -1,
                                          SQLITE_PREPARE_PERSISTENT, statement,
                                          NULL) != SQLITE_OK)
        catalog_fail(catalog);
    return *statement;
}

bool
catalog_step(struct catalog *catalog, sqlite3_stmt *statement)
{
    int code;

    if (!statement || catalog->failure.status)
        return false;
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        catalog_fail(catalog);
    sqlite3_reset(statement);
    return false;
}

void
catalog_change(struct catalog *catalog, sqlite3_stmt *statement)
{
    catalog->changed = true;
    while (catalog_step(catalog, statement))
        continue;
}

void
catalog_change_by_id(struct catalog *catalog, enum catalog_sql which,
                     int64_t id)
{
    sqlite3_stmt *statement = catalog_sql(catalog, which);

    sqlite3_bind_int64(statement, 1, id);
    catalog_change(catalog, statement);
}
