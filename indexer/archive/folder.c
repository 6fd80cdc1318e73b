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

#include "indexer/archive/deletions.h"

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

/* Files of ours by their names. */
static bool
is_segment(const char *name)
{
    size_t size = strlen(name);

    return strncmp(name, "seg-", 4) == 0 && size > 7 &&
           strcmp(name + size - 3, ".db") == 0;
}

/* "seg-000001.rank", for any segment that the manifest lists with one. */
static bool
is_ranked(const char *name)
{
    size_t size = strlen(name);

    return strncmp(name, "seg-", 4) == 0 && size > 9 &&
           strcmp(name + size - 5, ".rank") == 0;
}

static bool
is_listed(const struct manifest *manifest, const char *name)
{
    char ranked[32];

    if (is_segment(name))
        return manifest_find(manifest, name) != NULL;
    for (size_t i = 0; i < manifest->segments; i++) {
        manifest_ranked_name(ranked, manifest->segment[i].name);
        if (manifest->segment[i].ranked_bytes && strcmp(name, ranked) == 0)
            return true;
    }
    return false;
}

static bool
is_temporary(const char *name)
{
    return (strncmp(name, "seg-", 4) == 0 && strstr(name, ".tmp")) ||
           strncmp(name, "manifest.tmp", 12) == 0 ||
           strcmp(name, DELETIONS_FILE ".tmp") == 0;
}

static bool
is_ours(const char *name)
{
    return is_temporary(name) || strncmp(name, "damaged-", 8) == 0 ||
           strcmp(name, DELETIONS_FILE) == 0 || strcmp(name, "lock") == 0 ||
           strncmp(name, "catalog.db", 10) == 0 || strcmp(name, ".") == 0 ||
           strcmp(name, "..") == 0;
}

static bool
has_manifest(const char *dir)
{
    struct buf path = BUF_INIT;
    bool has;

    buf_printf(&path, "%s/manifest", dir);
    has = access(path.data, F_OK) == 0;
    buf_release(&path);
    return has;
}

static enum status
open_folder(DIR **folder, const char *dir, struct error *err)
{
    *folder = opendir(dir);
    if (*folder)
        return STATUS_OK;
    return error_set(err, status_of_errno(errno), "%s: cannot be read: %s", dir,
                     strerror(errno));
}

enum status
folder_expect_new(const char *dir, struct error *err)
{
    const struct dirent *entry;
    struct error why = {0};
    DIR *open;
    enum status status = open_folder(&open, dir, err);

    if (status)
        return status;
    while (!status && (entry = readdir(open)) != NULL) {
        if (is_segment(entry->d_name) || is_ranked(entry->d_name))
            status = error_set(&why, STATUS_DAMAGED,
                               "%s: there are segments but no manifest; put "
                               "the manifest back, or make it again with: "
                               "nindex -d %s repair",
                               dir, dir);
        else if (!is_ours(entry->d_name))
            status = error_set(&why, STATUS_DAMAGED,
                               "%s: this is not an archive, and there are "
                               "other files in it; choose an empty folder",
                               dir);
    }
    closedir(open);
    /* Another first run may have been faster. */
    if (status && has_manifest(dir))
        return STATUS_OK;
    return status ? error_set(err, status, "%s", why.text) : STATUS_OK;
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

/* Of ours by its name, and the manifest does not know it. */
static bool
is_leftover(const struct manifest *manifest, const char *name)
{
    return (is_temporary(name) || is_segment(name) || is_ranked(name)) &&
           !is_listed(manifest, name);
}

enum status
folder_tidy(const char *dir, const struct manifest *manifest, struct error *err)
{
    struct buf path = BUF_INIT;
    const struct dirent *entry;
    DIR *open;
    enum status status = open_folder(&open, dir, err);

    if (status)
        return status;
    while (!status && (entry = readdir(open)) != NULL) {
        if (!is_leftover(manifest, entry->d_name))
            continue;
        buf_clear(&path);
        buf_printf(&path, "%s/%s", dir, entry->d_name);
        if (unlink(path.data) != 0 && errno != ENOENT)
            status = error_set(err, STATUS_IO, "%s: cannot be removed: %s",
                               path.data, strerror(errno));
    }
    closedir(open);
    buf_release(&path);
    return status;
}

/* The lock is held for a moment only, and a run that meets it tries twice. */
static bool
is_at_work(const char *dir)
{
    struct buf path = BUF_INIT;
    bool busy;
    int fd;

    buf_printf(&path, "%s/lock", dir);
    fd = open(path.data, FOLDER_READ | O_NOFOLLOW);
    busy = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
    if (fd >= 0)
        close(fd);
    buf_release(&path);
    return busy;
}

void
folder_each_leftover(const char *dir, const struct manifest *manifest,
                     void (*each)(void *context, const char *path),
                     void *context)
{
    struct buf path = BUF_INIT;
    const struct dirent *entry;
    DIR *open = is_at_work(dir) ? NULL : opendir(dir);

    while (open && (entry = readdir(open)) != NULL) {
        if (!is_leftover(manifest, entry->d_name))
            continue;
        buf_clear(&path);
        buf_printf(&path, "%s/%s", dir, entry->d_name);
        each(context, path.data);
    }
    if (open)
        closedir(open);
    buf_release(&path);
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
    enum status status = open_folder(&open, dir, err);

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

void
folder_remove_segment(const char *dir, const char *name)
{
    struct buf path = BUF_INIT;
    char ranked[32];

    buf_printf(&path, "%s/%s", dir, name);
    unlink(path.data);
    buf_clear(&path);
    manifest_ranked_name(ranked, name);
    buf_printf(&path, "%s/%s", dir, ranked);
    unlink(path.data);
    buf_release(&path);
}
