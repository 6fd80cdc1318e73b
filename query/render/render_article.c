#include <inttypes.h>
#include <string.h>

#include "query/render/printer.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"
#include "query/search/fields.h"

/*
 *   Ministers agree to delay Opcon transfer
 *   By Kim Tae-gyu
 *   2014-10-24 (dated by the agency) · The Herald · Politics · SEOUL · 412
 * words
 *
 *   The transfer of wartime operational control was put off ...
 *
 *   Pictures
 *     The minister, on Friday. (Agency)
 *
 *   key   herald:20141024-1
 *   url   https://...
 *   file  /srv/news/2014.jsonl, byte 1024
 *   seen  2015-01-02
 */
static const char between[] = " \u00b7 ";

static void
add_fact(struct buf *facts, const struct buf *fact)
{
    if (!fact->size)
        return;
    buf_add_text(facts, between);
    buf_add(facts, fact->data, fact->size);
}

static void
print_facts(struct printer *printer, const struct hit *hit)
{
    struct buf facts = BUF_INIT;

    if (hit->published.precision == DATE_NONE) {
        buf_add_text(&facts, "undated");
    } else {
        render_day(&facts, &hit->published);
        buf_printf(&facts, " (%s)", search_date_title(hit->published_from));
    }
    add_fact(&facts, &hit->publication);
    add_fact(&facts, &hit->section);
    add_fact(&facts, &hit->dateline);
    add_fact(&facts, &hit->language);
    buf_printf(&facts, "%s%" PRIu64 " word%s", between, hit->words,
               hit->words == 1 ? "" : "s");
    printer_piece(printer, facts.data, facts.size, PRINTER_FACTS);
    printer_new_line(printer);
    buf_release(&facts);
}

static void
print_heading(struct printer *printer, const struct hit *hit)
{
    if (hit->headline.text.size)
        printer_marked(printer, &hit->headline, PRINTER_HEADLINE);
    else
        printer_string(printer, "(no headline)", PRINTER_PLAIN);
    printer_new_line(printer);
    if (hit->byline.size) {
        printer_piece(printer, hit->byline.data, hit->byline.size,
                      PRINTER_PLAIN);
        printer_new_line(printer);
    }
    print_facts(printer, hit);
}

/* A paragraph ends with its line; a blank one stands before each. */
static void
print_body(struct printer *printer, const struct marked *body)
{
    const char *text = body->text.data;
    size_t size = body->text.size;

    for (size_t at = 0; at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t stop = end ? (size_t)(end - text) : size;

        if (stop > at) {
            printer_new_line(printer);
            printer_range(printer, body, at, stop, PRINTER_PLAIN);
            printer_new_line(printer);
        }
        at = stop + 1;
    }
}

static void
print_captions(struct printer *printer, const char *line)
{
    if (!*line)
        return;
    printer_new_line(printer);
    printer_string(printer, "Pictures", PRINTER_HEADLINE);
    printer->margin = 2;
    while (*line) {
        size_t size = strcspn(line, "\n");
        size_t text = strcspn(line, "\t\n");

        printer_new_line(printer);
        printer_piece(printer, line, text, PRINTER_PLAIN);
        if (text + 1 < size) {
            printer_string(printer, " (", PRINTER_PLAIN);
            printer_piece(printer, line + text + 1, size - text - 1,
                          PRINTER_PLAIN);
            printer_string(printer, ")", PRINTER_PLAIN);
        }
        line += size;
        line += *line == '\n';
    }
    printer->margin = 0;
    printer_new_line(printer);
}

static void
print_place(struct printer *printer, const char *name, const struct buf *value)
{
    if (!value->size)
        return;
    buf_printf(printer->out, "%-5s ", name);
    printer_fixed(printer, value->data, value->size, PRINTER_PLAIN);
    printer_new_line(printer);
}

/* What it is called, and where it came from. */
static void
print_origin(struct printer *printer, const struct hit *hit)
{
    struct buf text = BUF_INIT;

    printer_new_line(printer);
    print_place(printer, "key", &hit->key);
    print_place(printer, "url", &hit->url);
    if (hit->path.size) {
        buf_add(&text, hit->path.data, hit->path.size);
        if (hit->offset)
            buf_printf(&text, ", byte %" PRIu64, hit->offset);
    }
    print_place(printer, "file", &text);
    print_place(printer, "in", &hit->archive);
    buf_clear(&text);
    render_day(&text, &hit->seen);
    print_place(printer, "seen", &text);
    buf_release(&text);
}

void
render_article(struct buf *out, const struct hit *hit,
               const struct render_options *options)
{
    struct printer printer = {.out = out, .options = options};

    print_heading(&printer, hit);
    print_body(&printer, &hit->body);
    print_captions(&printer, hit->captions.data);
    print_origin(&printer, hit);
}
