/* For SEEK_HOLE and SEEK_DATA. */
#define _GNU_SOURCE

#include "corpus/input/hole.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK = 512, /* the unit of st_blocks, whatever the file system's */
    LOOKED_AT = 1000
};

/* A file that takes less room than its size may have holes, or be packed by
 * its file system; one that does not has none worth a question. */
static bool
may_have(const struct stat *st)
{
    return S_ISREG(st->st_mode) && st->st_size > 0 &&
           st->st_blocks < st->st_size / BLOCK;
}

static bool
find(int fd, off_t from, off_t size, struct hole *hole)
{
    off_t start = lseek(fd, from, SEEK_HOLE);
    off_t end;

    if (start < 0 || start >= size)
        return false;
    end = lseek(fd, start, SEEK_DATA);
    if (end < 0 && errno != ENXIO)
        return false;
    hole->start = (uint64_t)start;
    hole->end = (uint64_t)(end < 0 ? size : end);
    return true;
}

bool
hole_find(int fd, uint64_t from, struct hole *hole)
{
    struct stat st;
    off_t place;
    bool found;

    if (fstat(fd, &st) || !may_have(&st) || from >= (uint64_t)st.st_size)
        return false;
    place = lseek(fd, 0, SEEK_CUR);
    if (place < 0)
        return false;
    found = find(fd, (off_t)from, st.st_size, hole);
    (void)lseek(fd, place, SEEK_SET);
    return found;
}

uint64_t
hole_data_size(int fd)
{
    struct hole hole = {0};
    struct stat st;
    uint64_t size;
    uint64_t on_disk;
    off_t place;
    int count = 0;

    if (fstat(fd, &st) || st.st_size <= 0)
        return 0;
    size = (uint64_t)st.st_size;
    place = may_have(&st) ? lseek(fd, 0, SEEK_CUR) : -1;
    if (place < 0)
        return size;
    while (count < LOOKED_AT && find(fd, (off_t)hole.end, st.st_size, &hole)) {
        size -= hole.end - hole.start;
        count++;
    }
    (void)lseek(fd, place, SEEK_SET);
    on_disk = (uint64_t)st.st_blocks * BLOCK;
    return count == LOOKED_AT && on_disk < size ? on_disk : size;
}
