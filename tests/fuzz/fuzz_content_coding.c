/* The first byte chooses the coding, the rest is packed with it. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/input/content_coding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const codings[] = {"gzip", "deflate", "br", "zstd"};
    struct buf out = BUF_LIMITED(2 << 20);
    struct error err = {0};
    enum status status;

    if (size == 0)
        return 0;
    status = content_coding_undo(&out, codings[data[0] % 4],
                                 (const char *)data + 1, size - 1, "a", &err);
    assert((status == STATUS_OK) == (out.size > 0));
    buf_release(&out);
    return 0;
}
