#include "indexer/care/upgrade.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/article/article.h"
#include "corpus/base/list.h"
#include "corpus/story/language.h"
#include "indexer/archive/folder.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/archive/tidy.h"
#include "indexer/archive/version.h"
#include "indexer/bits/sql.h"
#include "indexer/care/rebuild_ranked.h"
#include "indexer/care/sound.h"
#include "indexer/ranked/ranked.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"
#include "indexer/writer/writer.h"

#define MEMORY_DEFAULT ((size_t)256 << 20)

/* What sorting postings and a format that grew may take on top. */
#define ROOM_PERCENT 130

struct upgrade {
    const struct upgrade_plan *plan;
    struct upgrade_counts *counts;
    struct manifest old;
    struct manifest new;
    struct packer *packer; /* a dictionary learnt from one is good for all */
    int64_t version;       /* of the manifest */
};

static void
path_of(const struct upgrade *upgrade, const char *name, struct buf *path)
{
    buf_clear(path);
    buf_printf(path, "%s/%s", upgrade->plan->dir, name);
}

/* --- what there is to do --- */

static enum status
is_present(const struct upgrade *upgrade, const char *name, bool *present,
           struct error *err)
{
    struct buf path = BUF_INIT;
    struct sqlite3 *db = NULL;
    enum status status;

    path_of(upgrade, name, &path);
    status = schema_open_older(&db, path.data, present, err);
    schema_close(db);
    buf_release(&path);
    return status;
}

/* The names of segments that need a successor. */
static enum status
list_older(const struct upgrade *upgrade, struct list *older, uint64_t *bytes,
           struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < upgrade->old.segments; i++) {
        const struct manifest_segment *entry = &upgrade->old.segment[i];
        bool present = false;

        status = is_present(upgrade, entry->name, &present, err);
        /* The lengths of an older manifest are not this one's. */
        if (status || (present && upgrade->version == SCHEMA_VERSION))
            continue;
        list_add_text(older, entry->name);
        *bytes += entry->bytes + entry->ranked_bytes;
    }
    return status;
}

static enum status
expect_room(const struct upgrade *upgrade, size_t segments, uint64_t bytes,
            struct error *err)
{
    const struct upgrade_plan *plan = upgrade->plan;
    uint64_t needed = bytes / 100 * ROOM_PERCENT + ((uint64_t)1 << 20);
    struct statvfs disk;
    uint64_t room;

    if (statvfs(plan->dir, &disk) != 0)
        return error_set(err, status_of_errno(errno), "%s: %s", plan->dir,
                         strerror(errno));
    room = (uint64_t)disk.f_bavail * disk.f_frsize;
    if (plan->begin)
        plan->begin(plan->context, segments, needed, room);
    if (room < needed)
        return error_set(err, STATUS_FULL,
                         "%s: the new segments need %llu MB beside the old "
                         "ones, and %llu MB are free",
                         plan->dir, (unsigned long long)(needed >> 20),
                         (unsigned long long)(room >> 20));
    return STATUS_OK;
}

/* --- one segment --- */

struct copying {
    struct sqlite3 *db;
    sqlite3_stmt *select;
    struct unpacker *unpacker;
    struct segment *segment;
    const struct manifest_segment *entry; /* of the old one */
    int64_t articles;
};

static enum status
copy_row(struct upgrade *upgrade, struct copying *copying,
         struct article *article, struct error *err)
{
    struct row *row;
    enum status status =
        row_load_older(copying->select, copying->unpacker, article, err);

    if (status)
        return status;
    /* Nothing for an article that an earlier program asked the same of. */
    language_of_article(article);
    row = row_pack(upgrade->packer, article, row_file(copying->select),
                   row_added(copying->select));
    status = segment_add(copying->segment, row, err);
    free(row);
    copying->articles++;
    return status;
}

/* In the order of their numbers, which is by date in every version. */
static enum status
copy_rows(struct upgrade *upgrade, struct copying *copying, const char *path,
          struct error *err)
{
    struct article article;
    enum status status = STATUS_OK;
    int code = SQLITE_DONE;

    article_init(&article);
    while (!status && (code = sqlite3_step(copying->select)) == SQLITE_ROW)
        if (!manifest_is_dead(copying->entry,
                              sqlite3_column_int64(copying->select, 0)))
            status = copy_row(upgrade, copying, &article, err);
    if (!status && code != SQLITE_DONE)
        status = sql_failed(copying->db, path, err);
    article_release(&article);
    return status;
}

static enum status
open_older(struct copying *copying, const char *path, struct error *err)
{
    struct buf sql = BUF_INIT;
    bool present;
    enum status status =
        sound_segment(path, copying->entry->sha256, "brought up to date", err);

    if (!status)
        status = schema_open_older(&copying->db, path, &present, err);
    if (!status)
        status = row_select_older(copying->db, path, &sql, err);
    if (!status && sqlite3_prepare_v2(copying->db, sql.data, -1,
                                      &copying->select, NULL) != SQLITE_OK)
        status = sql_failed(copying->db, path, err);
    if (!status)
        copying->unpacker = unpacker_new(copying->db);
    buf_release(&sql);
    return status;
}

/* A successor under the next number.  One in which nothing lives has none. */
static enum status
upgrade_segment(struct upgrade *upgrade, const struct manifest_segment *entry,
                struct error *err)
{
    struct segment_plan plan = {.dir = upgrade->plan->dir,
                                .language = upgrade->new.language,
                                .number = upgrade->new.next_segment++,
                                .memory = upgrade->plan->memory
                                              ? upgrade->plan->memory
                                              : MEMORY_DEFAULT,
                                .packer = upgrade->packer};
    struct copying copying = {.entry = entry};
    struct buf path = BUF_INIT;
    struct manifest_segment made;
    enum status status;

    path_of(upgrade, entry->name, &path);
    status = open_older(&copying, path.data, err);
    if (!status)
        status = segment_open(&copying.segment, &plan, err);
    if (!status)
        status = copy_rows(upgrade, &copying, path.data, err);
    if (!status && copying.articles > 0) {
        status = segment_finish(copying.segment, &made, err);
        if (!status)
            *manifest_add(&upgrade->new) = made;
    }
    sqlite3_finalize(copying.select);
    unpacker_free(copying.unpacker);
    schema_close(copying.db);
    segment_close(copying.segment);
    upgrade->counts->articles += copying.articles;
    upgrade->counts->segments++;
    buf_release(&path);
    return status;
}

/* --- all of them --- */

/* Nothing lists them, nor will. */
static void
remove_made(const struct upgrade *upgrade)
{
    for (size_t i = 0; i < upgrade->new.segments; i++) {
        const char *name = upgrade->new.segment[i].name;

        if (!manifest_find(&upgrade->old, name))
            tidy_remove_segment(upgrade->plan->dir, name);
    }
}

/* The new manifest is the old one with the successors in place of theirs. */
static enum status
upgrade_listed(struct upgrade *upgrade, const struct list *older,
               struct error *err)
{
    struct manifest *new = &upgrade->new;
    enum status status = STATUS_OK;

    manifest_copy(new, &upgrade->old);
    for (size_t i = 0; i < older->count; i++)
        manifest_drop(new, older->item[i]);
    for (size_t i = 0; !status && i < older->count; i++)
        status = upgrade_segment(
            upgrade, manifest_find(&upgrade->old, older->item[i]), err);
    new->generation++;
    if (!status)
        status = folder_sync(upgrade->plan->dir, err);
    if (status)
        remove_made(upgrade);
    else /* even if this fails it may list them */
        status = manifest_commit(new, upgrade->plan->dir, err);
    for (size_t i = 0; !status && i < older->count; i++)
        tidy_remove_segment(upgrade->plan->dir, older->item[i]);
    return status;
}

/* Under the lock, which nobody else may have in the meantime. */
static enum status
upgrade_segments(struct upgrade *upgrade, struct error *err)
{
    const char *dir = upgrade->plan->dir;
    struct list older = LIST_INIT;
    uint64_t bytes = 0;
    enum status status =
        manifest_read_older(&upgrade->old, dir, &upgrade->version, err);

    if (!status)
        status = list_older(upgrade, &older, &bytes, err);
    /* An earlier try may have left some, in the way of this one. */
    if (!status)
        status = tidy_folder(dir, &upgrade->old, err);
    if (!status && older.count)
        status = expect_room(upgrade, older.count, bytes, err);
    if (!status && (older.count || upgrade->version != SCHEMA_VERSION))
        status = upgrade_listed(upgrade, &older, err);
    list_release(&older);
    return status;
}

/* Ranked indexes that are of another version, and they alone. */
static size_t
count_older_ranked(const char *dir, const struct manifest *manifest)
{
    struct buf path = BUF_INIT;
    size_t count = 0;

    for (size_t i = 0; i < manifest->segments; i++) {
        const struct manifest_segment *entry = &manifest->segment[i];
        struct ranked *ranked = NULL;
        char name[32];

        manifest_ranked_name(name, entry->name);
        buf_clear(&path);
        buf_printf(&path, "%s/%s", dir, name);
        if (entry->ranked_bytes &&
            ranked_open(&ranked, path.data, entry->ranked_bytes, NULL) ==
                STATUS_VERSION)
            count++;
        ranked_close(ranked);
    }
    buf_release(&path);
    return count;
}

/* The writer puts the catalog right when it opens the archive. */
static enum status
settle(struct upgrade *upgrade, struct error *err)
{
    struct writer_options options = {.dir = upgrade->plan->dir,
                                     .memory = upgrade->plan->memory};
    struct writer *writer = NULL;
    enum status status = writer_open(&writer, &options, err);

    if (!status)
        upgrade->counts->ranked =
            count_older_ranked(options.dir, writer_manifest(writer));
    if (!status && upgrade->counts->ranked)
        status = rebuild_ranked_all(writer, err);
    if (!status)
        status = writer_commit(writer, NULL, err);
    writer_close(writer);
    return status;
}

enum status
upgrade_archive(const struct upgrade_plan *plan, struct upgrade_counts *counts,
                struct error *err)
{
    struct upgrade upgrade = {.plan = plan,
                              .counts = counts,
                              .old = MANIFEST_INIT,
                              .new = MANIFEST_INIT,
                              .packer = packer_new()};
    struct manifest seen = MANIFEST_INIT;
    int64_t version;
    int lock = -1;
    /* Before a lock is made where there is no archive. */
    enum status status = manifest_read_older(&seen, plan->dir, &version, err);

    manifest_release(&seen);
    if (!status)
        status = folder_lock(&lock, plan->dir, err);
    if (!status)
        status = upgrade_segments(&upgrade, err);
    if (lock >= 0)
        close(lock);
    if (!status)
        status = settle(&upgrade, err);
    manifest_release(&upgrade.old);
    manifest_release(&upgrade.new);
    packer_free(upgrade.packer);
    return status;
}
