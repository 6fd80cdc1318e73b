/*
 * A small archive with some of its bytes changed, in any of its files at once:
 * whatever is opened, searched, checked or shown, nothing dies of it; and what
 * a check of every byte calls sound answers as before.
 *
 * The input is a list of changes, eight bytes each: the file, where in it (as a
 * share of its size), what is done there and with how much.  A manifest gets
 * the checksum that it needs to be believed.
 */
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>

#include <zlib.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/care/check.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    CHANGE = 8,
    CHANGES_MAX = 16,
    RUN_MAX = 64
};

static const char *const names[] = {"manifest", "seg-000001.db",
                                    "seg-000001.rank", "seg-000002.db",
                                    "seg-000002.rank"};

#define FILES COUNT(names)

static const struct sample samples[] = {
    {.headline = "Opcon transfer is put off",
     .body = "The transfer waits.",
     .caption = "The ministers",
     .source = "Wire",
     .day = 16367},
    {.headline = "Ferry late",
     .byline = "Ann Lee",
     .language = "de",
     .body = "Die Faehre kam nicht.\n\nSie wartete auf die Post.",
     .day = 12},
    {.headline = "Price of oil", .body = "The price of oil and of bread."},
    {.headline = "Transfer of players",
     .body = "Opcon is no player.",
     .section = "Sport",
     .day = 17836},
};

static const char *const questions[] = {
    "opcon transfer", "\"price of oil\"", "trans* w/p player",
    "opcno~",         "date:2014",
};

static struct buf whole[FILES];
static char *dir;
static char *answer; /* of the sound archive */

static void
remove_folder(void)
{
    archive_remove(dir);
}

static void
read_whole(size_t number)
{
    struct buf path = BUF_INIT;
    char part[4096];
    FILE *file;
    size_t got;

    buf_printf(&path, "%s/%s", dir, names[number]);
    file = fopen(path.data, "rb");
    if (!file)
        abort();
    while ((got = fread(part, 1, sizeof(part), file)) > 0)
        buf_add(&whole[number], part, got);
    fclose(file);
    buf_release(&path);
}

static void
write_whole(size_t number, const struct buf *bytes)
{
    struct buf path = BUF_INIT;
    FILE *file;

    buf_printf(&path, "%s/%s", dir, names[number]);
    unlink(path.data);
    file = fopen(path.data, "wb");
    if (!file || fwrite(bytes->data, 1, bytes->size, file) != bytes->size)
        abort();
    fclose(file);
    buf_release(&path);
}

/* What all questions find: totals and keys, in order. */
static void
search(struct buf *out)
{
    struct search *opened = NULL;

    if (search_open(&opened, dir, NULL))
        return;
    for (size_t i = 0; i < COUNT(questions); i++) {
        struct search_request request = SEARCH_REQUEST_INIT;
        struct search_result result = SEARCH_RESULT_INIT;

        request.text = questions[i];
        request.facets = (1u << FACET_COUNT) - 1;
        if (!search_run(opened, &request, &result, NULL)) {
            buf_printf(out, "%llu", (unsigned long long)result.total);
            for (size_t k = 0; k < result.hits; k++)
                buf_printf(out, " %s", result.hit[k].key.data);
        }
        buf_add_byte(out, '\n');
        search_result_release(&result);
    }
    search_close(opened);
}

static void
set_up(void)
{
    struct buf out = BUF_INIT;

    dir = archive_folder_new();
    archive_of(dir, samples, COUNT(samples), 2);
    atexit(remove_folder);
    for (size_t i = 0; i < FILES; i++)
        read_whole(i);
    search(&out);
    answer = out.data;
}

/* The line that says what the lines above it add up to. */
static void
seal(struct buf *manifest)
{
    static const char end[] = "end ";
    size_t at = manifest->size;

    while (at > 0 && (at + sizeof(end) - 1 > manifest->size ||
                      memcmp(manifest->data + at, end, sizeof(end) - 1) != 0 ||
                      (at > 0 && manifest->data[at - 1] != '\n')))
        at--;
    manifest->size = at;
    buf_printf(manifest, "end %08lx\n",
               (unsigned long)crc32_z(0, (const Bytef *)manifest->data, at));
}

static void
change(struct buf *bytes, const uint8_t *what)
{
    size_t at = bytes->size * (size_t)(what[1] << 8 | what[2]) / 65536;
    size_t run = 1 + what[4] % RUN_MAX;

    if (run > bytes->size - at)
        run = bytes->size - at;
    switch (what[3] % 5) {
    case 0: /* a bit */
        if (run)
            bytes->data[at] ^= (char)(1 << (what[5] & 7));
        break;
    case 1: /* some bytes of another value */
        memset(bytes->data + at, what[5], run);
        break;
    case 2: /* a number */
        for (size_t i = 0; i < run && i < 3; i++)
            bytes->data[at + i] = (char)what[5 + i];
        break;
    case 3: /* cut */
        bytes->size = at;
        break;
    default: /* from elsewhere in the file */
        memmove(bytes->data + at,
                bytes->data + (bytes->size - run) *
                                  (size_t)(what[5] << 8 | what[6]) / 65536,
                run);
        break;
    }
}

static void
ignore(void *context, const char *text)
{
    (void)context;
    (void)text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf file[FILES] = {{0}};
    struct buf found = BUF_INIT;
    bool sound;

    if (!dir)
        set_up();
    for (size_t i = 0; i < FILES; i++)
        buf_set(&file[i], whole[i].data, whole[i].size);
    for (size_t i = 0; i + CHANGE <= size && i < CHANGE * CHANGES_MAX;
         i += CHANGE)
        change(&file[data[i] % FILES], data + i);
    seal(&file[0]);
    for (size_t i = 0; i < FILES; i++)
        write_whole(i, &file[i]);
    search(&found);
    sound = check_archive(dir, CHECK_NORMAL, ignore, NULL, NULL) == STATUS_OK;
    if (sound && buf_equal(&file[0], &whole[0]) &&
        strcmp(found.data, answer) != 0)
        abort();
    for (size_t i = 0; i < FILES; i++)
        buf_release(&file[i]);
    buf_release(&found);
    return 0;
}
