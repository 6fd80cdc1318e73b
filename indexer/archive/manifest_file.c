#include "indexer/archive/manifest_file.h"

#include "indexer/archive/folder.h"

/* A hundred million dead ranges would fit; nothing real comes near. */
#define MANIFEST_SIZE_MAX ((size_t)1 << 30)

enum status
manifest_read_text(const char *dir, struct buf *text, struct error *err)
{
    enum status status = folder_read(dir, "manifest", text, err);

    if (status == STATUS_ABSENT)
        status = error_set(err, STATUS_ABSENT,
                           "%s: there is no archive here; make one with: "
                           "nindex -d %s FOLDER",
                           dir, dir);
    return status;
}

enum status
manifest_read(struct manifest *manifest, const char *dir, struct error *err)
{
    struct buf text = BUF_LIMITED(MANIFEST_SIZE_MAX);
    enum status status = manifest_read_text(dir, &text, err);

    if (!status) {
        status = manifest_parse(manifest, text.data, text.size, err);
        if (status && err)
            error_prefix(err, "%s/manifest: ", dir);
    }
    buf_release(&text);
    return status;
}

enum status
manifest_read_older(struct manifest *manifest, const char *dir,
                    int64_t *version, struct error *err)
{
    struct buf text = BUF_LIMITED(MANIFEST_SIZE_MAX);
    enum status status = manifest_read_text(dir, &text, err);

    *version = 0;
    if (!status) {
        status =
            manifest_parse_older(manifest, text.data, text.size, version, err);
        if (status && err)
            error_prefix(err, "%s/manifest: ", dir);
    }
    buf_release(&text);
    return status;
}

enum status
manifest_commit(const struct manifest *manifest, const char *dir,
                struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status;

    manifest_print(manifest, &text);
    status = folder_write(dir, "manifest", &text, err);
    buf_release(&text);
    return status;
}
