#include "query/web/words.h"

#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"

static const struct words *const tables[] = {
    &words_en, &words_ar, &words_de, &words_es, &words_fr, &words_ko,
};

const struct words *
words_table(size_t number)
{
    return number < COUNT(tables) ? tables[number] : NULL;
}

const struct words *
words_find(const char *code, size_t size)
{
    for (size_t i = 0; i < COUNT(tables); i++)
        if (size == 2 && ascii_lower(code[0]) == tables[i]->code[0] &&
            ascii_lower(code[1]) == tables[i]->code[1])
            return tables[i];
    return NULL;
}

/* ";q=0.8" as thousandths. */
static unsigned
quality(const char *text, size_t size)
{
    const char *q = memchr(text, ';', size);
    size_t left = q ? size - (size_t)(q - text) : 0;
    unsigned value = 0;
    unsigned scale = 100;

    while (left && *q != '=') {
        q++;
        left--;
    }
    if (left < 2)
        return 1000;
    if (q[1] != '0')
        return 1000;
    for (size_t i = 3; i < left && ascii_is_digit(q[i]) && scale; i++) {
        value += (unsigned)(q[i] - '0') * scale;
        scale /= 10;
    }
    return value;
}

const struct words *
words_accepted(const char *accept)
{
    const struct words *best = &words_en;
    unsigned most = 0;

    for (const char *part = accept ? accept : ""; *part;) {
        size_t size = strcspn(part, ",");
        size_t blank = strspn(part, " \t");
        size_t code = strcspn(part + blank, "-_;, \t");
        const struct words *words = words_find(part + blank, code);
        unsigned value = quality(part, size);

        if (words && value > most) {
            best = words;
            most = value;
        }
        part += size;
        part += *part == ',';
    }
    return best;
}

size_t
words_one_and_others(uint64_t count)
{
    return count != 1;
}

size_t
words_zero_as_one(uint64_t count)
{
    return count > 1;
}

size_t
words_always_same(uint64_t count)
{
    (void)count;
    return 0;
}
