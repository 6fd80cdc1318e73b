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
 * file that a web server's user would have to be allowed to write.  But any
 * user of the machine can bind such a name; so where the settings name a
 * folder, a slot is a lock on a file in there (flock(2)), which is as free and
 * out of reach of whoever may not enter the folder.
 */
#ifndef QUERY_CGI_GUARD_H
#define QUERY_CGI_GUARD_H

#include "corpus/base/error.h"
#include "query/web/cgi_config.h"

/* Take a slot, waiting for one as long as configured.  STATUS_LOCKED: all are
 * taken; STATUS_IO: there are none in the folder for them, and the sentence
 * says why.  It is kept until the process ends. */
enum status guard_enter(const struct cgi_config *config, struct error *err);

/* Is the folder for slots, if one is set, there and closed to others?  Makes
 * nothing in it, for whoever asks may not be whoever visits.  STATUS_USAGE. */
enum status guard_check(const struct cgi_config *config, struct error *err);

/* Limit this process's memory and processor time. */
void guard_limit(const struct cgi_config *config);

/*
 * Start the timer.  If it runs out, or the processor time does, before
 * guard_answered() was called, a complete answer of status 503 is written to
 * the standard output.
 */
void guard_watch(const struct cgi_config *config);

/* Gathering all hits takes longer than a page: begin again with the time that
 * the settings have for it. */
void guard_extend(const struct cgi_config *config);

/* The answer is about to be written.  The work is done, so its deadline is
 * over; a visitor who takes the answer slowly has a timer of its own.  When
 * that is up the process ends, since half an answer cannot be taken back: its
 * length was told, so what is missing is seen to be. */
void guard_answered(const struct cgi_config *config);

/* The standing answer, for the caller that found no slot. */
const char *guard_busy_answer(void);

#endif
