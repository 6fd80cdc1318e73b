/*
 * Only the folder being read is open, and that by descriptor: its names are
 * looked up in it and nowhere else, whatever becomes of the path meanwhile.
 */
#define _DEFAULT_SOURCE /* d_type */
#include "corpus/input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "corpus/input/file.h"

/* What a folder has under a name; a name of its kind is asked for only when
 * the folder does not tell. */
struct entry {
    char *name;
    unsigned char type; /* DT_REG, DT_DIR or DT_UNKNOWN */
};

/* A folder on the way down: what is in it in order, and which comes next. */
struct level {
    struct entry *entry;
    size_t count;
    size_t room;
    size_t next;
    size_t path_size; /* of walk->path, up to this folder */
};

struct walk {
    struct buf path;
    size_t root_size; /* of walk->path, without a '/' behind it */
    int root;         /* the folder that was asked for */
    int folder;       /* the one at level[depth - 1]; -1: not open */
    struct level *level;
    size_t depth;
    size_t room;
    bool single; /* the path given is no folder, and not yet handed out */
    struct stat st;
};

/* By their paths: what is in a folder has a '/' behind the folder's name. */
static int
compare_entries(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;
    const unsigned char *x = (const unsigned char *)left->name;
    const unsigned char *y = (const unsigned char *)right->name;

    while (*x && *x == *y) {
        x++;
        y++;
    }
    return (*x || left->type != DT_DIR ? *x : '/') -
           (*y || right->type != DT_DIR ? *y : '/');
}

static bool
has_name(const struct level *level, const char *name)
{
    for (size_t i = 0; i < level->count; i++)
        if (strcmp(level->entry[i].name, name) == 0)
            return true;
    return false;
}

/* Of a folder of mails, leave out those that are still being delivered. */
static void
drop_deliveries(struct level *level)
{
    if (!has_name(level, "tmp") || !has_name(level, "cur") ||
        !has_name(level, "new"))
        return;
    for (size_t i = 0; i < level->count; i++) {
        if (strcmp(level->entry[i].name, "tmp") != 0)
            continue;
        free(level->entry[i].name);
        level->entry[i] = level->entry[--level->count];
        return;
    }
}

static void
release_level(struct level *level)
{
    for (size_t i = 0; i < level->count; i++)
        free(level->entry[i].name);
    free(level->entry);
}

/* Some file systems do not tell the kind with the name. */
static unsigned char
type_of(int folder, const struct dirent *entry)
{
    struct stat st;

    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type;
    if (fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISREG(st.st_mode) ? DT_REG : S_ISDIR(st.st_mode) ? DT_DIR : DT_LNK;
}

/* The files and folders in the open folder.  Returns 0 or an errno. */
static int
read_level(struct level *level, int folder)
{
    int copy = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    int failed;

    if (!stream) {
        failed = errno;
        if (copy >= 0)
            close(copy);
        return failed;
    }
    errno = 0;
    while ((entry = readdir(stream))) {
        unsigned char type;

        if (entry->d_name[0] == '.')
            continue;
        type = type_of(folder, entry);
        errno = 0;
        if (type != DT_REG && type != DT_DIR && type != DT_UNKNOWN)
            continue;
        level->entry = mem_grow(level->entry, level->count, &level->room,
                                sizeof(*level->entry));
        level->entry[level->count++] =
            (struct entry){mem_string(entry->d_name), type};
    }
    failed = errno;
    closedir(stream);
    return failed;
}

static void
leave_folder(struct walk *walk)
{
    if (walk->folder >= 0 && walk->folder != walk->root)
        close(walk->folder);
    walk->folder = -1;
}

/* Open the folder that walk->path names.  The person who named a link to a
 * folder meant the folder; below it none is followed. */
static bool
open_folder(struct walk *walk)
{
    const char *below = walk->path.data + walk->root_size;

    leave_folder(walk);
    below += strspn(below, "/");
    walk->folder = *below ? file_open_folder(walk->root, below) : walk->root;
    return walk->folder >= 0;
}

static enum status
folder_failed(const struct walk *walk, int why, struct error *err)
{
    if (why == ELOOP || why == ENOTDIR)
        return error_set(err, STATUS_IO,
                         "%s: is no folder any more; a link is not followed",
                         walk->path.data);
    return error_set(err, status_of_errno(why), "%s: %s", walk->path.data,
                     strerror(why));
}

/* Go down into the folder that walk->path names. */
static enum status
enter(struct walk *walk, struct error *err)
{
    struct level level = {.path_size = walk->path.size};
    int failed = open_folder(walk) ? 0 : errno;

    if (!failed)
        failed = read_level(&level, walk->folder);
    if (failed) {
        leave_folder(walk);
        release_level(&level);
        return folder_failed(walk, failed, err);
    }
    drop_deliveries(&level);
    if (level.count > 0)
        qsort(level.entry, level.count, sizeof(*level.entry), compare_entries);
    walk->level =
        mem_grow(walk->level, walk->depth, &walk->room, sizeof(*walk->level));
    walk->level[walk->depth++] = level;
    return STATUS_OK;
}

static enum status
enter_root(struct walk *walk, struct error *err)
{
    while (walk->path.size > 1 && walk->path.data[walk->path.size - 1] == '/')
        buf_cut(&walk->path, walk->path.size - 1);
    walk->root_size = walk->path.size;
    walk->root = open(walk->path.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (walk->root < 0)
        return folder_failed(walk, errno, err);
    return enter(walk, err);
}

enum status
walk_open(struct walk **walk, const char *path, struct error *err)
{
    enum status status = STATUS_OK;
    struct stat target;

    *walk = mem_zero(1, sizeof(**walk));
    (*walk)->path = BUF_INIT;
    (*walk)->root = -1;
    (*walk)->folder = -1;
    buf_set_text(&(*walk)->path, path);
    if (lstat(path, &(*walk)->st))
        status = error_set(err, status_of_errno(errno), "%s: %s", path,
                           strerror(errno));
    else if (stat(path, &target) == 0 && S_ISDIR(target.st_mode))
        status = enter_root(*walk, err);
    else
        (*walk)->single = true;
    if (status) {
        walk_close(*walk);
        *walk = NULL;
    }
    return status;
}

void
walk_close(struct walk *walk)
{
    if (!walk)
        return;
    leave_folder(walk);
    if (walk->root >= 0)
        close(walk->root);
    while (walk->depth > 0)
        release_level(&walk->level[--walk->depth]);
    free(walk->level);
    buf_release(&walk->path);
    free(walk);
}

static void
fill_file(const struct walk *walk, struct walk_file *file)
{
    const struct stat *st = &walk->st;

    file->path = walk->path.data;
    file->size = st->st_size > 0 ? (uint64_t)st->st_size : 0;
    file->mtime_ns =
        (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
    file->inode = st->st_ino;
}

/* Back in the folder above; walk->path names it. */
static enum status
go_up(struct walk *walk, struct error *err)
{
    int why;

    leave_folder(walk);
    release_level(&walk->level[--walk->depth]);
    if (walk->depth == 0)
        return STATUS_OK;
    buf_cut(&walk->path, walk->level[walk->depth - 1].path_size);
    if (walk->level[walk->depth - 1].next == walk->level[walk->depth - 1].count)
        return STATUS_OK;
    if (open_folder(walk))
        return STATUS_OK;
    why = errno;
    /* What else was in it cannot be reached any more. */
    walk->level[walk->depth - 1].next = walk->level[walk->depth - 1].count;
    return why == ENOENT ? STATUS_OK : folder_failed(walk, why, err);
}

/* One step: a file, then `*found`, or a folder gone into or left. */
static enum status
step(struct walk *walk, bool *found, struct error *err)
{
    struct level *top = &walk->level[walk->depth - 1];
    const struct entry *entry;

    if (top->next == top->count)
        return go_up(walk, err);
    entry = &top->entry[top->next++];
    buf_cut(&walk->path, top->path_size);
    if (walk->path.data[walk->path.size - 1] != '/')
        buf_add_byte(&walk->path, '/');
    buf_add_text(&walk->path, entry->name);
    if (entry->type == DT_DIR) {
        enum status status = enter(walk, err);

        if (!status)
            return status;
        /* Its parent goes on behind it, or has gone itself.  A folder that
         * only cannot be opened must not look like one that has gone. */
        buf_cut(&walk->path, top->path_size);
        if (!open_folder(walk)) {
            int why = errno;

            top->next = top->count;
            if (status == STATUS_ABSENT && why != ENOENT)
                return folder_failed(walk, why, err);
        }
        return status == STATUS_ABSENT ? STATUS_OK : status;
    }
    /* What has gone since the folder was read is simply not there. */
    if (fstatat(walk->folder, entry->name, &walk->st, AT_SYMLINK_NOFOLLOW) == 0)
        *found = S_ISREG(walk->st.st_mode);
    else if (errno != ENOENT)
        return error_set(err, status_of_errno(errno), "%s: %s", walk->path.data,
                         strerror(errno));
    return STATUS_OK;
}

enum status
walk_next(struct walk *walk, struct walk_file *file, bool *more,
          struct error *err)
{
    bool found = walk->single;
    enum status status = STATUS_OK;

    walk->single = false;
    while (!status && !found && walk->depth > 0)
        status = step(walk, &found, err);
    if (found)
        fill_file(walk, file);
    *more = status || found;
    return status;
}
