/*
 * corpus/intake/worker.h - a process that parses files for its parent.
 *
 *     parent                                worker
 *       --- file descriptor + name  ---->     (socket)
 *       <-- article, bad article, end ---     (pipe, in messages)
 *
 * The worker gives up everything else before it looks at the first file, and
 * goes on with the next one as long as it lives.  What it writes is not to be
 * trusted: a file may have taken it over.
 */
#ifndef CORPUS_WORKER_H
#define CORPUS_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/intake/intake.h"
#include "corpus/intake/parcel.h"

/* Files that a worker may have been given ahead. */
enum {
    WORKER_AHEAD = 16
};

struct worker {
    pid_t pid; /* 0: there is none */
    int commands;
    int results;
    struct buf in; /* received, of which `at` bytes are used up */
    size_t at;
    bool ended; /* nothing more will be received */
    bool nonsense;
    bool late;
    bool deaf;        /* takes no more files, though it may still speak */
    int lost;         /* errno of the read that failed; 0: none */
    unsigned silent;  /* seconds that were waited for it in vain */
    size_t files;     /* passed on, whose end has not come */
    unsigned life;    /* seconds of CPU that it may come to */
    unsigned granted; /* the same for those files */
    uint64_t bytes;   /* their sizes */
    uint64_t spent;   /* milliseconds of CPU on the file that ended last */
    uint64_t past;    /* the same of all files that have ended */
    bool out_of_time; /* that is what it has died of */
};

#define WORKER_INIT \
    ((struct worker){.commands = -1, .results = -1, .in = BUF_INIT})

/* Start one that has time for a file of so many seconds of CPU, and for many
 * smaller ones.  Descriptors of the parent are not passed on. */
enum status worker_start(struct worker *worker,
                         const struct intake_options *options, unsigned cpu,
                         struct error *err);

/* Is there time for one more file in its life? */
bool worker_has_time(const struct worker *worker, unsigned cpu);

/* Kill it, if it lives, and forget it.  Zero-safe and repeatable. */
void worker_stop(struct worker *worker);

/* Pass on a file; `fd` stays the caller's.  The caller counts what has been
 * passed on.  False if the worker cannot take
 * it: it is gone, or the system refused. */
bool worker_send(struct worker *worker, int fd, const char *name, unsigned cpu);

/* Receive what there is, without waiting. */
void worker_receive(struct worker *worker);

/*
 * Take the next message out of what was received: `event->kind` is
 * INTAKE_ARTICLE (then `article` is filled), INTAKE_BAD or INTAKE_END.  False
 * if it has not come in whole yet; a message that is none sets
 * worker->nonsense and ends the worker.
 */
bool worker_next(struct worker *worker, struct article *article,
                 struct parcel_rules *rules, struct intake_event *event);

/*
 * Why it has ended: a sentence that begins with the file it was at, for which
 * it had `cpu` seconds.  STATUS_KILLED if that was the file's doing and
 * STATUS_LIMIT if it met a limit of ours: it would do so again.
 * STATUS_INTERRUPTED for what somebody or the system has done, and if that
 * cannot be told: the file may be well.
 */
void worker_autopsy(struct worker *worker, const char *path, unsigned cpu,
                    struct error *err);

#endif
