#define _DEFAULT_SOURCE /* flock */
#include "indexer/archive/tidy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "indexer/archive/deletions.h"
#include "indexer/archive/folder.h"
#include "indexer/archive/manifest.h"

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

enum status
tidy_expect_new(const char *dir, struct error *err)
{
    const struct dirent *entry;
    struct error why = {0};
    DIR *open;
    enum status status = folder_open(&open, dir, err);

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

/* Of ours by its name, and the manifest does not know it. */
static bool
is_leftover(const struct manifest *manifest, const char *name)
{
    return (is_temporary(name) || is_segment(name) || is_ranked(name)) &&
           !is_listed(manifest, name);
}

enum status
tidy_folder(const char *dir, const struct manifest *manifest, struct error *err)
{
    struct buf path = BUF_INIT;
    const struct dirent *entry;
    DIR *open;
    enum status status = folder_open(&open, dir, err);

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
tidy_each_leftover(const char *dir, const struct manifest *manifest,
                   void (*each)(void *context, const char *path), void *context)
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

void
tidy_remove_segment(const char *dir, const char *name)
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
