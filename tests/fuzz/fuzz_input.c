/* Plain or gzip: the same bytes come out whichever way they are asked for, and
 * in whatever pieces they come in. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "corpus/input/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct input_limits limits = {.inflated = 1 << 20};

/* A descriptor that gives the bytes in up to 64 packets, one a read. */
static int
in_packets(const uint8_t *data, size_t size)
{
    const size_t most = 1 + size / 64;
    int ends[2];

    assert(!socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends));
    for (size_t at = 0; at < size; at += most) {
        size_t piece = size - at < most ? size - at : most;

        assert(send(ends[0], data + at, piece, 0) == (ssize_t)piece);
    }
    close(ends[0]);
    return ends[1];
}

/* Where a limit strikes is a matter of pieces. */
static void
check_packets(const uint8_t *data, size_t size, const struct buf *whole,
              const struct error *said)
{
    struct input *input = NULL;
    struct buf got = BUF_INIT;
    struct error err = {0};

    assert(
        !input_open_fd(&input, in_packets(data, size), "fuzz", &limits, &err));
    input_all(input, &got, &err);
    assert(err.status == said->status && !strcmp(err.text, said->text));
    if (err.status != STATUS_LIMIT)
        assert(buf_equal(&got, whole));
    input_close(input);
    buf_release(&got);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
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
    check_packets(data, size, &whole, &err);

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
