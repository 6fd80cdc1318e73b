#include "corpus/date/digits.h"

#include <stdint.h>

#include <utf8proc.h>

#include "corpus/base/buf.h"
#include "corpus/base/utf8.h"

/* May the byte begin a numeral beyond ASCII?  Those of Arabic and N'Ko have two
 * bytes, those of India and its neighbours three. */
static bool
may_begin(char byte)
{
    const unsigned char b = (unsigned char)byte;

    return b == 0xd9 || b == 0xdb || b == 0xdf || b == 0xe0 || b == 0xe1 ||
           b == 0xea || b == 0xef;
}

/* The value of the numeral at the start of a text and its bytes; 0 bytes if
 * there is none.  Numerals of a script stand in a row, the first one at a
 * multiple of sixteen or six behind it. */
static size_t
take(const char *text, size_t size, int *value)
{
    uint32_t code = 0;
    size_t step;

    if (!may_begin(*text))
        return 0;
    step = utf8_decode(text, size, &code);
    if (!step ||
        utf8proc_category((utf8proc_int32_t)code) != UTF8PROC_CATEGORY_ND)
        return 0;
    *value = (int)(code & 0xf);
    if (*value >= 6 && !(code >= 0x660 && code <= 0x6f9) &&
        utf8proc_category((utf8proc_int32_t)(code - (code & 0xf))) !=
            UTF8PROC_CATEGORY_ND)
        *value -= 6;
    return step;
}

bool
digits_foreign(const char *text, size_t size)
{
    int value;

    for (size_t at = 0; at < size; at++)
        if (may_begin(text[at]) && take(text + at, size - at, &value))
            return true;
    return false;
}

void
digits_to_ascii(struct buf *out, const char *text, size_t size)
{
    size_t at = 0;

    while (at < size) {
        int value = 0;
        size_t step = take(text + at, size - at, &value);

        if (step)
            buf_add_byte(out, (char)('0' + value));
        else
            buf_add_byte(out, text[at]);
        at += step ? step : 1;
    }
}

size_t
digits_offset(const char *text, size_t size, size_t at)
{
    size_t offset = 0;

    for (; at > 0 && offset < size; at--) {
        int value;
        size_t step = take(text + offset, size - offset, &value);

        offset += step ? step : 1;
    }
    return offset;
}
