#include "indexer/nindex/generation.h"

#include <stdint.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/bits/sql.h"
#include "indexer/segment/schema.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"

void
generation_close(struct generation *generation)
{
    for (size_t i = 0; i < generation->manifest.segments; i++)
        schema_close(generation->db[i]);
    free(generation->db);
    manifest_release(&generation->manifest);
}

static enum status
open_all(struct generation *generation, const char *dir, struct error *err)
{
    enum status status;

    *generation = (struct generation){0};
    status = manifest_read(&generation->manifest, dir, err);
    if (status)
        manifest_release(&generation->manifest);
    generation->db =
        mem_zero(generation->manifest.segments, sizeof(struct sqlite3 *));
    for (size_t i = 0; !status && i < generation->manifest.segments; i++) {
        struct buf path = BUF_INIT;

        buf_printf(&path, "%s/%s", dir, generation->manifest.segment[i].name);
        status = schema_open(&generation->db[i], path.data, err);
        buf_release(&path);
    }
    return status;
}

/* Between the reading of the manifest and the opening of what it lists a run
 * may have committed.  What the same generation lists twice and is not there
 * is missing. */
enum status
generation_open(struct generation *generation, const char *dir,
                struct error *err)
{
    enum status status = open_all(generation, dir, err);
    uint64_t last = 0;

    while (status == STATUS_ABSENT && generation->manifest.segments > 0 &&
           generation->manifest.generation != last) {
        last = generation->manifest.generation;
        generation_close(generation);
        status = open_all(generation, dir, err);
    }
    if (status == STATUS_ABSENT && generation->manifest.segments > 0) {
        error_prefix(err, "damaged, look with nindex check: ");
        status = err->status = STATUS_DAMAGED;
    }
    return status;
}

struct taking {
    generation_take *take;
    void *context;
};

static enum status
each_row(struct sqlite3_stmt *select, const struct manifest_segment *segment,
         const struct taking *taking, struct error *err)
{
    struct sqlite3 *db = sqlite3_db_handle(select);
    struct unpacker *unpacker = unpacker_new(db);
    struct article article;
    enum status status = STATUS_OK;
    int code = SQLITE_DONE;

    article_init(&article);
    while (!status && (code = sqlite3_step(select)) == SQLITE_ROW) {
        if (manifest_is_dead(segment, sqlite3_column_int64(select, 0)))
            continue;
        status = row_load(select, unpacker, &article, err);
        if (status)
            error_prefix(err, "%s: ", segment->name);
        else
            status = taking->take(taking->context, select, &article, err);
    }
    if (!status && code != SQLITE_DONE)
        status = sql_failed(db, segment->name, err);
    article_release(&article);
    unpacker_free(unpacker);
    return status;
}

static enum status
each_article(struct sqlite3 *db, const struct manifest_segment *segment,
             const char *name, const struct taking *taking, struct error *err)
{
    const char *sql = name ? "SELECT " ROW_COLUMNS " FROM article"
                             " WHERE key=?1 OR url=?1"
                           : "SELECT " ROW_COLUMNS " FROM article";
    sqlite3_stmt *select = NULL;
    enum status status = STATUS_OK;

    if (sqlite3_prepare_v2(db, sql, -1, &select, NULL) != SQLITE_OK)
        return sql_failed(db, segment->name, err);
    if (name)
        sqlite3_bind_text(select, 1, name, -1, SQLITE_STATIC);
    status = each_row(select, segment, taking, err);
    sqlite3_finalize(select);
    return status;
}

enum status
generation_each(const struct generation *generation, const char *name,
                generation_take *take, void *context, struct error *err)
{
    const struct manifest *manifest = &generation->manifest;
    const struct taking taking = {take, context};
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < manifest->segments; i++)
        status = each_article(generation->db[i], &manifest->segment[i], name,
                              &taking, err);
    return status;
}
