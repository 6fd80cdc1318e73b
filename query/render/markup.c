#include "query/render/markup.h"

#include <inttypes.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/utf8.h"

void
markup_literal(struct markup *page, const char *literal, size_t size)
{
    buf_add(&page->out, literal, size);
}

void
markup_release(struct markup *page)
{
    buf_release(&page->out);
}

/* What stands for a byte in a page, or NULL if it stands for itself. */
static const char *
reference_of(unsigned char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return NULL;
    default:
        return byte < 0x20 || byte == 0x7f ? " " : NULL;
    }
}

/* What is no character of XML, bytes that are not UTF-8 among it, takes
 * `*size` bytes and becomes U+FFFD; false for what may stay. */
static bool
is_no_character(const char *text, size_t left, size_t *size)
{
    uint32_t code;

    *size = utf8_decode(text, left, &code);
    if (*size)
        return code == 0xfffe || code == 0xffff;
    *size = 1;
    return true;
}

void
markup_text(struct markup *page, const char *text, size_t size)
{
    size_t plain = 0;
    size_t step;

    for (size_t i = 0; i < size; i += step) {
        const char *reference = reference_of((unsigned char)text[i]);

        step = 1;
        if ((text[i] & 0x80) && is_no_character(text + i, size - i, &step))
            reference = "\xef\xbf\xbd";
        if (!reference)
            continue;
        buf_add(&page->out, text + plain, i - plain);
        buf_add_text(&page->out, reference);
        plain = i + step;
    }
    buf_add(&page->out, text + plain, size - plain);
}

void
markup_string(struct markup *page, const char *text)
{
    markup_text(page, text, strlen(text));
}

void
markup_buf(struct markup *page, const struct buf *text)
{
    markup_text(page, text->data, text->size);
}

void
markup_number(struct markup *page, uint64_t number)
{
    char digits[32];
    size_t count = 0;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    while (count) {
        count--;
        buf_add_byte(&page->out, digits[count]);
        if (count && count % 3 == 0)
            buf_add_byte(&page->out, ',');
    }
}

void
markup_digits(struct markup *page, uint64_t number)
{
    buf_printf(&page->out, "%" PRIu64, number);
}

void
markup_marked(struct markup *page, const struct marked *marked, size_t from,
              size_t to)
{
    const char *text = marked->text.data;
    size_t at = from;

    if (to > marked->text.size)
        to = marked->text.size;
    for (size_t i = 0; i < marked->spans && at < to; i++) {
        size_t start = marked->span[i].start;
        size_t end = marked->span[i].end;

        if (start < at)
            start = at;
        if (end > to)
            end = to;
        if (start >= end)
            continue;
        markup_text(page, text + at, start - at);
        MARKUP(page, "<mark>");
        markup_text(page, text + start, end - start);
        MARKUP(page, "</mark>");
        at = end;
    }
    if (at < to)
        markup_text(page, text + at, to - at);
}

static bool
stays_in_url(char byte)
{
    return ascii_is_letter(byte) || ascii_is_digit(byte) ||
           ascii_is_one_of(byte, "-._~");
}

void
url_add(struct buf *url, const char *text, size_t size)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (stays_in_url(text[i])) {
            buf_add_byte(url, text[i]);
        } else if (byte == ' ') {
            buf_add_byte(url, '+');
        } else {
            buf_add_byte(url, '%');
            buf_add_byte(url, hex[byte >> 4]);
            buf_add_byte(url, hex[byte & 15]);
        }
    }
}
