/*
 * corpus/input/walk.h - the files under a path, in byte order of their paths.
 *
 * Links are not followed, hidden files and folders (a name that begins with
 * '.') are left out unless given by name, and what is neither a file nor a
 * folder is passed over.  A folder with cur, new and tmp in it holds mails
 * (maildir), and what is in tmp has not been delivered yet: it is left out
 * too.  The order is the same on every machine.
 *
 * A link to a folder may be given by name; below it a folder that becomes a
 * link while the walk is under way is not entered.
 */
#ifndef CORPUS_WALK_H
#define CORPUS_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "corpus/base/error.h"

struct walk;

struct walk_file {
    const char *path; /* borrowed until the next call */
    uint64_t size;
    int64_t mtime_ns;
    uint64_t inode;
};

/* STATUS_ABSENT if `path` does not exist, STATUS_IO if it can't be read. */
enum status walk_open(struct walk **walk, const char *path, struct error *err);
void walk_close(struct walk *walk);

/* The next file; `*more` is false at the end.  A folder that cannot be read
 * fails once, with `*more` true, and the walk goes on behind it. */
enum status walk_next(struct walk *walk, struct walk_file *file, bool *more,
                      struct error *err);

#endif
