/* The first byte chooses the declared charset, the rest is text in it. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/input/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const declared[] = {
        NULL,          "utf-8",    "iso-8859-1", "euc-kr",
        "shift_jis",   "gb2312",   "utf-16",     "utf-16be",
        "iso-2022-jp", "koi8-r",   "big5",       "utf-7",
        "no-such",     "\"UTF8\"", "",           "hz-gb-2312"};
    struct buf out = BUF_INIT;
    const char *label;
    const char *text = (const char *)data + 1;

    if (size == 0)
        return 0;
    label = declared[data[0] % (COUNT(declared))];
    assert(charset_decode(&out, text, size - 1, label));
    assert(utf8_valid(out.data, out.size));
    assert(out.size <= 4 * size + 64);
    if (utf8_valid(text, size - 1) && size > 1 && !memchr(text, 0, size - 1) &&
        !memchr(text, 0x1b, size - 1) && !memchr(text, '~', size - 1) &&
        memcmp(text, "\xef", 1) != 0)
        assert(out.size == size - 1 && memcmp(out.data, text, size - 1) == 0);
    buf_release(&out);
    return 0;
}
