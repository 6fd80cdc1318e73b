#include "corpus/input/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/input/charset_labels.h"

/* Windows-1252 from 0x80 to 0x9f; the five holes stay what they are. */
static const unsigned short windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
    0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

/* Done here since iconv(3) refuses those. */
static void
decode_windows_1252(struct buf *out, const char *data, size_t size)
{
    size_t start = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)data[i];

        if (byte < 0x80)
            continue;
        buf_add(out, data + start, i - start);
        utf8_encode(out, byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
        start = i + 1;
    }
    buf_add(out, data + start, size - start);
}

/* False if iconv(3) cannot load what it needs. */
static bool
decode_iconv(struct buf *out, const char *data, size_t size, const char *name)
{
    iconv_t cd = iconv_open("UTF-8", name);
    size_t unit = strncmp(name, "UTF-16", 6) == 0 ? 2 : 1;
    /* iconv(3) does not write to its input, whatever its prototype says. */
    union {
        const char *from;
        char *in;
    } at = {.from = data};
    bool loaded = cd != (iconv_t)-1; /* NOLINT(performance-no-int-to-ptr) */

    /* Another charset would be no answer to that. */
    if (!loaded && errno == ENOMEM)
        mem_got(NULL);
    if (!loaded)
        return false;
    while (size > 0) {
        char some[4096];
        char *to = some;
        size_t room = sizeof(some);
        size_t failed = iconv(cd, &at.in, &size, &to, &room);
        int why = errno;

        buf_add(out, some, sizeof(some) - room);
        if (failed != (size_t)-1 || why == E2BIG)
            continue;
        utf8_encode(out, 0xfffd);
        if (why == EINVAL || size <= unit) /* cut off in a character */
            break;
        at.from += unit;
        size -= unit;
    }
    iconv_close(cd);
    return true;
}

/* Count what is beyond ASCII: sound sequences, and bytes of none. */
static void
count_sequences(const char *data, size_t size, size_t *sound, size_t *broken)
{
    *sound = 0;
    *broken = 0;
    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t length = 1;

        if ((unsigned char)data[i] >= 0x80) {
            length = utf8_decode(data + i, size - i, &code);
            if (length > 0)
                ++*sound;
            else
                ++*broken;
        }
        i += length ? length : 1;
    }
}

/* UTF-16 without a mark: every other byte of Latin text is a NUL. */
static const char *
unmarked_utf16(const char *data, size_t size)
{
    size_t nuls[2] = {0, 0};
    size_t seen = size < 4096 ? size & ~(size_t)1 : 4096;

    for (size_t i = 0; i < seen; i++)
        if (data[i] == '\0')
            nuls[i % 2]++;
    if (seen < 4)
        return NULL;
    if (nuls[1] > seen / 4 && nuls[0] <= seen / 32)
        return "UTF-16LE";
    if (nuls[0] > seen / 4 && nuls[1] <= seen / 32)
        return "UTF-16BE";
    return NULL;
}

static const struct {
    const char *mark;
    size_t size;
    const char *name;
} marks[] = {{"\xef\xbb\xbf", 3, "UTF-8"},
             {"\xff\xfe\0\0", 4, "UTF-32LE"},
             {"\0\0\xfe\xff", 4, "UTF-32BE"},
             {"\xff\xfe", 2, "UTF-16LE"},
             {"\xfe\xff", 2, "UTF-16BE"}};

/* Bytes that are certain in themselves; NULL if they are not. */
static const char *
decode_certain(struct buf *out, const char *data, size_t size)
{
    const char *name;

    for (size_t i = 0; i < COUNT(marks); i++) {
        if (size < marks[i].size ||
            memcmp(data, marks[i].mark, marks[i].size) != 0)
            continue;
        name = marks[i].name;
        data += marks[i].size;
        size -= marks[i].size;
        if (strcmp(name, "UTF-8") == 0)
            utf8_repair(out, data, size);
        else
            decode_iconv(out, data, size, name);
        return name;
    }
    name = unmarked_utf16(data, size);
    if (name && decode_iconv(out, data, size, name))
        return name;
    return NULL;
}

/* By its name; NULL if it is none, or a form of Unicode, of which the bytes
 * say more than a label does. */
static const char *
decode_declared(struct buf *out, const char *data, size_t size,
                const char *name)
{
    if (!name || strncmp(name, "UTF-", 4) == 0)
        return NULL;
    if (strcmp(name, "windows-1252") == 0)
        decode_windows_1252(out, data, size);
    else if (!decode_iconv(out, data, size, name))
        return NULL;
    return name;
}

const char *
charset_decode(struct buf *out, const char *data, size_t size,
               const char *declared)
{
    const char *stated = declared ? charset_name(declared) : NULL;
    const char *name = decode_certain(out, data, size);
    size_t sound;
    size_t broken;

    if (name)
        return name;
    /* It looks like ASCII but for its escapes. */
    if (stated && strncmp(stated, "ISO-2022-", 9) == 0 &&
        memchr(data, 0x1b, size))
        name = decode_declared(out, data, size, stated);
    if (name)
        return name;
    if (utf8_valid(data, size)) {
        buf_add(out, data, size);
        return "UTF-8";
    }
    count_sequences(data, size, &sound, &broken);
    if (sound < broken * 20)
        name = decode_declared(out, data, size, stated);
    if (name)
        return name;
    if (sound > broken) {
        utf8_repair(out, data, size);
        return "UTF-8";
    }
    decode_windows_1252(out, data, size);
    return "windows-1252";
}
