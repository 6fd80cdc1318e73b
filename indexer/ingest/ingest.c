/* Looking: which files are new, changed or gone. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "indexer/ingest/ingest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "indexer/ingest/ingest_parts.h"

static enum status
add_root(struct ingest *ingest, const char *path, struct error *err)
{
    struct list *roots = &ingest->roots;
    char *absolute;

    if (strcmp(path, "-") == 0) {
        ingest->standard_input = true;
        return STATUS_OK;
    }
    absolute = realpath(path, NULL);
    if (!absolute)
        return error_set(err, status_of_errno(errno), "%s: %s", path,
                         errno == ENOENT ? "there is no such file or folder"
                                         : strerror(errno));
    for (size_t i = 0; i < roots->count; i++) {
        if (ingest_is_within(absolute, roots->item[i])) {
            free(absolute);
            return STATUS_OK;
        }
    }
    for (size_t i = roots->count; i-- > 0;) {
        if (!ingest_is_within(roots->item[i], absolute))
            continue;
        free(roots->item[i]);
        memmove(roots->item + i, roots->item + i + 1,
                (--roots->count - i) * sizeof(*roots->item));
    }
    list_add_text(roots, absolute);
    free(absolute);
    return STATUS_OK;
}

static void
mark_seen(struct ingest *ingest, int64_t id)
{
    size_t byte = (size_t)(id / 8);

    if (byte >= ingest->seen_size) {
        size_t size = byte * 2 + 1024;

        ingest->seen = mem_resize(ingest->seen, size, 1);
        memset(ingest->seen + ingest->seen_size, 0, size - ingest->seen_size);
        ingest->seen_size = size;
    }
    ingest->seen[byte] |= (unsigned char)(1u << (id % 8));
}

bool
ingest_was_seen(const struct ingest *ingest, int64_t id)
{
    size_t byte = (size_t)(id / 8);

    return byte < ingest->seen_size && ingest->seen[byte] >> (id % 8) & 1;
}

static enum status
look_at(struct ingest *ingest, const struct walk_file *file, void *context,
        struct error *err)
{
    struct ingest_counts *counts = ingest->counts;
    uint64_t *under_root = context;
    enum file_state state;
    int64_t id;

    (void)err;
    state = ingest_state_of(ingest, file, &id);
    if (id)
        mark_seen(ingest, id);
    ++*under_root;
    counts->files++;
    counts->unchanged += state == FILE_UNCHANGED;
    counts->new_files += state == FILE_NEW;
    counts->changed += state == FILE_CHANGED;
    if (state != FILE_UNCHANGED)
        counts->bytes += file->size;
    return STATUS_OK;
}

/* The files of the catalog that the walk did not meet. */
struct missing {
    const struct ingest *ingest;
    int64_t *id;
    size_t count;
    size_t room;
};

static void
note_missing(void *context, const char *path, const struct catalog_file *file)
{
    struct missing *missing = context;

    (void)path;
    if (ingest_was_seen(missing->ingest, file->id))
        return;
    missing->id = mem_grow(missing->id, missing->count, &missing->room,
                           sizeof(*missing->id));
    missing->id[missing->count++] = file->id;
}

/* A folder that is empty all of a sudden is a disk that is not mounted, more
 * often than not. */
static enum status
prune_root(struct ingest *ingest, const char *root, uint64_t under_root,
           bool look_only, struct error *err)
{
    struct missing missing = {.ingest = ingest};
    enum status status = STATUS_OK;

    catalog_each_file(writer_catalog(ingest->writer), root, note_missing,
                      &missing);
    if (missing.count > 0 && under_root == 0 && !ingest->options->prune_all) {
        ingest->counts->failed_files++;
        ingest_problem(ingest,
                       "%s: nothing at all is left here of %zu files; if "
                       "that is right, say --prune=all",
                       root, missing.count);
        missing.count = 0;
    }
    ingest->counts->gone += missing.count;
    for (size_t i = 0; !status && !look_only && i < missing.count; i++)
        status = writer_drop_file(ingest->writer, missing.id[i], err);
    free(missing.id);
    return status;
}

static enum status
look_under(struct ingest *ingest, const char *root, bool look_only,
           struct error *err)
{
    uint64_t under_root = 0;
    struct ingest_tour tour = {.each = look_at, .context = &under_root};
    enum status status = ingest_walk(ingest, root, &tour, err);

    if (!status && ingest->options->prune && ingest->writer && !tour.broken)
        status = prune_root(ingest, root, under_root, look_only, err);
    return status;
}

static enum status
look(struct ingest *ingest, bool look_only, struct error *err)
{
    const struct list *paths = ingest->options->paths;
    struct catalog_limits limits;
    enum status status = STATUS_OK;
    char *archive;

    /* All names first: a slip of the pen must not cost half a run. */
    for (size_t i = 0; !status && i < paths->count; i++)
        status = add_root(ingest, paths->item[i], err);
    if (status || ingest->options->names_only)
        return status;
    if (ingest->writer &&
        (archive = realpath(writer_dir(ingest->writer), NULL)) != NULL) {
        buf_set_text(&ingest->archive, archive);
        free(archive);
    }
    if (ingest->writer) {
        limits = ingest_limits(ingest);
        catalog_set_limited_stale(writer_catalog(ingest->writer), &limits);
    }
    for (size_t i = 0; !status && i < ingest->roots.count; i++)
        status = look_under(ingest, ingest->roots.item[i], look_only, err);
    if (!status && ingest->writer)
        status = catalog_status(writer_catalog(ingest->writer), err);
    return status;
}

/* How far to go. */
enum reach {
    LOOK,
    TRY,
    RUN
};

static enum status
go(const struct ingest *from, enum reach reach, struct error *err)
{
    struct ingest ingest = *from;
    enum status status;

    ingest.issues = issues_new(true);
    ingest.order = CATALOG_ORDER_INIT;
    status = look(&ingest, reach != RUN, err);
    if (!status && reach == TRY)
        status = ingest_try_read(&ingest, err);
    if (!status && reach == RUN)
        ingest_gather_lost(&ingest);
    if (!status && reach == RUN)
        status = ingest_read(&ingest, err);
    list_release(&ingest.roots);
    list_release(&ingest.told);
    buf_release(&ingest.archive);
    ingest_release_lost(&ingest);
    free(ingest.seen);
    catalog_order_release(&ingest.order);
    issues_free(ingest.issues);
    return status;
}

enum status
ingest_look(struct writer *writer, const struct ingest_options *options,
            const struct ingest_watch *watch, struct ingest_counts *counts,
            struct error *err)
{
    const struct ingest ingest = {writer, options, watch, counts,
                                  .archive = BUF_INIT};

    return go(&ingest, LOOK, err);
}

enum status
ingest_try(struct writer *writer, const struct ingest_options *options,
           const struct ingest_watch *watch, struct ingest_counts *counts,
           struct error *err)
{
    const struct ingest ingest = {writer, options, watch, counts,
                                  .archive = BUF_INIT};

    return go(&ingest, TRY, err);
}

enum status
ingest_run(struct writer *writer, const struct ingest_options *options,
           const struct ingest_watch *watch, struct ingest_counts *counts,
           struct error *err)
{
    const struct ingest ingest = {writer, options, watch, counts,
                                  .archive = BUF_INIT};

    return go(&ingest, RUN, err);
}
