/* For O_PATH and syscall(2): the C library does not know openat2. */
#define _GNU_SOURCE

#include "corpus/input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "corpus/base/buf.h"

enum {
    FILE_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
    FOLDER_FLAGS = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_DIRECTORY,
    STEP_FLAGS = O_PATH | O_NOFOLLOW | O_CLOEXEC | O_DIRECTORY
};

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

/* What was opened, or errno, as a status and a sentence. */
static enum status
take(int *fd, const char *path, struct error *err)
{
    enum status status;

    if (*fd < 0 && errno == ELOOP)
        return error_set(err, STATUS_USAGE,
                         "%s is a link or lies behind one; links are not "
                         "followed, name the file itself",
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

enum status
file_open(int *fd, const char *path, struct error *err)
{
    *fd = open(path, FILE_FLAGS);
    return take(fd, path, err);
}

/* openat() of one step; a link where a folder should be is ELOOP. */
static int
open_step(int folder, const char *name, int flags)
{
    struct stat st;
    int fd;

    if (strcmp(name, "..") == 0) {
        errno = EXDEV;
        return -1;
    }
    fd = openat(folder, name, flags);
    if (fd < 0 && errno == ENOTDIR)
        errno = fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
                        S_ISLNK(st.st_mode)
                    ? ELOOP
                    : ENOTDIR;
    return fd;
}

/* For kernels without openat2 (before 5.6): a step at a time. */
static int
open_by_steps(int root, const char *path, int flags)
{
    struct buf name = BUF_INIT;
    int at = root;
    int why;

    for (;;) {
        size_t size = strcspn(path, "/");
        bool last = path[size + strspn(path + size, "/")] == '\0';
        int next;

        buf_set(&name, path, size);
        next = open_step(at, size ? name.data : ".", last ? flags : STEP_FLAGS);
        why = errno;
        if (at != root)
            close(at);
        at = next;
        if (last || next < 0)
            break;
        path += size + strspn(path + size, "/");
    }
    buf_release(&name);
    errno = why;
    return at;
}

/* `path` is relative to `root`. */
static int
open_below(int root, const char *path, int flags)
{
    struct open_how how = {.flags = (unsigned)flags,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
                                      RESOLVE_NO_MAGICLINKS};
    long fd = syscall(SYS_openat2, root, path, &how, sizeof(how));

    /* EPERM: a container's filter that is older than the call. */
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        return open_by_steps(root, path, flags);
    return (int)fd;
}

enum status
file_open_walked(int *fd, const char *path, struct error *err)
{
    const char *below = path + strspn(path, "/");
    int root = open(below > path ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int why;

    *fd = root < 0 ? -1 : open_below(root, below, FILE_FLAGS);
    why = errno;
    if (root >= 0)
        close(root);
    errno = why;
    return take(fd, path, err);
}

int
file_open_folder(int root, const char *path)
{
    return open_below(root, *path ? path : ".", FOLDER_FLAGS);
}
