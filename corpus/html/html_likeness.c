#include "corpus/html/html_likeness.h"

#include <stdlib.h>

#include "corpus/base/ascii.h"
#include "corpus/base/fnv.h"

static int
compare_hashes(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

void
html_wording_of(struct html_wording *wording, const char *text, size_t size)
{
    uint32_t hash = 0;

    wording->count = 0;
    for (size_t i = 0; i <= size && wording->count < HTML_WORDING_MOST; i++) {
        const char c = (char)(i < size ? text[i] : ' ');

        /* General punctuation, U+2000 to U+206F, is E2 80 xx and E2 81 xx. */
        if (c == '\xE2' && i + 2 < size &&
            ((unsigned char)text[i + 1] & 0xFE) == 0x80) {
            i += 2;
        } else if (ascii_is_word_byte(c)) {
            hash =
                fnv_add(hash ? hash : FNV_START, (unsigned char)ascii_lower(c));
            continue;
        }
        if (hash)
            wording->word[wording->count++] = hash;
        hash = 0;
    }
    qsort(wording->word, wording->count, sizeof(wording->word[0]),
          compare_hashes);
}

int
html_likeness(const struct html_wording *a, const struct html_wording *b)
{
    size_t i = 0;
    size_t k = 0;
    size_t same = 0;

    if (!a->count || !b->count)
        return 0;
    while (i < a->count && k < b->count) {
        const uint32_t x = a->word[i];
        const uint32_t y = b->word[k];

        same += x == y;
        i += x <= y;
        k += y <= x;
    }
    return (int)(200 * same / (a->count + b->count));
}

int
html_text_likeness(const struct html_wording *a, const char *text, size_t size)
{
    struct html_wording b;

    html_wording_of(&b, text, size);
    return html_likeness(a, &b);
}
