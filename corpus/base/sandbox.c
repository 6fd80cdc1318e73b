/* For syscall(2); there is no other way to Landlock and close_range. */
#define _GNU_SOURCE

#include "corpus/base/sandbox.h"

#include <errno.h>
#include <linux/capability.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/base/count.h"
#include "corpus/base/seccomp_filter.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

bool
sandbox_works(void)
{
    return !SANITIZED;
}

/* Landlock's numbers, which the headers of older systems lack in part.  Each
 * version of it knows more rights; what it does not know must not be asked
 * of it. */
static const struct {
    int version;
    uint64_t files; /* all rights on files that this version handles */
    uint64_t net;   /* the same for TCP */
} landlock_rights[] = {
    {5, 0xffff, 0x3}, /* with ioctl on devices */
    {4, 0x7fff, 0x3}, /* with TCP */
    {3, 0x7fff, 0},   /* with truncate */
    {2, 0x3fff, 0},   /* with refer */
    {1, 0x1fff, 0},
};

static bool
enter_landlock(void)
{
    enum {
        CREATE_RULESET = 444,
        RESTRICT_SELF = 446,
        ASK_VERSION = 1
    };
    struct {
        uint64_t files;
        uint64_t net;
    } rights = {0, 0};
    long version = syscall(CREATE_RULESET, NULL, (size_t)0, ASK_VERSION);
    size_t size;
    long ruleset;
    bool done;

    if (version < 1)
        return false;
    for (size_t i = 0; i < COUNT(landlock_rights); i++) {
        if (landlock_rights[i].version > version)
            continue;
        rights.files = landlock_rights[i].files;
        rights.net = landlock_rights[i].net;
        break;
    }
    size = version >= 4 ? sizeof(rights) : sizeof(rights.files);
    ruleset = syscall(CREATE_RULESET, &rights, size, 0);
    if (ruleset < 0)
        return false;
    /* No rule is added: nothing of what is handled is allowed. */
    done = syscall(RESTRICT_SELF, (int)ruleset, 0) == 0;
    close((int)ruleset);
    return done;
}

/* Who has none of root's rights has nothing to lose. */
static void
drop_capabilities(void)
{
    struct __user_cap_header_struct head = {.version =
                                                _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {
        {0, 0, 0}, {0, 0, 0}};

    (void)syscall(SYS_capset, &head, none);
}

enum status
sandbox_enter(bool timers, struct error *err)
{
    bool landlock;
    bool seccomp;

    if (!sandbox_works())
        return STATUS_OK;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return error_set(err, STATUS_IO, "no sandbox: %s", strerror(errno));
    drop_capabilities();
    landlock = enter_landlock();
    seccomp = seccomp_filter_enter(timers);
    if (landlock && seccomp)
        return STATUS_OK;
    if (!landlock && !seccomp)
        return error_set(err, STATUS_IO,
                         "no sandbox: this kernel has neither Landlock nor "
                         "seccomp");
    return error_set(err, STATUS_ABSENT,
                     "half a sandbox: this kernel has no %s; only %s is left",
                     landlock ? "seccomp" : "Landlock",
                     landlock ? "Landlock" : "seccomp");
}

/* What the child has written, before or after it ended. */
static bool
hear(int fd, struct error *said)
{
    ssize_t got;

    do
        got = read(fd, said, sizeof(*said));
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof(*said);
}

static _Noreturn void
try_it(int fd)
{
    struct error error = {0};

    error.status = sandbox_enter(false, &error);
    _exit(write(fd, &error, sizeof(error)) < 0);
}

/* False if the child was ended before it could say anything. */
static bool
try_in_child(struct error *said)
{
    int ends[2];
    pid_t pid;
    bool heard;

    if (pipe(ends)) {
        error_set(said, STATUS_IO, "cannot try the sandbox: %s",
                  strerror(errno));
        return true;
    }
    pid = fork();
    if (pid == 0)
        try_it(ends[1]);
    if (pid < 0)
        error_set(said, STATUS_IO, "cannot try the sandbox: %s",
                  strerror(errno));
    close(ends[1]);
    heard = pid < 0 || hear(ends[0], said);
    close(ends[0]);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    return heard;
}

enum status
sandbox_probe(struct error *err)
{
    enum {
        TIMES = 3
    };
    struct error said = {0};

    for (int i = 0; i < TIMES; i++)
        if (try_in_child(&said))
            return said.status ? error_set(err, said.status, "%s", said.text)
                               : STATUS_OK;
    return error_set(err, STATUS_INTERRUPTED,
                     "cannot try the sandbox: who does is ended");
}

/* A limit that cannot be set leaves the others and the parent's watch. */
static void
limit(__rlimit_resource_t what, uint64_t most, bool for_good)
{
    struct rlimit rlimit;

    if (getrlimit(what, &rlimit))
        return;
    rlimit.rlim_cur = most < rlimit.rlim_max ? most : rlimit.rlim_max;
    if (for_good)
        rlimit.rlim_max = rlimit.rlim_cur;
    (void)setrlimit(what, &rlimit);
}

/* Bytes of address space in use; 0 if the system does not tell. */
static uint64_t
address_space(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long long pages = 0;

    if (!file)
        return 0;
    if (fscanf(file, "%llu", &pages) != 1) /* NOLINT(cert-err34-c) */
        pages = 0;
    (void)fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

void
sandbox_limit_memory(uint64_t memory)
{
    limit(RLIMIT_CORE, 0, true);
    limit(RLIMIT_FSIZE, 0, true);
    if (memory > 0 && !SANITIZED)
        limit(RLIMIT_AS, address_space() + memory, true);
}

bool
sandbox_memory_is_used_up(size_t wanted)
{
    /* What malloc(3) asks the system for at least. */
    const size_t least = (size_t)1 << 20;
    size_t size = wanted < least ? least : wanted;
    /* Not to be touched, so that only a limit on addresses refuses it. */
    void *room = mmap(NULL, size, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (room == MAP_FAILED)
        return true;
    munmap(room, size);
    return false;
}

void
sandbox_limit_cpu(unsigned seconds)
{
    struct rusage usage;

    if (getrusage(RUSAGE_SELF, &usage))
        return;
    limit(RLIMIT_CPU,
          (uint64_t)usage.ru_utime.tv_sec + (uint64_t)usage.ru_stime.tv_sec +
              1 + seconds,
          false);
}

void
sandbox_limit_life(unsigned seconds)
{
    limit(RLIMIT_CPU, seconds, true);
}
