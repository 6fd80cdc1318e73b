/* Digests of the keys of articles that were told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "query/watch/watch_parts.h"

static int
compare(const void *a, const void *b)
{
    return memcmp(a, b, TOLD_SIZE);
}

void
told_add(struct told *told, const unsigned char digest[TOLD_SIZE])
{
    told->digest =
        mem_grow(told->digest, told->count, &told->room, sizeof(*told->digest));
    memcpy(told->digest[told->count++], digest, TOLD_SIZE);
}

void
told_sort(struct told *told)
{
    if (told->count)
        qsort(told->digest, told->count, sizeof(*told->digest), compare);
}

bool
told_has(const struct told *sorted, const unsigned char digest[TOLD_SIZE])
{
    return sorted->count && bsearch(digest, sorted->digest, sorted->count,
                                    sizeof(*sorted->digest), compare);
}

void
told_release(struct told *told)
{
    free(told->digest);
    *told = (struct told){0};
}

void
told_print(const struct told *told, struct buf *out)
{
    static const char digits[] = "0123456789abcdef";

    buf_printf(out, "told %zu\n", told->count);
    for (size_t i = 0; i < told->count; i++) {
        for (size_t k = 0; k < TOLD_SIZE; k++) {
            buf_add_byte(out, digits[told->digest[i][k] >> 4]);
            buf_add_byte(out, digits[told->digest[i][k] & 15]);
        }
        buf_add_byte(out, '\n');
    }
}

static bool
parse_digest(const char *text, unsigned char digest[TOLD_SIZE])
{
    for (size_t k = 0; k < TOLD_SIZE; k++) {
        const int high = ascii_hex(text[2 * k]);
        const int low = high < 0 ? -1 : ascii_hex(text[2 * k + 1]);

        if (low < 0)
            return false;
        digest[k] = (unsigned char)(high * 16 + low);
    }
    return text[(size_t)TOLD_SIZE * 2] == '\n';
}

bool
told_parse(struct told *told, const char **text)
{
    unsigned char digest[TOLD_SIZE];
    char *at;
    unsigned long long count;

    if (strncmp(*text, "told ", 5) != 0)
        return false;
    count = strtoull(*text + 5, &at, 10);
    if (*at++ != '\n')
        return false;
    for (; count; count--, at += (size_t)TOLD_SIZE * 2 + 1) {
        if (!parse_digest(at, digest))
            return false;
        told_add(told, digest);
    }
    *text = at;
    return true;
}
