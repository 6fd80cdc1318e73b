#include "corpus/input/packed_files.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/input/input.h"

enum {
    MIB = 1024 * 1024,
    FILE_MOST = 64 * MIB,
    RATIO = 200,
    PIECE = 64 * 1024
};

struct packed_files {
    struct input *input;
    struct archive *archive;
    uint64_t unpacked;
    uint64_t read;
    char piece[PIECE];
    struct error broken; /* of the input */
};

bool
packed_files_sniff(const char *head, size_t size)
{
    static const struct {
        size_t at;
        const char *bytes;
        size_t size;
    } marks[] = {
        {0, "PK\3\4", 4},
        {0,
         "\xfd"
         "7zXZ\0",
         6},
        {0, "\x28\xb5\x2f\xfd", 4},
        {0, "BZh", 3},
        {257, "ustar", 5},
        {0, "LZIP", 4},
    };

    for (size_t i = 0; i < COUNT(marks); i++)
        if (size >= marks[i].at + marks[i].size &&
            memcmp(head + marks[i].at, marks[i].bytes, marks[i].size) == 0)
            return true;
    return false;
}

/* libarchive asks for more. */
static la_ssize_t
give_bytes(struct archive *archive, void *context, const void **bytes)
{
    struct packed_files *files = context;
    size_t got = 0;

    (void)archive;
    *bytes = files->piece;
    if (input_read(files->input, files->piece, sizeof(files->piece), &got,
                   &files->broken))
        return -1;
    files->read += got;
    return (la_ssize_t)got;
}

/* What libarchive or the input says is wrong. */
static enum status
fail(struct packed_files *files, struct error *err)
{
    const char *why = archive_error_string(files->archive);
    struct buf text = BUF_INIT;
    enum status status;

    if (*files->broken.text)
        return error_set(err, files->broken.status, "%s", files->broken.text);
    utf8_tidy(&text, why ? why : "it is broken",
              strlen(why ? why : "it is broken"), false);
    status = error_set(err, STATUS_FORMAT, "%s: it cannot be unpacked: %s",
                       input_name(files->input), text.data);
    buf_release(&text);
    return status;
}

enum status
packed_files_open(struct packed_files **opened, struct input *input,
                  struct error *err)
{
    struct packed_files *files = mem_zero(1, sizeof(*files));

    *opened = files;
    files->input = input;
    files->archive = archive_read_new();
    if (!files->archive)
        return error_set(err, STATUS_MEMORY, "%s: no memory to unpack it",
                         input_name(input));
    archive_read_support_filter_xz(files->archive);
    archive_read_support_filter_lzma(files->archive);
    archive_read_support_filter_lzip(files->archive);
    archive_read_support_filter_bzip2(files->archive);
    archive_read_support_filter_zstd(files->archive);
    archive_read_support_filter_gzip(files->archive);
    archive_read_support_format_tar(files->archive);
    archive_read_support_format_zip_streamable(files->archive);
    archive_read_support_format_raw(files->archive);
    if (archive_read_open(files->archive, files, NULL, give_bytes, NULL) !=
        ARCHIVE_OK)
        return fail(files, err);
    return STATUS_OK;
}

void
packed_files_close(struct packed_files *files)
{
    if (!files)
        return;
    archive_read_free(files->archive);
    free(files);
}

/* Is this a file with bytes in it that can be had? */
static bool
is_file(struct archive_entry *entry)
{
    const mode_t type = archive_entry_filetype(entry);

    return (type == AE_IFREG || type == 0) &&
           !archive_entry_is_encrypted(entry) &&
           !archive_entry_hardlink(entry) && !archive_entry_symlink(entry);
}

static enum status
read_bytes(struct packed_files *files, struct buf *bytes, bool *more,
           struct error *err)
{
    char piece[16 * 1024];
    la_ssize_t got;

    buf_clear(bytes);
    while ((got = archive_read_data(files->archive, piece, sizeof(piece))) >
           0) {
        files->unpacked += (uint64_t)got;
        if (files->unpacked > MIB && files->unpacked / RATIO > files->read) {
            *more = false;
            return error_set(err, STATUS_LIMIT,
                             "%s: it unpacks to more than %d times its size; "
                             "the rest was not read",
                             input_name(files->input), RATIO);
        }
        if (bytes->size + (size_t)got > FILE_MOST)
            return error_set(err, STATUS_LIMIT,
                             "%s: a file in it is larger than %d MiB and was "
                             "left out",
                             input_name(files->input), FILE_MOST / MIB);
        buf_add(bytes, piece, (size_t)got);
    }
    if (got < 0)
        *more = false;
    return got < 0 ? fail(files, err) : STATUS_OK;
}

enum status
packed_files_next(struct packed_files *files, struct buf *name,
                  struct buf *bytes, bool *more, struct error *err)
{
    struct archive_entry *entry = NULL;
    const char *path;
    int code;

    *more = true;
    do {
        code = archive_read_next_header(files->archive, &entry);
        if (code == ARCHIVE_EOF || code < ARCHIVE_WARN) {
            *more = false;
            return code == ARCHIVE_EOF ? STATUS_OK : fail(files, err);
        }
    } while (!is_file(entry));
    path = archive_entry_pathname(entry);
    buf_clear(name);
    if (path && archive_format(files->archive) != ARCHIVE_FORMAT_RAW)
        utf8_tidy(name, path, strlen(path), false);
    return read_bytes(files, bytes, more, err);
}
