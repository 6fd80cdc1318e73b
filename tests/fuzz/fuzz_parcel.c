/* What a worker that was taken over might write. */
#include "tests/fuzz/fuzz_read.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct parcel_rules rules = PARCEL_RULES_INIT;
    struct article article;

    article_init(&article);
    if (parcel_unpack(&article, &rules, (const char *)data, size)) {
        struct buf again = BUF_INIT;

        fuzz_check_texts(&article, fuzz_check_bytes);
        parcel_pack(&again, &article);
        assert(again.size <= size); /* a caption may have stood there twice */
        buf_release(&again);
    }
    article_release(&article);
    list_release(&rules.names);
    return 0;
}
