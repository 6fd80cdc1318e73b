/* The catalog made again from the segments, which are the truth. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/bits/sql.h"
#include "indexer/catalog/catalog_parts.h"
#include "indexer/segment/schema.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"

/* The file an article came from; one that is not known is to be read. */
static int64_t
file_id(struct catalog *catalog, const char *path)
{
    struct catalog_file file = CATALOG_FILE_INIT;

    if (!catalog_find_file(catalog, path, &file)) {
        file.stale = true;
        file.id = catalog_put_file(catalog, path, &file);
    }
    buf_release(&file.reason);
    return file.id;
}

static void
note_article(struct catalog *catalog, const struct article *article,
             const char *path, int64_t segment, int64_t id)
{
    struct catalog_held held = {
        .segment = segment, .id = id, .digest = row_digest(article)};
    struct catalog_key key =
        catalog_key_of(article->key.data, article->key.size, NULL);

    snprintf(held.version, sizeof(held.version), "%s", article->version.data);
    held.file = file_id(catalog, path);
    catalog_put_held(catalog, &key, &held);
    if (article->url.size &&
        strcmp(article->url.data, article->key.data) != 0) {
        struct catalog_key url =
            catalog_key_of(article->url.data, article->url.size, NULL);

        catalog_put_link(catalog, &url, &key);
    }
}

static enum status
note_segment(struct catalog *catalog, const char *dir,
             const struct manifest_segment *entry, struct error *err)
{
    struct buf path = BUF_INIT;
    struct unpacker *unpacker = NULL;
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    struct article article;
    enum status status;
    int code = SQLITE_DONE;

    article_init(&article);
    buf_printf(&path, "%s/%s", dir, entry->name);
    status = schema_open_listed(&db, path.data, err);
    if (status)
        goto done;
    unpacker = unpacker_new(db);
    if (sqlite3_prepare_v2(db, "SELECT " ROW_COLUMNS " FROM article", -1,
                           &select, NULL) != SQLITE_OK) {
        status = sql_failed(db, path.data, err);
        goto done;
    }
    while (!status && (code = sqlite3_step(select)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(select, 0);

        if (manifest_is_dead(entry, id))
            continue;
        status = row_load(select, unpacker, &article, err);
        if (status)
            error_prefix(err, "%s: ", path.data);
        else
            note_article(catalog, &article, row_file(select),
                         strtoll(entry->name + 4, NULL, 10), id);
    }
    if (!status && code != SQLITE_DONE)
        status = sql_failed(db, path.data, err);
done:
    sqlite3_finalize(select);
    unpacker_free(unpacker);
    schema_close(db);
    article_release(&article);
    buf_release(&path);
    return status;
}

enum status
catalog_renew(struct catalog *catalog, const char *dir,
              const struct manifest *manifest, bool repair, struct error *err)
{
    enum status status = STATUS_OK;

    catalog_run(catalog, "DELETE FROM held; DELETE FROM link");
    for (size_t i = 0; !status && i < manifest->segments; i++)
        if (note_segment(catalog, dir, &manifest->segment[i], err) && !repair)
            status = err->status;
    /* A file whose articles are not all there may have been read by a run
     * that never was committed; one that shares keys with others looks the
     * same.  Reading it again settles it and adds nothing twice. */
    catalog_run(catalog, "UPDATE file SET stale=1 WHERE articles<>"
                         "(SELECT count(*) FROM held WHERE held.file=file.id)");
    return status;
}
