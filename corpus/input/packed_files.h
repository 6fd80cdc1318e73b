/*
 * corpus/input/packed_files.h - the files in an archive, one after the other:
 * ZIP, tar, and what xz, zstd, bzip2 or lzma packed, a tar or one file.
 *
 * libarchive reads them from an input, so nothing is opened and nothing is
 * written.  What unpacks to very much more than its bytes is a bomb: after a
 * MiB it may be 200 times as many as were read, as gzip's may, and no file
 * more than 64 MiB.
 */
#ifndef CORPUS_PACKED_FILES_H
#define CORPUS_PACKED_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct input;
struct packed_files;

/* Are these the first bytes of such an archive? */
bool packed_files_sniff(const char *head, size_t size);

/* Read `input`, borrowed, as one. */
enum status packed_files_open(struct packed_files **opened, struct input *input,
                              struct error *err);
void packed_files_close(struct packed_files *files);

/*
 * The next file: its name, empty where one is packed alone, and its bytes.
 * Folders, links and encrypted files are passed over.  After STATUS_LIMIT of
 * one that is too large the next may be asked for, unless `*more` is false.
 */
enum status packed_files_next(struct packed_files *files, struct buf *name,
                              struct buf *bytes, bool *more, struct error *err);

#endif
