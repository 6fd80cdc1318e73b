/* The catalog for people and for repair: read, and given up if a writer is at
 * work. */
#include <sqlite3.h>

#include "indexer/bits/sql.h"
#include "indexer/catalog/catalog.h"
#include "indexer/segment/schema.h"

static const char *
text_at(sqlite3_stmt *select, int column)
{
    const unsigned char *text = sqlite3_column_text(select, column);

    return text ? (const char *)text : "";
}

static enum status
view(struct sqlite3 *db, const char *path, const struct catalog_viewer *viewer,
     struct error *err)
{
    sqlite3_stmt *formats = NULL;
    sqlite3_stmt *failures = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_prepare_v2(db,
                           "SELECT format,count(*),sum(articles),sum(failed),"
                           "sum(skipped),sum(refused),sum(reason<>'') FROM "
                           "file GROUP BY 1 ORDER BY format",
                           -1, &formats, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT path,reason FROM file WHERE reason<>''"
                           " ORDER BY path",
                           -1, &failures, NULL) != SQLITE_OK) {
        status = sql_failed(db, path, err);
        goto done;
    }
    while (viewer->format && sqlite3_step(formats) == SQLITE_ROW) {
        struct catalog_format format = {
            .name = text_at(formats, 0),
            .files = (uint64_t)sqlite3_column_int64(formats, 1),
            .articles = (uint64_t)sqlite3_column_int64(formats, 2),
            .failed = (uint64_t)sqlite3_column_int64(formats, 3),
            .skipped = (uint64_t)sqlite3_column_int64(formats, 4),
            .refused = (uint64_t)sqlite3_column_int64(formats, 5),
            .with_reason = (uint64_t)sqlite3_column_int64(formats, 6)};

        viewer->format(viewer->context, &format);
    }
    while (viewer->failure && sqlite3_step(failures) == SQLITE_ROW)
        viewer->failure(viewer->context, text_at(failures, 0),
                        text_at(failures, 1));
done:
    sqlite3_finalize(formats);
    sqlite3_finalize(failures);
    return status;
}

static enum status
view_lately(struct sqlite3 *db, const char *path,
            const struct catalog_viewer *viewer, struct error *err)
{
    sqlite3_stmt *files = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_prepare_v2(db,
                           "SELECT path,articles,reason FROM file"
                           " JOIN lately ON file.id=lately.file ORDER BY path",
                           -1, &files, NULL) != SQLITE_OK &&
        /* No such table: no run has been since it was thought of. */
        sqlite3_errcode(db) != SQLITE_ERROR)
        status = sql_failed(db, path, err);
    while (!status && files && sqlite3_step(files) == SQLITE_ROW)
        viewer->lately(viewer->context, text_at(files, 0),
                       (uint64_t)sqlite3_column_int64(files, 1),
                       text_at(files, 2));
    sqlite3_finalize(files);
    return status;
}

enum status
catalog_view(const char *dir, const struct catalog_viewer *viewer,
             struct error *err)
{
    struct buf path = BUF_INIT;
    struct sqlite3 *db = NULL;
    enum status status;

    buf_printf(&path, "%s/catalog.db", dir);
    status = schema_expect_file(path.data, err);
    if (!status && sqlite3_open_v2(path.data, &db,
                                   SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                                   NULL) != SQLITE_OK)
        status = sql_failed(db, path.data, err);
    if (!status)
        status = view(db, path.data, viewer, err);
    if (!status && viewer->lately)
        status = view_lately(db, path.data, viewer, err);
    sqlite3_close(db);
    buf_release(&path);
    return status;
}

bool
catalog_read_copy(const char *dir, struct buf *text)
{
    struct buf path = BUF_INIT;
    struct sqlite3 *db = NULL;
    sqlite3_stmt *ask = NULL;
    bool found = false;

    buf_printf(&path, "%s/catalog.db", dir);
    /* Not read-only: the journal of a killed run may have to be undone. */
    if (sqlite3_open_v2(path.data, &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT value FROM state WHERE key='copy'", -1,
                           &ask, NULL) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW) {
        buf_add_text(text, text_at(ask, 0));
        found = true;
    }
    sqlite3_finalize(ask);
    sqlite3_close(db);
    buf_release(&path);
    return found;
}
