/*
 * Two layers.  The raw one reads bytes from a descriptor or from memory; the
 * upper one, inflated if it was gzip, is the window that readers look into:
 *
 *     file -> raw[] -> inflate -> window[start, end) -> reader
 *
 * Without gzip the file is read right into the window.  An error is kept
 * until all that came before it has been handed out.
 */
#include "corpus/input/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "corpus/base/mem.h"
#include "corpus/input/file.h"
#include "corpus/input/hole.h"

enum {
    CHUNK = 256 * 1024, /* read from the file at once */
    MIB = 1024 * 1024,
    LONGEST = MIB /* that can be looked at */
};

struct input {
    char *name;
    struct input_limits limits;
    int fd; /* -1: from memory */
    bool owned;
    const char *memory;
    size_t memory_left;

    uint64_t bytes_read;
    bool raw_end;
    bool looked;        /* for holes */
    uint64_t begun;     /* place in the file of its first byte that is read */
    struct hole hole;   /* the next one; none if it ends where it starts */
    uint64_t holes;     /* bytes in those before it */
    unsigned char *raw; /* CHUNK bytes, for gzip only */

    bool opened; /* the first bytes have been looked at */
    bool gzip;
    bool in_member;
    z_stream zip;

    char *window;
    size_t room;
    size_t start;
    size_t end;
    uint64_t offset;   /* of window[start] */
    uint64_t inflated; /* all that went into the window */
    struct error pending;
    bool finished; /* nothing more will come into the window */
};

static struct input *
input_new(const char *name, const struct input_limits *limits)
{
    struct input *input = mem_zero(1, sizeof(*input));

    input->name = mem_string(name);
    input->fd = -1;
    if (limits)
        input->limits = *limits;
    if (input->limits.ratio == 0)
        input->limits.ratio = 200;
    if (input->limits.whole == 0)
        input->limits.whole = (size_t)64 * 1024 * 1024;
    return input;
}

enum status
input_open(struct input **input, const char *path,
           const struct input_limits *limits, struct error *err)
{
    enum status status;
    int fd;

    *input = NULL;
    if (strcmp(path, "-") == 0) {
        *input = input_new("standard input", limits);
        (*input)->fd = STDIN_FILENO;
        return STATUS_OK;
    }
    status = file_open(&fd, path, err);
    if (status)
        return status;
    return input_open_fd(input, fd, path, limits, err);
}

enum status
input_open_fd(struct input **input, int fd, const char *name,
              const struct input_limits *limits, struct error *err)
{
    *input = NULL;
    if (fd < 0)
        return error_set(err, STATUS_USAGE, "%s: not an open file", name);
    *input = input_new(name, limits);
    (*input)->fd = fd;
    (*input)->owned = true;
    return STATUS_OK;
}

enum status
input_open_memory(struct input **input, const char *data, size_t size,
                  const char *name, const struct input_limits *limits,
                  struct error *err)
{
    (void)err;
    *input = input_new(name, limits);
    (*input)->memory = data;
    (*input)->memory_left = size;
    return STATUS_OK;
}

void
input_close(struct input *input)
{
    if (!input)
        return;
    if (input->gzip)
        inflateEnd(&input->zip);
    if (input->owned)
        close(input->fd);
    free(input->raw);
    free(input->window);
    free(input->name);
    free(input);
}

const char *
input_name(const struct input *input)
{
    return input->name;
}

int64_t
input_written(const struct input *input)
{
    struct stat st;

    if (input->fd < 0 || fstat(input->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return 0;
    return (int64_t)st.st_mtime;
}

uint64_t
input_offset(const struct input *input)
{
    return input->offset;
}

uint64_t
input_bytes_read(const struct input *input)
{
    return input->bytes_read;
}

static void
find_hole(struct input *input, uint64_t place)
{
    if (!hole_find(input->fd, place, &input->hole))
        input->hole = (struct hole){UINT64_MAX, UINT64_MAX};
}

/* What is said of a file that ends in a hole. */
static void
refuse_hole(struct input *input)
{
    const struct hole *hole = &input->hole;
    unsigned long long size = hole->end - hole->start;

    if (hole->start == 0)
        error_set(&input->pending, STATUS_FORMAT,
                  "%s begins with a hole of %llu bytes, which nobody has "
                  "written; the file should be fetched again",
                  input->name, size);
    else
        error_set(&input->pending, STATUS_FORMAT,
                  "%s has a hole of %llu bytes, which nobody has written, at "
                  "byte %llu; what came before was read, the file should be "
                  "fetched again",
                  input->name, size, (unsigned long long)hole->start);
}

/* How much of `size` bytes may be read at once: up to a hole or to its end.
 * None of a hole with which there would be more holes than text; a small one
 * counts as the zeros that it reads as. */
static size_t
stop_at_hole(struct input *input, size_t size)
{
    struct hole *hole = &input->hole;
    uint64_t place = input->begun + input->bytes_read;
    uint64_t next;

    if (place >= hole->end && hole->end != UINT64_MAX) {
        input->holes += hole->end - hole->start;
        find_hole(input, place);
    }
    next = place < hole->start ? hole->start : hole->end;
    if (place >= hole->start) {
        uint64_t all = input->holes + hole->end - hole->start;

        if (all > MIB && all > hole->start - input->holes) {
            refuse_hole(input);
            return 0;
        }
    }
    return next - place < size ? (size_t)(next - place) : size;
}

/* Most files have no holes, and a pipe has no place. */
static void
look_for_holes(struct input *input)
{
    off_t place = lseek(input->fd, 0, SEEK_CUR);

    input->looked = true;
    input->begun = place > 0 ? (uint64_t)place : 0;
    find_hole(input, input->begun);
}

/* Read from the file itself; 0 at the end and after an error. */
static size_t
read_raw(struct input *input, void *to, size_t size)
{
    ssize_t got;

    if (input->raw_end)
        return 0;
    if (input->fd < 0) {
        got = (ssize_t)(size < input->memory_left ? size : input->memory_left);
        memcpy(to, input->memory, (size_t)got);
        input->memory += got;
        input->memory_left -= (size_t)got;
    } else {
        if (!input->looked)
            look_for_holes(input);
        size = stop_at_hole(input, size);
        do
            got = size ? read(input->fd, to, size) : 0;
        while (got < 0 && errno == EINTR);
    }
    if (got < 0)
        error_set(&input->pending, STATUS_IO, "%s: %s", input->name,
                  strerror(errno));
    if (got <= 0) {
        input->raw_end = true;
        return 0;
    }
    input->bytes_read += (uint64_t)got;
    return (size_t)got;
}

/* Make room for `more` bytes at the window's end. */
static void
make_room(struct input *input, size_t more)
{
    if (input->start == input->end) {
        input->start = 0;
        input->end = 0;
    }
    if (input->room - input->end >= more)
        return;
    if (input->start > 0) {
        memmove(input->window, input->window + input->start,
                input->end - input->start);
        input->end -= input->start;
        input->start = 0;
    }
    if (input->room - input->end < more) {
        input->room = input->end + more;
        input->window = mem_resize(input->window, input->room, 1);
    }
}

/* What is left of the raw bytes goes to the front, more behind it. */
static bool
fill_raw(struct input *input, size_t least)
{
    z_stream *zip = &input->zip;

    if (zip->avail_in >= least)
        return true;
    if (zip->avail_in > 0)
        memmove(input->raw, zip->next_in, zip->avail_in);
    zip->next_in = input->raw;
    while (zip->avail_in < least) {
        size_t got =
            read_raw(input, input->raw + zip->avail_in, CHUNK - zip->avail_in);

        if (got == 0)
            return false;
        zip->avail_in += (uInt)got;
    }
    return true;
}

/* Behind a member: another one, the end, or what does not belong there. */
static void
next_member(struct input *input)
{
    z_stream *zip = &input->zip;

    if (fill_raw(input, 2) && zip->next_in[0] == 0x1f &&
        zip->next_in[1] == 0x8b) {
        inflateReset(zip);
        input->in_member = true;
        return;
    }
    /* Tapes and some tools pad with zeros; gzip(1) lets them pass as well. */
    while (fill_raw(input, 1) && zip->next_in[0] == 0) {
        zip->next_in++;
        zip->avail_in--;
    }
    if (zip->avail_in > 0)
        error_set(&input->pending, STATUS_FORMAT,
                  "%s: bytes that are no gzip data follow the gzip data; what "
                  "came before them was read",
                  input->name);
    input->finished = true;
}

static void
judge_inflate(struct input *input, int result)
{
    if (result == Z_STREAM_END) {
        input->in_member = false;
    } else if (result == Z_BUF_ERROR && input->raw_end) {
        if (!input->pending.status)
            error_set(&input->pending, STATUS_FORMAT,
                      "%s: the gzip data ends in the middle; what came before "
                      "was read, the file should be fetched again",
                      input->name);
        input->finished = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
        error_set(&input->pending, STATUS_FORMAT,
                  "%s: damaged gzip data (%s); what came before was read",
                  input->name, input->zip.msg ? input->zip.msg : "no reason");
        input->finished = true;
    }
}

/* More than anybody should want out of this file? */
static void
check_limits(struct input *input)
{
    const struct input_limits *limits = &input->limits;

    if (limits->inflated && input->inflated > limits->inflated) {
        error_set(&input->pending, STATUS_LIMIT,
                  "%s: more than %llu bytes when unpacked; the rest was not "
                  "read",
                  input->name, (unsigned long long)limits->inflated);
        input->finished = true;
    } else if (input->gzip && input->inflated > MIB &&
               input->inflated / limits->ratio > input->bytes_read) {
        error_set(&input->pending, STATUS_LIMIT,
                  "%s: unpacks to more than %llu times its size, which text "
                  "does not; the rest was not read",
                  input->name, (unsigned long long)limits->ratio);
        input->finished = true;
    }
}

static void
fill_from_gzip(struct input *input)
{
    z_stream *zip = &input->zip;
    size_t room;
    int result;

    if (!input->in_member) {
        next_member(input);
        return;
    }
    fill_raw(input, 1);
    room = input->room - input->end;
    if (room > CHUNK)
        room = CHUNK;
    zip->next_out = (unsigned char *)input->window + input->end;
    zip->avail_out = (uInt)room;
    result = inflate(zip, Z_NO_FLUSH);
    room -= zip->avail_out;
    input->end += room;
    input->inflated += room;
    judge_inflate(input, result);
}

static void
fill_from_file(struct input *input)
{
    size_t got =
        read_raw(input, input->window + input->end, input->room - input->end);

    input->end += got;
    input->inflated += got;
    if (got == 0)
        input->finished = true;
}

/* The room to read into next.  What lies in memory and is not packed says how
 * much it needs: many a small thing is read so. */
static size_t
room_for(const struct input *input, size_t missing)
{
    size_t room = missing > CHUNK ? missing : CHUNK;

    if (input->fd < 0 && !input->gzip && room > input->memory_left)
        room = input->memory_left + 1;
    return room;
}

/* Look at the first bytes: do they have to be inflated? */
static void
open_stream(struct input *input)
{
    z_stream *zip = &input->zip;

    input->opened = true;
    make_room(input, room_for(input, 0));
    while (input->end < 3 && !input->finished)
        fill_from_file(input);
    if (input->end < 3 || memcmp(input->window, "\x1f\x8b\x08", 3) != 0)
        return;
    zip->zalloc = mem_for_zlib;
    zip->zfree = mem_from_library;
    (void)inflateInit2(zip, 16 + MAX_WBITS); /* it only lacks memory, if any */
    input->gzip = true;
    input->in_member = true;
    input->raw = mem_alloc(CHUNK);
    memcpy(input->raw, input->window, input->end);
    zip->next_in = input->raw;
    zip->avail_in = (uInt)input->end;
    input->end = 0;
    input->inflated = 0;
}

/* Bring at least `want` bytes into the window, if there are so many. */
static void
fill(struct input *input, size_t want)
{
    if (!input->opened)
        open_stream(input);
    while (input->end - input->start < want && !input->finished) {
        size_t missing = want - (input->end - input->start);

        make_room(input, room_for(input, missing));
        if (input->gzip)
            fill_from_gzip(input);
        else
            fill_from_file(input);
        check_limits(input);
    }
}

static void
consume(struct input *input, size_t size)
{
    input->start += size;
    input->offset += size;
}

/* The error that was put off, now that nothing is left before it. */
static enum status
pending_error(const struct input *input, struct error *err)
{
    if (!input->pending.status)
        return STATUS_OK;
    return error_set(err, input->pending.status, "%s", input->pending.text);
}

void
input_peek(struct input *input, size_t want, const char **data, size_t *got)
{
    if (want > LONGEST)
        want = LONGEST;
    fill(input, want);
    *got = input->end - input->start;
    if (*got > want)
        *got = want;
    *data = *got ? input->window + input->start : "";
}

enum status
input_read(struct input *input, void *data, size_t size, size_t *got,
           struct error *err)
{
    *got = 0;
    if (size == 0)
        return STATUS_OK;
    fill(input, 1);
    *got = input->end - input->start;
    if (*got == 0)
        return pending_error(input, err);
    if (*got > size)
        *got = size;
    memcpy(data, input->window + input->start, *got);
    consume(input, *got);
    return STATUS_OK;
}

enum status
input_line(struct input *input, struct buf *line, bool *more, struct error *err)
{
    bool ended = false;

    buf_clear(line);
    fill(input, 1);
    *more = input->end > input->start;
    if (!*more)
        return pending_error(input, err);
    while (!ended && input->end > input->start) {
        const char *from = input->window + input->start;
        size_t size = input->end - input->start;
        const char *mark = memchr(from, '\n', size);

        if (mark) {
            size = (size_t)(mark - from);
            ended = true;
        }
        buf_add(line, from, size);
        consume(input, size + (ended ? 1 : 0));
        if (!ended)
            fill(input, 1);
    }
    if (line->size > 0 && line->data[line->size - 1] == '\r')
        buf_cut(line, line->size - 1);
    return STATUS_OK;
}

enum status
input_all(struct input *input, struct buf *out, struct error *err)
{
    size_t limit = input->limits.whole;

    fill(input, 1);
    while (input->end > input->start) {
        size_t size = input->end - input->start;

        if (size > limit)
            return error_set(err, STATUS_LIMIT,
                             "%s: larger than %zu MiB, the most that is read "
                             "of a file of this kind",
                             input->name, input->limits.whole / MIB);
        buf_add(out, input->window + input->start, size);
        limit -= size;
        consume(input, size);
        fill(input, 1);
    }
    return pending_error(input, err);
}
