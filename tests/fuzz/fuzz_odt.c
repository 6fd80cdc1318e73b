/* Any bytes as an OpenDocument text. */
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/fuzz_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read(data, size, "odt");
}
