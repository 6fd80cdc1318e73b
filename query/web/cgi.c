#include "query/web/cgi.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/date/date.h"
#include "query/render/markup.h"
#include "query/render/render.h"
#include "query/search/fields.h"
#include "query/watch/saved.h"

/* Longest value of a filter, and of an article's key. */
#define FILTER_BYTES CGI_FILTER_BYTES
#define KEY_BYTES 2048

/* What no address of ours goes beyond. */
#define HIT_MOST 999999
#define PARTS_MOST 99999

static const enum search_facet filter_facets[FILTER_FROM] = {
    [FILTER_SOURCE] = FACET_SOURCE,
    [FILTER_SECTION] = FACET_SECTION,
    [FILTER_BYLINE] = FACET_BYLINE,
};
/* What "n" calls CGI_ALL_HITS. */
static const char all_hits[] = "all";

/* The format of a saved search. */
static const char feed_format[] = "atom";

/* What "format" calls the page itself. */
static const char page_format[] = "html";

static const struct {
    const char *name;
    enum cgi_show show;
} shows[] = {
    {"help", SHOW_HELP},
    {"style", SHOW_STYLE},
    {"site-style", SHOW_SITE_STYLE},
    {"logo", SHOW_LOGO},
    {"opensearch", SHOW_DESCRIPTION},
};

enum search_facet
cgi_filter_facet(enum cgi_filter filter)
{
    return filter < FILTER_FROM ? filter_facets[filter] : FACET_COUNT;
}

const char *
cgi_filter_name(enum cgi_filter filter)
{
    if (filter < FILTER_FROM)
        return search_facet_name(filter_facets[filter]);
    return filter == FILTER_FROM ? "from" : "to";
}

const char *
cgi_sort_name(enum search_sort sort)
{
    return search_sort_name(sort);
}

/* What a parameter's value is turned into. */
struct target {
    struct cgi_request *request;
    const struct cgi_config *config;
    unsigned seen; /* bits: parameters that were there already */
    bool saved;    /* the query is one that has a name */
    bool sorted;
    bool formatted;
};

static const char *
keep(struct cgi_request *request, const char *text, size_t size)
{
    list_add(&request->owned, text, size);
    return request->owned.item[request->owned.count - 1];
}

static enum status
take_text(struct target *target, unsigned which, const struct buf *value,
          struct error *err)
{
    struct buf tidy = BUF_INIT;

    (void)which;
    (void)err;
    utf8_tidy(&tidy, value->data, value->size, false);
    target->request->text = keep(target->request, tidy.data, tidy.size);
    buf_release(&tidy);
    return STATUS_OK;
}

/* A search that the site has a name for. */
static enum status
take_saved(struct target *target, unsigned which, const struct buf *value,
           struct error *err)
{
    const char *query = saved_find(&target->config->saved, value->data);

    (void)which;
    if (!query)
        return error_set(err, STATUS_USAGE,
                         "There is no saved search of that name.");
    target->saved = true;
    target->request->text = keep(target->request, query, strlen(query));
    return STATUS_OK;
}

static enum status
take_article(struct target *target, unsigned which, const struct buf *value,
             struct error *err)
{
    (void)which;
    if (value->size > KEY_BYTES || !utf8_valid(value->data, value->size) ||
        memchr(value->data, '\0', value->size))
        return error_set(err, STATUS_USAGE,
                         "No article has an identity like that.");
    target->request->article = keep(target->request, value->data, value->size);
    return STATUS_OK;
}

/* A search a line, as far as they have room. */
static enum status
take_trend(struct target *target, unsigned which, const struct buf *value,
           struct error *err)
{
    struct buf lines = BUF_INIT;
    struct buf tidy = BUF_INIT;
    size_t count = 0;
    size_t size;

    (void)which;
    (void)err;
    for (size_t at = 0; at < value->size && count < CGI_TRENDS;
         at += size + 1) {
        const char *end = memchr(value->data + at, '\n', value->size - at);

        size = end ? (size_t)(end - value->data) - at : value->size - at;
        buf_clear(&tidy);
        utf8_tidy(&tidy, value->data + at, size, false);
        buf_trim(&tidy);
        if (!tidy.size)
            continue;
        if (count++)
            buf_add_byte(&lines, '\n');
        buf_add(&lines, tidy.data,
                utf8_cut(tidy.data, tidy.size, target->config->query_bytes));
    }
    target->request->trend = keep(target->request, lines.data, lines.size);
    buf_release(&tidy);
    buf_release(&lines);
    return STATUS_OK;
}

static bool
is_date(const char *text, size_t size)
{
    struct date date = {0};

    return size >= 4 && size <= 10 && strspn(text, "0123456789-") == size &&
           date_parse(text, size, false, &date) == size;
}

static enum status
take_filter(struct target *target, unsigned which, const struct buf *value,
            struct error *err)
{
    struct buf tidy = BUF_INIT;
    enum status status = STATUS_OK;

    utf8_tidy(&tidy, value->data, value->size, false);
    if (tidy.size > FILTER_BYTES)
        status = error_set(err, STATUS_USAGE, "No %s, %s or %s is that long.",
                           cgi_filter_name(FILTER_SOURCE),
                           cgi_filter_name(FILTER_SECTION),
                           cgi_filter_name(FILTER_BYLINE));
    else
        target->request->filter[which] =
            keep(target->request, tidy.data, tidy.size);
    if (!status && tidy.size && which >= FILTER_FROM &&
        !is_date(tidy.data, tidy.size)) {
        target->request->bad |= 1u << which;
        status = error_set(err, STATUS_USAGE,
                           "A date is written as 2014, 2014-10 or 2014-10-24.");
    }
    buf_release(&tidy);
    return status;
}

/* A whole number from 1 to `most`, or 0. */
static unsigned
number_of(const struct buf *value, unsigned most)
{
    char *end = NULL;
    unsigned long number = 0;

    if (value->size < 1 || value->size > 6 ||
        strspn(value->data, "0123456789") != value->size)
        return 0;
    number = strtoul(value->data, &end, 10);
    return *end || number > most ? 0 : (unsigned)number;
}

static enum status
take_page(struct target *target, unsigned which, const struct buf *value,
          struct error *err)
{
    unsigned number = number_of(value, target->config->pages);

    (void)which;
    if (!number)
        return error_set(err, STATUS_USAGE,
                         "Pages are numbered from 1 to %u; narrow the search "
                         "to see what lies behind them.",
                         target->config->pages);
    target->request->page = number;
    return STATUS_OK;
}

static enum status
take_hit(struct target *target, unsigned which, const struct buf *value,
         struct error *err)
{
    (void)which;
    (void)err;
    target->request->hit = number_of(value, HIT_MOST);
    return STATUS_OK;
}

static enum status
take_part(struct target *target, unsigned which, const struct buf *value,
          struct error *err)
{
    unsigned number = number_of(value, PARTS_MOST);

    (void)which;
    if (!number)
        return error_set(err, STATUS_USAGE,
                         "The parts of an article are numbered from 1.");
    target->request->part = number;
    return STATUS_OK;
}

static enum status
take_hits(struct target *target, unsigned which, const struct buf *value,
          struct error *err)
{
    unsigned number = number_of(value, 50);

    (void)which;
    if (value->size == 3 && memcmp(value->data, all_hits, 3) == 0)
        number = CGI_ALL_HITS;
    if (!number)
        return error_set(err, STATUS_USAGE, "A page shows from 1 to 50 hits.");
    target->request->hits = number == target->config->hits ? 0 : number;
    return STATUS_OK;
}

static enum status
take_sort(struct target *target, unsigned which, const struct buf *value,
          struct error *err)
{
    const char *name;

    (void)which;
    for (size_t i = 0; (name = search_sort_name(i)); i++) {
        if (strlen(name) != value->size || strcmp(name, value->data) != 0)
            continue;
        target->request->sort = search_sort_of(i);
        target->sorted = true;
        return STATUS_OK;
    }
    return error_set(err, STATUS_USAGE,
                     "Hits are sorted by rank, newest, oldest or longest.");
}

/* "The formats are html, json, ... and bibtex." */
static enum status
no_such_format(struct error *err)
{
    struct buf names = BUF_INIT;
    const char *last = NULL;
    enum status status;

    buf_add_text(&names, page_format);
    for (const struct renderer *row = renderers(); row->name; row++) {
        if (!(row->offers & RENDER_PAGE))
            continue;
        if (last)
            buf_printf(&names, ", %s", last);
        last = row->name;
    }
    status = error_set(err, STATUS_USAGE, "The formats are %s and %s.",
                       names.data, last);
    buf_release(&names);
    return status;
}

static enum status
take_format(struct target *target, unsigned which, const struct buf *value,
            struct error *err)
{
    const struct renderer *renderer = renderer_find(value->data);

    (void)which;
    if (strlen(value->data) != value->size)
        return no_such_format(err);
    target->formatted = true;
    if (strcmp(value->data, page_format) == 0)
        return STATUS_OK;
    if (!renderer || !(renderer->offers & RENDER_PAGE))
        return no_such_format(err);
    target->request->renderer = renderer;
    return STATUS_OK;
}

static enum status
take_show(struct target *target, unsigned which, const struct buf *value,
          struct error *err)
{
    (void)which;
    for (size_t i = 0; i < COUNT(shows); i++) {
        if (strcmp(shows[i].name, value->data) != 0)
            continue;
        target->request->show = shows[i].show;
        return STATUS_OK;
    }
    return error_set(err, STATUS_USAGE, "There is no page of that name.");
}

static const struct parameter {
    const char *name; /* NULL: the filter's */
    unsigned which;
    enum status (*take)(struct target *target, unsigned which,
                        const struct buf *value, struct error *err);
} parameters[] = {
    {"q", 0, take_text},
    {"saved", 0, take_saved},
    {NULL, FILTER_SOURCE, take_filter},
    {NULL, FILTER_SECTION, take_filter},
    {NULL, FILTER_BYLINE, take_filter},
    {NULL, FILTER_FROM, take_filter},
    {NULL, FILTER_TO, take_filter},
    {"sort", 0, take_sort},
    {"n", 0, take_hits},
    {"page", 0, take_page},
    {"format", 0, take_format},
    {"trend", 0, take_trend},
    {"article", 0, take_article},
    {"hit", 0, take_hit},
    {"part", 0, take_part},
    {"show", 0, take_show},
};

/* Undo the percent-encoding; a '%' that begins none stays what it is. */
static void
decode(const char *text, size_t size, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < size; i++) {
        int high = i + 2 < size ? ascii_hex(text[i + 1]) : -1;
        int low = high >= 0 ? ascii_hex(text[i + 2]) : -1;

        if (text[i] == '%' && low >= 0) {
            unsigned char byte = (unsigned char)(high * 16 + low);

            buf_add(out, &byte, 1);
            i += 2;
        } else {
            buf_add(out, text[i] == '+' ? " " : text + i, 1);
        }
    }
}

/* One NAME=VALUE.  An empty value is one that was not given, as a form sends
 * its empty fields. */
static enum status
parse_pair(struct target *target, const char *pair, size_t size,
           struct error *err)
{
    const char *equals = memchr(pair, '=', size);
    size_t name_size = equals ? (size_t)(equals - pair) : size;
    enum status status = STATUS_OK;
    struct buf value = BUF_INIT;

    if (!equals || name_size + 1 == size)
        return STATUS_OK;
    for (size_t i = 0; i < COUNT(parameters); i++) {
        const struct parameter *parameter = &parameters[i];
        const char *name =
            parameter->name
                ? parameter->name
                : cgi_filter_name((enum cgi_filter)parameter->which);

        if (strlen(name) != name_size || memcmp(name, pair, name_size) != 0 ||
            (target->seen & (1u << i)))
            continue;
        target->seen |= 1u << i;
        decode(equals + 1, size - name_size - 1, &value);
        status = parameter->take(target, parameter->which, &value, err);
    }
    buf_release(&value);
    return status;
}

bool
cgi_dates_are_sound(const struct cgi_request *request)
{
    for (int i = FILTER_FROM; i < FILTER_COUNT; i++)
        if (request->filter[i][0] &&
            !is_date(request->filter[i], strlen(request->filter[i])))
            return false;
    return true;
}

bool
cgi_is_filtered(const struct cgi_request *request)
{
    for (size_t i = 0; i < FILTER_COUNT; i++)
        if (request->filter[i][0])
            return true;
    return false;
}

/* What to show follows from what was given, unless it was said. */
static void
choose_show(struct cgi_request *request)
{
    if (request->show != SHOW_START)
        return;
    if (request->article[0])
        request->show = SHOW_ARTICLE;
    else if (request->trend[0])
        request->show = SHOW_TREND;
    else if (request->text[0] || cgi_is_filtered(request))
        request->show = SHOW_RESULTS;
}

enum status
cgi_parse(struct cgi_request *request, const struct cgi_config *config,
          const char *query, struct error *err)
{
    struct target target = {.request = request, .config = config};
    const char *pair = query;
    int64_t from;
    int64_t to;
    enum status status = STATUS_OK;

    if (strlen(query) > CGI_QUERY_STRING_BYTES)
        return error_set(err, STATUS_LIMIT,
                         "The address is longer than %d bytes.",
                         CGI_QUERY_STRING_BYTES);
    while (*pair) {
        size_t size = strcspn(pair, "&");

        /* The first sentence is enough. */
        if (parse_pair(&target, pair, size, status ? NULL : err))
            status = STATUS_USAGE;
        pair += size + (pair[size] ? 1 : 0);
    }
    /* Who asks for it by its name alone wants to be told what is new. */
    if (target.saved && !target.sorted)
        request->sort = SORT_NEWEST;
    if (target.saved && !target.formatted)
        request->renderer = renderer_find(feed_format);
    choose_show(request);
    cgi_days(request, &from, &to);
    if (!status && request->hits == CGI_ALL_HITS &&
        !(request->renderer && (request->renderer->offers & RENDER_EXPORT)))
        status = error_set(err, STATUS_USAGE,
                           "In this format there are not all hits at once.");
    if (!status && from > to) {
        request->bad = 1u << FILTER_FROM | 1u << FILTER_TO;
        status = error_set(err, STATUS_USAGE,
                           "The first of the two dates is after the second.");
    }
    return status;
}

void
cgi_request_release(struct cgi_request *request)
{
    list_release(&request->owned);
    *request = CGI_REQUEST_INIT;
}

static void
add_pair(struct buf *out, const char *name, const char *value)
{
    if (!*value)
        return;
    if (out->data[out->size - 1] != '?')
        buf_add_byte(out, '&');
    buf_add_text(out, name);
    buf_add_byte(out, '=');
    url_add(out, value, strlen(value));
}

static void
add_number(struct buf *out, const char *name, unsigned number)
{
    struct buf digits = BUF_INIT;

    buf_printf(&digits, "%u", number);
    add_pair(out, name, digits.data);
    buf_release(&digits);
}

void
cgi_link(const struct cgi_request *request, struct buf *out)
{
    buf_add_byte(out, '?');
    add_pair(out, "q", request->text);
    for (size_t i = 0; i < FILTER_COUNT; i++)
        add_pair(out, cgi_filter_name((enum cgi_filter)i), request->filter[i]);
    if (request->sort != SORT_RANK)
        add_pair(out, "sort", search_sort_name(request->sort));
    if (request->hits == CGI_ALL_HITS)
        add_pair(out, "n", all_hits);
    else if (request->hits)
        add_number(out, "n", request->hits);
    if (request->page > 1)
        add_number(out, "page", request->page);
    if (request->renderer)
        add_pair(out, "format", request->renderer->name);
    add_pair(out, "trend", request->trend);
    add_pair(out, "article", request->article);
    if (request->hit)
        add_number(out, "hit", request->hit);
    if (request->part > 1)
        add_number(out, "part", request->part);
    for (size_t i = 0; i < COUNT(shows); i++)
        if (shows[i].show == request->show)
            add_pair(out, "show", shows[i].name);
}

bool
cgi_same(const struct cgi_request *request, const struct cgi_request *other)
{
    struct buf here = BUF_INIT;
    struct buf there = BUF_INIT;
    bool same;

    cgi_link(request, &here);
    cgi_link(other, &there);
    same = buf_equal(&here, &there);
    buf_release(&here);
    buf_release(&there);
    return same;
}
