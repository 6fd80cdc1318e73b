#include "corpus/base/utf8.h"

#include <string.h>

#include "corpus/base/swar.h"

#define REPLACEMENT 0xFFFDu

/*
 * Valid sequences by their first byte, after table 3-7 of the Unicode
 * Standard: only the second byte's range depends on the first.
 *
 *     C2..DF  80..BF
 *     E0      A0..BF  80..BF
 *     E1..EC  80..BF  80..BF      (EE, EF likewise)
 *     ED      80..9F  80..BF      (no surrogates)
 *     F0      90..BF  80..BF 80..BF
 *     F1..F3  80..BF  80..BF 80..BF
 *     F4      80..8F  80..BF 80..BF
 */
static size_t
sequence_length(unsigned char first, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0;
    if (first < 0xE0)
        return 2;
    if (first == 0xE0)
        *low = 0xA0;
    if (first == 0xED)
        *high = 0x9F;
    if (first < 0xF0)
        return 3;
    if (first == 0xF0)
        *low = 0x90;
    if (first == 0xF4)
        *high = 0x8F;
    return first <= 0xF4 ? 4 : 0;
}

/* Bytes at `text` that are a valid sequence or the longest start of one;
 * `*whole` says which.  At least 1. */
static size_t
sequence_take(const unsigned char *text, size_t size, bool *whole)
{
    unsigned char low;
    unsigned char high;
    size_t need = sequence_length(text[0], &low, &high);

    *whole = false;
    for (size_t i = 1; i < need; i++) {
        if (i >= size || text[i] < low || text[i] > high)
            return i;
        low = 0x80;
        high = 0xBF;
    }
    *whole = need > 0;
    return need ? need : 1;
}

/* How many bytes at `text` are ASCII; looks at eight at a time. */
static size_t
ascii_run(const char *text, size_t size)
{
    size_t at = 0;

    while (size - at >= 8) {
        uint64_t word;

        memcpy(&word, text + at, 8);
        if (word & UINT64_C(0x8080808080808080))
            break;
        at += 8;
    }
    while (at < size && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

bool
utf8_valid(const char *text, size_t size)
{
    size_t at = ascii_run(text, size);

    while (at < size) {
        bool whole;
        size_t step =
            sequence_take((const unsigned char *)text + at, size - at, &whole);

        if (!whole)
            return false;
        at += step;
        at += ascii_run(text + at, size - at);
    }
    return true;
}

size_t
utf8_decode(const char *text, size_t size, uint32_t *code)
{
    static const unsigned char lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *byte = (const unsigned char *)text;
    bool whole;
    size_t step;
    uint32_t value;

    if (*byte < 0x80) {
        *code = *byte;
        return 1;
    }
    step = sequence_take(byte, size, &whole);
    if (!whole) {
        *code = REPLACEMENT;
        return 0;
    }
    value = byte[0] & lead_mask[step];
    for (size_t i = 1; i < step; i++)
        value = value << 6 | (byte[i] & 0x3Fu);
    *code = value;
    return step;
}

void
utf8_encode(struct buf *out, uint32_t code)
{
    char bytes[4];
    size_t size = 0;

    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = REPLACEMENT;
    if (code < 0x80) {
        bytes[size++] = (char)code;
    } else if (code < 0x800) {
        bytes[size++] = (char)(0xC0 | code >> 6);
        bytes[size++] = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        bytes[size++] = (char)(0xE0 | code >> 12);
        bytes[size++] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (code & 0x3F));
    } else {
        bytes[size++] = (char)(0xF0 | code >> 18);
        bytes[size++] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[size++] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (code & 0x3F));
    }
    buf_add(out, bytes, size);
}

void
utf8_repair(struct buf *out, const char *text, size_t size)
{
    size_t at = 0;

    while (at < size) {
        size_t start = at;
        bool whole = true;
        size_t step = 0;

        while (whole) {
            at += step;
            at += ascii_run(text + at, size - at);
            if (at >= size)
                break;
            step = sequence_take((const unsigned char *)text + at, size - at,
                                 &whole);
        }
        buf_add(out, text + start, at - start);
        if (at < size) {
            buf_add_text(out, "\xEF\xBF\xBD");
            at += step;
        }
    }
}

size_t
utf8_cut(const char *text, size_t size, size_t at)
{
    if (at >= size)
        return size;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

enum kind {
    KIND_TEXT,
    KIND_BLANK,
    KIND_LINE,
    KIND_DROP
};

static bool
is_format_control(uint32_t code)
{
    return (code >= 0x200B && code <= 0x200F) || /* zero width, marks */
           (code >= 0x202A && code <= 0x202E) || /* embeddings, overrides */
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
           code == 0x00AD || (code >= 0xFFF9 && code <= 0xFFFB) ||
           (code >= 0xE0000 && code <= 0xE007F);
}

/* ZWNJ and ZWJ: how Persian writes its half-spaces, Malayalam its letters and
 * emoji their families. */
static bool
is_joiner(uint32_t code)
{
    return code == 0x200C || code == 0x200D;
}

static enum kind
kind_of(uint32_t code)
{
    if (code == '\n' || code == 0x2028 || code == 0x2029)
        return KIND_LINE;
    if (code == ' ' || (code >= 0x09 && code <= 0x0D) || code == 0x85 ||
        (code >= 0x1C && code <= 0x1F) || code == 0xA0 || code == 0x1680 ||
        (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
        code == 0x205F || code == 0x3000)
        return KIND_BLANK;
    if (code < 0x20 || (code >= 0x7F && code < 0xA0) || is_format_control(code))
        return KIND_DROP;
    return KIND_TEXT;
}

/* A joiner says something only behind what it may join. */
static enum kind
kind_after(bool joins, uint32_t code)
{
    return joins && is_joiner(code) ? KIND_TEXT : kind_of(code);
}

static bool
may_join(enum kind kind, uint32_t code)
{
    return kind == KIND_TEXT && code > 0x7F && !is_joiner(code);
}

static bool
is_visible(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

/* As plain_run(), as long as it goes on for eight bytes or seven; ends behind
 * a visible one. */
static size_t
plain_words(const char *text, size_t size)
{
    size_t at = 0;

    if (size < 8 || !is_visible(*text))
        return 0;
    while (size - at >= 8) {
        uint64_t word = swar_load(text + at);
        uint64_t visible = swar_between(word, ' ' + 1, 0x7E);
        uint64_t blank = swar_between(word, ' ', ' ');

        if ((visible | blank) != SWAR_HIGH || blank & (blank << 8))
            break;
        at += blank >> 63 ? 7 : 8;
    }
    return at;
}

/* Printable ASCII at `text` with single blanks in it, the common case: it
 * stays as it is. */
static size_t
plain_run(const char *text, size_t size)
{
    size_t at = plain_words(text, size);

    while (at < size) {
        if (is_visible(text[at]))
            at++;
        else if (at && text[at] == ' ' && at + 1 < size &&
                 is_visible(text[at + 1]))
            at += 2;
        else
            break;
    }
    return at;
}

/* Bytes of one kind that a text begins with: a plain run, a character, or none
 * if they are no UTF-8. */
static size_t
next_part(const char *text, size_t size, bool *joins, enum kind *kind)
{
    uint32_t code = 0;
    size_t step = plain_run(text, size);

    *kind = KIND_TEXT;
    if (!step) {
        step = utf8_decode(text, size, &code);
        *kind = kind_after(*joins, code);
    }
    *joins = may_join(*kind, code);
    return step;
}

void
utf8_tidy(struct buf *out, const char *text, size_t size, bool lines)
{
    const size_t start = out->size;
    bool blank = false;
    bool line = false;
    bool joins = false; /* a joiner here would join something */
    size_t at = 0;

    while (at < size) {
        const char *bytes = text + at;
        enum kind kind;
        size_t step = next_part(bytes, size - at, &joins, &kind);

        at += step ? step : 1;
        if (kind == KIND_LINE && lines)
            line = true;
        else if (kind == KIND_BLANK || kind == KIND_LINE)
            blank = true;
        if (kind != KIND_TEXT)
            continue;
        if (out->size > start && (line || blank))
            buf_add_byte(out, line ? '\n' : ' ');
        blank = line = false;
        if (step)
            buf_add(out, bytes, step);
        else
            buf_add_text(out, "\xEF\xBF\xBD");
    }
}

bool
utf8_is_command(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

void
utf8_plain(struct buf *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t step = utf8_decode(text + at, size - at, &code);

        if (!step || utf8_is_command(code))
            buf_add_byte(out, ' ');
        else
            buf_add(out, text + at, step);
        at += step ? step : 1;
    }
}

void
utf8_json(struct buf *out, const char *text, size_t size)
{
    buf_add_byte(out, '"');
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t step = utf8_decode(text + at, size - at, &code);

        if (!step)
            utf8_encode(out, 0xfffd);
        else if (code == '"' || code == '\\')
            buf_printf(out, "\\%c", (int)code);
        else if (code == '\n')
            buf_add_text(out, "\\n");
        else if (utf8_is_command(code) || code == 0x2028 || code == 0x2029)
            buf_printf(out, "\\u%04x", (unsigned)code);
        else
            buf_add(out, text + at, step);
        at += step ? step : 1;
    }
    buf_add_byte(out, '"');
}
