#include "corpus/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "corpus/buf.h"
#include "corpus/list.h"
#include "corpus/mem.h"

/* A folder on the way down: its names in order, and which comes next. */
struct level {
    struct list names;
    size_t next;
    size_t path_size; /* of walk->path, up to this folder */
};

struct walk {
    struct buf path;
    struct level *level;
    size_t depth;
    size_t room;
    bool single; /* the path given is no folder, and not yet handed out */
    struct stat st;
};

static int
compare_names(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;

    return strcmp(*left, *right);
}

/* The place of a name, or the count if it is not there. */
static size_t
find_name(const struct list *names, const char *name)
{
    size_t at = 0;

    while (at < names->count && strcmp(names->item[at], name) != 0)
        at++;
    return at;
}

/* Of a folder of mails, leave out those that are still being delivered. */
static void
drop_deliveries(struct list *names)
{
    size_t tmp = find_name(names, "tmp");

    if (!names->item || tmp == names->count ||
        find_name(names, "cur") == names->count ||
        find_name(names, "new") == names->count)
        return;
    free(names->item[tmp]);
    names->item[tmp] = names->item[--names->count];
}

/* Go down into the folder that walk->path names. */
static enum status
enter(struct walk *walk, struct error *err)
{
    struct level level = {.names = LIST_INIT, .path_size = walk->path.size};
    DIR *folder = opendir(walk->path.data);
    struct dirent *entry;
    int failed;

    if (!folder)
        return error_set(err, status_of_errno(errno), "%s: %s", walk->path.data,
                         strerror(errno));
    errno = 0;
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.')
            list_add_text(&level.names, entry->d_name);
    failed = errno;
    closedir(folder);
    if (failed) {
        list_release(&level.names);
        return error_set(err, STATUS_IO, "%s: %s", walk->path.data,
                         strerror(failed));
    }
    drop_deliveries(&level.names);
    if (level.names.count > 0)
        qsort(level.names.item, level.names.count, sizeof(*level.names.item),
              compare_names);
    walk->level =
        mem_grow(walk->level, walk->depth, &walk->room, sizeof(*walk->level));
    walk->level[walk->depth++] = level;
    return STATUS_OK;
}

enum status
walk_open(struct walk **walk, const char *path, struct error *err)
{
    enum status status = STATUS_OK;
    struct stat target;

    *walk = mem_zero(1, sizeof(**walk));
    (*walk)->path = BUF_INIT;
    buf_set_text(&(*walk)->path, path);
    if (lstat(path, &(*walk)->st)) {
        status = error_set(err, status_of_errno(errno), "%s: %s", path,
                           strerror(errno));
    } else if (stat(path, &target) == 0 && S_ISDIR(target.st_mode)) {
        /* The person who named a link to a folder meant the folder. */
        while ((*walk)->path.size > 1 &&
               (*walk)->path.data[(*walk)->path.size - 1] == '/')
            buf_cut(&(*walk)->path, (*walk)->path.size - 1);
        status = enter(*walk, err);
    } else {
        (*walk)->single = true;
    }
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
    while (walk->depth > 0)
        list_release(&walk->level[--walk->depth].names);
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

enum status
walk_next(struct walk *walk, struct walk_file *file, bool *more,
          struct error *err)
{
    *more = true;
    if (walk->single) {
        walk->single = false;
        fill_file(walk, file);
        return STATUS_OK;
    }
    while (walk->depth > 0) {
        struct level *top = &walk->level[walk->depth - 1];

        buf_cut(&walk->path, top->path_size);
        if (top->next == top->names.count) {
            list_release(&top->names);
            walk->depth--;
            continue;
        }
        if (walk->path.size == 0 || walk->path.data[walk->path.size - 1] != '/')
            buf_add_byte(&walk->path, '/');
        buf_add_text(&walk->path, top->names.item[top->next++]);
        /* What has gone since the folder was read is simply not there. */
        if (lstat(walk->path.data, &walk->st)) {
            if (errno == ENOENT)
                continue;
            return error_set(err, status_of_errno(errno), "%s: %s",
                             walk->path.data, strerror(errno));
        }
        if (S_ISREG(walk->st.st_mode)) {
            fill_file(walk, file);
            return STATUS_OK;
        }
        if (S_ISDIR(walk->st.st_mode)) {
            enum status status = enter(walk, err);

            if (status)
                return status;
        }
    }
    *more = false;
    return STATUS_OK;
}
