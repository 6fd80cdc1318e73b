#define _DEFAULT_SOURCE /* flock */
#include "indexer/archive/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum status
folder_choose(struct buf *out, const char *given, const char *nsearch_archive,
              const char *xdg_data_home, const char *home, struct error *err)
{
    buf_clear(out);
    if (given && *given)
        buf_add_text(out, given);
    else if (nsearch_archive && *nsearch_archive)
        buf_add_text(out, nsearch_archive);
    else if (xdg_data_home && *xdg_data_home)
        buf_printf(out, "%s/nsearch", xdg_data_home);
    else if (home && *home)
        buf_printf(out, "%s/.local/share/nsearch", home);
    else
        return error_set(err, STATUS_USAGE,
                         "no archive named: give -d DIR or set "
                         "NSEARCH_ARCHIVE");
    return STATUS_OK;
}

enum status
folder_make(const char *dir, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;
    struct stat info;
    size_t size = strlen(dir);

    for (size_t at = 1; !status && at <= size; at++) {
        if (dir[at] != '/' && dir[at] != '\0')
            continue;
        buf_set(&path, dir, at);
        if (mkdir(path.data, 0755) != 0 && errno != EEXIST)
            status =
                error_set(err, status_of_errno(errno), "%s: cannot be made: %s",
                          path.data, strerror(errno));
    }
    if (!status && (stat(dir, &info) != 0 || !S_ISDIR(info.st_mode)))
        status = error_set(err, STATUS_USAGE,
                           "%s: this is a link that leads to no folder", dir);
    buf_release(&path);
    return status;
}

enum status
folder_open(DIR **folder, const char *dir, struct error *err)
{
    *folder = opendir(dir);
    if (*folder)
        return STATUS_OK;
    return error_set(err, status_of_errno(errno), "%s: cannot be read: %s", dir,
                     strerror(errno));
}

/* A check that looks whether a run is at work holds the lock for a moment, and
 * so does a child that a killed run was just starting; neither must cost a
 * run, and who is really late is to know it in a tenth of a second. */
enum {
    LOCK_MOMENTS = 10
};

static bool
try_lock(int fd)
{
    const struct timespec moment = {.tv_nsec = 5000000};
    bool locked = flock(fd, LOCK_EX | LOCK_NB) == 0;

    for (unsigned i = 0; !locked && i < LOCK_MOMENTS; i++) {
        nanosleep(&moment, NULL);
        locked = flock(fd, LOCK_EX | LOCK_NB) == 0;
    }
    return locked;
}

enum status
folder_lock(int *fd, const char *dir, struct error *err)
{
    enum status status = STATUS_OK;
    struct buf path = BUF_INIT;

    buf_printf(&path, "%s/lock", dir);
    *fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (*fd < 0)
        status =
            error_set(err, STATUS_IO, "%s: cannot be opened for writing: %s",
                      path.data, strerror(errno));
    else if (!try_lock(*fd))
        status =
            errno == EWOULDBLOCK
                ? error_set(err, STATUS_LOCKED,
                            "%s: another nindex is already running here", dir)
                : error_set(err, STATUS_IO, "%s: cannot be locked: %s",
                            path.data, strerror(errno));
    if (status && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    buf_release(&path);
    return status;
}

static enum status
read_whole(int fd, const char *name, struct buf *text, struct error *err)
{
    char part[16384];
    ssize_t got;

    while ((got = read(fd, part, sizeof(part))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(err, STATUS_IO, "%s: cannot be read: %s", name,
                             strerror(errno));
        buf_add(text, part, (size_t)got);
        if (text->over)
            return error_set(err, STATUS_DAMAGED, "%s: larger than it can be",
                             name);
    }
    return STATUS_OK;
}

enum status
folder_read(const char *dir, const char *name, struct buf *text,
            struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status;
    int fd;

    buf_printf(&path, "%s/%s", dir, name);
    fd = open(path.data, FOLDER_READ);
    if (fd < 0 && errno == ENOTDIR && access(dir, F_OK) == 0) {
        status = error_set(err, STATUS_USAGE,
                           "%s: this is not a folder, so no archive", dir);
    } else if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        status = error_set(err, STATUS_ABSENT, "%s: is missing", path.data);
    } else if (fd < 0) {
        status = error_set(err, STATUS_IO, "%s: cannot be opened: %s",
                           path.data, strerror(errno));
    } else {
        status = read_whole(fd, path.data, text, err);
        close(fd);
    }
    buf_release(&path);
    return status;
}

static enum status
write_synced(const char *path, const struct buf *text, struct error *err)
{
    size_t done = 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (fd < 0)
        goto failed;
    while (done < text->size) {
        ssize_t put = write(fd, text->data + done, text->size - done);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            goto failed;
        done += (size_t)put;
    }
    if (fsync(fd) != 0)
        goto failed;
    if (close(fd) == 0)
        return STATUS_OK;
    fd = -1;
failed:
    error_set(err, status_of_errno(errno), "%s: cannot be written: %s", path,
              strerror(errno));
    if (fd >= 0)
        close(fd);
    unlink(path);
    return err ? err->status : STATUS_IO;
}

enum status
folder_sync(const char *dir, struct error *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0;
    int number = errno;

    if (fd >= 0)
        close(fd);
    if (failed)
        return error_set(err, STATUS_IO, "%s: cannot be synced: %s", dir,
                         strerror(number));
    return STATUS_OK;
}

enum status
folder_write(const char *dir, const char *name, const struct buf *text,
             struct error *err)
{
    struct buf path = BUF_INIT;
    struct buf temporary = BUF_INIT;
    enum status status;

    buf_printf(&path, "%s/%s", dir, name);
    buf_printf(&temporary, "%s/%s.tmp", dir, name);
    status = write_synced(temporary.data, text, err);
    if (!status && rename(temporary.data, path.data) != 0) {
        status = error_set(err, status_of_errno(errno),
                           "%s: cannot be put in place: %s", path.data,
                           strerror(errno));
        unlink(temporary.data);
    }
    if (!status)
        status = folder_sync(dir, err);
    buf_release(&temporary);
    buf_release(&path);
    return status;
}

void
folder_keep_damaged(const char *dir, const char *name)
{
    struct buf path = BUF_INIT;
    struct buf kept = BUF_INIT;
    int linked;

    buf_printf(&path, "%s/%s", dir, name);
    buf_printf(&kept, "%s/damaged-%s", dir, name);
    linked = link(path.data, kept.data);
    (void)linked; /* there may be nothing to keep, or one that was kept */
    buf_release(&kept);
    buf_release(&path);
}

enum status
folder_list_damaged(const char *dir, struct list *paths, struct error *err)
{
    struct buf path = BUF_INIT;
    const struct dirent *entry;
    DIR *open;
    enum status status = folder_open(&open, dir, err);

    if (status)
        return status;
    while ((entry = readdir(open)) != NULL) {
        if (strncmp(entry->d_name, "damaged-seg-", 12) != 0)
            continue;
        buf_clear(&path);
        buf_printf(&path, "%s/%s", dir, entry->d_name);
        list_add_text(paths, path.data);
    }
    closedir(open);
    buf_release(&path);
    return STATUS_OK;
}
