#include "indexer/archive/deletions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "indexer/archive/folder.h"

#define DELETIONS_MOST ((size_t)1 << 28)

/* "deleted DIGEST WHY" */
static void
take_line(struct manifest *manifest, const char *line, size_t size)
{
    static const char word[] = "deleted ";
    const size_t before = sizeof(word) - 1;
    char sha256[65];
    char *why;

    if (size <= before + 65 || memcmp(line, word, before) != 0 ||
        strspn(line + before, "0123456789abcdef") != 64 ||
        line[before + 64] != ' ')
        return;
    memcpy(sha256, line + before, 64);
    sha256[64] = '\0';
    why = mem_text(line + before + 65, size - before - 65);
    manifest_add_deletion(manifest, sha256, why);
    free(why);
}

void
deletions_take(struct manifest *manifest, const struct buf *text)
{
    const char *at = text->data;
    const char *end = at + text->size;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((newline ? newline : end) - at);

        take_line(manifest, at, size);
        at += size + (newline != NULL);
    }
}

void
deletions_read(struct manifest *manifest, const char *dir)
{
    struct buf text = BUF_LIMITED(DELETIONS_MOST);

    (void)folder_read(dir, DELETIONS_FILE, &text, NULL);
    deletions_take(manifest, &text);
    buf_release(&text);
}

static enum status
remove_file(const char *dir, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;

    buf_printf(&path, "%s/" DELETIONS_FILE, dir);
    if (unlink(path.data) != 0 && errno != ENOENT)
        status =
            error_set(err, status_of_errno(errno), "%s: cannot be removed: %s",
                      path.data, strerror(errno));
    buf_release(&path);
    return status;
}

enum status
deletions_write(const struct manifest *manifest, const char *dir,
                struct error *err)
{
    struct buf text = BUF_INIT;
    struct buf there = BUF_LIMITED(DELETIONS_MOST);
    enum status status;

    buf_add_text(&text, "nsearch deletions 1\n");
    manifest_print_deletions(manifest, &text);
    status = folder_read(dir, DELETIONS_FILE, &there, NULL);
    if (manifest->deletions == 0)
        status = status == STATUS_ABSENT ? STATUS_OK : remove_file(dir, err);
    else if (status || there.size != text.size ||
             memcmp(there.data, text.data, text.size) != 0)
        status = folder_write(dir, DELETIONS_FILE, &text, err);
    buf_release(&there);
    buf_release(&text);
    return status;
}

bool
deletions_has_more(const struct manifest *manifest, const char *dir)
{
    struct manifest noted = MANIFEST_INIT;
    bool more = false;

    deletions_read(&noted, dir);
    for (size_t i = 0; !more && i < noted.deletions; i++)
        more = !manifest_deletion(manifest, noted.deleted[i].sha256);
    manifest_release(&noted);
    return more;
}

enum status
deletions_complete(const struct manifest *manifest, const char *dir,
                   struct error *err)
{
    struct manifest all = MANIFEST_INIT;
    enum status status;

    manifest_copy(&all, manifest);
    deletions_read(&all, dir);
    status = deletions_write(&all, dir, err);
    manifest_release(&all);
    return status;
}
