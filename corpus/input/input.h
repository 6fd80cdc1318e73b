/*
 * corpus/input/input.h - bytes in, whatever they are wrapped in.
 *
 * An input is a stream with a window that one can look into without
 * consuming it.  Gzip (RFC 1952, any number of members) is recognised by its
 * first bytes and undone; readers never see it.  Nothing is mapped: a file
 * that shrinks while it is read gives an error, not a signal.  A file that is
 * more hole than text ends at the hole, with an error.
 */
#ifndef CORPUS_INPUT_H
#define CORPUS_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct input;

/* 0 in a member means its default. */
struct input_limits {
    uint64_t inflated; /* most bytes out of one file; default none */
    uint64_t ratio;    /* most bytes out per byte in, once a MiB is out;
                          default 200 */
    size_t whole;      /* most bytes that input_all() returns;
                          default 64 MiB */
};

/*
 * Open a regular file, not following a link at its last step; "-" is the
 * standard input.  A folder, FIFO, socket or device is STATUS_USAGE and says
 * what it is.  An empty file opens; the reader finds nothing in it.
 */
enum status input_open(struct input **input, const char *path,
                       const struct input_limits *limits, struct error *err);

/* The same from a descriptor (taken over) or from memory (borrowed). */
enum status input_open_fd(struct input **input, int fd, const char *name,
                          const struct input_limits *limits, struct error *err);
enum status input_open_memory(struct input **input, const char *data,
                              size_t size, const char *name,
                              const struct input_limits *limits,
                              struct error *err);
void input_close(struct input *input);

/* The path or name it was opened with.  Borrowed until input_close(). */
const char *input_name(const struct input *input);

/* When the file was written last, in UTC seconds; 0 if it is none. */
int64_t input_written(const struct input *input);

/* Inflated bytes consumed so far, and bytes read from the file itself. */
uint64_t input_offset(const struct input *input);
uint64_t input_bytes_read(const struct input *input);

/*
 * Look at up to `want` bytes (at most 1 MiB) without consuming them.
 * `*data` is borrowed until the next call.  `*got` is less than `want` only
 * at the end or after an error, which the next reading call returns.
 */
void input_peek(struct input *input, size_t want, const char **data,
                size_t *got);

/* Read up to `size` bytes; `*got` is 0 only at the end. */
enum status input_read(struct input *input, void *data, size_t size,
                       size_t *got, struct error *err);

/* Read one line into `line` without its '\n' (and '\r' before it).  `*more`
 * is false at the end.  A line over the buffer's limit is cut and sets
 * line->over. */
enum status input_line(struct input *input, struct buf *line, bool *more,
                       struct error *err);

/* Append all that is left.  STATUS_LIMIT beyond limits->whole.  After an error
 * `out` holds what came before it, which is often worth an article. */
enum status input_all(struct input *input, struct buf *out, struct error *err);

#endif
