/*
 * lean - loaded before a program (LD_PRELOAD), it lets an allocation fail.
 *
 * The environment says which: LEAN=N the Nth, LEAN=N+ the Nth and all that
 * follow.  LEAN_COUNT has their number written to the standard error at the
 * end; a file could no longer be opened by all of them.
 * Processes that a program forks count on from where it stood; or, with
 * LEAN_FORKED, they alone count, all of them together.
 */
#define _GNU_SOURCE /* RTLD_NEXT, MAP_ANONYMOUS */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct {
    unsigned long seen;
    unsigned long *forked; /* the same of what is forked, for all to see */
    pid_t first;
    unsigned long which;
    bool onward;
    bool ready;
    bool asking; /* dlsym() may allocate by itself */
    bool telling;
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
} lean;

/* A function of this name, as the C library has it. */
static void
find(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);

    memcpy(function, &found, sizeof(found));
}

/* Before main() at the latest: a program may empty its environment. */
__attribute__((constructor)) static void
prepare(void)
{
    const char *which = getenv("LEAN");
    char *end;

    if (lean.ready || lean.asking)
        return;
    lean.asking = true;
    find("malloc", &lean.malloc);
    find("calloc", &lean.calloc);
    find("realloc", &lean.realloc);
    if (which) {
        lean.which = strtoul(which, &end, 10);
        lean.onward = *end == '+';
    }
    lean.telling = getenv("LEAN_COUNT") != NULL;
    lean.first = getpid();
    if (getenv("LEAN_FORKED"))
        lean.forked = mmap(NULL, sizeof(*lean.forked), PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lean.forked == MAP_FAILED)
        _exit(EXIT_FAILURE);
    lean.ready = true;
    lean.asking = false;
}

static bool
is_refused(void)
{
    unsigned long *seen = lean.forked ? lean.forked : &lean.seen;
    unsigned long number;

    if (lean.forked && getpid() == lean.first)
        return false;
    number = __atomic_add_fetch(seen, 1, __ATOMIC_RELAXED);
    if (!lean.which || number < lean.which ||
        (number > lean.which && !lean.onward))
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t size)
{
    prepare();
    return !lean.malloc || is_refused() ? NULL : lean.malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    prepare();
    return !lean.calloc || is_refused() ? NULL : lean.calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    prepare();
    return !lean.realloc || is_refused() ? NULL : lean.realloc(old, size);
}

__attribute__((destructor)) static void
write_count(void)
{
    if (lean.telling)
        fprintf(stderr, "%lu\n", lean.forked ? *lean.forked : lean.seen);
}
