#include "corpus/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status
error_set(struct error *err, enum status status, const char *format, ...)
{
    va_list args;

    if (!err)
        return status;
    err->status = status;
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    return status;
}

enum status
error_prefix(struct error *err, const char *format, ...)
{
    char old[sizeof(err->text)];
    va_list args;
    int used;

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
    return STATUS_IO;
}
