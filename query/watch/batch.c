/* A batch on its way: written down, sent, and looked for after a kill. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/archive/folder.h"
#include "query/watch/watch_parts.h"

static const char *const ways[] = {"stream", "file", "spool"};

void
batch_init(struct batch *batch)
{
    *batch =
        (struct batch){.path = BUF_INIT, .stamp = BUF_INIT, .text = BUF_INIT};
}

void
batch_release(struct batch *batch)
{
    buf_release(&batch->path);
    buf_release(&batch->stamp);
    buf_release(&batch->text);
    told_release(&batch->keys);
}

void
batch_print(const struct batch *batch, struct buf *out)
{
    buf_printf(out, "nsearch batch 1\nnumber %" PRIu64 "\n", batch->number);
    buf_printf(out, "archive %s\n", batch->stamp.data);
    buf_printf(out, "way %s %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
               ways[batch->way], batch->device, batch->node, batch->offset);
    buf_printf(out, "path %zu %s\n", batch->path.size, batch->path.data);
    told_print(&batch->keys, out);
    buf_printf(out, "text %zu\n", batch->text.size);
    buf_add(out, batch->text.data, batch->text.size);
    buf_add_text(out, "end\n");
}

/* "NAME " at the beginning of a line; moves behind it. */
static bool
skip(const char **text, const char *name)
{
    const size_t size = strlen(name);

    if (strncmp(*text, name, size) != 0)
        return false;
    *text += size;
    return true;
}

static uint64_t
take_number(const char **text)
{
    char *end;
    const uint64_t number = strtoull(*text, &end, 10);

    *text = end + (*end == ' ' || *end == '\n');
    return number;
}

static bool
take_bytes(const char **text, const char *end, size_t size, struct buf *out)
{
    if (size > (size_t)(end - *text))
        return false;
    buf_set(out, *text, size);
    *text += size;
    return true;
}

static bool
take_way(struct batch *batch, const char **text)
{
    if (!skip(text, "way "))
        return false;
    for (int i = WAY_STREAM; i <= WAY_SPOOL; i++)
        if (skip(text, ways[i])) {
            batch->way = (enum batch_way)i;
            *text += **text == ' ';
            batch->device = take_number(text);
            batch->node = take_number(text);
            batch->offset = take_number(text);
            return true;
        }
    return false;
}

bool
batch_parse(struct batch *batch, const struct buf *text)
{
    const char *at = text->data;
    const char *end = at + text->size;

    if (!skip(&at, "nsearch batch 1\nnumber "))
        return false;
    batch->number = take_number(&at);
    if (!skip(&at, "archive "))
        return false;
    take_bytes(&at, end, strcspn(at, "\n"), &batch->stamp);
    if (!skip(&at, "\n") || !take_way(batch, &at) || !skip(&at, "path ") ||
        !take_bytes(&at, end, take_number(&at), &batch->path) ||
        !skip(&at, "\n") || !told_parse(&batch->keys, &at) ||
        !skip(&at, "text "))
        return false;
    return take_bytes(&at, end, take_number(&at), &batch->text) &&
           strcmp(at, "end\n") == 0;
}

static enum status
fail(const char *path, const char *what, struct error *err)
{
    return error_set(err, status_of_errno(errno), "%s: cannot be %s: %s", path,
                     what, strerror(errno));
}

/* "DIR/.NAME" for "DIR/NAME". */
static void
hide(const struct buf *path, struct buf *out)
{
    const char *name = strrchr(path->data, '/') + 1;

    buf_set(out, path->data, (size_t)(name - path->data));
    buf_printf(out, ".%s", name);
}

static enum status
write_all(int fd, const char *path, const char *data, size_t size,
          struct error *err)
{
    while (size) {
        const ssize_t wrote = write(fd, data, size);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return fail(path, "written", err);
        data += wrote;
        size -= (size_t)wrote;
    }
    return STATUS_OK;
}

/* The spool's file with a dot before its name, whole and on the disk. */
static enum status
put_hidden(const struct batch *batch, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status;
    int fd;

    hide(&batch->path, &path);
    fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        status = fail(path.data, "written", err);
    } else {
        status =
            write_all(fd, path.data, batch->text.data, batch->text.size, err);
        if (!status && fsync(fd) != 0)
            status = fail(path.data, "written", err);
        close(fd);
    }
    buf_release(&path);
    return status;
}

/* The name of the file that is open there, if it has one still. */
static void
find_path(int fd, struct buf *path)
{
    char link[64];
    char name[4096];
    ssize_t size;

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    size = readlink(link, name, sizeof(name));
    buf_set(path, name, size > 0 ? (size_t)size : 0);
}

static enum status
aim_at_spool(struct batch *batch, const struct watch_target *target,
             struct error *err)
{
    enum status status = folder_make(target->spool, err);
    char *real = status ? NULL : realpath(target->spool, NULL);

    if (status)
        return status;
    if (!real)
        return fail(target->spool, "found", err);
    batch->way = WAY_SPOOL;
    buf_clear(&batch->path);
    buf_printf(&batch->path, "%s/%s-%06" PRIu64 ".%s", real, target->name,
               batch->number, target->suffix);
    free(real);
    return put_hidden(batch, err);
}

enum status
batch_aim(struct batch *batch, const struct watch_target *target,
          struct error *err)
{
    struct stat info;
    off_t place;

    if (target->spool)
        return aim_at_spool(batch, target, err);
    batch->way = WAY_STREAM;
    buf_clear(&batch->path);
    if (fstat(target->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return STATUS_OK;
    place = fcntl(target->fd, F_GETFL) & O_APPEND
                ? info.st_size
                : lseek(target->fd, 0, SEEK_CUR);
    batch->way = WAY_FILE;
    batch->device = (uint64_t)info.st_dev;
    batch->node = (uint64_t)info.st_ino;
    batch->offset = (uint64_t)place;
    find_path(target->fd, &batch->path);
    return STATUS_OK;
}

static enum status
show_hidden(const struct batch *batch, struct error *err)
{
    struct buf hidden = BUF_INIT;
    struct buf dir = BUF_INIT;
    enum status status;

    hide(&batch->path, &hidden);
    buf_set(&dir, batch->path.data,
            (size_t)(strrchr(batch->path.data, '/') - batch->path.data));
    if (rename(hidden.data, batch->path.data) != 0)
        status = fail(batch->path.data, "put in place", err);
    else
        status = folder_sync(dir.size ? dir.data : "/", err);
    buf_release(&dir);
    buf_release(&hidden);
    return status;
}

enum status
batch_send(const struct batch *batch, int fd, struct error *err)
{
    enum status status;

    if (batch->way == WAY_SPOOL)
        return show_hidden(batch, err);
    status =
        write_all(fd, "the output", batch->text.data, batch->text.size, err);
    if (!status && batch->way == WAY_FILE && fsync(fd) != 0)
        status = fail("the output", "written", err);
    return status;
}

/* How many of the batch's bytes the file has, and no others after them;
 * SIZE_MAX if it has others. */
static size_t
bytes_there(const struct batch *batch, int fd)
{
    const off_t at = (off_t)batch->offset;
    struct buf there = BUF_INIT;
    char part[65536];
    ssize_t got = 1;
    size_t size;

    while (there.size < batch->text.size && got > 0) {
        got = pread(fd, part, sizeof(part), at + (off_t)there.size);
        if (got > 0)
            buf_add(&there, part, (size_t)got);
    }
    size = there.size < batch->text.size ? there.size : batch->text.size;
    if (memcmp(there.data, batch->text.data, size) != 0)
        size = SIZE_MAX;
    buf_release(&there);
    return size;
}

static enum status
look_at_file(const struct batch *batch, enum batch_state *state,
             struct error *err)
{
    int fd = open(batch->path.data, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    enum status status = STATUS_OK;
    size_t size;

    *state = BATCH_UNKNOWN;
    if (fd < 0)
        return STATUS_OK;
    if (fstat(fd, &info) == 0 && (uint64_t)info.st_dev == batch->device &&
        (uint64_t)info.st_ino == batch->node &&
        (uint64_t)info.st_size >= batch->offset) {
        size = bytes_there(batch, fd);
        if (!size && batch->text.size) {
            *state = BATCH_NOT_TOLD;
        } else if (size <= batch->text.size) {
            *state = BATCH_TOLD;
            if (lseek(fd, (off_t)(batch->offset + size), SEEK_SET) < 0)
                status = fail(batch->path.data, "written", err);
            else
                status =
                    write_all(fd, batch->path.data, batch->text.data + size,
                              batch->text.size - size, err);
        }
    }
    close(fd);
    return status;
}

enum status
batch_look(const struct batch *batch, enum batch_state *state,
           struct error *err)
{
    struct buf hidden = BUF_INIT;
    enum status status = STATUS_OK;

    *state = BATCH_UNKNOWN;
    if (batch->way == WAY_FILE)
        return look_at_file(batch, state, err);
    if (batch->way == WAY_STREAM || !strchr(batch->path.data, '/'))
        return STATUS_OK;
    hide(&batch->path, &hidden);
    *state = BATCH_TOLD;
    if (access(hidden.data, F_OK) == 0)
        status = show_hidden(batch, err);
    buf_release(&hidden);
    return status;
}
