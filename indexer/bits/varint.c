#include "indexer/bits/varint.h"

#include <stddef.h>

unsigned char *
varint_put_long(unsigned char *out, uint64_t number)
{
    unsigned char reversed[VARINT_SIZE_MAX + 1];
    size_t count = 0;

    if (number >> 56) {
        /* All eight bits of a ninth byte count. */
        out[8] = (unsigned char)number;
        number >>= 8;
        for (size_t i = 8; i-- > 0; number >>= 7)
            out[i] = (unsigned char)(number | 0x80);
        return out + 9;
    }
    do {
        reversed[count++] = (unsigned char)(number | 0x80);
        number >>= 7;
    } while (number);
    reversed[0] &= 0x7f;
    while (count)
        *out++ = reversed[--count];
    return out;
}

const unsigned char *
varint_get(const unsigned char *at, const unsigned char *end, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < VARINT_SIZE_MAX - 1 && at < end; i++) {
        *number = *number << 7 | (*at & 0x7F);
        if (!(*at++ & 0x80))
            return at;
    }
    return NULL;
}
