#include "indexer/catalog.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>
#include <zlib.h>

#include "corpus/mem.h"
#include "indexer/catalog_parts.h"
#include "indexer/schema.h"
#include "indexer/sha256.h"

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

/* Not among the others: catalogs that were made without it get it, too. */
static const char lately_sql[] =
    "CREATE TABLE IF NOT EXISTS lately(\n"
    "  file INTEGER PRIMARY KEY    -- read by the last run that read any\n"
    ") STRICT;";

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
    "INSERT OR IGNORE INTO link VALUES(?1,?2)",
    "DELETE FROM link WHERE url=?1",
    "SELECT key FROM link WHERE url=?1",
};

struct catalog_key
catalog_key_of(const char *key, size_t size, char hex[65])
{
    unsigned char digest[SHA256_SIZE];
    struct catalog_key got;
    struct sha256 sha;

    sha256_init(&sha);
    sha256_add(&sha, key, size);
    sha256_end(&sha, digest);
    if (hex)
        sha256_hex(digest, hex);
    memcpy(got.hash, digest, sizeof(got.hash));
    return got;
}

static unsigned
hex_value(char digit)
{
    return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

struct catalog_key
catalog_key_of_hex(const char *hex)
{
    struct catalog_key key;

    for (size_t i = 0; i < sizeof(key.hash); i++)
        key.hash[i] = (unsigned char)(hex_value(hex[2 * i]) << 4 |
                                      hex_value(hex[2 * i + 1]));
    return key;
}

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
        schema_failed(catalog->db, catalog->path.data, &catalog->failure);
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

/* A statement that changes something. */
static void
change(struct catalog *catalog, sqlite3_stmt *statement)
{
    catalog->changed = true;
    while (catalog_step(catalog, statement))
        continue;
}

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
    change(catalog, put);
    sqlite3_finalize(put);
}

/* Is there a catalog of this version in the file?  `*usable` is false for an
 * empty file and for one that SQLite cannot make sense of. */
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
                     ? schema_failed(c->db, c->path.data, err)
                     : start_anew(c, err);
    stamp_of(manifest, &stamp);
    catalog_run(c, "BEGIN");
    catalog_run(c, lately_sql);
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

void
catalog_set_all_stale(struct catalog *catalog)
{
    catalog_run(catalog, "UPDATE file SET stale=1");
    catalog->changed = true;
}

/* --- files --- */

static void
load_file(sqlite3_stmt *select, struct catalog_file *file)
{
    const unsigned char *format = sqlite3_column_text(select, 5);
    const unsigned char *reason = sqlite3_column_text(select, 10);

    file->id = sqlite3_column_int64(select, 0);
    file->size = (uint64_t)sqlite3_column_int64(select, 1);
    file->mtime_ns = sqlite3_column_int64(select, 2);
    file->digest = (uint64_t)sqlite3_column_int64(select, 3);
    file->stale = sqlite3_column_int(select, 4) != 0;
    snprintf(file->format, sizeof(file->format), "%s",
             format ? (const char *)format : "");
    file->articles = (uint64_t)sqlite3_column_int64(select, 6);
    file->failed = (uint64_t)sqlite3_column_int64(select, 7);
    file->skipped = (uint64_t)sqlite3_column_int64(select, 8);
    file->refused = (uint64_t)sqlite3_column_int64(select, 9);
    buf_set_text(&file->reason, reason ? (const char *)reason : "");
}

bool
catalog_find_file(struct catalog *catalog, const char *path,
                  struct catalog_file *file)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_FILE);
    bool found;

    sqlite3_bind_text(find, 1, path, -1, SQLITE_STATIC);
    found = catalog_step(catalog, find);
    if (found)
        load_file(find, file);
    sqlite3_reset(find);
    return found;
}

int64_t
catalog_put_file(struct catalog *catalog, const char *path,
                 const struct catalog_file *file)
{
    sqlite3_stmt *put =
        catalog_sql(catalog, file->id ? SQL_UPDATE_FILE : SQL_INSERT_FILE);

    sqlite3_bind_text(put, 1, path, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 2, (sqlite3_int64)file->size);
    sqlite3_bind_int64(put, 3, file->mtime_ns);
    sqlite3_bind_int64(put, 4, (sqlite3_int64)file->digest);
    sqlite3_bind_int(put, 5, file->stale);
    sqlite3_bind_text(put, 6, file->format, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, 7, (sqlite3_int64)file->articles);
    sqlite3_bind_int64(put, 8, (sqlite3_int64)file->failed);
    sqlite3_bind_int64(put, 9, (sqlite3_int64)file->skipped);
    sqlite3_bind_int64(put, 10, (sqlite3_int64)file->refused);
    sqlite3_bind_text(put, 11, file->reason.data, -1, SQLITE_STATIC);
    if (file->id)
        sqlite3_bind_int64(put, 12, file->id);
    change(catalog, put);
    return file->id ? file->id : sqlite3_last_insert_rowid(catalog->db);
}

static void
change_by_id(struct catalog *catalog, enum catalog_sql which, int64_t id)
{
    sqlite3_stmt *statement = catalog_sql(catalog, which);

    sqlite3_bind_int64(statement, 1, id);
    change(catalog, statement);
}

void
catalog_remove_file(struct catalog *catalog, int64_t id)
{
    change_by_id(catalog, SQL_REMOVE_FILE, id);
}

void
catalog_set_stale(struct catalog *catalog, int64_t id)
{
    change_by_id(catalog, SQL_SET_STALE, id);
}

void
catalog_add_refused(struct catalog *catalog, int64_t id)
{
    change_by_id(catalog, SQL_ADD_REFUSED, id);
    change_by_id(catalog, SQL_FORGET_EMPTY, id);
}

void
catalog_note_read(struct catalog *catalog, int64_t id)
{
    if (!catalog->read_any)
        catalog_run(catalog, "DELETE FROM lately");
    catalog->read_any = true;
    change_by_id(catalog, SQL_PUT_LATELY, id);
}

void
catalog_set_refused_stale(struct catalog *catalog)
{
    change(catalog, catalog_sql(catalog, SQL_SET_REFUSED_STALE));
}

static void
hand_out(struct catalog *catalog, sqlite3_stmt *select,
         void (*each)(void *context, const char *path,
                      const struct catalog_file *file),
         void *context)
{
    struct catalog_file file = CATALOG_FILE_INIT;

    while (catalog_step(catalog, select)) {
        load_file(select, &file);
        each(context, (const char *)sqlite3_column_text(select, 11), &file);
    }
    sqlite3_reset(select);
    buf_release(&file.reason);
}

void
catalog_each_file(struct catalog *catalog, const char *path,
                  void (*each)(void *context, const char *path,
                               const struct catalog_file *file),
                  void *context)
{
    sqlite3_stmt *select = catalog_sql(catalog, SQL_EACH_FILE);
    size_t size = strlen(path);

    /* "/" has all others under it without another '/'. */
    while (size > 0 && path[size - 1] == '/')
        size--;
    sqlite3_bind_text(select, 1, path, (int)size, SQLITE_STATIC);
    hand_out(catalog, select, each, context);
}

void
catalog_each_stale(struct catalog *catalog,
                   void (*each)(void *context, const char *path,
                                const struct catalog_file *file),
                   void *context)
{
    hand_out(catalog, catalog_sql(catalog, SQL_EACH_STALE), each, context);
}

/* --- keys --- */

static void
bind_key(sqlite3_stmt *statement, int at, const struct catalog_key *key)
{
    sqlite3_bind_blob(statement, at, key->hash, sizeof(key->hash),
                      SQLITE_STATIC);
}

size_t
catalog_find_key(struct catalog *catalog, const struct catalog_key *key,
                 struct catalog_held *held, size_t room)
{
    sqlite3_stmt *find = catalog_sql(catalog, SQL_FIND_KEY);
    size_t count = 0;

    bind_key(find, 1, key);
    while (count < room && catalog_step(catalog, find)) {
        struct catalog_held *got = &held[count++];
        const unsigned char *version = sqlite3_column_text(find, 4);

        got->file = sqlite3_column_int64(find, 0);
        got->segment = sqlite3_column_int64(find, 1);
        got->id = sqlite3_column_int64(find, 2);
        got->digest = (uint64_t)sqlite3_column_int64(find, 3);
        snprintf(got->version, sizeof(got->version), "%s",
                 version ? (const char *)version : "");
    }
    sqlite3_reset(find);
    return count;
}

void
catalog_put_held(struct catalog *catalog, const struct catalog_key *key,
                 const struct catalog_held *held)
{
    sqlite3_stmt *put = catalog_sql(catalog, SQL_PUT_HELD);

    bind_key(put, 1, key);
    sqlite3_bind_int64(put, 2, held->file);
    sqlite3_bind_int64(put, 3, held->segment);
    sqlite3_bind_int64(put, 4, held->id);
    sqlite3_bind_int64(put, 5, (sqlite3_int64)held->digest);
    sqlite3_bind_text(put, 6, held->version, -1, SQLITE_STATIC);
    change(catalog, put);
}

void
catalog_remove_held(struct catalog *catalog, const struct catalog_key *key,
                    int64_t file)
{
    sqlite3_stmt *remove = catalog_sql(catalog, SQL_REMOVE_HELD);

    bind_key(remove, 1, key);
    sqlite3_bind_int64(remove, 2, file);
    change(catalog, remove);
}

bool
catalog_arrive(struct catalog *catalog, const struct catalog_key *key,
               int64_t file, int64_t serial, const struct catalog_held *where)
{
    sqlite3_stmt *arrive = catalog_sql(catalog, SQL_ARRIVE);

    sqlite3_bind_int64(arrive, 1, where->segment);
    sqlite3_bind_int64(arrive, 2, where->id);
    bind_key(arrive, 3, key);
    sqlite3_bind_int64(arrive, 4, file);
    sqlite3_bind_int64(arrive, 5, -serial);
    change(catalog, arrive);
    return !catalog->failure.status && sqlite3_changes(catalog->db) > 0;
}

void
catalog_move(struct catalog *catalog, const struct catalog_key *key,
             int64_t segment, int64_t id)
{
    sqlite3_stmt *move = catalog_sql(catalog, SQL_MOVE);

    sqlite3_bind_int64(move, 1, segment);
    sqlite3_bind_int64(move, 2, id);
    bind_key(move, 3, key);
    change(catalog, move);
}

void
catalog_lose_segment(struct catalog *catalog, int64_t segment)
{
    change_by_id(catalog, SQL_STALE_OF_SEGMENT, segment);
    change_by_id(catalog, SQL_LOSE_SEGMENT, segment);
}

size_t
catalog_keys_of(struct catalog *catalog, int64_t file,
                struct catalog_key **keys)
{
    sqlite3_stmt *select = catalog_sql(catalog, SQL_KEYS_OF);

    sqlite3_bind_int64(select, 1, file);
    return catalog_take_keys(catalog, select, keys);
}
