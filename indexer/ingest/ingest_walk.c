/* One walk over the files under a root, for looking, trying and reading. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "corpus/base/count.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/ingest/ingest_parts.h"

void
ingest_problem(const struct ingest *ingest, const char *format, ...)
{
    char text[1200];
    va_list args;

    if (!ingest->watch || !ingest->watch->problem)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    ingest->watch->problem(ingest->watch->context, text);
}

struct catalog_limits
ingest_limits(const struct ingest *ingest)
{
    const struct intake_options *intake = &ingest->options->intake;
    const char *program = ingest->options->program;
    struct catalog_limits limits = {.program = program ? program : ""};

    /* What is parsed in this process has no limits but those built in. */
    limits.seconds = intake->workers > 0 ? (uint32_t)intake->cpu : UINT32_MAX;
    limits.memory = intake->workers > 0 ? intake->memory : INT64_MAX;
    return limits;
}

bool
ingest_is_within(const char *path, const char *folder)
{
    size_t size = strlen(folder);

    if (size == 1)
        return *folder == '/' && *path == '/';
    return size > 0 && strncmp(path, folder, size) == 0 &&
           (path[size] == '/' || path[size] == '\0');
}

enum file_state
ingest_state_of(struct ingest *ingest, const struct walk_file *file,
                int64_t *id)
{
    struct catalog_state known;

    *id = 0;
    if (!ingest->writer ||
        !catalog_find_next(writer_catalog(ingest->writer), &ingest->order,
                           file->path, &known))
        return FILE_NEW;
    *id = known.id;
    return !known.stale && !ingest->options->again &&
                   known.size == file->size && known.mtime_ns == file->mtime_ns
               ? FILE_UNCHANGED
               : FILE_CHANGED;
}

/* More than one tour meets the same folder, and it may turn bad in between:
 * each problem is told by the first to meet it. */
static void
note_broken(struct ingest *ingest, struct ingest_tour *tour,
            const struct error *why)
{
    tour->broken = true;
    for (size_t i = 0; i < ingest->told.count; i++)
        if (!strcmp(ingest->told.item[i], why->text))
            return;
    list_add_text(&ingest->told, why->text);
    ingest->counts->failed_files++;
    ingest_problem(ingest, "%s", why->text);
}

/* Archives may lie among the files, as one that was moved or kept. */
static bool
is_of_archive(const char *path)
{
    static const char *const names[] = {"manifest", "catalog.db", "lock",
                                        "deletions"};
    const char *name = strrchr(path, '/');
    struct manifest manifest = MANIFEST_INIT;
    struct buf dir = BUF_INIT;
    enum status status;
    bool may_be;

    if (!name)
        return false;
    may_be = strncmp(name + 1, "seg-", 4) == 0;
    for (size_t i = 0; !may_be && i < COUNT(names); i++)
        may_be = strcmp(name + 1, names[i]) == 0;
    if (!may_be)
        return false;
    buf_set(&dir, path, (size_t)(name - path));
    status = manifest_read(&manifest, dir.data, NULL);
    manifest_release(&manifest);
    buf_release(&dir);
    return status == STATUS_OK || status == STATUS_VERSION;
}

enum status
ingest_walk(struct ingest *ingest, const char *root, struct ingest_tour *tour,
            struct error *err)
{
    struct walk *walk = NULL;
    struct walk_file file;
    enum status status = STATUS_OK;
    struct error why = {0};
    bool more = true;

    tour->broken = false;
    catalog_order_clear(&ingest->order);
    if (walk_open(&walk, root, &why)) {
        note_broken(ingest, tour, &why);
        more = false;
    }
    while (!status && more) {
        if (walk_next(walk, &file, &more, &why)) {
            note_broken(ingest, tour, &why);
        } else if (more && !ingest_is_within(file.path, ingest->archive.data) &&
                   !is_of_archive(file.path)) {
            issues_stat(ingest->issues, &file);
            status = tour->each(ingest, &file, tour->context, err);
        }
    }
    walk_close(walk);
    return status;
}

enum status
ingest_open_intake(const struct ingest *ingest, struct intake **intake,
                   struct error *err)
{
    struct intake_options options = ingest->options->intake;
    enum status status;

    options.walked = true;
    status = intake_open(intake, &options, err);
    if (!status && intake_gap(*intake))
        ingest_problem(ingest, "%s", intake_gap(*intake));
    return status;
}
