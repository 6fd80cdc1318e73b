#include "corpus/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*refused)(size_t wanted);

void
mem_on_refusal(void (*tell)(size_t wanted))
{
    refused = tell;
}

static void
out_of_memory(size_t wanted)
{
    static const char text[] = "out of memory; nothing was lost, run again "
                               "with fewer or smaller files\n";

    if (refused)
        refused(wanted);
    /* stdio may itself want memory. */
    if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
        _exit(70);
    _exit(70);
}

void *
mem_alloc(size_t size)
{
    void *got = malloc(size ? size : 1);

    if (!got)
        out_of_memory(size);
    return got;
}

void *
mem_zero(size_t count, size_t size)
{
    void *got = calloc(count ? count : 1, size ? size : 1);

    if (!got)
        out_of_memory(size && count > SIZE_MAX / size ? SIZE_MAX
                                                      : count * size);
    return got;
}

void *
mem_resize(void *old, size_t count, size_t size)
{
    void *got;

    if (size && count > SIZE_MAX / size)
        out_of_memory(SIZE_MAX);
    got = realloc(old, count && size ? count * size : 1);
    if (!got)
        out_of_memory(count * size);
    return got;
}

char *
mem_text(const char *text, size_t size)
{
    char *got = mem_alloc(size + 1);

    if (size)
        memcpy(got, text, size);
    got[size] = '\0';
    return got;
}

char *
mem_string(const char *text)
{
    return text ? mem_text(text, strlen(text)) : NULL;
}

void *
mem_grow(void *old, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return old;
    *room = *room ? *room * 2 : 8;
    return mem_resize(old, *room, size);
}

void *
mem_for_zlib(void *context, unsigned count, unsigned size)
{
    (void)context;
    return mem_resize(NULL, count, size);
}

void *
mem_for_library(void *context, size_t size)
{
    (void)context;
    return mem_alloc(size);
}

void
mem_from_library(void *context, void *got)
{
    (void)context;
    free(got);
}

void *
mem_got(void *got)
{
    if (!got)
        out_of_memory(0);
    return got;
}
