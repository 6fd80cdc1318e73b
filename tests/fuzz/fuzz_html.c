#include <stddef.h>
#include <stdint.h>

#include "corpus/html/html.h"
#include "tests/fuzz/fuzz_read.h"

/* A page through its reader, and the same bytes as a feed's fragment; of its
 * size see fuzz_size_most(). */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct article article;
    struct buf text = BUF_INIT;
    struct error err = {0};

    fuzz_read(data, size, "html");
    article_init(&article);
    utf8_repair(&text, (const char *)data, size);
    if (!html_fragment(&article, text.data, text.size, &err)) {
        article_tidy(&article);
        fuzz_check_form(&article);
        assert(fuzz_size(&article) <= 6 * size + 64);
    }
    article_release(&article);
    buf_release(&text);
    return 0;
}
