/*
 * corpus/file.h - opening a file that a stranger may have put there.
 *
 * The file is opened for reading without following a link at the last step of
 * its path, without waiting for the writer of a pipe and without becoming
 * the owner of a terminal, and what is no regular file is closed again.
 */
#ifndef CORPUS_FILE_H
#define CORPUS_FILE_H

#include "corpus/error.h"

/* STATUS_USAGE for a link, a folder, a pipe, a socket or a device: the
 * sentence says which.  `*fd` is -1 after a failure. */
enum status file_open(int *fd, const char *path, struct error *err);

#endif
