#include "query/render/printer.h"

#include <string.h>

#include "corpus/base/utf8.h"

static const char *const stop = "\033[0m";
static const char ellipsis[] = "\u2026";

static void
paint(struct printer *printer, const char *color)
{
    if (printer->options->color && *color)
        buf_add_text(printer->out, color);
}

static void
paint_over(struct printer *printer, const char *color)
{
    if (*color)
        paint(printer, stop);
}

void
printer_new_line(struct printer *printer)
{
    buf_add_byte(printer->out, '\n');
    for (size_t i = 0; i < printer->margin; i++)
        buf_add_byte(printer->out, ' ');
    printer->column = printer->margin;
}

size_t
printer_columns(const char *text, size_t size)
{
    size_t columns = 0;

    for (size_t i = 0; i < size; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}

static void
print_words(struct printer *printer, const char *text, size_t size,
            const char *color)
{
    size_t width = printer->options->width;

    while (size) {
        size_t blank = strspn(text, " ");
        size_t word;

        if (blank > size)
            blank = size;
        word = strcspn(text + blank, " ");
        if (word > size - blank)
            word = size - blank;
        if (blank && width &&
            printer->column + 1 + printer_columns(text + blank, word) > width &&
            printer->column > printer->margin) {
            /* Colour must not run over the margin. */
            paint_over(printer, color);
            printer_new_line(printer);
            paint(printer, color);
        } else if (blank) {
            buf_add_byte(printer->out, ' ');
            printer->column++;
        }
        buf_add(printer->out, text + blank, word);
        printer->column += printer_columns(text + blank, word);
        text += blank + word;
        size -= blank + word;
    }
}

void
printer_piece(struct printer *printer, const char *text, size_t size,
              const char *color)
{
    struct buf plain = BUF_INIT;

    if (!size)
        return;
    utf8_plain(&plain, text, size);
    paint(printer, color);
    print_words(printer, plain.data, plain.size, color);
    paint_over(printer, color);
    buf_release(&plain);
}

void
printer_string(struct printer *printer, const char *text, const char *color)
{
    printer_piece(printer, text, strlen(text), color);
}

void
printer_fixed(struct printer *printer, const char *text, size_t size,
              const char *color)
{
    if (!size)
        return;
    paint(printer, color);
    utf8_plain(printer->out, text, size);
    paint_over(printer, color);
    printer->column += printer_columns(text, size);
}

void
printer_range(struct printer *printer, const struct marked *marked, size_t from,
              size_t to, const char *color)
{
    const char *text = marked->text.data;
    size_t at = from;

    for (size_t i = 0; i < marked->spans; i++) {
        size_t start = marked->span[i].start;
        size_t end = marked->span[i].end;

        if (end <= at || start >= to)
            continue;
        if (start > at)
            printer_piece(printer, text + at, start - at, color);
        else
            start = at;
        if (end > to)
            end = to;
        printer_piece(printer, text + start, end - start, PRINTER_MATCH);
        at = end;
    }
    if (at < to)
        printer_piece(printer, text + at, to - at, color);
}

void
printer_marked(struct printer *printer, const struct marked *marked,
               const char *color)
{
    if (marked->cut_before) {
        printer_string(printer, ellipsis, PRINTER_PLAIN);
        printer_string(printer, " ", PRINTER_PLAIN);
    }
    printer_range(printer, marked, 0, marked->text.size, color);
    if (marked->cut_after) {
        printer_string(printer, " ", PRINTER_PLAIN);
        printer_string(printer, ellipsis, PRINTER_PLAIN);
    }
}
