/*
 * Where an article stands the catalog tells by its key, and by its URL if it
 * knows them all.  What it does not tell of are dead articles, earlier
 * versions that no merge has dropped yet: they are looked at one by one.
 */
#include "indexer/care/takedown.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "indexer/archive/deletions.h"
#include "indexer/bits/sql.h"
#include "indexer/care/merge.h"
#include "indexer/segment/schema.h"

/* Files that hold the same key; more are not to be expected. */
#define HOLDERS_MAX 256

/* One search for what a person named. */
struct search {
    struct writer *writer;
    const char *wanted;      /* NULL: only its digest is known */
    struct catalog_key hash; /* of `wanted` */
    struct list keys;        /* of the articles found */
    struct list urls;        /* the same */
    struct list *segments;   /* that hold one of them, dead or alive */
};

static void
add_once(struct list *list, const char *text)
{
    if (!list_has(list, text))
        list_add_text(list, text);
}

static enum status
open_segment(const struct search *search, const char *name, struct sqlite3 **db,
             const char *sql, sqlite3_stmt **select, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status;

    buf_printf(&path, "%s/%s", writer_dir(search->writer), name);
    status = schema_open_listed(db, path.data, err);
    if (!status && sqlite3_prepare_v2(*db, sql, -1, select, NULL) != SQLITE_OK)
        status = sql_failed(*db, path.data, err);
    buf_release(&path);
    return status;
}

static bool
is_wanted(const struct search *search, const char *key, const char *url)
{
    struct catalog_key hash;

    if (search->wanted)
        return strcmp(key, search->wanted) == 0 ||
               strcmp(url, search->wanted) == 0;
    hash = catalog_key_of(key, strlen(key), NULL);
    return memcmp(&hash, &search->hash, sizeof(hash)) == 0;
}

/* Note the article that the statement stands on, if it is one of those: its
 * columns are key and URL. */
static enum status
judge(struct search *search, sqlite3_stmt *select, const char *segment,
      struct error *err)
{
    const char *key = (const char *)sqlite3_column_text(select, 0);
    const char *url = (const char *)sqlite3_column_text(select, 1);

    /* Neither is ever NULL in the table: there was no memory for it. */
    if (!key || !url)
        return sql_failed(sqlite3_db_handle(select), segment, err);
    if (!is_wanted(search, key, url) && !list_has(&search->keys, key))
        return STATUS_OK;
    add_once(&search->keys, key);
    if (*url)
        add_once(&search->urls, url);
    add_once(search->segments, segment);
    return STATUS_OK;
}

/* Judge every row of a statement that is bound, and make it ready again. */
static enum status
judge_rows(struct search *search, sqlite3_stmt *select, const char *segment,
           struct error *err)
{
    enum status status = STATUS_OK;
    int code;

    while ((code = sqlite3_step(select)) == SQLITE_ROW && !status)
        status = judge(search, select, segment, err);
    if (!status && code != SQLITE_DONE)
        status = sql_failed(sqlite3_db_handle(select), segment, err);
    sqlite3_reset(select);
    return status;
}

static enum status
look_at_dead(struct search *search, const struct manifest_segment *entry,
             struct error *err)
{
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    enum status status = open_segment(
        search, entry->name, &db,
        "SELECT key,url FROM article WHERE id BETWEEN ?1 AND ?2", &select, err);

    for (size_t i = 0; !status && i < entry->ranges; i++) {
        sqlite3_bind_int64(select, 1, entry->range[i].first);
        sqlite3_bind_int64(select, 2, entry->range[i].last);
        status = judge_rows(search, select, entry->name, err);
    }
    sqlite3_finalize(select);
    schema_close(db);
    return status;
}

/* Every article of a segment: for URLs that the catalog does not know. */
static enum status
look_at_all(struct search *search, const struct manifest_segment *entry,
            struct error *err)
{
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    enum status status =
        open_segment(search, entry->name, &db,
                     "SELECT key,url FROM article WHERE url=?1", &select, err);

    if (!status) {
        sqlite3_bind_text(select, 1, search->wanted, -1, SQLITE_STATIC);
        status = judge_rows(search, select, entry->name, err);
    }
    sqlite3_finalize(select);
    schema_close(db);
    return status;
}

/* The article that stands for a key. */
static enum status
look_at_standing(struct search *search, const struct catalog_key *hash,
                 struct error *err)
{
    struct catalog_held held;
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    enum status status;
    char name[32];

    if (catalog_find_key(writer_catalog(search->writer), hash, &held, 1) == 0 ||
        held.segment <= 0)
        return STATUS_OK;
    manifest_segment_name(name, (uint64_t)held.segment);
    status =
        open_segment(search, name, &db,
                     "SELECT key,url FROM article WHERE id=?1", &select, err);
    if (!status) {
        sqlite3_bind_int64(select, 1, held.id);
        status = judge_rows(search, select, name, err);
    }
    sqlite3_finalize(select);
    schema_close(db);
    return status;
}

static enum status
look_for_url(struct search *search, struct error *err)
{
    const struct manifest *manifest = writer_manifest(search->writer);
    struct catalog *catalog = writer_catalog(search->writer);
    struct catalog_key *keys;
    enum status status = STATUS_OK;
    size_t count;

    if (!catalog_has_links(catalog)) {
        for (size_t i = 0; !status && i < manifest->segments; i++)
            status = look_at_all(search, &manifest->segment[i], err);
        return status;
    }
    count = catalog_find_link(catalog, &search->hash, &keys);
    for (size_t i = 0; !status && i < count; i++)
        status = look_at_standing(search, &keys[i], err);
    free(keys);
    return status;
}

/* Everything in the archive that goes by the name, or by the key of what
 * goes by the name. */
static enum status
look_for(struct search *search, struct error *err)
{
    const struct manifest *manifest = writer_manifest(search->writer);
    enum status status = look_at_standing(search, &search->hash, err);
    size_t known;

    if (!status && search->wanted)
        status = look_for_url(search, err);
    do {
        known = search->keys.count;
        for (size_t i = 0; !status && i < manifest->segments; i++)
            if (manifest->segment[i].dead)
                status = look_at_dead(search, &manifest->segment[i], err);
        for (size_t i = 0; !status && i < search->keys.count; i++) {
            const char *key = search->keys.item[i];
            struct catalog_key hash = catalog_key_of(key, strlen(key), NULL);

            status = look_at_standing(search, &hash, err);
        }
    } while (!status && search->keys.count > known);
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
        manifest_segment_name(name, (uint64_t)held[i].segment);
        entry = manifest_find(manifest, name);
        if (entry)
            manifest_kill(entry, held[i].id);
    }
    manifest_add_deletion(manifest, sha256, why);
}

/* Look for it and let all of it die.  `*found`: articles that were it. */
static enum status
mark(struct search *search, struct takedown *takedown, const char *why,
     size_t *found, struct error *err)
{
    struct catalog *catalog = writer_catalog(search->writer);
    enum status status;

    search->segments = &takedown->segments;
    status = look_for(search, err);
    /* What could not be asked has not answered no. */
    if (!status)
        status = catalog_status(catalog, err);
    for (size_t i = 0; !status && i < search->urls.count; i++) {
        const char *url = search->urls.item[i];
        struct catalog_key hash = catalog_key_of(url, strlen(url), NULL);

        catalog_remove_link(catalog, &hash);
    }
    for (size_t i = 0; !status && i < search->keys.count; i++)
        forget(search->writer, search->keys.item[i], why);
    *found = search->keys.count;
    list_release(&search->keys);
    list_release(&search->urls);
    return status;
}

enum status
takedown_mark(struct takedown *takedown, struct writer *writer, const char *key,
              const char *why, struct error *err)
{
    struct search search = {.writer = writer,
                            .wanted = key,
                            .hash = catalog_key_of(key, strlen(key), NULL),
                            .keys = LIST_INIT,
                            .urls = LIST_INIT};
    size_t found = 0;
    enum status status = mark(&search, takedown, why, &found, err);

    if (!status && found == 0)
        status =
            error_set(err, STATUS_ABSENT,
                      "%s: no article in the archive has this key or URL", key);
    return status;
}

/* One that only the file of deletions knows. */
static enum status
mark_again(struct takedown *takedown, struct writer *writer,
           const struct manifest_deleted *deleted, struct error *err)
{
    struct search search = {.writer = writer,
                            .hash = catalog_key_of_hex(deleted->sha256),
                            .keys = LIST_INIT,
                            .urls = LIST_INIT};
    size_t found = 0;

    manifest_add_deletion(writer_edit(writer), deleted->sha256, deleted->why);
    return mark(&search, takedown, deleted->why, &found, err);
}

/* All that only the file of deletions knows. */
static enum status
mark_noted(struct takedown *takedown, struct writer *writer, struct error *err)
{
    struct manifest noted = MANIFEST_INIT;
    enum status status = STATUS_OK;

    deletions_read(&noted, writer_dir(writer));
    for (size_t i = 0; !status && i < noted.deletions; i++)
        if (!manifest_deletion(writer_manifest(writer),
                               noted.deleted[i].sha256))
            status = mark_again(takedown, writer, &noted.deleted[i], err);
    manifest_release(&noted);
    return status;
}

enum status
takedown_again(struct writer *writer, struct error *err)
{
    struct takedown takedown = TAKEDOWN_INIT;
    enum status status = takedown_finish(&takedown, writer, err);

    takedown_release(&takedown);
    return status;
}

enum status
takedown_noted(struct writer *writer, struct error *err)
{
    if (!deletions_has_more(writer_manifest(writer), writer_dir(writer)))
        return STATUS_OK;
    return takedown_again(writer, err);
}

enum status
takedown_finish(struct takedown *takedown, struct writer *writer,
                struct error *err)
{
    struct list one = LIST_INIT;
    enum status status = mark_noted(takedown, writer, err);

    for (size_t i = 0; !status && i < takedown->segments.count; i++) {
        list_clear(&one);
        list_add_text(&one, takedown->segments.item[i]);
        status = merge_segments(writer, &one, MERGE_PACKED_ANEW, err);
    }
    /* First where nothing but this is: the manifest may be lost together with
     * its copy in the catalog. */
    if (!status)
        status =
            deletions_write(writer_manifest(writer), writer_dir(writer), err);
    if (!status)
        status = writer_commit(writer, NULL, err);
    list_release(&one);
    return status;
}

void
takedown_release(struct takedown *takedown)
{
    list_release(&takedown->segments);
}

enum status
takedown_undo(struct writer *writer, const char *key, struct error *err)
{
    enum status status;
    char sha256[65];

    (void)catalog_key_of(key, strlen(key), sha256);
    if (!manifest_deletion(writer_manifest(writer), sha256))
        return error_set(err, STATUS_ABSENT,
                         "%s: no article with this key has been deleted", key);
    manifest_undelete(writer_edit(writer), sha256);
    catalog_set_refused_stale(writer_catalog(writer));
    /* First where it would be taken for one that the manifest has lost. */
    status = deletions_write(writer_manifest(writer), writer_dir(writer), err);
    return status ? status : writer_commit(writer, NULL, err);
}
