#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "query/render/printer.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 * Every match in the middle of its line, below each other, with when and where
 * it was printed:
 *
 *   2014-10-24  The Herald     agree to delay the Opcon transfer of wartime ...
 *   2018-11-01  The Herald      command after the Opcon transfer  herald:7
 *
 * Sorted by what follows, or by what stands before, word by word from the
 * match on, uses that are alike come together.
 */
enum {
    DATE = 10, /* columns */
    SOURCE = 12,
    FACTS = DATE + 2 + SOURCE + 2,
    SIDE_USUAL = 40,
    SIDE_LEAST = 16,
    OTHERS = 36 /* of a line: the match and the key */
};

struct line {
    const struct hit *hit;
    const struct marked *text;
    struct buf order; /* what it is sorted by */
    size_t rank;      /* of the hit */
    size_t number;    /* as they come */
};

static const char *
left_of(const struct line *line, size_t *size)
{
    *size = line->text->spans ? line->text->span[0].start : 0;
    return line->text->text.data;
}

static const char *
match_of(const struct line *line, size_t *size)
{
    const struct span *span = line->text->span;

    *size = line->text->spans ? span->end - span->start : 0;
    return line->text->text.data + (line->text->spans ? span->start : 0);
}

static const char *
right_of(const struct line *line, size_t *size)
{
    size_t end = line->text->spans ? line->text->span[0].end : 0;

    *size = line->text->text.size - end;
    return line->text->text.data + end;
}

/* --- order ---------------------------------------------------------------- */

/* The last word before *at. */
static bool
word_before(const char *text, size_t *at, struct span *word)
{
    while (*at > 0 && !ascii_is_word_byte(text[*at - 1]))
        (*at)--;
    word->end = *at;
    while (*at > 0 && ascii_is_word_byte(text[*at - 1]))
        (*at)--;
    word->start = *at;
    return word->end > word->start;
}

/* The words of a text with a blank after each, small letters, backwards if
 * they stand before the match. */
static void
add_words(struct buf *out, const char *text, size_t size, bool backwards)
{
    size_t at = backwards ? size : 0;
    struct span word;

    while (backwards ? word_before(text, &at, &word)
                     : span_next_word(text, size, &at, &word)) {
        for (size_t i = word.start; i < word.end; i++)
            buf_add_byte(out, ascii_lower(text[i]));
        buf_add_byte(out, ' ');
    }
}

static void
set_order(struct line *line, enum render_kwic order)
{
    size_t size;
    const char *text =
        order == KWIC_LEFT ? left_of(line, &size) : right_of(line, &size);

    if (order == KWIC_LEFT || order == KWIC_RIGHT)
        add_words(&line->order, text, size, order == KWIC_LEFT);
    else if (order == KWIC_DATE)
        date_print(&line->hit->published, &line->order);
}

static int
compare(const void *a, const void *b)
{
    const struct line *left = a;
    const struct line *right = b;
    int order = strcmp(left->order.data, right->order.data);

    if (order)
        return order;
    return left->number < right->number ? -1 : 1;
}

static struct line *
gather(const struct search_result *result, const struct render_options *options,
       size_t *lines)
{
    struct line *line = NULL;
    size_t room = 0;

    *lines = 0;
    for (size_t i = 0; i < result->hits; i++)
        for (size_t k = 0; k < result->hit[i].kwics; k++) {
            line = mem_grow(line, *lines, &room, sizeof(*line));
            line[*lines] =
                (struct line){&result->hit[i], &result->hit[i].kwic[k],
                              BUF_INIT, options->offset + i + 1, *lines};
            set_order(&line[*lines], options->kwic);
            (*lines)++;
        }
    if (*lines && options->kwic != KWIC_RANK)
        qsort(line, *lines, sizeof(*line), compare);
    return line;
}

static void
release(struct line *line, size_t lines)
{
    for (size_t i = 0; i < lines; i++)
        buf_release(&line[i].order);
    free(line);
}

/* --- for people ----------------------------------------------------------- */

static void
add_blanks(struct printer *printer, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_byte(printer->out, ' ');
}

/* Bytes of the first so many columns, and where the last so many begin. */
static size_t
first_columns(const char *text, size_t size, size_t columns)
{
    size_t at = 0;

    while (at < size && columns--)
        for (at++; at < size && ((unsigned char)text[at] & 0xc0) == 0x80;)
            at++;
    return at;
}

static size_t
last_columns(const char *text, size_t size, size_t columns)
{
    size_t all = printer_columns(text, size);

    return all > columns ? first_columns(text, size, all - columns) : 0;
}

/* A text in so many columns. */
static void
print_column(struct printer *printer, const char *text, size_t size,
             size_t columns, const char *color)
{
    size_t end = first_columns(text, size, columns);

    printer_fixed(printer, text, end, color);
    add_blanks(printer, columns - printer_columns(text, end));
}

static void
print_line(struct printer *printer, const struct line *line, size_t side)
{
    const struct hit *hit = line->hit;
    const struct buf *name = hit->url.size ? &hit->url : &hit->key;
    struct buf day = BUF_INIT;
    size_t size;
    const char *text;
    size_t from;

    render_day(&day, &hit->published);
    print_column(printer, day.data, day.size, DATE, PRINTER_FACTS);
    add_blanks(printer, 2);
    print_column(printer, hit->publication.data, hit->publication.size, SOURCE,
                 PRINTER_FACTS);
    add_blanks(printer, 2);
    text = left_of(line, &size);
    from = last_columns(text, size, side);
    add_blanks(printer, side - printer_columns(text + from, size - from));
    printer_fixed(printer, text + from, size - from, PRINTER_PLAIN);
    text = match_of(line, &size);
    printer_fixed(printer, text, size, PRINTER_MATCH);
    text = right_of(line, &size);
    print_column(printer, text, size, side, PRINTER_PLAIN);
    add_blanks(printer, 2);
    printer_fixed(printer, name->data, name->size, PRINTER_PLAIN);
    buf_add_byte(printer->out, '\n');
    buf_release(&day);
}

void
render_kwic_text(struct buf *out, const struct search_result *result,
                 const struct render_options *options)
{
    struct printer printer = {.out = out, .options = options};
    size_t width = options->width;
    size_t side = !width ? SIDE_USUAL
                  : width > FACTS + OTHERS + 2 * SIDE_LEAST
                      ? (width - FACTS - OTHERS) / 2
                      : SIDE_LEAST;
    size_t lines;
    struct line *line = gather(result, options, &lines);

    for (size_t i = 0; i < lines; i++)
        print_line(&printer, &line[i], side);
    release(line, lines);
}

/* --- for programs --------------------------------------------------------- */

static void
add_value(struct buf *out, const char *text, size_t size, char between)
{
    struct buf plain = BUF_INIT;

    utf8_plain(&plain, text, size);
    buf_trim(&plain);
    render_table_value(out, &plain, between);
    buf_release(&plain);
}

static void
add_row(struct buf *out, const struct line *line, char between)
{
    const struct hit *hit = line->hit;
    struct buf day = BUF_INIT;
    size_t size;
    const char *text;

    render_day(&day, &hit->published);
    buf_printf(out, "%zu%c", line->rank, between);
    add_value(out, day.data, day.size, between);
    buf_add_byte(out, between);
    add_value(out, hit->publication.data, hit->publication.size, between);
    buf_add_byte(out, between);
    add_value(out, hit->key.data, hit->key.size, between);
    buf_add_byte(out, between);
    text = left_of(line, &size);
    add_value(out, text, size, between);
    buf_add_byte(out, between);
    text = match_of(line, &size);
    add_value(out, text, size, between);
    buf_add_byte(out, between);
    text = right_of(line, &size);
    add_value(out, text, size, between);
    buf_add_text(out, between == ',' ? "\r\n" : "\n");
    buf_release(&day);
}

void
render_kwic_table(struct buf *out, const struct search_result *result,
                  const struct render_options *options, char between)
{
    static const char *const names[] = {"rank", "date",  "source", "key",
                                        "left", "match", "right"};
    size_t lines;
    struct line *line = gather(result, options, &lines);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (i)
            buf_add_byte(out, between);
        buf_add_text(out, names[i]);
    }
    buf_add_text(out, between == ',' ? "\r\n" : "\n");
    for (size_t i = 0; i < lines; i++)
        add_row(out, &line[i], between);
    release(line, lines);
}
