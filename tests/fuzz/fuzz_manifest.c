/* A manifest that is accepted prints as one that is accepted and prints the
 * same, whatever is between its lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "indexer/archive/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_text(const char *text, size_t size)
{
    struct manifest manifest = MANIFEST_INIT;
    struct manifest again = MANIFEST_INIT;
    struct buf once = BUF_INIT;
    struct buf twice = BUF_INIT;

    if (manifest_parse(&manifest, text, size, NULL) == STATUS_OK) {
        manifest_print(&manifest, &once);
        if (manifest_parse(&again, once.data, once.size, NULL) != STATUS_OK)
            abort();
        manifest_print(&again, &twice);
        if (!buf_equal(&once, &twice))
            abort();
    }
    buf_release(&twice);
    buf_release(&once);
    manifest_release(&again);
    manifest_release(&manifest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf sealed = BUF_INIT;

    try_text((const char *)data, size);
    /* Few inputs guess the checksum, so each also gets one that fits. */
    buf_add(&sealed, data, size);
    buf_printf(&sealed, "end %08lx\n", (unsigned long)crc32_z(0, data, size));
    try_text(sealed.data, sealed.size);
    buf_release(&sealed);
    return 0;
}
