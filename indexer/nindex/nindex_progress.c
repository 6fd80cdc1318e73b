/* The line that moves on a terminal. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/bits/moving.h"
#include "indexer/ingest/ingest.h"
#include "indexer/nindex/nindex.h"

#define REDRAW_SECONDS 0.2

/* What is done before that is not worth a line. */
#define QUIET_SECONDS 1.0

/* After the reading, what threads still hold is sorted and written, and now
 * and then segments are merged: about so much of the time of reading. */
#define AFTER_READING 0.25

/* What a segment costs, by phase: roughly, since texts and disks differ.  It
 * only moves the time that is told to be left. */
static const struct {
    const char *name;
    double share;
} phases[] = {
    {"merging", 0.25},
    {"indexing", 0.45},
    {"writing", 0.30},
};

/* Threads that index speak, too. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static bool
is_due(struct progress *progress)
{
    double now;

    if (!progress->terminal)
        return false;
    now = nindex_clock();
    if (now - progress->last < REDRAW_SECONDS ||
        now - progress->started < QUIET_SECONDS)
        return false;
    progress->last = now;
    progress->shown = true;
    return true;
}

static void
add_left(struct buf *line, double seconds)
{
    unsigned long left = (unsigned long)(seconds < 0 ? 0 : seconds + .5);

    if (left >= 3600)
        buf_printf(line, ", about %lu:%02lu:%02lu left", left / 3600,
                   left / 60 % 60, left % 60);
    else
        buf_printf(line, ", about %lu:%02lu left", left / 60, left % 60);
}

static void
print(struct buf *line)
{
    fprintf(stderr, "\r\033[K%s", line->data);
    fflush(stderr);
    buf_release(line);
}

/* What is left of a segment's work: this phase's time is known in part, that
 * of the others by their shares. */
static double
guess_left(const struct progress *progress, size_t phase, double done)
{
    double taken = nindex_clock() - progress->phase_started;
    double share = phases[phase].share;
    double rest = 0;

    for (size_t i = phase + 1; i < COUNT(phases); i++)
        rest += phases[i].share;
    if (done > 0)
        return taken / done * (1 - done) + taken / done / share * rest;
    return progress->phase_before / (1 - share - rest) * (share + rest) - taken;
}

/* Several threads may index at once: the one with most articles is the last to
 * be ready. */
static bool
is_slowest(struct progress *progress, uint64_t total)
{
    if (total > progress->articles ||
        (total && pthread_equal(progress->thread, pthread_self()))) {
        progress->thread = pthread_self();
        progress->articles = total;
    }
    return pthread_equal(progress->thread, pthread_self());
}

static void
change_phase(struct progress *progress, const char *phase)
{
    double now = nindex_clock();

    if (progress->phase && strcmp(progress->phase, phase) == 0)
        return;
    progress->phase_before =
        progress->phase ? now - progress->phase_started : 0;
    progress->phase = phase;
    progress->phase_started = now;
}

static void
draw_phase(struct progress *progress, uint64_t done, uint64_t total)
{
    struct buf line = BUF_INIT;
    size_t number = 0;

    while (number + 1 < COUNT(phases) &&
           strcmp(phases[number].name, progress->phase) != 0)
        number++;
    if (total)
        buf_printf(&line, "%s %llu of %llu articles", progress->phase,
                   (unsigned long long)done, (unsigned long long)total);
    else
        buf_printf(&line, "%s the index, term %llu", progress->phase,
                   (unsigned long long)done);
    add_left(&line, guess_left(progress, number,
                               total ? (double)done / (double)total : 0));
    print(&line);
}

static void
hear(void *context, const char *phase, uint64_t done, uint64_t total)
{
    struct progress *progress = context;

    pthread_mutex_lock(&mutex);
    if (is_slowest(progress, total)) {
        change_phase(progress, phase);
        if (!progress->reading && is_due(progress))
            draw_phase(progress, done, total);
    }
    pthread_mutex_unlock(&mutex);
}

void
progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.terminal = wanted && isatty(STDERR_FILENO),
                                  .started = nindex_clock()};
    if (progress->terminal)
        moving_listen(hear, progress);
}

void
progress_end(struct progress *progress)
{
    moving_listen(NULL, NULL);
    progress_clear(progress);
}

void
progress_clear(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

static void
draw_reading(const struct progress *progress,
             const struct ingest_counts *counts)
{
    uint64_t failed = counts->failed + counts->failed_files;
    uint64_t files = counts->new_files + counts->changed;
    double all = (double)counts->bytes;
    /* Of a file that is compressed it is not known how far it is. */
    double read = (double)(counts->read_bytes + counts->at_hand);
    double elapsed = nindex_clock() - progress->started;
    struct buf line = BUF_INIT;

    buf_add_text(&line, "reading: ");
    if (files)
        buf_printf(&line, "%llu of %llu files, ",
                   (unsigned long long)counts->read, (unsigned long long)files);
    buf_printf(&line, "%llu articles", (unsigned long long)counts->articles);
    if (failed)
        buf_printf(&line, ", %llu failed", (unsigned long long)failed);
    if (read > 0 && all > read)
        buf_printf(&line, ", %.0f %%", 100 * read / all);
    if (read > 0 && all > read)
        add_left(&line, elapsed * (all * (1 + AFTER_READING) - read) / read);
    print(&line);
}

void
progress_draw(struct progress *progress, const struct ingest_counts *counts)
{
    if (!progress->terminal)
        return;
    pthread_mutex_lock(&mutex);
    progress->reading = true;
    if (is_due(progress))
        draw_reading(progress, counts);
    pthread_mutex_unlock(&mutex);
}
