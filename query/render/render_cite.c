#include <inttypes.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/utf8.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 * RIS and BibTeX: what reference managers read.
 */

/* One tag a line; line ends inside a value would be tags of their own. */
static void
ris_line(struct buf *out, const char *tag, const char *text, size_t size)
{
    if (!size)
        return;
    buf_printf(out, "%s  - ", tag);
    utf8_plain(out, text, size);
    buf_add_text(out, "\r\n");
}

static void
ris_buf(struct buf *out, const char *tag, const struct buf *text)
{
    ris_line(out, tag, text->data, text->size);
}

/* 2014/10/24/ with what is not known left empty; the slashes are RIS. */
static void
ris_date(struct buf *out, const struct date *date)
{
    int year;
    int month;
    int day;

    if (date->precision == DATE_NONE)
        return;
    date_day(date, &year, &month, &day);
    buf_printf(out, "PY  - %04d\r\nDA  - %04d/", year, year);
    if (date->precision >= DATE_MONTH)
        buf_printf(out, "%02d", month);
    buf_add_byte(out, '/');
    if (date->precision >= DATE_DAY)
        buf_printf(out, "%02d", day);
    buf_add_text(out, "/\r\n");
}

void
render_ris(struct buf *out, const struct search_result *result,
           const struct render_options *options)
{
    (void)options;
    for (size_t i = 0; i < result->hits; i++) {
        const struct hit *hit = &result->hit[i];

        buf_add_text(out, "TY  - NEWS\r\n");
        ris_buf(out, "TI", &hit->headline.text);
        for (size_t j = 0; j < hit->authors.count; j++)
            ris_line(out, "AU", hit->authors.item[j],
                     strlen(hit->authors.item[j]));
        if (!hit->authors.count)
            ris_buf(out, "AU", &hit->byline);
        ris_buf(out, "T2", &hit->publication);
        ris_buf(out, "SE", &hit->section);
        ris_buf(out, "CY", &hit->dateline);
        ris_date(out, &hit->published);
        ris_buf(out, "LA", &hit->language);
        ris_buf(out, "UR", &hit->url);
        ris_buf(out, "ID", &hit->key);
        ris_buf(out, "AB", &hit->snippet.text);
        buf_add_text(out, "ER  - \r\n\r\n");
    }
}

/* What TeX would take for its own; braces must pair, so they go. */
static void
add_tex(struct buf *out, const char *text, size_t size)
{
    struct buf plain = BUF_INIT;

    utf8_plain(&plain, text, size);
    for (size_t i = 0; i < plain.size; i++) {
        char c = plain.data[i];

        if (c == '\\')
            buf_add_text(out, "{\\textbackslash}");
        else if (c == '~')
            buf_add_text(out, "{\\textasciitilde}");
        else if (c == '^')
            buf_add_text(out, "{\\textasciicircum}");
        else if (c == '{' || c == '}')
            buf_add_byte(out, c == '{' ? '(' : ')');
        else if (strchr("%&$#_", c))
            buf_printf(out, "\\%c", c);
        else
            buf_add_byte(out, c);
    }
    buf_release(&plain);
}

static void
bib_field(struct buf *out, const char *name, const struct buf *text)
{
    if (!text->size)
        return;
    buf_printf(out, ",\n  %s = {", name);
    add_tex(out, text->data, text->size);
    buf_add_byte(out, '}');
}

/* It is read verbatim; braces cannot stand in a URL. */
static void
bib_url(struct buf *out, const struct buf *url)
{
    struct buf plain = BUF_INIT;

    utf8_plain(&plain, url->data, url->size);
    if (plain.size)
        buf_add_text(out, ",\n  url = {");
    for (size_t i = 0; i < plain.size; i++)
        if (!strchr("{}", plain.data[i]))
            buf_add_byte(out, plain.data[i]);
    if (plain.size)
        buf_add_byte(out, '}');
    buf_release(&plain);
}

static void
bib_authors(struct buf *out, const struct hit *hit)
{
    if (!hit->authors.count) {
        /* In two pairs of braces it is one name, whatever is in it. */
        if (hit->byline.size) {
            buf_add_text(out, ",\n  author = {{");
            add_tex(out, hit->byline.data, hit->byline.size);
            buf_add_text(out, "}}");
        }
        return;
    }
    buf_add_text(out, ",\n  author = {");
    for (size_t i = 0; i < hit->authors.count; i++) {
        if (i)
            buf_add_text(out, " and ");
        add_tex(out, hit->authors.item[i], strlen(hit->authors.item[i]));
    }
    buf_add_byte(out, '}');
}

/* Keys are letters and digits: herald2014opcon3. */
static void
bib_key(struct buf *out, const struct hit *hit, size_t rank)
{
    const struct buf *parts[] = {&hit->publication, &hit->headline.text};

    for (size_t i = 0; i < 2; i++) {
        size_t letters = 0;

        for (size_t j = 0; j < parts[i]->size && letters < 8; j++) {
            char c = ascii_lower(parts[i]->data[j]);

            if (!ascii_is_letter(c))
                continue;
            buf_add_byte(out, c);
            letters++;
        }
    }
    buf_printf(out, "%zu", rank);
}

void
render_bibtex(struct buf *out, const struct search_result *result,
              const struct render_options *options)
{
    for (size_t i = 0; i < result->hits; i++) {
        const struct hit *hit = &result->hit[i];
        struct buf day = BUF_INIT;

        buf_add_text(out, "@article{");
        bib_key(out, hit, options->offset + i + 1);
        bib_field(out, "title", &hit->headline.text);
        bib_authors(out, hit);
        bib_field(out, "journal", &hit->publication);
        render_day(&day, &hit->published);
        if (day.size >= 4)
            buf_printf(out, ",\n  year = {%.4s}", day.data);
        bib_field(out, "date", &day);
        bib_field(out, "language", &hit->language);
        bib_url(out, &hit->url);
        buf_add_text(out, "\n}\n\n");
        buf_release(&day);
    }
}
