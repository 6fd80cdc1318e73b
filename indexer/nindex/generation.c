#include "indexer/nindex/generation.h"

#include <stdint.h>
#include <stdlib.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/segment/schema.h"

void
generation_close(struct generation *generation)
{
    for (size_t i = 0; i < generation->manifest.segments; i++)
        schema_close(generation->db[i]);
    free(generation->db);
    manifest_release(&generation->manifest);
}

static enum status
open_all(struct generation *generation, const char *dir, struct error *err)
{
    enum status status;

    *generation = (struct generation){0};
    status = manifest_read(&generation->manifest, dir, err);
    if (status)
        manifest_release(&generation->manifest);
    generation->db =
        mem_zero(generation->manifest.segments, sizeof(struct sqlite3 *));
    for (size_t i = 0; !status && i < generation->manifest.segments; i++) {
        struct buf path = BUF_INIT;

        buf_printf(&path, "%s/%s", dir, generation->manifest.segment[i].name);
        status = schema_open(&generation->db[i], path.data, err);
        buf_release(&path);
    }
    return status;
}

/* Between the reading of the manifest and the opening of what it lists a run
 * may have committed.  What the same generation lists twice and is not there
 * is missing. */
enum status
generation_open(struct generation *generation, const char *dir,
                struct error *err)
{
    enum status status = open_all(generation, dir, err);
    uint64_t last = 0;

    while (status == STATUS_ABSENT && generation->manifest.segments > 0 &&
           generation->manifest.generation != last) {
        last = generation->manifest.generation;
        generation_close(generation);
        status = open_all(generation, dir, err);
    }
    if (status == STATUS_ABSENT && generation->manifest.segments > 0) {
        error_prefix(err, "damaged, look with nindex check: ");
        status = err->status = STATUS_DAMAGED;
    }
    return status;
}
