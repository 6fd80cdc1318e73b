/*
 * query/web/cgi_guard.h - what keeps one request from hurting the others.
 *
 *     slots      at most so many requests at work at one time; the next one
 *                waits a moment and is then told to come back
 *     limits     memory and processor time, enforced by the kernel
 *     deadline   a timer that answers for us and ends the process
 *
 * A slot is a name in Linux's abstract socket namespace: bound by one process
 * at a time, free the moment that process is gone, however it went, and no
 * file that a web server's user would have to be allowed to write.
 */
#ifndef QUERY_CGI_GUARD_H
#define QUERY_CGI_GUARD_H

#include <stdbool.h>

#include "query/web/cgi_config.h"

/* Take a slot, waiting for one as long as configured.  False: all are taken.
 * It is kept until the process ends. */
bool guard_enter(const struct cgi_config *config);

/* Limit this process's memory and processor time. */
void guard_limit(const struct cgi_config *config);

/*
 * Start the timer.  If it runs out, or the processor time does, before
 * guard_answered() was called, a complete answer of status 503 is written to
 * the standard output.
 */
void guard_watch(const struct cgi_config *config);

/* The answer is about to be written: from here on the timer just ends the
 * process, since half an answer cannot be taken back. */
void guard_answered(void);

/* The standing answer, for the caller that found no slot. */
const char *guard_busy_answer(void);

#endif
