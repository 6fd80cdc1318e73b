/*
 * corpus/input/file.h - opening a file that a stranger may have put there.
 *
 * The file is opened for reading without following a link at the last step of
 * its path, without waiting for the writer of a pipe and without becoming
 * the owner of a terminal, and what is no regular file is closed again.
 */
#ifndef CORPUS_FILE_H
#define CORPUS_FILE_H

#include "corpus/base/error.h"

/* STATUS_USAGE for a link, a folder, a pipe, a socket or a device: the
 * sentence says which.  `*fd` is -1 after a failure. */
enum status file_open(int *fd, const char *path, struct error *err);

/*
 * The same for a path that a walk has found: none of its steps may be a
 * link, not even one that took a folder's place a moment ago, and none "..".
 */
enum status file_open_walked(int *fd, const char *path, struct error *err);

/*
 * Open the folder `path` that lies below the open folder `root`; "" is the
 * root itself.  No step may be a link or lead out of it.  Returns -1 with
 * errno set: ELOOP or ENOTDIR if it is a link or no folder any more.
 */
int file_open_folder(int root, const char *path);

#endif
