#include "corpus/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
kind_of_file(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "a device";
    return "not a regular file";
}

static enum status
check_kind(int fd, const char *path, struct error *err)
{
    struct stat st;

    if (fstat(fd, &st))
        return error_set(err, STATUS_IO, "%s: %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return error_set(err, STATUS_USAGE,
                         "%s is %s; only regular files are read", path,
                         kind_of_file(st.st_mode));
    return STATUS_OK;
}

enum status
file_open(int *fd, const char *path, struct error *err)
{
    enum status status;

    *fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0 && errno == ELOOP)
        return error_set(err, STATUS_USAGE,
                         "%s is a link; links are not followed, name the file "
                         "itself",
                         path);
    if (*fd < 0 && (errno == ENXIO || errno == ENODEV))
        return error_set(err, STATUS_USAGE,
                         "%s is a socket or a device; only regular files are "
                         "read",
                         path);
    if (*fd < 0)
        return error_set(err, status_of_errno(errno), "%s: %s", path,
                         strerror(errno));
    status = check_kind(*fd, path, err);
    if (status) {
        close(*fd);
        *fd = -1;
    }
    return status;
}
