/*
 * Reading: files go to the intake a few ahead, and what comes back is matched
 * with what was noted about each when it was sent.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "corpus/input/hole.h"
#include "indexer/ingest/ingest_parts.h"
#include "indexer/stored/row.h"

/* Files that are sent ahead, so that no worker waits for the next. */
#define AHEAD 64

/* Larger files have no digest: when touched, they are read again. */
#define DIGEST_MOST (UINT64_C(1) << 30)

/* Bad articles of one file that are told one by one. */
#define BAD_TOLD 3

/* A file on its way through the intake. */
struct sent {
    uint64_t size;
    int64_t mtime_ns;
    uint64_t digest;
    bool new; /* no file of that name is known */
};

struct reading {
    struct ingest *ingest;
    struct intake *intake;
    struct sent sent[AHEAD]; /* a ring: `waiting` from `first` */
    size_t first;
    size_t waiting;
    struct writer_source *source; /* of the file that is coming back */
    struct catalog_file file;
    uint64_t refused; /* by the writer, before this file */
    bool met_limit;   /* this file, or one of its articles */
    bool given_up;    /* this file, for want of patience with others */
    uint64_t skipped; /* files that were given up before */
    bool standard_input;
    struct buf known_reason; /* why this file failed before */
    double committed; /* when the last commit ended, or the reading began */
};

/* FNV-1a over words of eight bytes; told apart are two states of one file,
 * not two files. */
static uint64_t
digest_of(uint64_t hash, const char *data, size_t size)
{
    const uint64_t prime = 0x100000001b3;

    for (; size >= 8; data += 8, size -= 8) {
        uint64_t word;

        memcpy(&word, data, sizeof(word));
        hash = (hash ^ word) * prime;
        hash ^= hash >> 29;
    }
    for (; size; data++, size--)
        hash = (hash ^ (unsigned char)*data) * prime;
    return hash;
}

/* 0 for a file that cannot be read: the intake will say why; and for one that
 * is so large that its digest may cost more than it saves, or has holes.  What
 * is written behind its end meanwhile is left to the next run, or a file that
 * grows faster than it is read would hold up this one for ever. */
static uint64_t
digest_file(const struct ingest *ingest, const char *path)
{
    enum {
        PART = 1 << 16
    };
    uint64_t hash = 0xcbf29ce484222325;
    struct hole hole;
    struct stat st;
    uint64_t left;
    char *part;
    ssize_t got = 0;
    int fd;

    if (issues_open(ingest->issues, &fd, path, NULL))
        return 0;
    left = fstat(fd, &st) == 0 ? (uint64_t)st.st_size : UINT64_MAX;
    if (left > DIGEST_MOST || hole_find(fd, 0, &hole)) {
        close(fd);
        return 0;
    }
    part = mem_alloc(PART);
    do {
        got = read(fd, part, left < PART ? (size_t)left : PART);
        if (got > 0) {
            hash = digest_of(hash, part, (size_t)got);
            left -= (uint64_t)got;
        }
    } while ((got > 0 && left > 0) || (got < 0 && errno == EINTR));
    free(part);
    close(fd);
    return got < 0 ? 0 : hash;
}

static void
tell_progress(const struct ingest *ingest)
{
    if (ingest->watch && ingest->watch->progress)
        ingest->watch->progress(ingest->watch->context, ingest->counts);
}

static void
note_known_reason(struct reading *reading, const char *path)
{
    struct catalog_file known = CATALOG_FILE_INIT;

    buf_clear(&reading->known_reason);
    if (reading->ingest->options->told_once &&
        catalog_find_file(writer_catalog(reading->ingest->writer), path,
                          &known))
        buf_set_text(&reading->known_reason, known.reason.data);
    buf_release(&known.reason);
}

static void
begin_file(struct reading *reading, const struct intake_event *event)
{
    struct writer *writer = reading->ingest->writer;
    const struct sent *sent = &reading->sent[reading->first];

    note_known_reason(reading, event->path);
    reading->source = writer_begin_file(writer, event->path);
    reading->file = CATALOG_FILE_INIT;
    reading->file.size = sent->size;
    reading->file.mtime_ns = sent->mtime_ns;
    reading->file.digest = sent->digest;
    reading->refused = writer_counts(writer)->refused;
    reading->met_limit = false;
    reading->given_up = false;
}

static enum status
take_article(struct reading *reading, struct article *article,
             struct error *err)
{
    struct ingest *ingest = reading->ingest;

    if (!article_kind_kept(article->kind) && !ingest->options->all_pages) {
        reading->file.skipped++;
        return STATUS_OK;
    }
    reading->file.articles++;
    tell_progress(ingest);
    /* What came through a pipe has no path to be known by. */
    if (reading->standard_input && *article->key.data == '#')
        buf_clear(&article->key);
    if (reading->standard_input && article->key.size == 0)
        buf_printf(&article->key, "stdin:%016llx",
                   (unsigned long long)row_digest(article));
    return writer_add(ingest->writer, reading->source, article, err);
}

static void
take_bad(struct reading *reading, const struct intake_event *event)
{
    struct ingest *ingest = reading->ingest;

    if (event->error.status == STATUS_LIMIT)
        reading->met_limit = true;
    if (reading->file.failed++ == 0)
        buf_set_text(&reading->file.reason, event->error.text);
    if (reading->file.failed <= BAD_TOLD)
        ingest_tell_bad(ingest, event);
    else if (reading->file.failed == BAD_TOLD + 1)
        ingest_problem(ingest, "%s: more of its articles are bad", event->path);
}

/* The file may be well, only out of reach: the next run tries again. */
static bool
is_passing(enum status status)
{
    return status == STATUS_IO || status == STATUS_MEMORY ||
           status == STATUS_INTERRUPTED;
}

/* When a file that failed is read again. */
static const char *
next_time(enum status status, bool given_up)
{
    if (given_up || is_passing(status))
        return "with the next run";
    if (status == STATUS_LIMIT)
        return "when it changes, with a higher limit or with --again";
    if (status == STATUS_KILLED)
        return "when it changes, by another version or with --again";
    return "when it changes or with --again";
}

/* The end of the sentence: what is kept of a file that was not read to its
 * end, and when it is read again. */
static void
add_outcome(const struct reading *reading, struct error *why)
{
    const struct catalog_file *file = &reading->file;
    bool ended = why->status == STATUS_INTERRUPTED ||
                 why->status == STATUS_KILLED || why->status == STATUS_LIMIT;
    struct buf kept = BUF_INIT;

    if (file->articles == 0 && !ended)
        return;
    if (file->articles == 0)
        buf_add_text(&kept, "nothing of it was kept");
    else if (file->articles == 1)
        buf_add_text(&kept, "1 article of it was kept");
    else
        buf_printf(&kept, "%llu articles of it were kept",
                   (unsigned long long)file->articles);
    error_set(why, why->status, "%s; %s, it is read again %s", why->text,
              kept.data, next_time(why->status, reading->given_up));
    buf_release(&kept);
}

/* It was not read to its end. */
static void
note_failure(struct reading *reading, struct intake_event *event)
{
    struct catalog_file *file = &reading->file;

    file->stale = is_passing(event->error.status);
    if (event->error.status == STATUS_LIMIT ||
        event->error.status == STATUS_KILLED)
        reading->met_limit = true;
    reading->given_up = event->hasty;
    add_outcome(reading, &event->error);
    buf_set_text(&file->reason, event->error.text);
    if (!reading->known_reason.size ||
        strcmp(reading->known_reason.data, file->reason.data) != 0)
        ingest_tell_bad(reading->ingest, event);
}

/* If it met a limit, the next run has to know which. */
static void
note_limits(const struct reading *reading, const char *path)
{
    struct catalog_limits limits = ingest_limits(reading->ingest);

    if (reading->given_up)
        limits.seconds = 0;
    catalog_note_limits(writer_catalog(reading->ingest->writer), path,
                        reading->met_limit ? &limits : NULL);
}

static enum status
end_file(struct reading *reading, struct intake_event *event, struct error *err)
{
    struct ingest *ingest = reading->ingest;
    struct catalog_file *file = &reading->file;
    bool whole = !event->error.status && !reading->standard_input;
    enum status status;

    file->refused = writer_counts(ingest->writer)->refused - reading->refused;
    file->articles -= file->refused;
    if (event->error.status)
        note_failure(reading, event);
    if (event->format)
        snprintf(file->format, sizeof(file->format), "%s", event->format);
    ingest->counts->read_bytes += file->size;
    status = writer_end_file(ingest->writer, reading->source, file, whole, err);
    if (!status && whole && reading->sent[reading->first].new && file->digest)
        status = ingest_settle_moved(ingest, file, err);
    note_limits(reading, event->path);
    reading->source = NULL;
    buf_release(&file->reason);
    reading->first = (reading->first + 1) % AHEAD;
    reading->waiting--;
    tell_progress(ingest);
    return status;
}

static double
seconds_now(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What a long run has read so far, once in a while.  The file that is being
 * read counts as not read, so a run after this one begins it again. */
static enum status
commit_on_the_way(struct reading *reading, struct error *err)
{
    struct ingest *ingest = reading->ingest;
    unsigned every = ingest->options->commit_every;
    enum status status;

    if (!every || ingest->counts->gone ||
        seconds_now() - reading->committed < every)
        return STATUS_OK;
    status = writer_commit(ingest->writer, NULL, err);
    ingest->counts->commits++;
    reading->committed = seconds_now();
    return status;
}

/* STATUS_INTERRUPTED, which ends walks and drains, if somebody wants to stop.
 */
static enum status
go_on(struct reading *reading, struct error *err)
{
    const struct ingest_watch *watch = reading->ingest->watch;

    if (!watch || !watch->stop || !watch->stop(watch->context))
        return STATUS_OK;
    reading->ingest->counts->stopped = true;
    return error_set(err, STATUS_INTERRUPTED, "stopped");
}

/* Take in events until at most `waiting` files are on their way. */
static enum status
drain(struct reading *reading, size_t waiting, struct error *err)
{
    struct intake_event event;
    enum status status = STATUS_OK;

    while (!status && reading->waiting > waiting &&
           intake_next(reading->intake, &event)) {
        ingest_tell(reading->ingest, &event);
        switch (event.kind) {
        case INTAKE_BEGIN:
            begin_file(reading, &event);
            break;
        case INTAKE_ARTICLE:
            status = take_article(reading, event.article, err);
            break;
        case INTAKE_BAD:
            take_bad(reading, &event);
            break;
        case INTAKE_END:
            status = end_file(reading, &event, err);
            break;
        }
        if (!status)
            status = commit_on_the_way(reading, err);
        if (!status)
            status = go_on(reading, err);
    }
    return status;
}

static enum status
send_file(struct reading *reading, const char *path, const struct sent *sent,
          struct error *err)
{
    enum status status = STATUS_OK;

    if (reading->waiting == AHEAD)
        status = drain(reading, AHEAD / 2, err);
    if (status)
        return status;
    reading->sent[(reading->first + reading->waiting) % AHEAD] = *sent;
    reading->waiting++;
    intake_add(reading->intake, path);
    return STATUS_OK;
}

/* The same bytes under another time: note the time. */
static bool
was_only_touched(struct ingest *ingest, const struct walk_file *file,
                 uint64_t digest)
{
    struct catalog *catalog = writer_catalog(ingest->writer);
    struct catalog_file known = CATALOG_FILE_INIT;
    bool same = false;

    if (catalog_find_file(catalog, file->path, &known) && digest != 0 &&
        !known.stale && !ingest->options->again && known.digest == digest &&
        known.size == file->size) {
        known.mtime_ns = file->mtime_ns;
        catalog_put_file(catalog, file->path, &known);
        same = true;
    }
    buf_release(&known.reason);
    return same;
}

/* One that was given up before is read only if there is time for it, which is
 * known when those before it are done.  Else it keeps its note, and the next
 * run comes back to it. */
static enum status
look_for_time(struct reading *reading, const char *path, bool *left,
              struct error *err)
{
    struct ingest *ingest = reading->ingest;
    enum status status;

    *left = false;
    if (!catalog_was_given_up(writer_catalog(ingest->writer), path))
        return STATUS_OK;
    status = drain(reading, 0, err);
    if (!status && !intake_is_patient(reading->intake)) {
        *left = true;
        reading->skipped++;
        ingest->counts->left++;
    }
    return status;
}

static enum status
read_file(struct ingest *ingest, const struct walk_file *file, void *context,
          struct error *err)
{
    struct reading *reading = context;
    enum status status;
    bool left;
    struct sent sent = {.size = file->size, .mtime_ns = file->mtime_ns};
    int64_t id;

    if (ingest_state_of(ingest, file, &id) == FILE_UNCHANGED)
        return STATUS_OK;
    status = go_on(reading, err);
    if (status)
        return status;
    status = look_for_time(reading, file->path, &left, err);
    if (status || left)
        return status;
    sent.digest = digest_file(ingest, file->path);
    sent.new = id == 0;
    if (was_only_touched(ingest, file, sent.digest)) {
        ingest->counts->touched++;
        ingest->counts->read_bytes += file->size;
        return STATUS_OK;
    }
    return send_file(reading, file->path, &sent, err);
}

static void
note_path(void *context, const char *path, const struct catalog_file *file)
{
    (void)file;
    list_add_text(context, path);
}

/* When an article goes, another file that has the same key may have it. */
static enum status
read_stale(struct reading *reading, struct error *err)
{
    struct ingest *ingest = reading->ingest;
    struct ingest_tour tour = {.each = read_file, .context = reading};
    struct list paths = LIST_INIT;
    enum status status = STATUS_OK;

    if (writer_counts(ingest->writer)->removed == 0)
        return STATUS_OK;
    catalog_each_stale(writer_catalog(ingest->writer), note_path, &paths);
    for (size_t i = 0; !status && i < paths.count; i++)
        if (access(paths.item[i], R_OK) == 0)
            status = ingest_walk(ingest, paths.item[i], &tour, err);
    if (!status)
        status = drain(reading, 0, err);
    list_release(&paths);
    return status;
}

static enum status
read_all(struct reading *reading, struct error *err)
{
    struct ingest *ingest = reading->ingest;
    struct ingest_tour tour = {.each = read_file, .context = reading};
    enum status status = STATUS_OK;

    if (ingest->counts->new_files || ingest->counts->changed)
        for (size_t i = 0; !status && i < ingest->roots.count; i++)
            status = ingest_walk(ingest, ingest->roots.item[i], &tour, err);
    if (!status)
        status = drain(reading, 0, err);
    if (!status)
        status = read_stale(reading, err);
    if (!status && ingest->standard_input) {
        reading->standard_input = true;
        status = send_file(reading, "-", &(struct sent){0}, err);
        if (!status)
            status = drain(reading, 0, err);
    }
    return status;
}

enum status
ingest_read(struct ingest *ingest, struct error *err)
{
    struct reading reading = {.ingest = ingest, .known_reason = BUF_INIT};
    enum status status;

    if (!ingest->counts->new_files && !ingest->counts->changed &&
        !ingest->standard_input && writer_counts(ingest->writer)->removed == 0)
        return STATUS_OK;
    status = ingest_open_intake(ingest, &reading.intake, err);
    reading.committed = seconds_now();
    if (!status)
        status = read_all(&reading, err);
    if (reading.skipped)
        ingest_problem(ingest,
                       "%llu more file%s took too long before and %s left to "
                       "the next run",
                       (unsigned long long)reading.skipped,
                       reading.skipped == 1 ? "" : "s",
                       reading.skipped == 1 ? "is" : "are");
    /* Left in the middle, and to be read again. */
    reading.file.stale = true;
    if (reading.source)
        (void)writer_end_file(ingest->writer, reading.source, &reading.file,
                              false, NULL);
    if (reading.source)
        buf_release(&reading.file.reason);
    buf_release(&reading.known_reason);
    intake_close(reading.intake);
    return ingest->counts->stopped ? STATUS_OK : status;
}
