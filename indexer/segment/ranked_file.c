#include "indexer/segment/ranked_file.h"

#include <unistd.h>

#include "indexer/segment/publish.h"

void
ranked_file_begin(struct ranked_file *file, const struct segment_plan *plan)
{
    struct buf runs = BUF_INIT;
    char name[32];
    char ranked[32];

    *file = (struct ranked_file){.path = BUF_INIT, .temporary = BUF_INIT};
    manifest_segment_name(name, plan->number);
    manifest_ranked_name(ranked, name);
    buf_printf(&file->path, "%s/%s", plan->dir, ranked);
    buf_printf(&file->temporary, "%s/%s.tmp", plan->dir, ranked);
    buf_printf(&runs, "%s/%s.runs.tmp", plan->dir, ranked);
    file->writer = ranked_writer_new(runs.data, plan->memory);
    buf_release(&runs);
}

enum status
ranked_file_end(struct ranked_file *file, const struct ranked_listener *also,
                struct error *err)
{
    return ranked_writer_end(file->writer, file->temporary.data, also, err);
}

enum status
ranked_file_publish(struct ranked_file *file, struct manifest_segment *entry,
                    struct error *err)
{
    enum status status =
        segment_publish(file->temporary.data, file->path.data,
                        entry->ranked_sha256, &entry->ranked_bytes, err);

    file->published = !status;
    return status;
}

void
ranked_file_release(struct ranked_file *file)
{
    if (!file->published)
        unlink(file->temporary.data);
    ranked_writer_free(file->writer);
    buf_release(&file->path);
    buf_release(&file->temporary);
}
