/* zlib promises not to write to its input. */
#define ZLIB_CONST

#include "corpus/input/content_coding.h"

#include <brotli/decode.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <zlib.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"

enum {
    STEP = 32 * 1024,
    MIB = 1024 * 1024,
    GZIP_OR_ZLIB = MAX_WBITS + 32, /* whichever the head says */
    BARE = -MAX_WBITS
};

/* Is so much out of so little more than a page is?  Asked while it is unpacked:
 * a bomb need not go off to be known. */
static bool
is_bomb(size_t unpacked, size_t packed)
{
    return unpacked > MIB && unpacked / CONTENT_CODING_RATIO > packed;
}

/* False for a bomb. */
static bool
inflate_as(struct buf *out, int window, const char *data, size_t size)
{
    const size_t before = out->size;
    z_stream stream = {.zalloc = mem_for_zlib, .zfree = mem_from_library};
    char step[STEP];
    int result = Z_OK;
    bool bomb = false;

    if (size > UINT32_MAX || inflateInit2(&stream, window) != Z_OK)
        return true;
    stream.next_in = (const Bytef *)data;
    stream.avail_in = (uInt)size;
    while (result == Z_OK && !out->over && !bomb) {
        stream.next_out = (Bytef *)step;
        stream.avail_out = STEP;
        result = inflate(&stream, Z_NO_FLUSH);
        buf_add(out, step, STEP - stream.avail_out);
        bomb = is_bomb(out->size - before, size - stream.avail_in);
        if (result == Z_STREAM_END && stream.avail_in) /* gzip upon gzip */
            result = inflateReset(&stream);
    }
    inflateEnd(&stream);
    return !bomb;
}

static bool
undo_deflate(struct buf *out, const char *data, size_t size)
{
    const size_t before = out->size;

    if (!inflate_as(out, GZIP_OR_ZLIB, data, size))
        return false;
    return out->size != before || inflate_as(out, BARE, data, size);
}

static bool
undo_brotli(struct buf *out, const char *data, size_t size)
{
    const size_t before = out->size;
    const size_t all = size;
    bool bomb = false;
    BrotliDecoderState *state =
        BrotliDecoderCreateInstance(mem_for_library, mem_from_library, NULL);
    const uint8_t *next = (const uint8_t *)data;
    uint8_t step[STEP];
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;

    while (state && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT &&
           !out->over && !bomb) {
        uint8_t *to = step;
        size_t room = STEP;

        result = BrotliDecoderDecompressStream(state, &size, &next, &room, &to,
                                               NULL);
        buf_add(out, (const char *)step, STEP - room);
        bomb = is_bomb(out->size - before, all - size);
    }
    BrotliDecoderDestroyInstance(state);
    return !bomb;
}

/* By its name, or by the head that only gzip has. */
static const struct {
    const char *name;
    bool (*undo)(struct buf *out, const char *data, size_t size);
} codings[] = {
    {"gzip", undo_deflate},
    {"x-gzip", undo_deflate},
    {"deflate", undo_deflate},
    {"br", undo_brotli},
};

/* Is it a page as it stands: a tag, and nothing that text does not have? */
static bool
is_plain(const char *data, size_t size)
{
    size_t head = size < 512 ? size : 512;

    for (size_t i = 0; i < head; i++)
        if ((unsigned char)data[i] < '\t')
            return false;
    return memchr(data, '<', head) != NULL;
}

static enum status
refuse_bomb(struct buf *out, size_t before, const char *name, struct error *err)
{
    buf_cut(out, before);
    return error_set(err, STATUS_LIMIT,
                     "%s: a page unpacks to more than %d times its size, which "
                     "pages do not; it was left out",
                     name, CONTENT_CODING_RATIO);
}

enum status
content_coding_undo(struct buf *out, const char *coding, const char *data,
                    size_t size, const char *name, struct error *err)
{
    const size_t before = out->size;

    if (size >= 2 && memcmp(data, "\x1f\x8b", 2) == 0)
        coding = "gzip";
    for (size_t i = 0; i < COUNT(codings); i++) {
        if (strcasecmp(coding, codings[i].name) != 0)
            continue;
        if (!codings[i].undo(out, data, size))
            return refuse_bomb(out, before, name, err);
        if (out->size == before && is_plain(data, size))
            buf_add(out, data, size);
        if (out->size == before)
            return error_set(err, STATUS_FORMAT,
                             "%s: a page is said to be packed with \"%s\", "
                             "and cannot be unpacked",
                             name, coding);
        return STATUS_OK;
    }
    return error_set(err, STATUS_FORMAT,
                     "%s: a page is packed with \"%s\", which is not read",
                     name, coding);
}
