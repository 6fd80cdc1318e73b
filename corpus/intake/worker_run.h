/*
 * corpus/intake/worker_run.h - the inside of a worker, and the form of
 * messages.
 */
#ifndef CORPUS_WORKER_RUN_H
#define CORPUS_WORKER_RUN_H

#include <stdint.h>

#include "corpus/intake/intake.h"

/* Before every message. */
struct message_head {
    uint32_t kind; /* an intake_kind */
    uint32_t size; /* of what follows */
};

/* The body of INTAKE_BAD and INTAKE_END. */
struct message_end {
    uint32_t status; /* an enum status */
    uint32_t format; /* its place among reader_formats(), from 1; or 0 */
    uint32_t spent;  /* milliseconds of CPU on the file so far */
    char text[1024];
};

/* Before the name of a file; its descriptor comes beside it. */
struct file_head {
    uint32_t cpu; /* seconds */
};

/* How a worker ends that cannot go on with its file; 70 is mem.h's. */
enum worker_exit {
    WORKER_NO_MEMORY = 70,    /* its own limit was reached */
    WORKER_SYSTEM_FULL = 71,  /* the system has no memory left */
    WORKER_CANNOT_WRITE = 74, /* what it made of the file */
};

/* Be a worker for so many seconds of CPU time at most: never returns. */
_Noreturn void worker_run(int commands, int results, unsigned life,
                          const struct intake_options *options);

#endif
