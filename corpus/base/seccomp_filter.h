/*
 * corpus/base/seccomp_filter.h - the system calls that are left behind a
 * sandbox.
 *
 * A program of classic BPF for seccomp(2).  What computing needs is allowed,
 * what only a break-in would try ends the process (SIGSYS), and the rest fails
 * with EPERM, for a library may try it in passing.
 *
 * libseccomp (148 kB) makes such programs, too, but of many small pieces of
 * memory: of a piece that it does not get, version 2.5.4 leaves out rules, or
 * releases another one twice.  Here the program is a constant, and nothing can
 * be missing in it; but of the kinds of machine that libseccomp knows, only
 * four have one.
 */
#ifndef CORPUS_SECCOMP_FILTER_H
#define CORPUS_SECCOMP_FILTER_H

#include <stdbool.h>

/* For the rest of this thread's life, and for what it starts; it must have
 * given up new privileges (PR_SET_NO_NEW_PRIVS).  Only with `timers` may it set
 * one after that.  False if the kernel refuses, or the machine is of a kind
 * whose calls are not known here. */
bool seccomp_filter_enter(bool timers);

#endif
