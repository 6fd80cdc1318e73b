/*
 * corpus/intake/intake.h - from paths to articles, whoever does the parsing.
 *
 * A file may be made to harm its reader.  So the files are opened here, and
 * parsed in worker processes that can do nothing but read what they are
 * given and write what they made of it; a worker that dies or takes too long
 * is one failed file.  With no workers the same is done in this process.
 *
 *     struct intake *intake = NULL;
 *     struct intake_event event;
 *
 *     intake_open(&intake, &options, err);
 *     while (... a path ...)
 *         intake_add(intake, path);
 *     while (intake_next(intake, &event))
 *         switch (event.kind) { ... }
 *     intake_close(intake);
 *
 * Events of one file come together, and files in the order in which they
 * were added: INTAKE_BEGIN, then any number of INTAKE_ARTICLE and
 * INTAKE_BAD, then INTAKE_END.  Files may be added between two events.
 */
#ifndef CORPUS_INTAKE_H
#define CORPUS_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/article/article.h"
#include "corpus/base/error.h"
#include "corpus/formats/reader.h"
#include "corpus/input/input.h"

struct intake;

/* Zero in a member is its default. */
struct intake_options {
    struct reader_options reader;
    struct input_limits limits;
    bool walked;          /* the paths come from a walk: file_open_walked() */
    int workers;          /* processes; 0: parse in this process */
    bool require_sandbox; /* rather read nothing than with half of one */
    int cpu;         /* seconds of CPU for a file, and one more for each MiB
                        of it; default 5 */
    int patience;    /* seconds of CPU for files that take long and fail, all
                        together; then others are given less: patience.h;
                        default 30, < 0 is none */
    uint64_t memory; /* bytes of a worker's address space; default 1 GiB */
};

enum intake_kind {
    INTAKE_BEGIN,   /* `path` is next */
    INTAKE_ARTICLE, /* `article` is one of its articles */
    INTAKE_BAD,     /* one of its articles is bad: `error` says why */
    INTAKE_END      /* the file is done; `error.status` tells how */
};

struct intake_event {
    enum intake_kind kind;
    const char *path;        /* as it was added; borrowed until INTAKE_END
                                has been followed by another call */
    size_t number;           /* of the file, from 0 in the order of adding */
    struct article *article; /* borrowed until the next call, which clears
                                it; its buffers may be swapped out */
    struct error error;      /* of INTAKE_BAD and INTAKE_END */

    /* With INTAKE_END: */
    const char *format; /* its name, a literal; NULL if none was recognised */
    bool hasty; /* it was given up early, for want of patience with others */
    uint64_t articles;
    uint64_t bad;
};

/* STATUS_IO if the workers cannot be started, or locked in not at all. */
enum status intake_open(struct intake **intake,
                        const struct intake_options *options,
                        struct error *err);

/* A sentence if this system locks the workers in by halves only, else NULL.
 * Borrowed until intake_close(). */
const char *intake_gap(const struct intake *intake);

/* Kills what is still at work. */
void intake_close(struct intake *intake);

/* False when files have used up options.patience. */
bool intake_is_patient(const struct intake *intake);

/* Queue a file; "-" is the standard input, which this process reads. */
void intake_add(struct intake *intake, const char *path);

/* The next event.  False when all files that were added are done. */
bool intake_next(struct intake *intake, struct intake_event *event);

#endif
