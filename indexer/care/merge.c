#include "indexer/care/merge.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/moving.h"
#include "indexer/bits/sql.h"
#include "indexer/care/sound.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment.h"
#include "indexer/segment/segment_merge.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"

#define OF_A_SIZE 8
#define SMALLEST_SIZE ((uint64_t)1 << 20)

/* 0 up to a MiB, 1 up to 8 MiB, 2 up to 64 MiB ... */
static unsigned
size_class(const struct manifest_segment *segment)
{
    uint64_t limit = SMALLEST_SIZE;
    unsigned class = 0;

    while (segment->bytes > limit && class < 12) {
        limit *= OF_A_SIZE;
        class ++;
    }
    return class;
}

bool
merge_pick(const struct manifest *manifest, struct list *names)
{
    size_t of_size[16] = {0};

    list_clear(names);
    for (size_t i = 0; i < manifest->segments; i++) {
        const struct manifest_segment *segment = &manifest->segment[i];

        of_size[size_class(segment)]++;
        if (segment->dead * 3 > segment->articles)
            list_add_text(names, segment->name);
    }
    for (unsigned class = 0; class < 16; class ++) {
        if (of_size[class] <= OF_A_SIZE)
            continue;
        list_clear(names);
        for (size_t i = 0; i < manifest->segments; i++)
            if (size_class(&manifest->segment[i]) <= class)
                list_add_text(names, manifest->segment[i].name);
        return true;
    }
    return names->count > 0;
}

/* A segment that is being read. */
struct source {
    const struct manifest_segment *entry;
    struct buf path;
    struct sqlite3 *db;
    sqlite3_stmt *select;
    struct unpacker *unpacker;
    bool more; /* the statement stands on a living article */
};

struct merge {
    struct source *source;
    struct segment_source *index; /* of each */
    size_t sources;
    struct segment *segment; /* that is being written */
    struct writer *writer;
    int64_t number;
    int64_t articles;
    uint64_t living; /* in all sources, to begin with */
};

static enum status
advance(struct source *source, struct error *err)
{
    int code;

    do
        code = sqlite3_step(source->select);
    while (code == SQLITE_ROW &&
           manifest_is_dead(source->entry,
                            sqlite3_column_int64(source->select, 0)));
    source->more = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return sql_failed(source->db, source->path.data, err);
    return STATUS_OK;
}

static enum status
open_source(struct source *source, const char *dir,
            const struct manifest_segment *entry, struct error *err)
{
    enum status status;

    source->entry = entry;
    source->path = BUF_INIT;
    buf_printf(&source->path, "%s/%s", dir, entry->name);
    status = sound_segment(source->path.data, entry->sha256, "merged", err);
    if (!status)
        status = schema_open_listed(&source->db, source->path.data, err);
    if (status)
        return status;
    source->unpacker = unpacker_new(source->db);
    if (sqlite3_prepare_v2(source->db,
                           "SELECT " ROW_COLUMNS " FROM article ORDER BY id",
                           -1, &source->select, NULL) != SQLITE_OK)
        return sql_failed(source->db, source->path.data, err);
    return advance(source, err);
}

/* As row_compare(): undated ones first, then by date, then by key, last one
 * first. */
static int
compare_sources(const struct source *a, const struct source *b)
{
    bool a_dated =
        sqlite3_column_type(a->select, ROW_COLUMN_PUBLISHED) == SQLITE_INTEGER;
    bool b_dated =
        sqlite3_column_type(b->select, ROW_COLUMN_PUBLISHED) == SQLITE_INTEGER;
    int64_t a_time = sqlite3_column_int64(a->select, ROW_COLUMN_PUBLISHED);
    int64_t b_time = sqlite3_column_int64(b->select, ROW_COLUMN_PUBLISHED);

    if (a_dated != b_dated)
        return a_dated ? 1 : -1;
    if (a_dated && a_time != b_time)
        return a_time < b_time ? -1 : 1;
    return strcmp((const char *)sqlite3_column_text(b->select, ROW_COLUMN_KEY),
                  (const char *)sqlite3_column_text(a->select, ROW_COLUMN_KEY));
}

static struct source *
first_source(const struct merge *merge)
{
    struct source *first = NULL;

    for (size_t i = 0; i < merge->sources; i++) {
        struct source *source = &merge->source[i];

        if (source->more && (!first || compare_sources(source, first) < 0))
            first = source;
    }
    return first;
}

static enum status
copy_article(struct merge *merge, struct source *source, struct error *err)
{
    const void *key = sqlite3_column_text(source->select, ROW_COLUMN_KEY);
    int size = sqlite3_column_bytes(source->select, ROW_COLUMN_KEY);
    struct catalog_key hash = catalog_key_of(key, (size_t)size, NULL);
    enum status status =
        segment_copy_from(merge->segment, (size_t)(source - merge->source),
                          source->select, source->unpacker, err);

    if (status)
        return status;
    catalog_move(writer_catalog(merge->writer), &hash, merge->number,
                 ++merge->articles);
    moving_on("merging", (uint64_t)merge->articles, merge->living);
    return advance(source, err);
}

/* What is indexed already need not be again. */
static void
merge_indexes(struct merge *merge)
{
    merge->index = mem_zero(merge->sources, sizeof(*merge->index));
    for (size_t i = 0; i < merge->sources; i++)
        merge->index[i] =
            (struct segment_source){.db = merge->source[i].db,
                                    .path = merge->source[i].path.data,
                                    .entry = merge->source[i].entry};
    segment_merge_from(merge->segment, merge->index, merge->sources);
}

/* The dictionary of the largest is good for all, and its texts can stay as they
 * are. */
static struct packer *
packer_of(const struct merge *merge, enum merge_texts texts)
{
    struct packer *packer = packer_new();
    const struct source *largest = NULL;

    for (size_t i = 0; i < merge->sources; i++) {
        const struct source *source = &merge->source[i];

        if (source->db &&
            (!largest || source->entry->bytes > largest->entry->bytes))
            largest = source;
    }
    if (largest && texts == MERGE_AS_THEY_ARE)
        packer_adopt(packer, largest->db);
    return packer;
}

static void
release_merge(struct merge *merge)
{
    for (size_t i = 0; i < merge->sources; i++) {
        sqlite3_finalize(merge->source[i].select);
        unpacker_free(merge->source[i].unpacker);
        schema_close(merge->source[i].db);
        buf_release(&merge->source[i].path);
    }
    free(merge->source);
    free(merge->index);
    segment_close(merge->segment);
}

enum status
merge_segments(struct writer *writer, const struct list *names,
               enum merge_texts texts, struct error *err)
{
    struct manifest *manifest = writer_edit(writer);
    struct segment_plan plan = {.dir = writer_dir(writer),
                                .language = manifest->language,
                                .number = manifest->next_segment++,
                                .memory = writer_memory(writer) / 2};
    struct merge merge = {.writer = writer, .number = (int64_t)plan.number};
    struct manifest_segment made;
    enum status status = STATUS_OK;
    struct source *source;

    merge.source = mem_zero(names->count, sizeof(*merge.source));
    for (size_t i = 0; !status && i < names->count; i++) {
        const struct manifest_segment *entry =
            manifest_find(manifest, names->item[i]);

        merge.sources++;
        status = open_source(&merge.source[i], plan.dir, entry, err);
        if (!status)
            merge.living += (uint64_t)(entry->articles - entry->dead);
    }
    plan.packer = packer_of(&merge, texts);
    if (!status)
        status = segment_open(&merge.segment, &plan, err);
    if (!status)
        merge_indexes(&merge);
    while (!status && (source = first_source(&merge)) != NULL)
        status = copy_article(&merge, source, err);
    if (!status)
        status = catalog_status(writer_catalog(writer), err);
    if (!status && merge.articles > 0)
        status = segment_finish(merge.segment, &made, err);
    if (!status)
        writer_exchange(writer, names, merge.articles > 0 ? &made : NULL);
    release_merge(&merge);
    packer_free(plan.packer);
    return status;
}

enum status
merge_run(struct writer *writer, struct error *err)
{
    struct list names = LIST_INIT;
    enum status status = STATUS_OK;

    while (!status && merge_pick(writer_manifest(writer), &names)) {
        status = merge_segments(writer, &names, MERGE_AS_THEY_ARE, err);
        if (!status)
            status = writer_commit(writer, NULL, err);
    }
    list_release(&names);
    return status;
}

enum status
merge_all(struct writer *writer, struct error *err)
{
    const struct manifest *manifest = writer_manifest(writer);
    struct list names = LIST_INIT;
    enum status status = STATUS_OK;
    bool dead = false;

    for (size_t i = 0; i < manifest->segments; i++) {
        list_add_text(&names, manifest->segment[i].name);
        dead = dead || manifest->segment[i].dead > 0;
    }
    if (names.count > 1 || dead) {
        status = merge_segments(writer, &names, MERGE_AS_THEY_ARE, err);
        if (!status)
            status = writer_commit(writer, NULL, err);
    }
    list_release(&names);
    return status;
}
