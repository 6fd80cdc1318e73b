/* Any text with shortcodes in it. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/formats/shortcode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = BUF_INIT;

    buf_add(&text, (const char *)data, size);
    shortcode_remove(&text);
    assert(text.size <= 7 * size + 64); /* a figure is longer than a code */
    buf_release(&text);
    return 0;
}
