#include <inttypes.h>
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"
#include "query/search/fields.h"

/*
 *   1. Seoul, Washington agree to delay Opcon transfer
 *      2014-10-24  The Herald  Kim Tae-gyu
 *      ... to postpone the transfer of wartime operational control ...
 *      /srv/news/2014/10/24/1.html
 *
 * Colour marks what matched and nothing else but the headline and the line
 * below it.  Whatever an article contains, no control character gets out.
 */
static const char *const start_match = "\033[1;31m";
static const char *const start_headline = "\033[1m";
static const char *const start_facts = "\033[36m";
static const char *const stop = "\033[0m";

enum {
    MARGIN = 4
};

/* Words go to the terminal one by one, so that lines break between them. */
struct printer {
    struct buf *out;
    const struct render_options *options;
    size_t column;
    size_t margin;
};

static void
paint(struct printer *printer, const char *code)
{
    if (printer->options->color)
        buf_add_text(printer->out, code);
}

static void
new_line(struct printer *printer)
{
    buf_add_byte(printer->out, '\n');
    for (size_t i = 0; i < printer->margin; i++)
        buf_add_byte(printer->out, ' ');
    printer->column = printer->margin;
}

/* Characters, not bytes; good enough to break lines by. */
static size_t
columns_of(const char *text, size_t size)
{
    size_t columns = 0;

    for (size_t i = 0; i < size; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}

/* A piece without marks in it; `size` bytes. */
static void
print_words(struct printer *printer, const char *text, size_t size,
            const char *code)
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
            printer->column + 1 + columns_of(text + blank, word) > width &&
            printer->column > printer->margin) {
            /* Colour must not run over the margin. */
            paint(printer, stop);
            new_line(printer);
            paint(printer, code);
        } else if (blank) {
            buf_add_byte(printer->out, ' ');
            printer->column++;
        }
        buf_add(printer->out, text + blank, word);
        printer->column += columns_of(text + blank, word);
        text += blank + word;
        size -= blank + word;
    }
}

static void
print_piece(struct printer *printer, const char *text, size_t size,
            const char *code)
{
    struct buf plain = BUF_INIT;

    utf8_plain(&plain, text, size);
    paint(printer, code);
    print_words(printer, plain.data, plain.size, code);
    if (*code)
        paint(printer, stop);
    buf_release(&plain);
}

static void
print_marked(struct printer *printer, const struct marked *marked,
             const char *code)
{
    size_t at = 0;

    if (marked->cut_before)
        print_piece(printer, "\u2026 ", strlen("\u2026 "), "");
    for (size_t i = 0; i < marked->spans; i++) {
        const struct span *span = &marked->span[i];

        if (span->start > at)
            print_piece(printer, marked->text.data + at, span->start - at,
                        code);
        print_piece(printer, marked->text.data + span->start,
                    span->end - span->start, start_match);
        at = span->end;
    }
    if (at < marked->text.size)
        print_piece(printer, marked->text.data + at, marked->text.size - at,
                    code);
    if (marked->cut_after)
        print_piece(printer, " \u2026", strlen(" \u2026"), "");
}

/* OSC 8: the terminal makes the headline a link.  Only bytes that a URL may
 * have get into it. */
static void
print_link(struct printer *printer, const struct buf *url)
{
    static const char digits[] = "0123456789ABCDEF";

    if (!printer->options->links || !url->size)
        return;
    buf_add_text(printer->out, "\033]8;;");
    for (size_t i = 0; i < url->size; i++) {
        unsigned char c = (unsigned char)url->data[i];

        if (c > 0x20 && c < 0x7f) {
            buf_add_byte(printer->out, (char)c);
        } else {
            buf_add_byte(printer->out, '%');
            buf_add_byte(printer->out, digits[c >> 4]);
            buf_add_byte(printer->out, digits[c & 15]);
        }
    }
    buf_add_text(printer->out, "\033\\");
}

static void
print_headline(struct printer *printer, const struct hit *hit)
{
    bool link = printer->options->links && hit->url.size;

    print_link(printer, &hit->url);
    if (hit->headline.text.size)
        print_marked(printer, &hit->headline, start_headline);
    else
        print_piece(printer, "(no headline)", strlen("(no headline)"), "");
    if (link)
        buf_add_text(printer->out, "\033]8;;\033\\");
}

static void
print_facts(struct printer *printer, const struct hit *hit)
{
    struct buf facts = BUF_INIT;

    if (hit->published.precision == DATE_NONE)
        buf_add_text(&facts, "undated");
    else
        render_day(&facts, &hit->published);
    if (hit->publication.size)
        buf_printf(&facts, "  %s", hit->publication.data);
    if (hit->authors.count || hit->byline.size) {
        buf_add_text(&facts, "  ");
        render_byline(&facts, hit);
    }
    /* Two blanks stand between the parts; words are joined by one. */
    paint(printer, start_facts);
    utf8_plain(printer->out, facts.data, facts.size);
    paint(printer, stop);
    buf_release(&facts);
}

static void
print_one_line(struct printer *printer, const struct hit *hit)
{
    struct buf line = BUF_INIT;

    render_day(&line, &hit->published);
    if (!line.size)
        buf_add_text(&line, "undated   ");
    buf_add_text(&line, "  ");
    utf8_plain(&line, hit->publication.data, hit->publication.size);
    if (hit->publication.size)
        buf_add_text(&line, "  ");
    paint(printer, start_facts);
    buf_add(printer->out, line.data, line.size);
    paint(printer, stop);
    buf_release(&line);
    print_headline(printer, hit);
    buf_add_byte(printer->out, '\n');
}

/* Right-aligned up to the match, so that matches stand below each other. */
static void
print_keywords(struct printer *printer, const struct hit *hit)
{
    for (size_t i = 0; i < hit->kwics; i++) {
        const struct marked *line = &hit->kwic[i];
        size_t before =
            columns_of(line->text.data, line->spans ? line->span[0].start : 0);

        for (; before < 50; before++)
            buf_add_byte(printer->out, ' ');
        for (size_t at = 0, j = 0; j <= line->spans; j++) {
            size_t start =
                j < line->spans ? line->span[j].start : line->text.size;

            utf8_plain(printer->out, line->text.data + at, start - at);
            if (j == line->spans)
                break;
            paint(printer, start_match);
            utf8_plain(printer->out, line->text.data + start,
                       line->span[j].end - start);
            paint(printer, stop);
            at = line->span[j].end;
        }
        buf_add_byte(printer->out, '\n');
    }
}

static void
print_hit(struct printer *printer, const struct hit *hit, size_t number)
{
    struct buf rank = BUF_INIT;

    buf_printf(&rank, "%2zu. ", number);
    buf_add(printer->out, rank.data, rank.size);
    printer->margin = MARGIN;
    printer->column = rank.size;
    buf_release(&rank);
    print_headline(printer, hit);
    new_line(printer);
    print_facts(printer, hit);
    if (hit->snippet.text.size) {
        new_line(printer);
        print_marked(printer, &hit->snippet, "");
    }
    new_line(printer);
    utf8_plain(printer->out, hit->url.size ? hit->url.data : hit->path.data,
               hit->url.size ? hit->url.size : hit->path.size);
    if (hit->explanation.size)
        for (const char *line = hit->explanation.data; *line;) {
            size_t size = strcspn(line, "\n");

            new_line(printer);
            utf8_plain(printer->out, line, size);
            line += size;
            line += *line == '\n';
        }
    buf_add_text(printer->out, "\n\n");
}

/* A bar of at most 40 for the most frequent value. */
static void
print_facet(struct printer *printer, enum search_facet which,
            const struct facet *facet)
{
    uint64_t most = 1;

    if (!facet->values)
        return;
    buf_printf(printer->out, "%s\n", search_facet_name(which));
    for (size_t i = 0; i < facet->values; i++)
        if (facet->value[i].count > most)
            most = facet->value[i].count;
    for (size_t i = 0; i < facet->values; i++) {
        uint64_t bar = facet->value[i].count * 40 / most;

        buf_printf(printer->out, "%8" PRIu64 "  ", facet->value[i].count);
        for (uint64_t j = 0; j < (bar ? bar : 1); j++)
            buf_add_byte(printer->out, '#');
        buf_add_text(printer->out, "  ");
        utf8_plain(printer->out, facet->value[i].name,
                   strlen(facet->value[i].name));
        buf_add_byte(printer->out, '\n');
    }
    buf_add_byte(printer->out, '\n');
}

void
render_text(struct buf *out, const struct search_result *result,
            const struct render_options *options)
{
    struct printer printer = {out, options, 0, MARGIN};

    for (size_t i = 0; i < result->hits; i++) {
        if (options->one_line)
            print_one_line(&printer, &result->hit[i]);
        else if (options->keywords)
            print_keywords(&printer, &result->hit[i]);
        else
            print_hit(&printer, &result->hit[i], options->offset + i + 1);
    }
    for (int i = 0; i < FACET_COUNT; i++)
        print_facet(&printer, (enum search_facet)i, &result->facet[i]);
}
