/*
 * intruder - loaded before nsearch.cgi (LD_PRELOAD), it takes over the process
 * when that is about to answer, and tries the attempt of break_in.h whose
 * number INTRUDER is, in the folder INTRUDER_FOLDER.
 *
 * Exit status: that of the attempt; 77, at once, if there is none of this
 * number.  What the attempt is called goes to standard error.
 */
#define _GNU_SOURCE /* syscall() */

#include "tests/support/break_in.h"

static int (*attempt)(void);

__attribute__((constructor)) static void
prepare(void)
{
    const char *which = getenv("INTRUDER");
    const char *folder = getenv("INTRUDER_FOLDER");
    unsigned long number = which ? strtoul(which, NULL, 10) : BREAK_INS;

    if (number >= BREAK_INS || !folder)
        _exit(77);
    break_in_at(folder);
    attempt = break_ins[number].attempt;
    fprintf(stderr, "%s\n", break_ins[number].what);
}

/* The C library's is not needed any more. */
ssize_t
write(int fd, const void *buf, size_t n)
{
    if (fd == STDOUT_FILENO)
        _exit(attempt());
    return syscall(SYS_write, fd, buf, n);
}
