#include "indexer/takedown.h"

#include <string.h>

#include <sqlite3.h>

#include "corpus/list.h"
#include "indexer/merge.h"
#include "indexer/schema.h"
#include "indexer/segment.h"

/* Files that hold the same key; more are not to be expected. */
#define HOLDERS_MAX 256

/* The keys of the articles in one segment whose key or URL it is, dead ones
 * too. */
static enum status
find_in_segment(const struct writer *writer,
                const struct manifest_segment *entry, const char *key,
                struct list *keys, struct error *err)
{
    struct buf path = BUF_INIT;
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    enum status status;
    int code = SQLITE_DONE;

    buf_printf(&path, "%s/%s", writer_dir(writer), entry->name);
    status = schema_open(&db, path.data, err);
    if (!status && sqlite3_prepare_v2(db,
                                      "SELECT DISTINCT key FROM article"
                                      " WHERE key=?1 OR url=?1",
                                      -1, &select, NULL) != SQLITE_OK)
        status = schema_failed(db, path.data, err);
    if (!status) {
        sqlite3_bind_text(select, 1, key, -1, SQLITE_STATIC);
        while ((code = sqlite3_step(select)) == SQLITE_ROW) {
            const char *found = (const char *)sqlite3_column_text(select, 0);

            if (found && !list_has(keys, found))
                list_add_text(keys, found);
        }
        if (code != SQLITE_DONE)
            status = schema_failed(db, path.data, err);
    }
    sqlite3_finalize(select);
    schema_close(db);
    buf_release(&path);
    return status;
}

/* What the catalog knows about the key goes, and the article dies. */
static void
forget(struct writer *writer, const char *key, const char *why)
{
    struct catalog *catalog = writer_catalog(writer);
    struct manifest *manifest = writer_edit(writer);
    struct catalog_held held[HOLDERS_MAX];
    struct catalog_key hash;
    char sha256[65];
    size_t count;

    hash = catalog_key_of(key, strlen(key), sha256);
    count = catalog_find_key(catalog, &hash, held, HOLDERS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct manifest_segment *entry;
        char name[32];

        catalog_remove_held(catalog, &hash, held[i].file);
        catalog_add_refused(catalog, held[i].file);
        if (held[i].segment <= 0)
            continue;
        segment_name(name, (uint64_t)held[i].segment);
        entry = manifest_find(manifest, name);
        if (entry)
            manifest_kill(entry, held[i].id);
    }
    manifest_add_deletion(manifest, sha256, why);
}

enum status
takedown_delete(struct writer *writer, const char *key, const char *why,
                struct error *err)
{
    const struct manifest *manifest = writer_manifest(writer);
    struct list segments = LIST_INIT;
    struct list keys = LIST_INIT;
    struct list found = LIST_INIT;
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < manifest->segments; i++) {
        list_clear(&found);
        status =
            find_in_segment(writer, &manifest->segment[i], key, &found, err);
        if (found.count)
            list_add_text(&segments, manifest->segment[i].name);
        for (size_t n = 0; n < found.count; n++)
            if (!list_has(&keys, found.item[n]))
                list_add_text(&keys, found.item[n]);
    }
    if (!status && keys.count == 0)
        status =
            error_set(err, STATUS_ABSENT,
                      "%s: no article in the archive has this key or URL", key);
    for (size_t i = 0; !status && i < keys.count; i++)
        forget(writer, keys.item[i], why);
    for (size_t i = 0; !status && i < segments.count; i++) {
        list_clear(&found);
        list_add_text(&found, segments.item[i]);
        status = merge_segments(writer, &found, err);
    }
    if (!status)
        status = writer_commit(writer, NULL, err);
    list_release(&segments);
    list_release(&keys);
    list_release(&found);
    return status;
}

enum status
takedown_undo(struct writer *writer, const char *key, struct error *err)
{
    char sha256[65];

    (void)catalog_key_of(key, strlen(key), sha256);
    if (!manifest_deletion(writer_manifest(writer), sha256))
        return error_set(err, STATUS_ABSENT,
                         "%s: no article with this key has been deleted", key);
    manifest_undelete(writer_edit(writer), sha256);
    catalog_set_refused_stale(writer_catalog(writer));
    return writer_commit(writer, NULL, err);
}
