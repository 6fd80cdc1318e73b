/* The line that moves on a terminal. */
#include <stdio.h>
#include <unistd.h>

#include "indexer/ingest/ingest.h"
#include "indexer/nindex/nindex.h"

#define REDRAW_SECONDS 0.2

void
progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.terminal = wanted && isatty(STDERR_FILENO),
                                  .started = nindex_clock()};
}

void
progress_clear(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

void
progress_draw(struct progress *progress, const struct ingest_counts *counts)
{
    double now;
    double elapsed;
    double speed;
    uint64_t failed = counts->failed + counts->failed_files;

    if (!progress->terminal)
        return;
    now = nindex_clock();
    elapsed = now - progress->started;
    if (now - progress->last < REDRAW_SECONDS || elapsed <= 0)
        return;
    progress->last = now;
    progress->shown = true;
    speed = (double)counts->read_bytes / elapsed;
    fprintf(stderr, "\r\033[K%llu articles  %.1f MB/s  %llu failed",
            (unsigned long long)counts->articles, speed / 1e6,
            (unsigned long long)failed);
    if (speed > 0 && counts->bytes > counts->read_bytes) {
        double left = (double)(counts->bytes - counts->read_bytes) / speed;

        fprintf(stderr, "  %.0f:%02.0f left", (double)(long)(left / 60),
                (double)((long)left % 60));
    }
    fflush(stderr);
}
