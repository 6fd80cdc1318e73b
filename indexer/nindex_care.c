/* nindex check, delete, optimize and repair. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "indexer/check.h"
#include "indexer/merge.h"
#include "indexer/nindex.h"
#include "indexer/repair.h"
#include "indexer/rerank.h"
#include "indexer/takedown.h"
#include "indexer/writer.h"

static void
tell_finding(void *context, const char *text)
{
    (void)context;
    nindex_say(text);
}

int
nindex_check(const struct nindex *nindex)
{
    enum check_depth depth = nindex->full    ? CHECK_FULL
                             : nindex->quick ? CHECK_QUICK
                                             : CHECK_NORMAL;
    struct error err = {0};

    if (check_archive(nindex->dir.data, depth, tell_finding, NULL, &err))
        return nindex_failed(&err);
    if (!nindex->quiet)
        printf("%s: sound\n", nindex->dir.data);
    return nindex_flush();
}

static enum status
open_writer(const struct nindex *nindex, struct writer **writer,
            struct error *err)
{
    struct writer_options options = {.dir = nindex->dir.data,
                                     .memory = (size_t)nindex->memory};

    return writer_open(writer, &options, err);
}

/* The day and the reason on one line. */
static void
explain_deletion(const struct nindex *nindex, struct buf *why)
{
    char day[16];

    nindex_today(day);
    buf_set_text(why, day);
    if (!nindex->reason)
        return;
    buf_add_byte(why, ' ');
    buf_add_text(why, nindex->reason);
    for (size_t i = 0; i < why->size; i++)
        if ((unsigned char)why->data[i] < ' ')
            why->data[i] = ' ';
}

/* Each key that was named; those that are there come out in `done`.  One that
 * is not must not save the others. */
static int
delete_each(const struct nindex *nindex, struct writer *writer,
            struct takedown *takedown, struct list *done)
{
    struct buf why = BUF_INIT;
    struct error err = {0};
    enum status status = STATUS_OK;
    int code = EXIT_GOOD;

    explain_deletion(nindex, &why);
    for (size_t i = 0; i < nindex->args.count; i++) {
        const char *key = nindex->args.item[i];

        status = nindex->undelete
                     ? takedown_undo(writer, key, &err)
                     : takedown_mark(takedown, writer, key, why.data, &err);
        if (status)
            code = nindex_failed(&err);
        else
            list_add_text(done, key);
        if (status && status != STATUS_ABSENT) {
            list_clear(done);
            break;
        }
    }
    buf_release(&why);
    return code;
}

int
nindex_delete(const struct nindex *nindex)
{
    struct takedown takedown = TAKEDOWN_INIT;
    struct writer *writer = NULL;
    struct list done = LIST_INIT;
    struct error err = {0};
    int code = EXIT_GOOD;

    if (open_writer(nindex, &writer, &err))
        code = nindex_failed(&err);
    else
        code = delete_each(nindex, writer, &takedown, &done);
    if (done.count && takedown_finish(&takedown, writer, &err)) {
        code = nindex_failed(&err);
        list_clear(&done);
    }
    for (size_t i = 0; !nindex->quiet && i < done.count; i++)
        printf("%s: %s\n", done.item[i],
               nindex->undelete ? "may come back with the next run"
                                : "deleted");
    takedown_release(&takedown);
    writer_close(writer);
    list_release(&done);
    return code ? code : nindex_flush();
}

int
nindex_optimize(const struct nindex *nindex)
{
    struct writer *writer = NULL;
    struct error err = {0};
    enum status status = open_writer(nindex, &writer, &err);
    int code;

    if (!status)
        status = nindex->rebuild_ranked ? rerank_all(writer, &err)
                                        : merge_all(writer, &err);
    code = status ? nindex_failed(&err) : EXIT_GOOD;
    if (!status && !nindex->quiet)
        printf("%s: %" PRId64 " articles in %zu segment%s\n", nindex->dir.data,
               manifest_live(writer_manifest(writer)),
               writer_manifest(writer)->segments,
               writer_manifest(writer)->segments == 1 ? "" : "s");
    writer_close(writer);
    return code ? code : nindex_flush();
}

static void
tell_repair(const struct nindex *nindex, enum writer_manifest_state state,
            const struct repair_counts *counts)
{
    const char *dir = nindex->dir.data;

    if (state == WRITER_MANIFEST_COPIED)
        printf("%s: the manifest was put back from the catalog's copy\n", dir);
    if (state == WRITER_MANIFEST_DRAWN_UP)
        printf("%s: the manifest was made again from %" PRIu64
               " segments: %" PRId64 " articles, %" PRId64
               " lost; run nindex on the sources to settle what has changed "
               "lately\n",
               dir, counts->segments, counts->rescued, counts->lost);
    else if (counts->segments)
        printf("%s: %" PRIu64 " damaged, %" PRId64 " articles rescued, %" PRId64
               " lost; damaged files are kept as damaged-*; run nindex on the "
               "sources to bring back the rest\n",
               dir, counts->segments, counts->rescued, counts->lost);
    else if (state == WRITER_MANIFEST_GOOD)
        printf("%s: nothing to repair\n", dir);
}

int
nindex_repair(const struct nindex *nindex)
{
    struct writer_options options = {.dir = nindex->dir.data,
                                     .memory = (size_t)nindex->memory,
                                     .repair = true};
    struct repair_counts counts = {0};
    struct writer *writer = NULL;
    struct error err = {0};
    enum status status = writer_open(&writer, &options, &err);
    int code;

    if (!status)
        status = repair_archive(writer, &counts, &err);
    code = status ? nindex_failed(&err) : EXIT_GOOD;
    if (!status && !nindex->quiet)
        tell_repair(nindex, writer_manifest_state(writer), &counts);
    writer_close(writer);
    return code ? code : nindex_flush();
}
