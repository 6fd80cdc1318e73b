/* nindex check, delete, optimize and repair. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "indexer/archive/folder.h"
#include "indexer/care/check.h"
#include "indexer/care/merge.h"
#include "indexer/care/rebuild_ranked.h"
#include "indexer/care/repair.h"
#include "indexer/care/takedown.h"
#include "indexer/care/upgrade.h"
#include "indexer/nindex/nindex.h"
#include "indexer/writer/writer.h"

/* These commands change the archive in one step, or step by step in ways that
 * go on from where they were. */
#define AS_BEFORE                                                           \
    "nindex: stopped; the archive can be searched as before, and the same " \
    "command goes on\n"

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

static enum status
open_settled(const struct nindex *nindex, struct writer **writer,
             struct error *err)
{
    enum status status = open_writer(nindex, writer, err);

    return status ? status : takedown_noted(*writer, err);
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

/* Segments that a repair has kept may hold what is being deleted; they go
 * first, so that the same command again finishes what was killed. */
static int
remove_damaged(const struct nindex *nindex)
{
    struct list paths = LIST_INIT;
    struct error err = {0};
    enum status status = folder_list_damaged(nindex->dir.data, &paths, &err);

    for (size_t i = 0; !status && i < paths.count; i++)
        if (unlink(paths.item[i]) != 0)
            status = error_set(&err, status_of_errno(errno),
                               "%s: cannot be removed: %s", paths.item[i],
                               strerror(errno));
    list_release(&paths);
    return status ? nindex_failed(&err) : EXIT_GOOD;
}

/* Name those that are still there. */
static int
tell_damaged(const struct nindex *nindex)
{
    struct list paths = LIST_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};
    int code = EXIT_GOOD;

    if (folder_list_damaged(nindex->dir.data, &paths, &err))
        code = nindex_failed(&err);
    for (size_t i = 0; i < paths.count; i++)
        buf_printf(&text, "%s%s", i ? ", " : "", paths.item[i]);
    if (paths.count) {
        buf_add_text(&text, ": kept by a repair, and what was deleted may "
                            "still be in there; remove it");
        nindex_say(text.data);
        code = EXIT_SOME_FAILED;
    }
    buf_release(&text);
    list_release(&paths);
    return code;
}

static int
delete_all(const struct nindex *nindex, struct writer *writer)
{
    struct takedown takedown = TAKEDOWN_INIT;
    struct list done = LIST_INIT;
    struct error err = {0};
    int damaged = nindex->remove_damaged ? remove_damaged(nindex) : EXIT_GOOD;
    int code = delete_each(nindex, writer, &takedown, &done);

    if (done.count && takedown_finish(&takedown, writer, &err)) {
        code = nindex_failed(&err);
        list_clear(&done);
    }
    for (size_t i = 0; !nindex->quiet && i < done.count; i++)
        printf("%s: %s\n", done.item[i],
               nindex->undelete ? "may come back with the next run"
                                : "deleted");
    if (!damaged && !nindex->undelete)
        damaged = tell_damaged(nindex);
    takedown_release(&takedown);
    list_release(&done);
    return code ? code : damaged;
}

int
nindex_delete(const struct nindex *nindex)
{
    struct writer *writer = NULL;
    struct error err = {0};
    int code;

    if (nindex->undelete && nindex->remove_damaged)
        error_set(&err, STATUS_USAGE,
                  "--remove-damaged means nothing to --undelete");
    else if (nindex->undelete)
        open_settled(nindex, &writer, &err);
    else /* one that was killed is finished by the same command, again */
        open_writer(nindex, &writer, &err);
    code = err.status ? nindex_failed(&err) : delete_all(nindex, writer);
    writer_close(writer);
    return code ? code : nindex_flush();
}

int
nindex_optimize(const struct nindex *nindex)
{
    struct progress progress;
    struct writer *writer = NULL;
    struct error err = {0};
    enum status status = open_settled(nindex, &writer, &err);
    int code;

    progress_start(&progress, !nindex->quiet);
    stopping_say(AS_BEFORE);
    if (!status)
        status = nindex->rebuild_ranked ? rebuild_ranked_all(writer, &err)
                                        : merge_all(writer, &err);
    progress_end(&progress);
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
    struct progress progress;
    struct writer *writer = NULL;
    struct error err = {0};
    enum status status;
    int code;

    progress_start(&progress, !nindex->quiet);
    stopping_say(AS_BEFORE);
    status = writer_open(&writer, &options, &err);
    if (!status)
        status = repair_archive(writer, &counts, &err);
    progress_end(&progress);
    code = status ? nindex_failed(&err) : EXIT_GOOD;
    if (!status && !nindex->quiet)
        tell_repair(nindex, writer_manifest_state(writer), &counts);
    /* Among the segments were what killed take-downs have left. */
    if (!status && writer_manifest(writer)->deletions &&
        writer_manifest_state(writer) == WRITER_MANIFEST_DRAWN_UP)
        (void)tell_damaged(nindex);
    writer_close(writer);
    return code ? code : nindex_flush();
}

/* Said first, and on the standard error: it may take an hour. */
static void
tell_room(void *context, size_t segments, uint64_t needed, uint64_t room)
{
    const struct nindex *nindex = context;
    struct buf text = BUF_INIT;

    buf_printf(&text,
               "%s: writing %zu segment%s anew, which needs up to %" PRIu64
               " MB beside the old; %" PRIu64 " MB are free",
               nindex->dir.data, segments, segments == 1 ? "" : "s",
               (needed >> 20) + 1, room >> 20);
    if (!nindex->quiet)
        nindex_say(text.data);
    buf_release(&text);
}

int
nindex_upgrade(const struct nindex *nindex)
{
    /* The callback takes it as it is given here. */
    struct nindex own = *nindex;
    struct upgrade_plan plan = {.dir = nindex->dir.data,
                                .memory = (size_t)nindex->memory,
                                .begin = tell_room,
                                .context = &own};
    struct upgrade_counts counts = {0};
    struct progress progress;
    struct error err = {0};
    enum status status;

    progress_start(&progress, !nindex->quiet);
    stopping_say(AS_BEFORE);
    status = upgrade_archive(&plan, &counts, &err);
    progress_end(&progress);
    if (status)
        return nindex_failed(&err);
    if (nindex->quiet)
        return nindex_flush();
    printf("%s: ", nindex->dir.data);
    if (counts.segments)
        printf("%zu segment%s brought up to date, %" PRId64 " articles\n",
               counts.segments, counts.segments == 1 ? "" : "s",
               counts.articles);
    else if (counts.ranked)
        printf("%zu ranked index%s brought up to date\n", counts.ranked,
               counts.ranked == 1 ? "" : "es");
    else
        puts("up to date");
    return nindex_flush();
}
