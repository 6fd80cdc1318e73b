#include "indexer/segment/schema.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/field.h"
#include "indexer/archive/version.h"
#include "indexer/bits/sql.h"
#include "indexer/stored/row.h"
#include "indexer/stored/row_fields.h"
#include "indexer/stored/store.h"

/* The tables besides that of the articles (row.h). */
static const char tables_sql[] =
    "CREATE TABLE dictionary(\n"
    "  words BLOB NOT NULL            -- store.h; one row at most\n"
    ") STRICT;\n"
    "CREATE TABLE term(\n"
    "  term TEXT PRIMARY KEY,         -- as in the index\n"
    "  articles INTEGER NOT NULL,     -- how many have it\n"
    "  occurrences INTEGER NOT NULL   -- how often in all\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE likeness(\n"
    "  id INTEGER PRIMARY KEY,        -- of the article\n"
    "  terms BLOB NOT NULL            -- ranked/likeness.h\n"
    ") STRICT;\n"
    "CREATE TABLE spelling(\n"
    "  id INTEGER PRIMARY KEY,        -- 65536 * characters + row\n"
    "  words BLOB NOT NULL            -- vocabulary.h\n"
    ") STRICT;\n";

static const char meta_sql[] = "CREATE TABLE meta(\n"
                               "  key TEXT PRIMARY KEY,\n"
                               "  value TEXT NOT NULL\n"
                               ") STRICT, WITHOUT ROWID;\n";

/* %s is the archive's language; it is one of the codes of analysis.h. */
static const char fts_sql[] =
    "CREATE VIRTUAL TABLE article_fts USING fts5(\n"
    "  " FIELD_COLUMNS ",\n"
    "  content='article_text', content_rowid='id', detail=full,\n"
    "  tokenize='news %s');\n";

/* Nobody sees the file before it is complete, so nothing is journalled.  An
 * article takes about a kilobyte: of pages of 4096 bytes a seventh stays
 * empty, of these half as much; two leaves of FTS5 fill one. */
static const char speed_sql[] = "PRAGMA page_size=8192;"
                                "PRAGMA journal_mode=OFF;"
                                "PRAGMA synchronous=OFF;"
                                "PRAGMA locking_mode=EXCLUSIVE;"
                                "PRAGMA temp_store=MEMORY;"
                                "PRAGMA cache_size=-16000;";

static enum status
run_sql(struct sqlite3 *db, const char *sql, const char *path,
        struct error *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return sql_failed(db, path, err);
    return STATUS_OK;
}

static enum status
fill_new_file(struct sqlite3 *db, const char *path, const char *language,
              struct error *err)
{
    enum status status;
    struct buf sql = BUF_INIT;

    buf_printf(&sql,
               "PRAGMA application_id=%d; PRAGMA user_version=%d;"
               "BEGIN;%s"
               "INSERT INTO meta VALUES('schema','%d'),('analysis','%d'),"
               "('language','%s');",
               SCHEMA_APPLICATION_ID, SCHEMA_VERSION, meta_sql, SCHEMA_VERSION,
               ANALYSIS_VERSION, language);
    row_define_table(&sql);
    row_define_view(&sql);
    buf_add_text(&sql, tables_sql);
    buf_printf(&sql, fts_sql, language);
    buf_add_text(&sql, "COMMIT;");
    status = run_sql(db, speed_sql, path, err);
    if (!status)
        status = store_register(db, NULL, err);
    if (!status)
        status = analysis_register(db, err);
    if (!status)
        status = run_sql(db, sql.data, path, err);
    buf_release(&sql);
    return status;
}

enum status
schema_create(struct sqlite3 **db, const char *path, const char *language,
              struct error *err)
{
    enum status status;

    *db = NULL;
    if (strcmp(language, "none") != 0 && !analysis_language_code(language))
        return error_set(err, STATUS_USAGE, "\"%s\" is not a known language",
                         language);
    if (sqlite3_open_v2(path, db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        status = sql_failed(*db, path, err);
    else
        status = fill_new_file(*db, path, language, err);
    if (status) {
        schema_close(*db);
        *db = NULL;
    }
    return status;
}

/* "file:" and the path with what means something in a URI escaped. */
static void
uri_of_path(struct buf *uri, const char *path)
{
    buf_add_text(uri, "file:");
    for (; *path; path++) {
        if (strchr("?#%", *path))
            buf_printf(uri, "%%%02X", (unsigned)(unsigned char)*path);
        else
            buf_add_byte(uri, *path);
    }
    buf_add_text(uri, "?mode=ro&immutable=1");
}

/* One number out of the database; -1 if there is none.  That it could not be
 * read (no memory, a disk that fails) does not mean that it is not there. */
static enum status
ask_number(struct sqlite3 *db, const char *path, const char *sql,
           sqlite3_int64 *number, struct error *err)
{
    sqlite3_stmt *ask = NULL;
    enum status status = STATUS_OK;
    int code;

    *number = -1;
    code = sqlite3_prepare_v2(db, sql, -1, &ask, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(ask);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int64(ask, 0);
    else if (code != SQLITE_DONE && code != SQLITE_ERROR) /* no such table */
        status = sql_failed(db, path, err);
    sqlite3_finalize(ask);
    return status;
}

static enum status
other_version(const char *path, const char *part, int64_t version,
              int64_t known, struct error *err)
{
    enum status status = version_refuse(part, version, known, err);

    if (err)
        error_prefix(err, "%s: ", path);
    return status;
}

static enum status
examine_meta(struct sqlite3 *db, const char *path, struct error *err)
{
    sqlite3_int64 complete;
    sqlite3_int64 analysis;
    enum status status;

    status =
        ask_number(db, path, "SELECT value='1' FROM meta WHERE key='complete'",
                   &complete, err);
    if (!status)
        status =
            ask_number(db, path, "SELECT value FROM meta WHERE key='analysis'",
                       &analysis, err);
    if (status)
        return status;
    if (complete != 1)
        return error_set(err, STATUS_DAMAGED,
                         "%s: this segment was never completed", path);
    if (analysis != ANALYSIS_VERSION)
        return other_version(path, "analysis", analysis, ANALYSIS_VERSION, err);
    return STATUS_OK;
}

enum status
schema_examine(int64_t application_id, int64_t user_version, const char *path,
               struct error *err)
{
    if (application_id != SCHEMA_APPLICATION_ID)
        return error_set(err, STATUS_DAMAGED,
                         "%s: this is not a segment of a news archive", path);
    if (user_version != SCHEMA_VERSION)
        return other_version(path, "archive format", user_version,
                             SCHEMA_VERSION, err);
    return STATUS_OK;
}

static enum status
examine(struct sqlite3 *db, const char *path, struct error *err)
{
    sqlite3_int64 id;
    sqlite3_int64 version;
    enum status status =
        ask_number(db, path, "PRAGMA application_id", &id, err);

    if (!status)
        status = ask_number(db, path, "PRAGMA user_version", &version, err);
    if (!status)
        status = schema_examine(id, version, path, err);
    return status;
}

enum status
schema_finish_open(struct sqlite3 *db, const char *path,
                   struct unpacker **unpacker, struct error *err)
{
    enum status status = examine_meta(db, path, err);

    if (!status)
        status = store_register(db, unpacker, err);
    if (!status)
        status = analysis_register(db, err);
    return status;
}

enum status
schema_expect_file(const char *path, struct error *err)
{
    struct stat info;

    if (stat(path, &info) != 0 || S_ISREG(info.st_mode))
        return STATUS_OK;
    return error_set(err, STATUS_DAMAGED, SCHEMA_NO_FILE, path);
}

/* As a file that nobody changes, whatever is in it. */
static enum status
open_file(struct sqlite3 **db, const char *path, struct error *err)
{
    struct buf uri = BUF_INIT;
    enum status status = STATUS_OK;

    uri_of_path(&uri, path);
    if (sqlite3_open_v2(uri.data, db,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        status = sql_failed(*db, path, err);
    buf_release(&uri);
    return status;
}

enum status
schema_open(struct sqlite3 **db, const char *path, struct error *err)
{
    enum status status = schema_expect_file(path, err);

    *db = NULL;
    if (status)
        return status;
    status = open_file(db, path, err);
    if (!status)
        status = examine(*db, path, err);
    if (!status)
        status = schema_finish_open(*db, path, NULL, err);
    if (status) {
        schema_close(*db);
        *db = NULL;
        /* Asked only now: a merge may have removed it at any moment. */
        if (access(path, F_OK) != 0)
            status = error_set(err, STATUS_ABSENT, "%s: no such segment", path);
    }
    return status;
}

enum status
schema_open_listed(struct sqlite3 **db, const char *path, struct error *err)
{
    enum status status = schema_open(db, path, err);

    if (status == STATUS_ABSENT)
        status = error_set(err, STATUS_DAMAGED, SCHEMA_MISSING, path);
    return status;
}

/* Versions begin with 1. */
static bool
is_older(int64_t version, int64_t known)
{
    return version >= 1 && version <= known;
}

static enum status
examine_older(struct sqlite3 *db, const char *path, bool *present,
              struct error *err)
{
    sqlite3_int64 id = 0;
    sqlite3_int64 version = 0;
    sqlite3_int64 analysis = 0;
    sqlite3_int64 complete = 0;
    enum status status =
        ask_number(db, path, "PRAGMA application_id", &id, err);

    if (!status)
        status = ask_number(db, path, "PRAGMA user_version", &version, err);
    if (!status)
        status =
            ask_number(db, path, "SELECT value FROM meta WHERE key='analysis'",
                       &analysis, err);
    if (!status)
        status =
            ask_number(db, path, "SELECT value FROM meta WHERE key='complete'",
                       &complete, err);
    *present = version == SCHEMA_VERSION && analysis == ANALYSIS_VERSION;
    if (status)
        return status;
    if (id != SCHEMA_APPLICATION_ID || complete != 1)
        return error_set(err, STATUS_DAMAGED,
                         "%s: this is not a whole segment of a news archive",
                         path);
    if (!is_older(version, SCHEMA_VERSION))
        return other_version(path, "archive format", version, SCHEMA_VERSION,
                             err);
    if (!is_older(analysis, ANALYSIS_VERSION))
        return other_version(path, "analysis", analysis, ANALYSIS_VERSION, err);
    return STATUS_OK;
}

enum status
schema_open_older(struct sqlite3 **db, const char *path, bool *present,
                  struct error *err)
{
    enum status status = schema_expect_file(path, err);

    *db = NULL;
    *present = false;
    if (!status && access(path, F_OK) != 0)
        return error_set(err, STATUS_DAMAGED, SCHEMA_MISSING, path);
    if (!status)
        status = open_file(db, path, err);
    if (!status)
        status = examine_older(*db, path, present, err);
    return status;
}

void
schema_close(struct sqlite3 *db)
{
    sqlite3_close(db);
}
