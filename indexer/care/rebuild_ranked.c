#include "indexer/care/rebuild_ranked.h"

#include <stdlib.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked_format.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment_index.h"

/* The dates of articles 1, 2, ...: yours to free. */
static enum status
read_dates(struct sqlite3 *db, const char *path, int64_t articles,
           int64_t **published, struct error *err)
{
    sqlite3_stmt *select = NULL;
    int64_t count = 0;
    int code = sqlite3_prepare_v2(
        db, "SELECT id, published FROM article ORDER BY id", -1, &select, NULL);
    enum status status = STATUS_OK;

    *published = mem_zero((size_t)articles + 1, sizeof(**published));
    if (code == SQLITE_OK)
        code = SQLITE_ROW;
    while (code == SQLITE_ROW && count < articles) {
        code = sqlite3_step(select);
        if (code != SQLITE_ROW || sqlite3_column_int64(select, 0) != count + 1)
            break;
        (*published)[count++] = sqlite3_column_type(select, 1) == SQLITE_INTEGER
                                    ? sqlite3_column_int64(select, 1)
                                    : RANKED_UNDATED;
    }
    /* What could not be read has not said that it is not there. */
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = sql_failed(db, path, err);
    else if (count < articles)
        status = error_set(err, STATUS_DAMAGED,
                           "%s: its articles are not all there; look with: "
                           "nindex check",
                           path);
    sqlite3_finalize(select);
    return status;
}

static enum status
rebuild_segment(struct writer *writer, struct manifest_segment *entry,
                struct error *err)
{
    struct segment_plan plan = {
        .dir = writer_dir(writer),
        .language = writer_manifest(writer)->language,
        .number = strtoull(entry->name + sizeof("seg-") - 1, NULL, 10),
        .memory = writer_memory(writer)};
    struct segment_articles articles = {.count = entry->articles};
    struct buf path = BUF_INIT;
    struct sqlite3 *db = NULL;
    int64_t *published = NULL;
    enum status status;

    buf_printf(&path, "%s/%s", plan.dir, entry->name);
    status = schema_open_listed(&db, path.data, err);
    if (!status)
        status = read_dates(db, path.data, entry->articles, &published, err);
    articles.db = db;
    articles.path = path.data;
    articles.published = published;
    if (!status)
        status = segment_index_ranked(&articles, &plan, entry, err);
    free(published);
    schema_close(db);
    buf_release(&path);
    return status;
}

enum status
rebuild_ranked_all(struct writer *writer, struct error *err)
{
    const struct manifest *manifest = writer_manifest(writer);
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < manifest->segments; i++)
        status = rebuild_segment(writer, &writer_edit(writer)->segment[i], err);
    return status ? status : writer_commit(writer, NULL, err);
}
