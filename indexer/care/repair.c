#include "indexer/care/repair.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "indexer/archive/folder.h"
#include "indexer/bits/sha256.h"
#include "indexer/care/takedown.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"

static bool
is_file_sound(const char *path, uint64_t bytes, const char *sha256)
{
    char hex[SHA256_HEX_SIZE];
    uint64_t got = 0;
    int fd = open(path, FOLDER_READ | O_NOFOLLOW);
    bool sound = fd >= 0 && !sha256_file(fd, path, hex, &got, NULL) &&
                 got == bytes && strcmp(hex, sha256) == 0;

    if (fd >= 0)
        close(fd);
    return sound;
}

static bool
is_sound(const struct writer *writer, const struct manifest_segment *entry)
{
    struct buf path = BUF_INIT;
    char ranked[32];
    bool sound;

    buf_printf(&path, "%s/%s", writer_dir(writer), entry->name);
    sound = is_file_sound(path.data, entry->bytes, entry->sha256);
    if (sound && entry->ranked_bytes) {
        manifest_ranked_name(ranked, entry->name);
        buf_clear(&path);
        buf_printf(&path, "%s/%s", writer_dir(writer), ranked);
        sound =
            is_file_sound(path.data, entry->ranked_bytes, entry->ranked_sha256);
    }
    buf_release(&path);
    return sound;
}

/* One damaged segment on its way to a sound one. */
struct rescue {
    struct writer *writer;
    const struct manifest_segment *entry;
    struct sqlite3 *db; /* NULL: it does not even open */
    sqlite3_stmt *select;
    struct unpacker *unpacker;
    struct segment *segment;
    int64_t number;
    int64_t rescued;
};

/* Copy the article if it can be read and fits its checksum.  Each is looked
 * for by its number: behind a damaged page there may be sound ones. */
static enum status
rescue_article(struct rescue *rescue, int64_t id, struct article *article,
               struct error *err)
{
    enum status status = STATUS_OK;
    struct catalog_key key;

    sqlite3_reset(rescue->select);
    sqlite3_bind_int64(rescue->select, 1, id);
    if (sqlite3_step(rescue->select) != SQLITE_ROW ||
        row_load(rescue->select, rescue->unpacker, article, NULL))
        return STATUS_OK;
    status =
        segment_copy(rescue->segment, rescue->select, rescue->unpacker, err);
    if (status)
        return status;
    key = catalog_key_of(article->key.data, article->key.size, NULL);
    catalog_move(writer_catalog(rescue->writer), &key, rescue->number,
                 ++rescue->rescued);
    return STATUS_OK;
}

static enum status
rescue_articles(struct rescue *rescue, struct error *err)
{
    enum status status = STATUS_OK;
    struct article article;

    article_init(&article);
    for (int64_t id = 1; !status && id <= rescue->entry->articles; id++)
        if (!manifest_is_dead(rescue->entry, id))
            status = rescue_article(rescue, id, &article, err);
    article_release(&article);
    return status;
}

static void
open_damaged(struct rescue *rescue)
{
    struct buf path = BUF_INIT;

    buf_printf(&path, "%s/%s", writer_dir(rescue->writer), rescue->entry->name);
    if (!schema_open(&rescue->db, path.data, NULL) &&
        sqlite3_prepare_v2(rescue->db,
                           "SELECT " ROW_COLUMNS " FROM article WHERE id=?1",
                           -1, &rescue->select, NULL) != SQLITE_OK)
        rescue->select = NULL;
    rescue->unpacker = unpacker_new(rescue->db);
    buf_release(&path);
}

/* Of a segment that was only not listed nothing is lost. */
static bool
is_to_be_kept(const struct rescue *rescue)
{
    return writer_manifest_state(rescue->writer) != WRITER_MANIFEST_DRAWN_UP ||
           !rescue->select ||
           rescue->rescued < rescue->entry->articles - rescue->entry->dead;
}

static enum status
rescue_segment(struct writer *writer, const char *name,
               struct repair_counts *counts, struct error *err)
{
    struct manifest *manifest = writer_edit(writer);
    struct rescue rescue = {.writer = writer,
                            .entry = manifest_find(manifest, name)};
    struct segment_plan plan = {.dir = writer_dir(writer),
                                .language = manifest->language,
                                .number = manifest->next_segment++,
                                .memory = writer_memory(writer) / 2};
    int64_t living = rescue.entry->articles - rescue.entry->dead;
    struct manifest_segment made;
    struct list old = LIST_INIT;
    enum status status;

    rescue.number = (int64_t)plan.number;
    list_add_text(&old, name);
    open_damaged(&rescue);
    status = segment_open(&rescue.segment, &plan, err);
    if (!status && rescue.select)
        status = rescue_articles(&rescue, err);
    catalog_lose_segment(writer_catalog(writer), strtoll(name + 4, NULL, 10));
    if (!status)
        status = catalog_status(writer_catalog(writer), err);
    if (!status && rescue.rescued > 0)
        status = segment_finish(rescue.segment, &made, err);
    if (!status && is_to_be_kept(&rescue))
        folder_keep_damaged(writer_dir(writer), name);
    if (!status)
        writer_exchange(writer, &old, rescue.rescued > 0 ? &made : NULL);
    sqlite3_finalize(rescue.select);
    unpacker_free(rescue.unpacker);
    schema_close(rescue.db);
    segment_close(rescue.segment);
    list_release(&old);
    counts->segments++;
    counts->rescued += rescue.rescued;
    counts->lost += living - rescue.rescued;
    return status;
}

enum status
repair_archive(struct writer *writer, struct repair_counts *counts,
               struct error *err)
{
    const struct manifest *manifest = writer_manifest(writer);
    struct list damaged = LIST_INIT;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < manifest->segments; i++)
        if (!is_sound(writer, &manifest->segment[i]))
            list_add_text(&damaged, manifest->segment[i].name);
    for (size_t i = 0; !status && i < damaged.count; i++)
        status = rescue_segment(writer, damaged.item[i], counts, err);
    if (!status)
        status = writer_commit(writer, NULL, err);
    if (!status)
        status = takedown_again(writer, err);
    list_release(&damaged);
    return status;
}
