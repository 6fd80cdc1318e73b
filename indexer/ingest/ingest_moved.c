/*
 * A file that has another name than before: its bytes are those of a file that
 * was noted and is not there any more.  An article is known by its address or,
 * without one, by its file; either way what the old name had goes, once what
 * the new one has is in.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "indexer/ingest/ingest_parts.h"

static void
note_lost(void *context, const char *path, const struct catalog_file *file)
{
    struct ingest *ingest = context;

    if (!file->digest || !file->size || ingest_was_seen(ingest, file->id))
        return;
    ingest->lost = mem_grow(ingest->lost, ingest->losts, &ingest->lost_room,
                            sizeof(*ingest->lost));
    ingest->lost[ingest->losts++] = (struct lost_file){
        file->digest, file->size, file->id, mem_string(path)};
}

static int
compare(const void *a, const void *b)
{
    const struct lost_file *left = a;
    const struct lost_file *right = b;

    if (left->digest != right->digest)
        return left->digest < right->digest ? -1 : 1;
    return (left->size > right->size) - (left->size < right->size);
}

void
ingest_gather_lost(struct ingest *ingest)
{
    if (!ingest->counts->new_files)
        return;
    for (size_t i = 0; i < ingest->roots.count; i++)
        catalog_each_file(writer_catalog(ingest->writer), ingest->roots.item[i],
                          note_lost, ingest);
    if (ingest->losts)
        qsort(ingest->lost, ingest->losts, sizeof(*ingest->lost), compare);
}

void
ingest_release_lost(struct ingest *ingest)
{
    for (size_t i = 0; i < ingest->losts; i++)
        free(ingest->lost[i].path);
    free(ingest->lost);
}

/* Out of reach is not gone. */
static bool
is_gone(const char *path)
{
    struct stat st;

    return lstat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

enum status
ingest_settle_moved(struct ingest *ingest, const struct catalog_file *file,
                    struct error *err)
{
    const struct lost_file wanted = {.digest = file->digest,
                                     .size = file->size};
    struct bisect half = bisect_between(0, ingest->losts);
    enum status status = STATUS_OK;

    while (bisect_next(&half))
        bisect_go(&half, compare(&ingest->lost[half.middle], &wanted) < 0);
    for (size_t i = half.low; !status && i < ingest->losts &&
                              compare(&ingest->lost[i], &wanted) == 0;
         i++) {
        struct lost_file *lost = &ingest->lost[i];

        if (!lost->id || !is_gone(lost->path))
            continue;
        status = writer_drop_file(ingest->writer, lost->id, err);
        lost->id = 0;
        ingest->counts->moved++;
    }
    return status;
}
