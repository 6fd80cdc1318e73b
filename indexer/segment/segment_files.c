#include "indexer/segment/segment_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/archive/folder.h"
#include "indexer/bits/sql.h"
#include "indexer/segment/schema.h"

/* The header of a database file, as SQLite documents it. */
enum {
    HEADER_SIZE = 100,
    HEADER_USER_VERSION = 60,
    HEADER_APPLICATION_ID = 68
};

struct descriptor {
    int fd;
    sqlite3_int64 size;
};

struct segment_files {
    sqlite3_vfs vfs;
    sqlite3_vfs *base; /* what else an operating system is asked for */
    char name[32];
    struct descriptor *descriptor;
    size_t count;
    size_t room;
    bool (*stop)(void *context);
    void *context;
};

/* What SQLite holds in its hands: one of ours. */
struct handle {
    sqlite3_file file;
    const struct segment_files *files;
    size_t number;
};

/* --- a file --------------------------------------------------------------- */

static int
handle_close(sqlite3_file *file)
{
    (void)file; /* the descriptor stays, for the next time */
    return SQLITE_OK;
}

static int
handle_read(sqlite3_file *file, void *to, int size, sqlite3_int64 from)
{
    const struct handle *handle = (const struct handle *)(const void *)file;
    const struct segment_files *files = handle->files;
    int fd = files->descriptor[handle->number].fd;
    size_t got = 0;

    if (files->stop && files->stop(files->context))
        return SQLITE_INTERRUPT;
    while (got < (size_t)size) {
        ssize_t part = pread(fd, (char *)to + got, (size_t)size - got,
                             (off_t)from + (off_t)got);

        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            return SQLITE_IOERR_READ;
        if (part == 0)
            break;
        got += (size_t)part;
    }
    if (got == (size_t)size)
        return SQLITE_OK;
    memset((char *)to + got, 0, (size_t)size - got);
    return SQLITE_IOERR_SHORT_READ;
}

static int
handle_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 to)
{
    (void)file;
    (void)from;
    (void)size;
    (void)to;
    return SQLITE_READONLY;
}

static int
handle_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    (void)file;
    (void)size;
    return SQLITE_READONLY;
}

static int
handle_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    return SQLITE_OK;
}

static int
handle_size(sqlite3_file *file, sqlite3_int64 *size)
{
    const struct handle *handle = (const struct handle *)(const void *)file;

    *size = handle->files->descriptor[handle->number].size;
    return SQLITE_OK;
}

static int
handle_lock(sqlite3_file *file, int lock)
{
    (void)file;
    (void)lock;
    return SQLITE_OK;
}

static int
handle_check_lock(sqlite3_file *file, int *locked)
{
    (void)file;
    *locked = 0;
    return SQLITE_OK;
}

static int
handle_control(sqlite3_file *file, int what, void *with)
{
    (void)file;
    (void)what;
    (void)with;
    return SQLITE_NOTFOUND;
}

static int
handle_sector(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

static int
handle_traits(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods handle_methods = {
    .iVersion = 1,
    .xClose = handle_close,
    .xRead = handle_read,
    .xWrite = handle_write,
    .xTruncate = handle_truncate,
    .xSync = handle_sync,
    .xFileSize = handle_size,
    .xLock = handle_lock,
    .xUnlock = handle_lock,
    .xCheckReservedLock = handle_check_lock,
    .xFileControl = handle_control,
    .xSectorSize = handle_sector,
    .xDeviceCharacteristics = handle_traits,
};

/* --- the file system ------------------------------------------------------ */

/* A file without a name is one for SQLite's own sorting. */
static int
files_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
           int *flags_out)
{
    const struct segment_files *files = vfs->pAppData;
    struct handle *handle = (struct handle *)(void *)file;
    unsigned long long number;
    char *end = NULL;

    file->pMethods = NULL;
    if (!name || !(flags & SQLITE_OPEN_MAIN_DB))
        return files->base->xOpen(files->base, name, file, flags, flags_out);
    errno = 0;
    number = strtoull(name, &end, 10);
    if (errno || end == name || *end || number >= files->count)
        return SQLITE_CANTOPEN;
    handle->files = files;
    handle->number = (size_t)number;
    file->pMethods = &handle_methods;
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int
files_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    const struct segment_files *files = vfs->pAppData;

    return files->base->xDelete(files->base, name, sync);
}

/* There is no journal beside any of them. */
static int
files_access(sqlite3_vfs *vfs, const char *name, int flags, int *found)
{
    (void)vfs;
    (void)name;
    (void)flags;
    *found = 0;
    return SQLITE_OK;
}

static int
files_full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    return snprintf(out, (size_t)size, "%s", name) < size ? SQLITE_OK
                                                          : SQLITE_CANTOPEN;
}

static int
files_random(sqlite3_vfs *vfs, int size, char *out)
{
    const struct segment_files *files = vfs->pAppData;

    return files->base->xRandomness(files->base, size, out);
}

static int
files_sleep(sqlite3_vfs *vfs, int microseconds)
{
    const struct segment_files *files = vfs->pAppData;

    return files->base->xSleep(files->base, microseconds);
}

static int
files_time(sqlite3_vfs *vfs, double *days)
{
    const struct segment_files *files = vfs->pAppData;

    return files->base->xCurrentTime(files->base, days);
}

struct segment_files *
segment_files_new(void)
{
    struct segment_files *files = mem_zero(1, sizeof(*files));

    /* SQLite knows none only when it had no memory to begin with. */
    files->base = mem_got(sqlite3_vfs_find(NULL));
    snprintf(files->name, sizeof(files->name), "segments-%" PRIxPTR,
             (uintptr_t)files);
    files->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = (int)sizeof(struct handle) > files->base->szOsFile
                        ? (int)sizeof(struct handle)
                        : files->base->szOsFile,
        .mxPathname = files->base->mxPathname,
        .zName = files->name,
        .pAppData = files,
        .xOpen = files_open,
        .xDelete = files_delete,
        .xAccess = files_access,
        .xFullPathname = files_full_name,
        .xRandomness = files_random,
        .xSleep = files_sleep,
        .xCurrentTime = files_time,
    };
    sqlite3_vfs_register(&files->vfs, 0);
    return files;
}

void
segment_files_free(struct segment_files *files)
{
    if (!files)
        return;
    sqlite3_vfs_unregister(&files->vfs);
    for (size_t i = 0; i < files->count; i++)
        close(files->descriptor[i].fd);
    free(files->descriptor);
    free(files);
}

static uint32_t
header_u32(const unsigned char *header, size_t at)
{
    return (uint32_t)header[at] << 24 | (uint32_t)header[at + 1] << 16 |
           (uint32_t)header[at + 2] << 8 | (uint32_t)header[at + 3];
}

static enum status
examine_header(int fd, const char *path, struct error *err)
{
    unsigned char header[HEADER_SIZE];
    ssize_t got = pread(fd, header, sizeof(header), 0);

    if (got < 0)
        return error_set(err, status_of_errno(errno), "%s: %s", path,
                         strerror(errno));
    if (got < HEADER_SIZE || memcmp(header, "SQLite format 3", 16) != 0)
        return error_set(err, STATUS_DAMAGED,
                         "%s: this is not a segment; look with: nindex check",
                         path);
    return schema_examine(header_u32(header, HEADER_APPLICATION_ID),
                          header_u32(header, HEADER_USER_VERSION), path, err);
}

enum status
segment_files_add(struct segment_files *files, const char *path, size_t *number,
                  struct error *err)
{
    int fd = open(path, FOLDER_READ);
    struct stat found;
    enum status status;

    if (fd < 0 || fstat(fd, &found) != 0) {
        status =
            errno == ENOENT
                ? error_set(err, STATUS_ABSENT, "%s: no such segment", path)
                : error_set(err, status_of_errno(errno),
                            "%s: cannot be opened: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return status;
    }
    status = S_ISREG(found.st_mode)
                 ? examine_header(fd, path, err)
                 : error_set(err, STATUS_DAMAGED, SCHEMA_NO_FILE, path);
    if (status) {
        close(fd);
        return status;
    }
    files->descriptor = mem_grow(files->descriptor, files->count, &files->room,
                                 sizeof(*files->descriptor));
    *number = files->count++;
    files->descriptor[*number] =
        (struct descriptor){fd, (sqlite3_int64)found.st_size};
    return STATUS_OK;
}

void
segment_files_watch(struct segment_files *files, bool (*stop)(void *),
                    void *context)
{
    files->stop = stop;
    files->context = context;
}

enum status
segment_files_open(const struct segment_files *files, size_t number,
                   struct sqlite3 **db, struct unpacker **unpacker,
                   const char *path, struct error *err)
{
    char name[24];
    enum status status = STATUS_OK;

    *db = NULL;
    snprintf(name, sizeof(name), "%zu", number);
    if (sqlite3_open_v2(name, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
                        files->name) != SQLITE_OK)
        status = sql_failed(*db, path, err);
    if (!status)
        status = schema_finish_open(*db, path, unpacker, err);
    if (status) {
        schema_close(*db);
        *db = NULL;
    }
    return status;
}
