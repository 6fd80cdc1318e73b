/* Any bytes as MHTML. */
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/fuzz_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read(data, size, "mhtml");
}
