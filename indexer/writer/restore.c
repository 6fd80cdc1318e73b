#include "indexer/writer/restore.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/base/hash_table.h"
#include "corpus/base/mem.h"
#include "indexer/archive/deletions.h"
#include "indexer/archive/folder.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/catalog/catalog.h"
#include "indexer/segment/schema.h"

#define MANIFEST_MOST ((size_t)64 << 20)

/* Keys that have been met. */
struct met {
    struct catalog_key *key;
    size_t count;
    size_t room;
    struct hash_table table;
};

struct restore {
    const char *dir;
    struct manifest *manifest;
    uint64_t *number; /* of the segments in the folder, in order */
    size_t numbers;
    size_t number_room;
    struct met met;
};

/* --- keys ----------------------------------------------------------------- */

/* False if the key was met before. */
static bool
meet(struct met *met, const struct catalog_key *key)
{
    struct hash_look look;
    uint64_t hash;
    uint32_t number;

    memcpy(&hash, key->hash, sizeof(hash));
    look = hash_table_look(&met->table, hash);
    while ((number = hash_look_next(&look)) != HASH_NONE)
        if (memcmp(&met->key[number], key, sizeof(*key)) == 0)
            return false;
    met->key = mem_grow(met->key, met->count, &met->room, sizeof(*met->key));
    met->key[met->count] = *key;
    hash_table_add(&met->table, hash, (uint32_t)met->count++);
    return true;
}

/* --- the folder ----------------------------------------------------------- */

static int
compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static enum status
list_segments(struct restore *restore, struct error *err)
{
    DIR *open = opendir(restore->dir);
    const struct dirent *entry;

    if (!open)
        return error_set(err, status_of_errno(errno), "%s: cannot be read: %s",
                         restore->dir, strerror(errno));
    while ((entry = readdir(open)) != NULL) {
        char name[32];
        uint64_t number;

        if (strncmp(entry->d_name, "seg-", 4) != 0)
            continue;
        number = strtoull(entry->d_name + 4, NULL, 10);
        manifest_segment_name(name, number);
        if (strcmp(name, entry->d_name) != 0)
            continue;
        restore->number =
            mem_grow(restore->number, restore->numbers, &restore->number_room,
                     sizeof(*restore->number));
        restore->number[restore->numbers++] = number;
    }
    closedir(open);
    if (restore->numbers)
        qsort(restore->number, restore->numbers, sizeof(*restore->number),
              compare_numbers);
    return STATUS_OK;
}

/* --- the copy of the manifest --------------------------------------------- */

/* Is the copy of the last commit: all that it lists is there, and nothing
 * that it does not know; nor a deletion, for then the article still lives in
 * the copy. */
static bool
fits_folder(const struct restore *restore, const struct manifest *copy)
{
    if (copy->deletions < restore->manifest->deletions)
        return false;
    for (size_t i = 0; i < copy->segments; i++) {
        uint64_t number = strtoull(copy->segment[i].name + 4, NULL, 10);

        if (!restore->numbers ||
            !bsearch(&number, restore->number, restore->numbers, sizeof(number),
                     compare_numbers))
            return false;
    }
    return restore->numbers == 0 ||
           restore->number[restore->numbers - 1] < copy->next_segment;
}

/* --- drawing one up --------------------------------------------------------
 */

static void
take_language(struct manifest *manifest, struct sqlite3 *db)
{
    sqlite3_stmt *ask = NULL;

    if (!*manifest->language &&
        sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE key='language'",
                           -1, &ask, NULL) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW) {
        const unsigned char *value = sqlite3_column_text(ask, 0);

        snprintf(manifest->language, sizeof(manifest->language), "%s",
                 value ? (const char *)value : "en");
    }
    sqlite3_finalize(ask);
}

/* How many articles it says it has; they are numbered from 1. */
static int64_t
count_of(struct sqlite3 *db)
{
    sqlite3_stmt *ask = NULL;
    int64_t count = 0;

    if (sqlite3_prepare_v2(db,
                           "SELECT CAST(value AS INTEGER) FROM meta"
                           " WHERE key='articles'",
                           -1, &ask, NULL) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW)
        count = sqlite3_column_int64(ask, 0);
    sqlite3_finalize(ask);
    return count;
}

static void
judge(struct restore *restore, struct manifest_segment *entry,
      sqlite3_stmt *select)
{
    const void *key = sqlite3_column_text(select, 1);
    size_t size = (size_t)sqlite3_column_bytes(select, 1);
    int64_t id = sqlite3_column_int64(select, 0);
    struct catalog_key hash;
    char sha256[65];

    if (!key)
        return;
    hash = catalog_key_of(key, size, sha256);
    if (manifest_deletion(restore->manifest, sha256) ||
        !meet(&restore->met, &hash))
        manifest_kill(entry, id);
}

/* A damaged segment is listed, too: what it is worth its rescue will tell. */
static enum status
add_segment(struct restore *restore, uint64_t number, struct error *err)
{
    struct buf path = BUF_INIT;
    struct manifest_segment *entry;
    struct sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    enum status status;
    char name[32];

    manifest_segment_name(name, number);
    buf_printf(&path, "%s/%s", restore->dir, name);
    status = schema_open(&db, path.data, err);
    entry = manifest_add(restore->manifest);
    snprintf(entry->name, sizeof(entry->name), "%s", name);
    memset(entry->sha256, '0', sizeof(entry->sha256) - 1);
    entry->first = 1;
    if (!status) {
        take_language(restore->manifest, db);
        entry->articles = count_of(db);
        if (sqlite3_prepare_v2(db, "SELECT id,key FROM article ORDER BY id", -1,
                               &select, NULL) == SQLITE_OK)
            while (sqlite3_step(select) == SQLITE_ROW)
                judge(restore, entry, select);
    }
    sqlite3_finalize(select);
    schema_close(db);
    buf_release(&path);
    return status == STATUS_DAMAGED ? STATUS_OK : status;
}

static enum status
draw_up(struct restore *restore, struct error *err)
{
    struct manifest *manifest = restore->manifest;
    enum status status = STATUS_OK;

    if (restore->numbers == 0)
        return error_set(err, STATUS_ABSENT,
                         "%s: there is no manifest and no segment to make one "
                         "from; index into a new folder",
                         restore->dir);
    for (size_t i = restore->numbers; !status && i-- > 0;)
        status = add_segment(restore, restore->number[i], err);
    /* The manifest has the oldest first. */
    for (size_t i = 0; i < manifest->segments / 2; i++) {
        struct manifest_segment swap = manifest->segment[i];
        size_t other = manifest->segments - 1 - i;

        manifest->segment[i] = manifest->segment[other];
        manifest->segment[other] = swap;
    }
    if (!*manifest->language)
        snprintf(manifest->language, sizeof(manifest->language), "en");
    manifest->next_segment = restore->number[restore->numbers - 1] + 1;
    return status;
}

void
restore_deletions(struct manifest *manifest, const char *dir)
{
    struct buf kept = BUF_INIT;

    if (catalog_read_copy(dir, &kept))
        deletions_take(manifest, &kept);
    deletions_read(manifest, dir);
    buf_release(&kept);
}

enum status
restore_manifest(struct manifest *manifest, const char *dir, bool *drawn_up,
                 struct error *err)
{
    struct restore restore = {.dir = dir, .manifest = manifest};
    struct manifest copy = MANIFEST_INIT;
    struct buf left = BUF_LIMITED(MANIFEST_MOST);
    struct buf kept = BUF_INIT;
    enum status status = list_segments(&restore, err);

    manifest_release(manifest);
    /* Whatever can be read of it. */
    (void)manifest_read_text(dir, &left, NULL);
    *drawn_up = true;
    deletions_take(manifest, &left);
    restore_deletions(manifest, dir);
    if (!status && catalog_read_copy(dir, &kept) &&
        !manifest_parse(&copy, kept.data, kept.size, NULL)) {
        manifest->generation = copy.generation;
        if (fits_folder(&restore, &copy)) {
            manifest_copy(manifest, &copy);
            *drawn_up = false;
        }
    }
    if (!status && *drawn_up)
        status = draw_up(&restore, err);
    if (!status)
        folder_keep_damaged(dir, "manifest");
    manifest_release(&copy);
    buf_release(&left);
    buf_release(&kept);
    free(restore.number);
    free(restore.met.key);
    hash_table_release(&restore.met.table);
    return status;
}
