#include "corpus/syntax/mime_decode.h"

#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"

/* The value of a digit of base64; -1 for any other byte. */
static int
sextet(char byte)
{
    if (ascii_is_upper(byte))
        return byte - 'A';
    if (ascii_is_lower(byte))
        return byte - 'a' + 26;
    if (ascii_is_digit(byte))
        return byte - '0' + 52;
    if (byte == '+' || byte == '-')
        return 62;
    return byte == '/' || byte == '_' ? 63 : -1;
}

void
mime_base64(struct buf *out, const char *data, size_t size)
{
    unsigned bits = 0;
    int held = 0;

    buf_reserve(out, size / 4 * 3);
    for (size_t i = 0; i < size; i++) {
        int value = sextet(data[i]);

        if (data[i] == '=') /* texts that were padded one by one */
            held = 0;
        if (value < 0)
            continue;
        bits = (bits << 6 | (unsigned)value) & 0xFFFFFFU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            buf_add_byte(out, (char)(bits >> held & 0xFFU));
        }
    }
}

/* Bytes that a '=' at the end of a line takes with it, 0 if it is none. */
static size_t
soft_break(const char *data, size_t size)
{
    size_t at = 1;

    while (at < size && (data[at] == ' ' || data[at] == '\t'))
        at++;
    if (at < size && data[at] == '\r')
        at++;
    if (at < size && data[at] == '\n')
        return at + 1;
    return at == size ? at : 0;
}

void
mime_quoted(struct buf *out, const char *data, size_t size, bool header)
{
    for (size_t i = 0; i < size; i++) {
        size_t soft;

        if (header && data[i] == '_') {
            buf_add_byte(out, ' ');
            continue;
        }
        if (data[i] != '=') {
            buf_add_byte(out, data[i]);
            continue;
        }
        if (i + 2 < size && ascii_hex(data[i + 1]) >= 0 &&
            ascii_hex(data[i + 2]) >= 0) {
            buf_add_byte(out, (char)(ascii_hex(data[i + 1]) * 16 +
                                     ascii_hex(data[i + 2])));
            i += 2;
        } else if ((soft = soft_break(data + i, size - i)) > 0) {
            i += soft - 1;
        } else {
            buf_add_byte(out, '=');
        }
    }
}

void
mime_decode(struct buf *out, const char *data, size_t size, const char *coding)
{
    if (strcasecmp(coding, "base64") == 0)
        mime_base64(out, data, size);
    else if (strcasecmp(coding, "quoted-printable") == 0)
        mime_quoted(out, data, size, false);
    else
        buf_add(out, data, size);
}

/* Is the line at `from` the mark before a signature, which is never joined? */
static bool
is_signature_mark(const struct buf *text, size_t from, size_t end)
{
    return end - from == 3 && !memcmp(text->data + from, "-- ", 3);
}

void
mime_unflow(struct buf *text, bool delsp)
{
    size_t to = 0;

    for (size_t from = 0; from < text->size;) {
        const char *mark = memchr(text->data + from, '\n', text->size - from);
        size_t end = mark ? (size_t)(mark - text->data) : text->size;
        size_t stop = end;
        bool joint;

        if (stop > from && text->data[stop - 1] == '\r')
            stop--;
        joint = stop > from && text->data[stop - 1] == ' ' &&
                !is_signature_mark(text, from, stop);
        /* A blank at the start was put there so that the line would not look
         * like something else. */
        if (text->data[from] == ' ')
            from++;
        if (joint && delsp)
            stop--;
        if (stop > from) {
            memmove(text->data + to, text->data + from, stop - from);
            to += stop - from;
        }
        if (mark && !joint)
            text->data[to++] = '\n';
        from = end + 1;
    }
    buf_cut(text, to);
}
