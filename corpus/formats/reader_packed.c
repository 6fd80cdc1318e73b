/*
 * Files packed into one, by ZIP, tar, xz, zstd or bzip2: each is read as the
 * format that it is, and its articles are those of the archive.
 *
 *     pages.zip           pages.zip!2024/gates.html
 *                         pages.zip!2024/divers.html
 *
 * What is no article, such as a picture, is passed over in silence: saved pages
 * are packed with theirs.  Archives in archives are not opened.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/foreign.h"
#include "corpus/formats/formats.h"
#include "corpus/input/packed_files.h"

struct packed {
    struct packed_files *files;
    struct buf name;  /* of the file at hand, behind the archive's */
    struct buf bytes; /* borrowed by the input */
    struct input *input;
    struct reader *reader; /* of it; NULL between two */
    bool opened;           /* one was at least */
};

/* Office's documents are ZIP files as well, but what they hold is no file of
 * news. */
static int
packed_sniff(const char *head, size_t size)
{
    const char *advice;

    return packed_files_sniff(head, size) &&
                   !foreign_zip_name(head, size, &advice)
               ? 100
               : 0;
}

static enum status
packed_open(struct reader *reader, struct error *err)
{
    struct packed *packed = mem_zero(1, sizeof(*packed));

    packed->name = BUF_INIT;
    packed->bytes = BUF_INIT;
    reader->state = packed;
    return packed_files_open(&packed->files, reader->input, err);
}

static void
close_file(struct packed *packed)
{
    reader_close(packed->reader);
    input_close(packed->input);
    packed->reader = NULL;
    packed->input = NULL;
}

static void
packed_close(struct reader *reader)
{
    struct packed *packed = reader->state;

    if (!packed)
        return;
    close_file(packed);
    packed_files_close(packed->files);
    buf_release(&packed->name);
    buf_release(&packed->bytes);
    free(packed);
    reader->state = NULL;
}

/* The name of what is packed alone is the archive's without its suffix. */
static void
name_file(struct packed *packed, const char *archive)
{
    static const char *const suffixes[] = {".xz", ".zst", ".bz2", ".lzma",
                                           ".lz"};
    struct buf name = BUF_INIT;

    buf_add_text(&name, archive);
    if (packed->name.size)
        buf_printf(&name, "!%s", packed->name.data);
    else
        for (size_t i = 0; i < COUNT(suffixes); i++) {
            const size_t size = strlen(suffixes[i]);

            if (name.size > size &&
                !strcmp(name.data + name.size - size, suffixes[i]))
                buf_cut(&name, name.size - size);
        }
    buf_swap(&packed->name, &name);
    buf_release(&name);
}

/* Open the file at hand; none is opened that is no news. */
static enum status
open_file(struct reader *reader, struct error *err)
{
    struct packed *packed = reader->state;
    struct reader_options options = reader->options;
    struct error why = {0};
    enum status status;

    if (!packed->bytes.size ||
        packed_sniff(packed->bytes.data, packed->bytes.size))
        return STATUS_OK;
    status =
        input_open_memory(&packed->input, packed->bytes.data,
                          packed->bytes.size, packed->name.data, NULL, err);
    if (status)
        return status;
    options.format = NULL; /* which is that of the archive */
    status = reader_open(&packed->reader, packed->input, &options, &why);
    packed->opened = packed->opened || !status;
    if (status)
        close_file(packed);
    /* A picture, a style sheet; what was damaged is told. */
    return status == STATUS_FORMAT || status == STATUS_ABSENT
               ? STATUS_OK
               : (status ? error_set(err, status, "%s", why.text) : STATUS_OK);
}

static enum status
packed_next(struct reader *reader, struct article *article, bool *more,
            struct error *err)
{
    struct packed *packed = reader->state;

    for (;;) {
        enum status status = STATUS_OK;
        bool inner = true;

        if (packed->reader) {
            status = reader_next(packed->reader, article, &inner, err);
            if (!inner)
                close_file(packed);
            if (status || inner)
                return status;
            article_clear(article);
        }
        status = packed_files_next(packed->files, &packed->name, &packed->bytes,
                                   more, err);
        if (!status && !*more && !packed->opened)
            return error_set(err, STATUS_FORMAT,
                             "%s: no file in it is one of news",
                             input_name(reader->input));
        if (status || !*more)
            return status;
        name_file(packed, input_name(reader->input));
        status = open_file(reader, err);
        if (status)
            return status;
    }
}

const struct format format_packed = {
    .name = "packed",
    .about = "files in a ZIP, tar, xz, zstd or bzip2 archive",
    .suffixes = "zip tar xz zst bz2 tgz txz lzma lz",
    .sniff = packed_sniff,
    .open = packed_open,
    .next = packed_next,
    .close = packed_close,
};
