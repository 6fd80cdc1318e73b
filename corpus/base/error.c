#include "corpus/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Longer than any path; what is longer still is cut. */
#define LONG_TEXT 8192

static bool
is_inside_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Of a sentence that is too long, its name is: the middle goes, for the end
 * says what is wrong. */
static void
keep_ends(struct error *err, const char *text)
{
    static const char gap[] = "...";
    size_t size = strlen(text);
    size_t head = sizeof(err->text) / 2;
    size_t tail = size - (sizeof(err->text) - head - sizeof(gap));

    while (head > 0 && is_inside_character(text[head]))
        head--;
    while (tail < size && is_inside_character(text[tail]))
        tail++;
    memcpy(err->text, text, head);
    memcpy(err->text + head, gap, sizeof(gap) - 1);
    memcpy(err->text + head + sizeof(gap) - 1, text + tail, size - tail + 1);
}

enum status
error_set(struct error *err, enum status status, const char *format, ...)
{
    char text[LONG_TEXT];
    va_list args;

    if (!err)
        return status;
    err->status = status;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (strlen(text) < sizeof(err->text))
        memcpy(err->text, text, strlen(text) + 1);
    else
        keep_ends(err, text);
    return status;
}

enum status
error_prefix(struct error *err, const char *format, ...)
{
    char old[sizeof(err->text)];
    va_list args;
    int used;

    if (!err)
        return STATUS_IO;
    memcpy(old, err->text, sizeof(old));
    va_start(args, format);
    used = vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    if (used >= 0 && (size_t)used < sizeof(err->text)) {
        size_t room = sizeof(err->text) - (size_t)used;
        size_t size = strlen(old);

        if (size >= room)
            size = room - 1;
        memcpy(err->text + used, old, size);
        err->text[(size_t)used + size] = '\0';
    }
    return err->status;
}

enum status
status_of_errno(int number)
{
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return STATUS_FULL;
    if (number == ENOENT || number == ENOTDIR)
        return STATUS_ABSENT;
    if (number == ENOMEM)
        return STATUS_MEMORY;
    return STATUS_IO;
}
