#include "indexer/writer/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/deletions.h"
#include "indexer/archive/folder.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/archive/tidy.h"
#include "indexer/segment/schema.h"
#include "indexer/writer/restore.h"
#include "indexer/writer/writer_parts.h"

#define MEMORY_DEFAULT ((size_t)256 << 20)
#define MEMORY_LEAST ((size_t)4 << 20)

/* The code of a language, "none" among them; NULL if there is no such. */
static const char *
code_of(const char *language)
{
    if (strcmp(language, "none") == 0)
        return "none";
    return analysis_language_code(language);
}

/* The archive's language against the one asked for, if there is one. */
static enum status
settle_language(struct manifest *manifest, const char *asked, bool new,
                struct error *err)
{
    const char *code = asked ? code_of(asked) : NULL;

    if (new)
        snprintf(manifest->language, sizeof(manifest->language), "%s",
                 code ? code : "en");
    else if (code && strcmp(code, manifest->language) != 0)
        return error_set(err, STATUS_USAGE,
                         "the language of this archive is \"%s\" and cannot "
                         "be changed; index into a new folder",
                         manifest->language);
    return STATUS_OK;
}

/* Before another run could have the lock it may have committed, so what is
 * true now is read under it. */
static enum status
lock_and_read(struct writer *writer, const struct writer_options *options,
              struct error *err)
{
    enum status status = folder_lock(&writer->lock, options->dir, err);

    if (status)
        return status;
    manifest_release(&writer->manifest);
    status = manifest_read(&writer->manifest, options->dir, err);
    if (!status)
        status =
            settle_language(&writer->manifest, options->language, false, err);
    return status;
}

/* An archive begins as a manifest that lists nothing, so that segments
 * without a manifest always are a damage and never a killed first run. */
static enum status
make_archive(struct writer *writer, const struct writer_options *options,
             struct error *err)
{
    struct manifest new = MANIFEST_INIT;
    enum status status = tidy_expect_new(options->dir, err);
    struct error why = {0};

    new.next_segment = 1;
    if (!status)
        status = settle_language(&new, options->language, true, err);
    if (status)
        return status;
    status = lock_and_read(writer, options, &why);
    if (!status) /* another run was faster */
        return STATUS_OK;
    if (status != STATUS_ABSENT || writer->lock < 0)
        return error_set(err, status, "%s", why.text);
    writer->manifest = new;
    restore_deletions(&writer->manifest, options->dir);
    return manifest_commit(&writer->manifest, options->dir, err);
}

/* No other manifest, no other run: nothing but the lock to wait for. */
static enum status
restore_archive(struct writer *writer, const struct writer_options *options,
                struct error *err)
{
    struct manifest manifest = MANIFEST_INIT;
    enum status status = folder_lock(&writer->lock, options->dir, err);
    bool drawn_up = false;

    if (status)
        return status;
    status = manifest_read(&manifest, options->dir, NULL);
    if (status)
        status = restore_manifest(&manifest, options->dir, &drawn_up, err);
    else
        writer->state = WRITER_MANIFEST_GOOD;
    writer->dirty = writer->state != WRITER_MANIFEST_GOOD;
    if (drawn_up)
        writer->state = WRITER_MANIFEST_DRAWN_UP;
    manifest_release(&writer->manifest);
    writer->manifest = manifest;
    return status;
}

/* A manifest that is lost or damaged, and not merely of another version. */
static bool
is_lost(enum status status, const char *dir)
{
    return status == STATUS_DAMAGED ||
           (status == STATUS_ABSENT &&
            tidy_expect_new(dir, NULL) == STATUS_DAMAGED);
}

/* Segments of another version must not get neighbours of this one.  What is
 * damaged is somebody else's business. */
static enum status
check_versions(const struct writer *writer, struct error *err)
{
    const struct manifest *manifest = &writer->manifest;
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < manifest->segments; i++) {
        struct sqlite3 *db = NULL;
        struct error why = {0};

        buf_clear(&path);
        buf_printf(&path, "%s/%s", writer->dir.data, manifest->segment[i].name);
        if (schema_open(&db, path.data, &why) == STATUS_VERSION)
            status = error_set(err, STATUS_VERSION, "%s", why.text);
        schema_close(db);
    }
    buf_release(&path);
    return status;
}

static enum status
open_archive(struct writer *writer, const struct writer_options *options,
             struct error *err)
{
    enum status status;

    /* Before anything is made. */
    if (options->language && !code_of(options->language))
        return error_set(err, STATUS_USAGE,
                         "\"%s\" is not a language that can be stemmed; "
                         "\"none\" goes without",
                         options->language);
    status = manifest_read(&writer->manifest, options->dir, err);
    if (status == STATUS_ABSENT && options->make) {
        status = folder_make(options->dir, err);
        return status ? status : make_archive(writer, options, err);
    }
    if (options->repair && is_lost(status, options->dir)) {
        writer->state = WRITER_MANIFEST_COPIED;
        return restore_archive(writer, options, err);
    }
    return status ? status : lock_and_read(writer, options, err);
}

enum status
writer_open(struct writer **writer, const struct writer_options *options,
            struct error *err)
{
    struct writer *w = mem_zero(1, sizeof(*w));
    enum status status;

    *writer = w;
    w->dir = BUF_INIT;
    w->lock = -1;
    buf_set_text(&w->dir, options->dir);
    w->memory = options->memory ? options->memory : MEMORY_DEFAULT;
    if (w->memory < MEMORY_LEAST)
        w->memory = MEMORY_LEAST;
    w->threads = options->threads ? options->threads : 1;
    status = open_archive(w, options, err);
    if (!status)
        status = check_versions(w, err);
    if (!status)
        status = tidy_folder(w->dir.data, &w->manifest, err);
    if (!status)
        status = catalog_open(&w->catalog, w->dir.data, &w->manifest,
                              options->repair, err);
    /* A repair looks at what only the file knows first. */
    if (!status && !options->repair)
        status = deletions_complete(&w->manifest, w->dir.data, err);
    /* What a lost manifest knew of replaced articles the sources know. */
    if (!status && w->state != WRITER_MANIFEST_GOOD)
        catalog_set_all_stale(w->catalog);
    return status;
}

static void
remove_segments(const struct writer *writer, struct list *names)
{
    for (size_t i = 0; i < names->count; i++)
        tidy_remove_segment(writer->dir.data, names->item[i]);
    list_clear(names);
}

void
writer_close(struct writer *writer)
{
    if (!writer)
        return;
    builders_free(writer->builders);
    remove_segments(writer, &writer->fresh);
    list_release(&writer->fresh);
    list_release(&writer->spent);
    catalog_close(writer->catalog);
    manifest_release(&writer->manifest);
    buf_release(&writer->dir);
    if (writer->lock >= 0)
        close(writer->lock);
    free(writer);
}

enum writer_manifest_state
writer_manifest_state(const struct writer *writer)
{
    return writer->state;
}

const struct manifest *
writer_manifest(const struct writer *writer)
{
    return &writer->manifest;
}

struct catalog *
writer_catalog(struct writer *writer)
{
    return writer->catalog;
}

const struct writer_counts *
writer_counts(const struct writer *writer)
{
    return &writer->counts;
}

const char *
writer_dir(const struct writer *writer)
{
    return writer->dir.data;
}

size_t
writer_memory(const struct writer *writer)
{
    return writer->memory;
}

struct manifest *
writer_edit(struct writer *writer)
{
    writer->dirty = true;
    return &writer->manifest;
}

void
writer_kill(struct writer *writer, const struct catalog_held *held)
{
    struct manifest_segment *entry;
    char name[32];

    /* One that is on its way dies on arrival. */
    if (held->segment <= 0 || held->id <= 0)
        return;
    manifest_segment_name(name, (uint64_t)held->segment);
    entry = manifest_find(&writer->manifest, name);
    if (entry && manifest_kill(entry, held->id))
        writer->dirty = true;
}

static void
receive(struct writer *writer, struct builders_made *made)
{
    struct manifest_segment *entry = &made->entry;
    struct catalog_held where = {.segment = strtoll(entry->name + 4, NULL, 10)};

    for (int64_t id = 1; id <= entry->articles; id++) {
        const struct segment_tag *tag = &made->tags[id - 1];
        struct catalog_key key;

        memcpy(key.hash, tag->key, sizeof(key.hash));
        where.id = id;
        if (!catalog_arrive(writer->catalog, &key, tag->file, tag->serial,
                            &where))
            manifest_kill(entry, id);
    }
    free(made->tags);
    list_add_text(&writer->fresh, entry->name);
    *manifest_add(&writer->manifest) = *entry;
    writer->dirty = true;
}

enum status
writer_receive(struct writer *writer, struct error *err)
{
    struct builders_made made;

    while (writer->builders && builders_take(writer->builders, &made))
        receive(writer, &made);
    return catalog_status(writer->catalog, err);
}

static int
compare_names(const void *a, const void *b)
{
    const struct manifest_segment *one = a;
    const struct manifest_segment *two = b;
    long long one_number = strtoll(one->name + 4, NULL, 10);
    long long two_number = strtoll(two->name + 4, NULL, 10);

    return one_number < two_number ? -1 : one_number > two_number;
}

/* Wait for the threads, and let go of segments in which nothing lives. */
static enum status
settle(struct writer *writer, struct error *err)
{
    struct manifest *manifest = &writer->manifest;
    enum status status = STATUS_OK;

    if (writer->builders) {
        status = builders_finish(writer->builders, err);
        if (!status)
            status = writer_receive(writer, err);
        if (status)
            return status;
        manifest->next_segment = builders_next_segment(writer->builders);
        builders_free(writer->builders);
        writer->builders = NULL;
    }
    for (size_t i = manifest->segments; i-- > 0;) {
        struct manifest_segment *entry = &manifest->segment[i];

        if (entry->dead < entry->articles)
            continue;
        list_add_text(&writer->spent, entry->name);
        manifest_drop(manifest, entry->name);
        writer->dirty = true;
    }
    if (manifest->segments)
        qsort(manifest->segment, manifest->segments, sizeof(*manifest->segment),
              compare_names);
    return STATUS_OK;
}

enum status
writer_commit(struct writer *writer, bool *changed, struct error *err)
{
    enum status status = settle(writer, err);
    bool dirty = writer->dirty;

    if (!status && dirty) {
        writer->manifest.generation++;
        /* The names of the segments must be there before the manifest is. */
        status = folder_sync(writer->dir.data, err);
        if (status)
            return status;
        /* From here on it may list the new segments, even if this fails;
         * what it does not list the next run removes. */
        list_clear(&writer->fresh);
        status = manifest_commit(&writer->manifest, writer->dir.data, err);
    }
    if (status)
        return status;
    if (changed)
        *changed = dirty;
    writer->dirty = false;
    status = catalog_commit(writer->catalog, &writer->manifest, err);
    remove_segments(writer, &writer->spent);
    return status;
}

void
writer_exchange(struct writer *writer, const struct list *old,
                struct manifest_segment *made)
{
    for (size_t i = 0; i < old->count; i++) {
        manifest_drop(&writer->manifest, old->item[i]);
        list_add_text(&writer->spent, old->item[i]);
    }
    if (made) {
        list_add_text(&writer->fresh, made->name);
        *manifest_add(&writer->manifest) = *made;
    }
    writer->dirty = true;
}
