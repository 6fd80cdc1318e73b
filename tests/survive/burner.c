/*
 * burner - loaded before nindex (LD_PRELOAD), it makes files hard to read.
 *
 * A process that parses takes N tenths of a second of CPU time over a file that
 * begins with {"burn":N, before it is given its first bytes.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t (*next_read)(int fd, void *data, size_t size);
static pid_t parent;

__attribute__((constructor)) static void
prepare(void)
{
    void *found = dlsym(RTLD_NEXT, "read");

    memcpy(&next_read, &found, sizeof(next_read));
    parent = getpid();
}

static long
tenths_used(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 10 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 100000;
}

ssize_t
read(int fd, void *data, size_t size)
{
    static const char mark[] = "{\"burn\":";
    ssize_t got = next_read(fd, data, size);
    long until;

    if (got < 16 || getpid() == parent ||
        memcmp(data, mark, sizeof(mark) - 1) != 0)
        return got;
    until = tenths_used() + strtol((char *)data + sizeof(mark) - 1, NULL, 10);
    while (tenths_used() < until)
        continue;
    return got;
}
