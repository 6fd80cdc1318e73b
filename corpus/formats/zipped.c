#include "corpus/formats/zipped.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/fnv.h"
#include "corpus/base/mem.h"
#include "corpus/formats/reader.h"
#include "corpus/input/input.h"
#include "corpus/input/packed_files.h"

enum {
    ALL_MOST = 64 * 1024 * 1024,
    FILES_MOST = 20000
};

bool
zipped_sniff(const char *head, size_t size, const char *mark)
{
    const size_t length = strlen(mark);
    const char *at = head;

    if (size < 4 || memcmp(head, "PK\3\4", 4) != 0)
        return false;
    while (size - (size_t)(at - head) >= length) {
        at = memchr(at, *mark, size - (size_t)(at - head) - length + 1);
        if (!at)
            return false;
        if (memcmp(at, mark, length) == 0)
            return true;
        at++;
    }
    return false;
}

/* Pictures, fonts and films have no words. */
static bool
is_text(const struct buf *name)
{
    static const char *const suffixes[] = {".xml",  ".rels", ".opf", ".xhtml",
                                           ".html", ".htm",  ".ncx"};

    for (size_t i = 0; i < COUNT(suffixes); i++) {
        const size_t length = strlen(suffixes[i]);
        const char *end = name->data + name->size - length;
        size_t same = 0;

        if (name->size < length)
            continue;
        while (same < length && ascii_lower(end[same]) == suffixes[i][same])
            same++;
        if (same == length)
            return true;
    }
    return false;
}

static void
keep_file(struct zipped *zipped, struct buf *name, struct buf *bytes)
{
    struct zipped_file *file;

    zipped->file = mem_grow(zipped->file, zipped->count, &zipped->room,
                            sizeof(*zipped->file));
    hash_table_add(&zipped->names,
                   fnv_add_bytes(FNV_START, name->data, name->size),
                   (uint32_t)zipped->count);
    file = &zipped->file[zipped->count++];
    *file = (struct zipped_file){BUF_INIT, BUF_INIT};
    buf_swap(&file->name, name);
    buf_swap(&file->bytes, bytes);
}

/* Read file after file; `*all` bytes were kept. */
static enum status
read_files(struct zipped *zipped, struct packed_files *files,
           struct input *input, struct error *err)
{
    struct buf name = BUF_INIT;
    struct buf bytes = BUF_INIT;
    enum status status = STATUS_OK;
    size_t all = 0;
    bool more = true;

    for (size_t i = 0; !status && more; i++) {
        status = packed_files_next(files, &name, &bytes, &more, err);
        if (status || !more || !is_text(&name))
            continue;
        all += bytes.size;
        if (all > ALL_MOST || i > FILES_MOST)
            status = error_set(err, STATUS_LIMIT,
                               "%s: its text unpacks to more than %d MiB or "
                               "%d files",
                               input_name(input), ALL_MOST / (1024 * 1024),
                               FILES_MOST);
        else
            keep_file(zipped, &name, &bytes);
    }
    buf_release(&name);
    buf_release(&bytes);
    return status;
}

enum status
zipped_read(struct zipped *zipped, struct input *input, struct error *err)
{
    struct packed_files *files = NULL;
    enum status status = packed_files_open(&files, input, err);

    if (!status)
        status = read_files(zipped, files, input, err);
    packed_files_close(files);
    return status;
}

void
zipped_release(struct zipped *zipped)
{
    for (size_t i = 0; i < zipped->count; i++) {
        buf_release(&zipped->file[i].name);
        buf_release(&zipped->file[i].bytes);
    }
    free(zipped->file);
    hash_table_release(&zipped->names);
    *zipped = ZIPPED_INIT;
}

const struct buf *
zipped_find(const struct zipped *zipped, const char *name)
{
    struct hash_look look = hash_table_look(
        &zipped->names, fnv_add_bytes(FNV_START, name, strlen(name)));
    uint32_t best = HASH_NONE;
    uint32_t at;

    while ((at = hash_look_next(&look)) != HASH_NONE)
        if (strcmp(zipped->file[at].name.data, name) == 0 &&
            (best == HASH_NONE || at > best))
            best = at;
    return best == HASH_NONE ? NULL : &zipped->file[best].bytes;
}

xmlDoc *
zipped_xml(const struct zipped *zipped, const char *name)
{
    const struct buf *bytes = zipped_find(zipped, name);
    struct error ignored = {0};
    xmlDoc *doc = NULL;

    if (bytes)
        (void)xml_parse(&doc, bytes->data, bytes->size, NULL, name, &ignored);
    return doc;
}

enum status
zipped_next(struct reader *reader, zipped_article read, struct article *article,
            bool *more, struct error *err)
{
    struct zipped zipped = ZIPPED_INIT;
    enum status status;

    *more = !reader->items;
    if (!*more)
        return STATUS_OK;
    status = zipped_read(&zipped, reader->input, err);
    if (status)
        *more = false;
    else
        status = read(reader, article, &zipped, err);
    zipped_release(&zipped);
    return status;
}
