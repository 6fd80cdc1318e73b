/*
 * corpus/base/sandbox.h - giving up everything but the work at hand.
 *
 * Behind sandbox_enter() the process can compute, use memory, read and write
 * the descriptors that it has, receive one more over a socket that it has,
 * and end.  It cannot open or change a file, start a process, reach the
 * network or make memory executable; what only a break-in would try ends it
 * at once (SIGSYS), what a library may try in passing fails with EPERM.
 *
 * Landlock stands behind the filter for what concerns files; a kernel that
 * lacks it leaves the filter, and the other way round.  The caller decides
 * whether one layer is enough.  What rights root has beside those of the owner
 * of its files are given up as well, so limits cannot be lifted again.
 */
#ifndef CORPUS_SANDBOX_H
#define CORPUS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"

/* False in builds with a sanitizer, which needs more than we would leave. */
bool sandbox_works(void);

/*
 * For the rest of this process's life.  With `timers` it may still set one.
 *
 * STATUS_ABSENT: the kernel refuses one
 * of the two layers, `err` says which, and the other holds.  STATUS_IO: it
 * refuses both, and the process is as free as before.
 */
enum status sandbox_enter(bool timers, struct error *err);

/* What sandbox_enter() would say, found out by a child that tries it; or
 * STATUS_INTERRUPTED if somebody ends each such child. */
enum status sandbox_probe(struct error *err);

/* No core file, no file written, at most `memory` bytes of address space more
 * than there are now (0: as many as it likes; not limited under a
 * sanitizer). */
void sandbox_limit_memory(uint64_t memory);

/* Is it that limit which keeps this process from so many bytes more?  If not,
 * the system is short of them. */
bool sandbox_memory_is_used_up(size_t wanted);

/* The kernel ends the process (SIGXCPU) after `seconds` more of CPU time; to
 * be set anew for each task. */
void sandbox_limit_cpu(unsigned seconds);

/* The kernel ends the process (SIGKILL) after `seconds` of CPU time, and this
 * cannot be put off. */
void sandbox_limit_life(unsigned seconds);

#endif
