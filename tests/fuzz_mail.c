/* Any bytes as mail. */
#include "tests/fuzz_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader("mail", data, size);
    return 0;
}
