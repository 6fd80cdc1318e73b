#include <inttypes.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/render/printer.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"
#include "query/search/fields.h"

/*
 *   1. Seoul, Washington agree to delay Opcon transfer
 *      2014-10-24  The Herald  Kim Tae-gyu
 *      ... to postpone the transfer of wartime operational control ...
 *      herald:20141024-1  /srv/news/2014.jsonl
 */
enum {
    MARGIN = 4
};

/* OSC 8: the terminal makes the headline a link.  Only bytes that a URL may
 * have get into it. */
static void
add_address(struct buf *out, const char *text, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c > 0x20 && c < 0x7f) {
            buf_add_byte(out, (char)c);
        } else {
            buf_add_byte(out, '%');
            buf_add_byte(out, digits[c >> 4]);
            buf_add_byte(out, digits[c & 15]);
        }
    }
}

/* A place in the form of a link: "{path}".  Returns its size, 0 if it is
 * none. */
static size_t
add_place(struct buf *out, const char *form, const struct hit *hit,
          const char *host)
{
    const struct {
        const char *name;
        const char *text;
        size_t size;
    } places[] = {
        {"{url}", hit->url.data, hit->url.size},
        {"{path}", hit->path.data, hit->path.size},
        {"{key}", hit->key.data, hit->key.size},
        {"{host}", host ? host : "", host ? strlen(host) : 0},
    };

    for (size_t i = 0; i < COUNT(places); i++) {
        size_t size = strlen(places[i].name);

        if (strncmp(form, places[i].name, size) != 0)
            continue;
        add_address(out, places[i].text, places[i].size);
        return size;
    }
    return 0;
}

static const char *
form_of(const struct printer *printer, const struct hit *hit)
{
    if (!printer->options->links)
        return "";
    if (printer->options->link)
        return printer->options->link;
    if (hit->url.size)
        return "{url}";
    return hit->path.size && hit->path.data[0] == '/' ? "file://{host}{path}"
                                                      : "";
}

static bool
print_link(struct printer *printer, const struct hit *hit)
{
    const char *form = form_of(printer, hit);
    struct buf address = BUF_INIT;

    while (*form) {
        size_t size = add_place(&address, form, hit, printer->options->host);

        if (!size)
            add_address(&address, form, 1);
        form += size ? size : 1;
    }
    if (address.size)
        buf_printf(printer->out, "\033]8;;%s\033\\", address.data);
    buf_release(&address);
    return *form_of(printer, hit) != '\0';
}

static void
print_headline(struct printer *printer, const struct hit *hit)
{
    bool link = print_link(printer, hit);

    if (hit->headline.text.size)
        printer_marked(printer, &hit->headline, PRINTER_HEADLINE);
    else
        printer_string(printer, "(no headline)", PRINTER_PLAIN);
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
    printer_fixed(printer, facts.data, facts.size, PRINTER_FACTS);
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
    printer_fixed(printer, line.data, line.size, PRINTER_FACTS);
    buf_release(&line);
    print_headline(printer, hit);
    printer_fixed(printer, "  ", 2, PRINTER_PLAIN);
    printer_fixed(printer, hit->url.size ? hit->url.data : hit->key.data,
                  hit->url.size ? hit->url.size : hit->key.size, PRINTER_PLAIN);
    buf_add_byte(printer->out, '\n');
}

/* What to ask for it by, and where it is.  An address is both, and a key that
 * is made of the path of its file is so, too. */
static void
print_way(struct printer *printer, const struct hit *hit)
{
    size_t path = hit->path.size;

    if (hit->url.size) {
        printer_fixed(printer, hit->url.data, hit->url.size, PRINTER_PLAIN);
        return;
    }
    printer_fixed(printer, hit->key.data, hit->key.size, PRINTER_PLAIN);
    if (hit->key.size >= path &&
        memcmp(hit->key.data, hit->path.data, path) == 0)
        return;
    printer_fixed(printer, "  ", 2, PRINTER_PLAIN);
    printer_fixed(printer, hit->path.data, path, PRINTER_PLAIN);
}

/* In which of several archives. */
static void
print_archive(struct printer *printer, const struct hit *hit)
{
    if (!hit->archive.size)
        return;
    printer_fixed(printer, "  in ", 5, PRINTER_PLAIN);
    printer_fixed(printer, hit->archive.data, hit->archive.size, PRINTER_PLAIN);
}

/* "+2 copies in 2 papers, first 1987-03-09: 4, 7". */
static void
print_copies(struct printer *printer, const struct search_result *result,
             size_t hit)
{
    struct buf line = BUF_INIT;

    render_copies(&line, result, hit, printer->options->offset);
    if (line.size) {
        printer_new_line(printer);
        printer_fixed(printer, line.data, line.size, PRINTER_FACTS);
    }
    buf_release(&line);
}

/* Hit `i` of the result. */
static void
print_hit(struct printer *printer, const struct search_result *result, size_t i)
{
    const struct hit *hit = &result->hit[i];
    size_t number = printer->options->offset + i + 1;
    struct buf rank = BUF_INIT;

    buf_printf(&rank, "%2zu. ", number);
    buf_add(printer->out, rank.data, rank.size);
    printer->margin = MARGIN;
    printer->column = rank.size;
    buf_release(&rank);
    print_headline(printer, hit);
    printer_new_line(printer);
    print_facts(printer, hit);
    if (hit->snippet.text.size) {
        printer_new_line(printer);
        printer_marked(printer, &hit->snippet, PRINTER_PLAIN);
    }
    printer_new_line(printer);
    print_way(printer, hit);
    print_archive(printer, hit);
    print_copies(printer, result, i);
    if (hit->explanation.size)
        for (const char *line = hit->explanation.data; *line;) {
            size_t size = strcspn(line, "\n");

            printer_new_line(printer);
            utf8_plain(printer->out, line, size);
            line += size;
            line += *line == '\n';
        }
    buf_add_text(printer->out, "\n\n");
}

void
render_text(struct buf *out, const struct search_result *result,
            const struct render_options *options)
{
    struct printer printer = {out, options, 0, MARGIN};

    if (options->template) {
        render_template(out, result, options);
        return;
    }
    if (options->near) {
        render_near_text(out, result);
        return;
    }
    if (options->keywords)
        render_kwic_text(out, result, options);
    for (size_t i = 0; !options->keywords && i < result->hits; i++) {
        if (options->whole)
            render_article(out, &result->hit[i], options);
        else if (options->one_line)
            print_one_line(&printer, &result->hit[i]);
        else if (!result->hit[i].copy_of)
            print_hit(&printer, result, i);
    }
    render_counts_text(out, result, options);
}
