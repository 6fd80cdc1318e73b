/*
 * indexer/nindex/nindex.h - what the files of the program nindex share; nobody
 * else includes it.
 *
 * nindex.c reads the command line and calls one of the sub-commands, each of
 * which is a row in its table; they return an exit code.
 */
#ifndef INDEXER_NINDEX_H
#define INDEXER_NINDEX_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/base/list.h"

/* Documented in nindex(1): change both. */
enum exit_code {
    EXIT_GOOD = 0,
    EXIT_SOME_FAILED = 1, /* files or articles, with --strict; or what was
                             deleted may be in a damaged file */
    EXIT_WRONG_USE = 2,
    EXIT_LOCKED = 3,
    EXIT_DISK_FULL = 4,
    EXIT_SYSTEM = 5,
    EXIT_DAMAGED = 6,
    EXIT_NO_MEMORY = 70, /* as mem.h ends the program */
    EXIT_STOPPED = 128   /* and the signal's number: 130 for ^C */
};

struct nindex {
    struct buf dir;   /* the archive */
    struct list args; /* paths or keys */
    const char *language;
    const char *format;
    const char *charset;
    const char *map;
    const char *reason;
    const char *explain;
    const char *report;
    bool prune;
    bool prune_all;
    bool all_pages;
    bool again;
    bool strict;
    bool quiet;
    bool cron;
    bool dry_run;
    bool undelete;
    bool remove_damaged;
    bool quick;
    bool full;
    bool failures;
    bool json;
    bool svg;
    bool rebuild_ranked;
    bool since_last;
    bool require_sandbox;
    unsigned workers; /* 0: parse in this process */
    unsigned threads;
    unsigned file_time;    /* seconds of CPU that the parsing of one may take */
    uint64_t file_memory;  /* bytes for the same */
    unsigned patience;     /* seconds of CPU for all that take too long */
    unsigned commit_every; /* seconds; 0: only in the end */
    uint64_t memory;
};

int nindex_add(const struct nindex *nindex);
int nindex_audit(const struct nindex *nindex);
int nindex_check(const struct nindex *nindex);
int nindex_delete(const struct nindex *nindex);
int nindex_dump(const struct nindex *nindex);
int nindex_export(const struct nindex *nindex);
int nindex_explain(const struct nindex *nindex);
int nindex_info(const struct nindex *nindex);
int nindex_optimize(const struct nindex *nindex);
int nindex_repair(const struct nindex *nindex);
int nindex_upgrade(const struct nindex *nindex);

/* Print "nindex: sentence" to stderr, control characters made harmless. */
void nindex_say(const char *text);

/* Print a text that names files to stdout in the same way, and no line end. */
void nindex_show(const char *text);

/* Say the sentence and return the code that belongs to its status. */
int nindex_failed(const struct error *err);

/* Write what is left in stdout; the code if that fails. */
int nindex_flush(void);

/* Seconds of a clock that only goes forward. */
double nindex_clock(void);

/* Today as "2026-11-24". */
void nindex_today(char day[16]);

/* The latest second at which something may have been published, for
 * reader_options: two days from now, for clocks and zones that are off.  No
 * earlier than the archive in `dir` was written, if there is one: the clock
 * may have been set back. */
int64_t nindex_latest(const char *dir);

/* --- the progress line --- */

struct ingest_counts;

/* What takes longer than PROGRESS_QUIET seconds shows a line that moves, if
 * the standard error is a terminal. */
struct progress {
    bool shown;    /* there is one on the terminal */
    bool terminal; /* stderr is one */
    bool reading;  /* files; what threads do meanwhile is not shown */
    double started;
    double last;          /* when it was drawn */
    const char *phase;    /* of the work on the index */
    double phase_started; /* ... and what the phases before it took, on the */
    double phase_before;  /* same articles */
    pthread_t thread;     /* that the phase is told of: the one with most */
    uint64_t articles;    /* to index; others speak, too */
};

/* Also listens to what merging and indexing say (moving.h). */
void progress_start(struct progress *progress, bool wanted);

/* Nobody listens any more, and the line is gone. */
void progress_end(struct progress *progress);

void progress_draw(struct progress *progress,
                   const struct ingest_counts *counts);

/* Make the line free for something else. */
void progress_clear(struct progress *progress);

/* --- ^C, and the other ways to ask a program to end --- */

/* From now on a signal only takes note of itself; the next one ends the
 * program with what stopping_say() has set. */
void stopping_start(void);

/* The signal that has come, or 0. */
int stopping_asked(void);

/* From now on a signal writes this line and ends the program.  `text` is a
 * constant: what it leaves behind must be all right. */
void stopping_say(const char *text);

#endif
