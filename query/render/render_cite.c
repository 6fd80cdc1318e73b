#include <inttypes.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/fnv.h"
#include "corpus/base/utf8.h"
#include "corpus/date/calendar.h"
#include "query/render/names.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 * RIS, BibTeX and CSL-JSON: what reference managers read.
 *
 * An article has the same citation key whatever it was found by, and no other
 * article has it: files of several searches can be put together.
 */
enum {
    KEY_LETTERS = 8, /* of a name and of a word of the headline */
    KEY_DIGITS = 6   /* of five bits */
};

/* The first letters of a text, of those that keys can have. */
static void
add_letters(struct buf *out, const char *text, size_t size)
{
    size_t letters = 0;

    for (size_t i = 0; i < size && letters < KEY_LETTERS; i++)
        if (ascii_is_letter(text[i])) {
            buf_add_byte(out, ascii_lower(text[i]));
            letters++;
        } else if (letters && text[i] == ' ') {
            return;
        }
}

/* kim2014ministers-3fk7q2a: who, when, what, and a number made of the
 * article's key, which nothing else has. */
static void
add_key(struct buf *out, const struct hit *hit)
{
    static const char digits[] = "abcdefghijkmnpqrstuvwxyz23456789";
    uint32_t hash = fnv_add_bytes(FNV_START, hit->key.data, hit->key.size);
    struct cited_name name = {BUF_INIT, BUF_INIT, BUF_INIT};
    int year = 0;
    int month = 0;
    int day = 0;

    if (hit->authors.count)
        cited_name_read(&name, hit->authors.item[0]);
    else
        buf_set(&name.family, hit->publication.data, hit->publication.size);
    add_letters(out, name.family.data, name.family.size);
    cited_name_release(&name);
    if (!out->size || !ascii_is_letter(out->data[out->size - 1]))
        buf_add_text(out, "article");
    if (hit->published.precision != DATE_NONE) {
        date_day(&hit->published, &year, &month, &day);
        buf_printf(out, "%d", year);
    }
    add_letters(out, hit->headline.text.data, hit->headline.text.size);
    buf_add_byte(out, '-');
    for (int i = 0; i < KEY_DIGITS; i++) {
        buf_add_byte(out, digits[hash & 31]);
        hash >>= 5;
    }
}

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

static void
ris_authors(struct buf *out, const struct hit *hit)
{
    for (size_t i = 0; i < hit->authors.count; i++) {
        struct cited_name name;
        struct buf text = BUF_INIT;

        cited_name_read(&name, hit->authors.item[i]);
        cited_name_print(&name, &text);
        ris_buf(out, "AU", &text);
        cited_name_release(&name);
        buf_release(&text);
    }
    if (!hit->authors.count)
        ris_buf(out, "AU", &hit->byline);
}

/* The day when it was fetched, for who reads it in the net. */
static void
ris_access(struct buf *out, const struct hit *hit)
{
    int year;
    int month;
    int day;

    if (hit->seen.precision < DATE_DAY || !hit->url.size)
        return;
    date_day(&hit->seen, &year, &month, &day);
    buf_printf(out, "Y2  - %04d/%02d/%02d/\r\n", year, month, day);
}

void
render_ris(struct buf *out, const struct search_result *result,
           const struct render_options *options)
{
    struct buf receipt = BUF_INIT;

    (void)options;
    render_receipt(&receipt, &result->receipt);
    for (size_t i = 0; i < result->hits; i++) {
        const struct hit *hit = &result->hit[i];

        buf_add_text(out, "TY  - NEWS\r\n");
        ris_buf(out, "TI", &hit->headline.text);
        ris_authors(out, hit);
        ris_buf(out, "T2", &hit->publication);
        ris_buf(out, "SE", &hit->section);
        ris_buf(out, "CY", &hit->dateline);
        ris_date(out, &hit->published);
        ris_access(out, hit);
        ris_buf(out, "LA", &hit->language);
        ris_buf(out, "UR", &hit->url);
        ris_buf(out, "ID", &hit->key);
        ris_buf(out, "AB", &hit->snippet.text);
        ris_buf(out, "N1", &receipt);
        buf_add_text(out, "ER  - \r\n\r\n");
    }
    buf_release(&receipt);
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

/* One that is not taken apart is in braces, or "and" in it would part it. */
static void
bib_name(struct buf *out, const struct cited_name *name)
{
    if (!name->given.size)
        buf_add_byte(out, '{');
    add_tex(out, name->family.data, name->family.size);
    if (!name->given.size)
        buf_add_byte(out, '}');
    if (name->suffix.size) {
        buf_add_text(out, ", ");
        add_tex(out, name->suffix.data, name->suffix.size);
    }
    if (name->given.size) {
        buf_add_text(out, ", ");
        add_tex(out, name->given.data, name->given.size);
    }
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
        struct cited_name name;

        if (i)
            buf_add_text(out, " and ");
        cited_name_read(&name, hit->authors.item[i]);
        bib_name(out, &name);
        cited_name_release(&name);
    }
    buf_add_byte(out, '}');
}

/* In two pairs of braces no style changes its capitals. */
static void
bib_title(struct buf *out, const struct buf *title)
{
    if (!title->size)
        return;
    buf_add_text(out, ",\n  title = {{");
    add_tex(out, title->data, title->size);
    buf_add_text(out, "}}");
}

/* By year, month and day: a date beside them is one too many for some. */
static void
bib_date(struct buf *out, const struct date *date)
{
    int year;
    int month;
    int day;

    if (date->precision == DATE_NONE)
        return;
    date_day(date, &year, &month, &day);
    buf_printf(out, ",\n  year = {%d}", year);
    if (date->precision >= DATE_MONTH && month >= 1 && month <= 12)
        buf_printf(out, ",\n  month = %c%c%c",
                   ascii_lower(calendar_months[month - 1][0]),
                   calendar_months[month - 1][1],
                   calendar_months[month - 1][2]);
    if (date->precision >= DATE_DAY)
        buf_printf(out, ",\n  day = {%d}", day);
}

void
render_bibtex(struct buf *out, const struct search_result *result,
              const struct render_options *options)
{
    struct buf receipt = BUF_INIT;

    (void)options;
    render_receipt(&receipt, &result->receipt);
    for (size_t i = 0; i < result->hits; i++) {
        const struct hit *hit = &result->hit[i];
        struct buf seen = BUF_INIT;

        buf_add_text(out, "@article{");
        add_key(out, hit);
        buf_add_text(out, ",\n  entrysubtype = {newspaper}");
        bib_title(out, &hit->headline.text);
        bib_authors(out, hit);
        bib_field(out, "journal", &hit->publication);
        bib_date(out, &hit->published);
        bib_field(out, "language", &hit->language);
        bib_url(out, &hit->url);
        if (hit->url.size && hit->seen.precision >= DATE_DAY)
            render_day(&seen, &hit->seen);
        bib_field(out, "urldate", &seen);
        bib_field(out, "note", &receipt);
        buf_add_text(out, "\n}\n\n");
        buf_release(&seen);
    }
    buf_release(&receipt);
}

/* --- CSL-JSON ------------------------------------------------------------- */

static void
csl_text(struct buf *out, const char *name, const struct buf *text)
{
    if (!text->size)
        return;
    buf_printf(out, ",\"%s\":", name);
    utf8_json(out, text->data, text->size);
}

static void
csl_date(struct buf *out, const char *name, const struct date *date)
{
    int year;
    int month;
    int day;

    if (date->precision == DATE_NONE)
        return;
    date_day(date, &year, &month, &day);
    buf_printf(out, ",\"%s\":{\"date-parts\":[[%d", name, year);
    if (date->precision >= DATE_MONTH)
        buf_printf(out, ",%d", month);
    if (date->precision >= DATE_DAY)
        buf_printf(out, ",%d", day);
    buf_add_text(out, "]]}");
}

static void
csl_name(struct buf *out, const struct cited_name *name)
{
    buf_add_text(out, name->given.size ? "{\"family\":" : "{\"literal\":");
    utf8_json(out, name->family.data, name->family.size);
    csl_text(out, "given", &name->given);
    csl_text(out, "suffix", &name->suffix);
    buf_add_byte(out, '}');
}

static void
csl_authors(struct buf *out, const struct hit *hit)
{
    struct cited_name name = {hit->byline, BUF_INIT, BUF_INIT};

    if (!hit->authors.count && !hit->byline.size)
        return;
    buf_add_text(out, ",\"author\":[");
    if (!hit->authors.count)
        csl_name(out, &name);
    for (size_t i = 0; i < hit->authors.count; i++) {
        if (i)
            buf_add_byte(out, ',');
        cited_name_read(&name, hit->authors.item[i]);
        csl_name(out, &name);
        cited_name_release(&name);
    }
    buf_add_byte(out, ']');
}

void
render_csl(struct buf *out, const struct search_result *result,
           const struct render_options *options)
{
    bool any = options->goes_on;
    struct buf receipt = BUF_INIT;

    render_receipt(&receipt, &result->receipt);
    if (!any)
        buf_add_byte(out, '[');
    for (size_t i = 0; i < result->hits; i++, any = true) {
        const struct hit *hit = &result->hit[i];

        buf_add_text(out, any ? ",\n{\"id\":\"" : "\n{\"id\":\"");
        add_key(out, hit);
        buf_add_text(out, "\",\"type\":\"article-newspaper\"");
        csl_text(out, "title", &hit->headline.text);
        csl_authors(out, hit);
        csl_text(out, "container-title", &hit->publication);
        csl_text(out, "section", &hit->section);
        csl_text(out, "publisher-place", &hit->dateline);
        csl_date(out, "issued", &hit->published);
        if (hit->url.size)
            csl_date(out, "accessed", &hit->seen);
        csl_text(out, "URL", &hit->url);
        csl_text(out, "language", &hit->language);
        csl_text(out, "note", &receipt);
        buf_add_byte(out, '}');
    }
    if (!options->stays_open)
        buf_add_text(out, "]\n");
    buf_release(&receipt);
}
