/* Plain or gzip: the same bytes come out whichever way they are asked for. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "corpus/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct input_limits limits = {.inflated = 1 << 20};
    struct buf whole = BUF_INIT;
    struct buf pieces = BUF_INIT;
    struct buf line = BUF_LIMITED(100);
    struct error err = {0};
    struct input *input = NULL;
    enum status first;
    enum status second;
    const char *peeked;
    size_t got;
    bool more = true;

    input_open_memory(&input, (const char *)data, size, "fuzz", &limits, NULL);
    first = input_all(input, &whole, &err);
    assert(!first || err.text[0] != '\0');
    assert(input_offset(input) == whole.size);
    input_close(input);

    input_open_memory(&input, (const char *)data, size, "fuzz", &limits, NULL);
    input_peek(input, 100, &peeked, &got);
    assert(got <= 100 && got <= whole.size);
    assert(memcmp(peeked, whole.data, got) == 0);
    do {
        char some[37];

        second = input_read(input, some, sizeof(some), &got, NULL);
        buf_add(&pieces, some, got);
    } while (!second && got > 0);
    assert(first == second && buf_equal(&whole, &pieces));
    input_close(input);

    input_open_memory(&input, (const char *)data, size, "fuzz", &limits, NULL);
    while (more && !input_line(input, &line, &more, NULL))
        assert(line.size <= 100);
    assert(input_offset(input) == whole.size);
    input_close(input);
    buf_release(&whole);
    buf_release(&pieces);
    buf_release(&line);
    return 0;
}
