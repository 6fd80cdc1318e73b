#include <inttypes.h>
#include <string.h>

#include "corpus/base/utf8.h"
#include "query/render/printer.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"
#include "query/search/fields.h"

/*
 *   year  154 articles
 *      148   96.1%    0.68%  1987  ########################################
 *        0    0.0%    0.00%  1988
 *        6    3.9%    0.01%  1989  #
 *
 * Beside a count stands its share of all articles that match and, of a year or
 * month, the share that it is of what the archive has of that time: a year may
 * have many because of it there is much.
 */
enum {
    NAME_MOST = 40, /* columns */
    BAR_USUAL = 40,
    BAR_LEAST = 10,
    BEFORE_NAME = 10 + 8, /* count and share */
    HELD = 9              /* and the other share */
};

/* A share in ten-thousandths, rounded. */
static uint64_t
share(uint64_t part, uint64_t whole)
{
    return whole ? (part * 10000 + whole / 2) / whole : 0;
}

static void
add_share(struct buf *out, uint64_t part, uint64_t whole, bool fine)
{
    uint64_t all = share(part, whole);

    if (fine)
        buf_printf(out, "  %3" PRIu64 ".%02" PRIu64 "%%", all / 100, all % 100);
    else
        buf_printf(out, "  %3" PRIu64 ".%" PRIu64 "%%", (all + 5) / 100,
                   (all + 5) % 100 / 10);
}

/* How many values are shown.  Of dates all are: they are an axis. */
static size_t
shown_of(enum search_facet which, const struct facet *facet,
         const struct render_options *options)
{
    size_t limit = which < FACET_YEAR ? options->facet_limit : 0;

    return limit && facet->values > limit ? limit : facet->values;
}

/* Is it known how many articles the archive has of a value? */
static bool
is_held(enum search_facet which)
{
    return which == FACET_YEAR || which == FACET_MONTH;
}

static void
add_line(struct buf *out, const struct facet_value *value, uint64_t total,
         bool held)
{
    buf_printf(out, "%8" PRIu64, value->count);
    add_share(out, value->count, total, false);
    if (held)
        add_share(out, value->count, value->held, true);
    buf_add_text(out, "  ");
    utf8_plain(out, value->name, strlen(value->name));
}

static size_t
widest(const struct facet *facet, size_t shown)
{
    size_t most = facet->none ? strlen("(none)") : 0;

    for (size_t i = 0; i < shown; i++) {
        const char *name = facet->value[i].name;
        size_t columns = printer_columns(name, strlen(name));

        if (columns > most)
            most = columns;
    }
    return most < NAME_MOST ? most : NAME_MOST;
}

static void
add_bar(struct buf *out, const struct facet_value *value, size_t names,
        uint64_t most, size_t room)
{
    size_t columns = printer_columns(value->name, strlen(value->name));
    uint64_t bar = value->count * room / (most ? most : 1);

    if (!value->count || columns > names)
        return;
    for (size_t i = columns; i < names + 2; i++)
        buf_add_byte(out, ' ');
    for (uint64_t i = 0; i < (bar ? bar : 1); i++)
        buf_add_byte(out, '#');
}

static void
print_facet(struct buf *out, enum search_facet which,
            const struct search_result *result,
            const struct render_options *options)
{
    const struct facet *facet = &result->facet[which];
    size_t shown = shown_of(which, facet, options);
    size_t names = widest(facet, shown);
    bool held = is_held(which);
    size_t before = (size_t)BEFORE_NAME + (held ? HELD : 0U) + names + 2;
    size_t room = options->width > before + BAR_LEAST ? options->width - before
                  : options->width                    ? BAR_LEAST
                                                      : BAR_USUAL;
    uint64_t most = 0;

    buf_printf(out, "%s  %s%" PRIu64 " article%s\n", search_facet_name(which),
               facet->about ? "about, of " : "", result->total,
               result->total == 1 ? "" : "s");
    for (size_t i = 0; i < shown; i++)
        if (facet->value[i].count > most)
            most = facet->value[i].count;
    for (size_t i = 0; i < shown; i++) {
        add_line(out, &facet->value[i], result->total, held);
        add_bar(out, &facet->value[i], names, most, room);
        buf_add_byte(out, '\n');
    }
    if (facet->none) {
        struct facet_value none = {(char[]){"(none)"}, facet->none, 0};

        add_line(out, &none, result->total, false);
        buf_add_byte(out, '\n');
    }
    if (shown < facet->values)
        buf_printf(out, "          and %zu more; --facet-limit 0 shows all\n",
                   facet->values - shown);
    buf_add_byte(out, '\n');
}

/* Was it counted?  One without any value has at least those that have none. */
static bool
is_there(const struct facet *facet)
{
    return facet->values || facet->none;
}

void
render_counts_text(struct buf *out, const struct search_result *result,
                   const struct render_options *options)
{
    for (int i = 0; i < FACET_COUNT; i++)
        if (is_there(&result->facet[i]))
            print_facet(out, (enum search_facet)i, result, options);
}

/* --- for programs --------------------------------------------------------- */

static void
add_number(struct buf *out, uint64_t part, uint64_t whole)
{
    uint64_t all = share(part, whole);

    buf_printf(out, "%" PRIu64 ".%02" PRIu64, all / 100, all % 100);
}

/* A row of a table; a value that is none has no name. */
static void
add_row(struct buf *out, enum search_facet which,
        const struct facet_value *value, uint64_t total, char between)
{
    struct buf name = BUF_INIT;

    utf8_plain(&name, value->name, strlen(value->name));
    buf_printf(out, "%s%c", search_facet_name(which), between);
    render_table_value(out, &name, between);
    buf_printf(out, "%c%" PRIu64 "%c", between, value->count, between);
    add_number(out, value->count, total);
    buf_add_byte(out, between);
    if (is_held(which) && *value->name)
        buf_printf(out, "%" PRIu64, value->held);
    buf_add_text(out, between == ',' ? "\r\n" : "\n");
    buf_release(&name);
}

void
render_counts_table(struct buf *out, const struct search_result *result,
                    const struct render_options *options, char between)
{
    buf_printf(out, "facet%cvalue%ccount%cper_cent%cheld%s", between, between,
               between, between, between == ',' ? "\r\n" : "\n");
    for (int i = 0; i < FACET_COUNT; i++) {
        const struct facet *facet = &result->facet[i];
        enum search_facet which = (enum search_facet)i;
        struct facet_value none = {(char[]){""}, facet->none, 0};

        for (size_t k = 0; k < shown_of(which, facet, options); k++)
            add_row(out, which, &facet->value[k], result->total, between);
        if (facet->none)
            add_row(out, which, &none, result->total, between);
    }
}

static void
add_object(struct buf *out, enum search_facet which, bool about,
           const struct facet_value *value)
{
    const char *name = value->name;

    buf_add_text(out, "\"name\":");
    if (name)
        utf8_json(out, name, strlen(name));
    else
        buf_add_text(out, "null");
    buf_printf(out, ",\"count\":%" PRIu64, value->count);
    if (is_held(which) && name)
        buf_printf(out, ",\"held\":%" PRIu64, value->held);
    if (about)
        buf_add_text(out, ",\"about\":true");
    buf_add_byte(out, '}');
}

void
render_counts_json(struct buf *out, const struct search_result *result,
                   enum search_facet which,
                   const struct render_options *options)
{
    const struct facet *facet = &result->facet[which];

    buf_add_byte(out, '[');
    for (size_t i = 0; i < shown_of(which, facet, options); i++) {
        buf_add_text(out, i ? ",{" : "{");
        add_object(out, which, facet->about, &facet->value[i]);
    }
    buf_add_byte(out, ']');
}

void
render_counts_jsonl(struct buf *out, const struct search_result *result,
                    const struct render_options *options)
{
    for (int i = 0; i < FACET_COUNT; i++) {
        const struct facet *facet = &result->facet[i];
        const struct facet_value none = {NULL, facet->none, 0};
        enum search_facet which = (enum search_facet)i;
        const char *name = search_facet_name(which);

        for (size_t k = 0; k < shown_of(which, facet, options); k++) {
            buf_printf(out, "{\"facet\":\"%s\",", name);
            add_object(out, which, facet->about, &facet->value[k]);
            buf_add_byte(out, '\n');
        }
        if (!facet->none)
            continue;
        buf_printf(out, "{\"facet\":\"%s\",", name);
        add_object(out, which, facet->about, &none);
        buf_add_byte(out, '\n');
    }
}
