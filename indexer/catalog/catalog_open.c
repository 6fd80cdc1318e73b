/* How a catalog is opened, made anew when it is not this archive's, and
 * committed. */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>
#include <zlib.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/catalog/catalog_parts.h"
#include "indexer/segment/schema.h"

#define CATALOG_VERSION 1

static const char tables_sql[] =
    "CREATE TABLE file(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  path TEXT NOT NULL UNIQUE,\n"
    "  size INTEGER NOT NULL,\n"
    "  mtime INTEGER NOT NULL,     -- nanoseconds since 1970\n"
    "  digest INTEGER NOT NULL,    -- of the bytes\n"
    "  stale INTEGER NOT NULL,     -- 1: read it again\n"
    "  format TEXT NOT NULL,\n"
    "  articles INTEGER NOT NULL,\n"
    "  failed INTEGER NOT NULL,\n"
    "  skipped INTEGER NOT NULL,\n"
    "  refused INTEGER NOT NULL,   -- deleted by hand\n"
    "  reason TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE INDEX file_stale ON file(id) WHERE stale;\n"
    "CREATE TABLE held(\n"
    "  key BLOB NOT NULL,          -- half the SHA-256 of the article's key\n"
    "  file INTEGER NOT NULL,\n"
    "  segment INTEGER NOT NULL,   -- 0: another file's article stands\n"
    "  id INTEGER NOT NULL,\n"
    "  digest INTEGER NOT NULL,    -- of what the article says\n"
    "  version TEXT NOT NULL,\n"
    "  PRIMARY KEY(key, file)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX held_file ON held(file);\n"
    "CREATE TABLE state(key TEXT PRIMARY KEY, value TEXT NOT NULL)\n"
    "  STRICT, WITHOUT ROWID;\n";

/* Not among the others: catalogs that were made without them get them, too. */
static const char later_tables_sql[] =
    "CREATE TABLE IF NOT EXISTS lately(\n"
    "  file INTEGER PRIMARY KEY    -- read by the last run that read any\n"
    ") STRICT;\n"
    "CREATE TABLE IF NOT EXISTS met_limit(\n"
    "  file INTEGER PRIMARY KEY,   -- that was not read to its end\n"
    "  seconds INTEGER NOT NULL,   -- what there was for it\n"
    "  memory INTEGER NOT NULL,\n"
    "  program TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE TRIGGER IF NOT EXISTS file_gone AFTER DELETE ON file BEGIN\n"
    "  DELETE FROM met_limit WHERE file=old.id;\n"
    "END;";

/* Whose notes are these?  The manifest's generation and its checksum. */
static void
stamp_of(const struct manifest *manifest, struct buf *stamp)
{
    struct buf text = BUF_INIT;

    manifest_print(manifest, &text);
    buf_printf(stamp, "%" PRIu64 " %08lx", manifest->generation,
               (unsigned long)crc32_z(0, (const Bytef *)text.data, text.size));
    buf_release(&text);
}

static bool
has_stamp(struct catalog *catalog, const struct buf *stamp)
{
    sqlite3_stmt *ask = NULL;
    bool equal = false;
    int code = sqlite3_prepare_v2(
        catalog->db, "SELECT value=?1 FROM state WHERE key='manifest'", -1,
        &ask, NULL);

    if (code == SQLITE_OK) {
        sqlite3_bind_text(ask, 1, stamp->data, -1, SQLITE_STATIC);
        code = sqlite3_step(ask);
        equal = code == SQLITE_ROW && sqlite3_column_int(ask, 0) == 1;
    }
    /* Want of memory undoes what was begun, so it cannot be passed over; a
     * state that cannot be read is drawn up again. */
    if ((code & 0xff) == SQLITE_NOMEM)
        catalog_fail(catalog);
    sqlite3_finalize(ask);
    return equal;
}

static void
set_state(struct catalog *catalog, const char *key, const struct buf *value)
{
    sqlite3_stmt *put = NULL;

    if (sqlite3_prepare_v2(catalog->db,
                           "INSERT OR REPLACE INTO state VALUES(?1,?2)", -1,
                           &put, NULL) != SQLITE_OK) {
        catalog_fail(catalog);
        return;
    }
    sqlite3_bind_text(put, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 2, value->data, (int)value->size, SQLITE_STATIC);
    catalog_change(catalog, put);
    sqlite3_finalize(put);
}

/* Is there a catalog of this version in the file?  Not in an empty file,
 * nor in one that SQLite cannot make sense of. */
static bool
look(struct catalog *catalog)
{
    sqlite3_stmt *ask = NULL;
    bool usable = false;

    if (sqlite3_prepare_v2(catalog->db, "PRAGMA user_version", -1, &ask,
                           NULL) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW)
        usable = sqlite3_column_int(ask, 0) == CATALOG_VERSION;
    sqlite3_finalize(ask);
    return usable;
}

static enum status
open_file(struct catalog *catalog, struct error *err)
{
    /* What is deleted is overwritten: a deleted article leaves no trace. */
    static const char pragmas[] = "PRAGMA journal_mode=DELETE;"
                                  "PRAGMA secure_delete=ON;"
                                  "PRAGMA locking_mode=EXCLUSIVE;"
                                  "PRAGMA temp_store=MEMORY;"
                                  "PRAGMA cache_size=-32000;";

    if (schema_expect_file(catalog->path.data, NULL)) {
        error_set(&catalog->failure, STATUS_DAMAGED,
                  "%s: is not a file; move it away and run again, what it has "
                  "to say is made again",
                  catalog->path.data);
        return catalog_status(catalog, err);
    }
    if (sqlite3_open_v2(catalog->path.data, &catalog->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        catalog_fail(catalog);
    /* SQLite would only say so after half a run. */
    if (!catalog->failure.status &&
        sqlite3_db_readonly(catalog->db, "main") == 1)
        error_set(&catalog->failure, STATUS_IO, "%s: may not be written to",
                  catalog->path.data);
    catalog_run(catalog, pragmas);
    return catalog_status(catalog, err);
}

/* Begin with an empty file.  The notes can be made again; what is in the way
 * is not worth a question. */
static enum status
start_anew(struct catalog *catalog, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct buf journal = BUF_INIT;
    enum status status;

    sqlite3_close(catalog->db);
    catalog->db = NULL;
    catalog->failure = (struct error){0};
    buf_printf(&journal, "%s-journal", catalog->path.data);
    unlink(catalog->path.data);
    unlink(journal.data);
    buf_release(&journal);
    status = open_file(catalog, err);
    buf_printf(&sql, "BEGIN; %s PRAGMA user_version=%d; COMMIT;", tables_sql,
               CATALOG_VERSION);
    catalog_run(catalog, sql.data);
    buf_release(&sql);
    return status ? status : catalog_status(catalog, err);
}

enum status
catalog_open(struct catalog **catalog, const char *dir,
             const struct manifest *manifest, bool repair, struct error *err)
{
    struct catalog *c = mem_zero(1, sizeof(*c));
    struct buf stamp = BUF_INIT;
    struct error why = {0};
    enum status status;

    *catalog = c;
    c->path = BUF_INIT;
    buf_printf(&c->path, "%s/catalog.db", dir);
    status = open_file(c, &why);
    if (status == STATUS_FULL || status == STATUS_IO ||
        status == STATUS_MEMORY) {
        error_set(err, status, "%s", why.text);
        goto done;
    }
    if (status || !look(c))
        status = c->db && sqlite3_errcode(c->db) == SQLITE_NOMEM
                     ? sql_failed(c->db, c->path.data, err)
                     : start_anew(c, err);
    stamp_of(manifest, &stamp);
    catalog_run(c, "BEGIN");
    catalog_run(c, later_tables_sql);
    catalog_make_links(c, manifest->segments == 0);
    if (!status && !has_stamp(c, &stamp) && !c->failure.status) {
        if (manifest->segments > 0)
            c->renewed = true;
        catalog_make_links(c, true);
        status = catalog_renew(c, dir, manifest, repair, err);
        set_state(c, "manifest", &stamp);
    }
    if (!status)
        status = catalog_status(c, err);
done:
    buf_release(&stamp);
    return status;
}

void
catalog_close(struct catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(catalog->statement[i]);
    sqlite3_close(catalog->db);
    buf_release(&catalog->path);
    free(catalog);
}

enum status
catalog_commit(struct catalog *catalog, const struct manifest *manifest,
               struct error *err)
{
    struct buf stamp = BUF_INIT;
    struct buf copy = BUF_INIT;

    stamp_of(manifest, &stamp);
    if (catalog->changed || !has_stamp(catalog, &stamp)) {
        manifest_print(manifest, &copy);
        set_state(catalog, "manifest", &stamp);
        set_state(catalog, "copy", &copy);
        catalog_run(catalog, "COMMIT");
        catalog_run(catalog, "BEGIN");
        catalog->changed = false;
    }
    buf_release(&copy);
    buf_release(&stamp);
    return catalog_status(catalog, err);
}
