#include <inttypes.h>
#include <string.h>

#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 * csv is RFC 4180: a line of names, CRLF, quotes where they are needed.
 * A text that a spreadsheet would take for a formula gets an apostrophe
 * before it: what an article says must not run in an office.
 *
 * tsv is for cut(1) and awk(1): no quotes, tabs and line ends are blanks.
 */
struct column {
    const char *name;
    void (*add)(struct buf *out, const struct hit *hit, size_t rank);
};

static void
add_rank(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)hit;
    buf_printf(out, "%zu", rank);
}

static void
add_date(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    date_print(&hit->published, out);
}

#define TEXT_COLUMN(column, member)                                  \
    static void add_##column(struct buf *out, const struct hit *hit, \
                             size_t rank)                            \
    {                                                                \
        (void)rank;                                                  \
        render_plain(out, hit->member.data, hit->member.size);       \
    }

TEXT_COLUMN(key, key)
TEXT_COLUMN(source, publication)
TEXT_COLUMN(section, section)
TEXT_COLUMN(headline, headline.text)
TEXT_COLUMN(dateline, dateline)
TEXT_COLUMN(url, url)
TEXT_COLUMN(language, language)
TEXT_COLUMN(path, path)
TEXT_COLUMN(snippet, snippet.text)

static void
add_byline(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    render_byline(out, hit);
}

static void
add_words(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    buf_printf(out, "%" PRIu64, hit->words);
}

static void
add_score(struct buf *out, const struct hit *hit, size_t rank)
{
    uint64_t thousandths = (uint64_t)(hit->score * 1000 + 0.5);

    (void)rank;
    buf_printf(out, "%" PRIu64 ".%03" PRIu64, thousandths / 1000,
               thousandths % 1000);
}

static const struct column columns[] = {
    {"rank", add_rank},         {"date", add_date},
    {"source", add_source},     {"section", add_section},
    {"headline", add_headline}, {"byline", add_byline},
    {"dateline", add_dateline}, {"words", add_words},
    {"score", add_score},       {"language", add_language},
    {"url", add_url},           {"path", add_path},
    {"key", add_key},           {"snippet", add_snippet},
};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static const char usual_fields[] =
    "rank,date,source,section,headline,byline,words,url,path,snippet";

/* The column that the list names first; moves on behind its comma. */
static const struct column *
next_column(const char **list)
{
    size_t size = strcspn(*list, ",");
    const struct column *found = NULL;

    for (size_t i = 0; i < COLUMNS; i++)
        if (strlen(columns[i].name) == size &&
            memcmp(columns[i].name, *list, size) == 0)
            found = &columns[i];
    *list += size;
    *list += **list == ',';
    return found;
}

bool
render_fields_known(const char *fields, const char **bad, size_t *bad_size)
{
    while (*fields) {
        *bad = fields;
        *bad_size = strcspn(fields, ",");
        if (!next_column(&fields))
            return false;
    }
    return true;
}

/* Would a spreadsheet compute it?  "-2" is what it says, "-2+cmd|..." not. */
static bool
is_formula(const struct buf *value)
{
    size_t digits = strspn(value->data + (value->size > 0), "0123456789.");

    if (!value->size || !strchr("=+-@", value->data[0]))
        return false;
    return value->data[0] != '-' || !digits || digits + 1 < value->size;
}

static void
add_csv(struct buf *out, const struct buf *value)
{
    bool formula = is_formula(value);

    if (!formula && !strpbrk(value->data, ",\"") && value->size) {
        buf_add(out, value->data, value->size);
        return;
    }
    buf_add_byte(out, '"');
    if (formula)
        buf_add_byte(out, '\'');
    for (size_t i = 0; i < value->size; i++) {
        if (value->data[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, value->data[i]);
    }
    buf_add_byte(out, '"');
}

static void
add_value(struct buf *out, const struct buf *value, char between)
{
    if (between == ',')
        add_csv(out, value);
    else
        buf_add(out, value->data, value->size);
}

static void
render_table(struct buf *out, const struct search_result *result,
             const struct render_options *options, char between,
             const char *end)
{
    const char *fields = options->fields ? options->fields : usual_fields;
    struct buf value = BUF_INIT;

    for (const char *list = fields; *list;) {
        const struct column *column;

        if (list != fields)
            buf_add_byte(out, between);
        column = next_column(&list);
        buf_add_text(out, column ? column->name : "");
    }
    buf_add_text(out, end);
    for (size_t i = 0; i < result->hits; i++) {
        for (const char *list = fields; *list;) {
            const struct column *column;

            if (list != fields)
                buf_add_byte(out, between);
            column = next_column(&list);
            buf_clear(&value);
            if (column)
                column->add(&value, &result->hit[i], options->offset + i + 1);
            add_value(out, &value, between);
        }
        buf_add_text(out, end);
    }
    buf_release(&value);
}

void
render_csv(struct buf *out, const struct search_result *result,
           const struct render_options *options)
{
    render_table(out, result, options, ',', "\r\n");
}

void
render_tsv(struct buf *out, const struct search_result *result,
           const struct render_options *options)
{
    render_table(out, result, options, '\t', "\n");
}
