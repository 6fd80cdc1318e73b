#include <inttypes.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"
#include "query/search/hit_members.h"

/*
 * csv is RFC 4180: a line of names, CRLF, quotes where they are needed.
 * A text that a spreadsheet would take for a formula gets an apostrophe
 * before it: what an article says must not run in an office.
 *
 * tsv is for cut(1) and awk(1): no quotes, tabs and line ends are blanks.
 * Spreadsheets open it as well, so formulas get their apostrophe here, too.
 */
struct column {
    const char *name; /* NULL: there is none */
    void (*add)(struct buf *out, const struct hit *hit, size_t rank);
    const struct hit_member *member; /* if there is nothing to call */
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

static void
add_path(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    utf8_plain(out, hit->path.data, hit->path.size);
}

static void
add_snippet(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    utf8_plain(out, hit->snippet.text.data, hit->snippet.text.size);
}

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

static void
add_archive(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    utf8_plain(out, hit->archive.data, hit->archive.size);
}

static void
add_body(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    utf8_plain(out, hit->body.text.data, hit->body.text.size);
}

static void
add_captions(struct buf *out, const struct hit *hit, size_t rank)
{
    (void)rank;
    utf8_plain(out, hit->captions.data, hit->captions.size);
}

/* And besides these, every line that a hit shows of its article. */
static const struct column columns[] = {
    {"rank", add_rank, NULL},         {"date", add_date, NULL},
    {"byline", add_byline, NULL},     {"words", add_words, NULL},
    {"score", add_score, NULL},       {"path", add_path, NULL},
    {"snippet", add_snippet, NULL},   {"body", add_body, NULL},
    {"captions", add_captions, NULL}, {"archive", add_archive, NULL},
};

const char *
render_field(size_t number)
{
    if (number < COUNT(columns))
        return columns[number].name;
    number -= COUNT(columns);
    for (size_t i = 0; i < hit_members_count; i++)
        if (hit_member_type(&hit_members[i]) == TYPE_LINE && !number--)
            return hit_members[i].name;
    return NULL;
}

static const char usual_fields[] =
    "rank,date,source,section,headline,byline,words,url,path,snippet";

static bool
is_named(const char *name, const char *text, size_t size)
{
    return strlen(name) == size && memcmp(name, text, size) == 0;
}

static struct column
find_column(const char *name, size_t size)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        if (is_named(columns[i].name, name, size))
            return columns[i];
    for (size_t i = 0; i < hit_members_count; i++) {
        const struct hit_member *member = &hit_members[i];

        if (hit_member_type(member) == TYPE_LINE &&
            is_named(member->name, name, size))
            return (struct column){.name = member->name, .member = member};
    }
    return (struct column){0};
}

/* The column that the list names first; moves on after its comma. */
static struct column
next_column(const char **list)
{
    size_t size = strcspn(*list, ",");
    struct column found = find_column(*list, size);

    *list += size;
    *list += **list == ',';
    return found;
}

static void
add_column(struct buf *out, const struct hit *hit, size_t rank,
           const struct column *column)
{
    const struct buf *text;

    if (column->add) {
        column->add(out, hit, rank);
    } else if (column->member) {
        text = hit_member_of(hit, column->member);
        utf8_plain(out, text->data, text->size);
    }
}

bool
render_fields_known(const char *fields, const char **bad, size_t *bad_size)
{
    while (*fields) {
        *bad = fields;
        *bad_size = strcspn(fields, ",");
        if (!next_column(&fields).name)
            return false;
    }
    return true;
}

bool
render_fields_want_texts(const char *fields)
{
    while (fields && *fields) {
        struct column column = next_column(&fields);

        if (column.add == add_body || column.add == add_captions)
            return true;
    }
    return false;
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

void
render_table_value(struct buf *out, const struct buf *value, char between)
{
    if (between == ',')
        add_csv(out, value);
    else if (is_formula(value))
        buf_printf(out, "'%s", value->data);
    else
        buf_add(out, value->data, value->size);
}

/* --- templates ------------------------------------------------------------ */

/* The field that is named at `text`, between braces; its size with them. */
static size_t
field_at(const char *text, struct column *column)
{
    size_t size = *text == '{' ? strcspn(text, "}") : 0;

    if (!size || text[size] != '}')
        return 0;
    *column = find_column(text + 1, size - 1);
    return size + 1;
}

bool
render_template_known(const char *text, const char **bad, size_t *bad_size)
{
    for (; *text; text++) {
        struct column column = {0};
        size_t size = field_at(text, &column);

        if (!size || column.name)
            continue;
        *bad = text + 1;
        *bad_size = size - 2;
        return false;
    }
    return true;
}

/* What stands after a backslash. */
static char
escaped(char letter)
{
    switch (letter) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '0':
        return '\0';
    default:
        return letter;
    }
}

void
render_template(struct buf *out, const struct search_result *result,
                const struct render_options *options)
{
    for (size_t i = 0; i < result->hits; i++)
        for (const char *text = options->template; *text;) {
            struct column column = {0};
            size_t size = field_at(text, &column);

            if (size) {
                add_column(out, &result->hit[i], options->offset + i + 1,
                           &column);
                text += size;
            } else if (*text == '\\' && text[1]) {
                buf_add_byte(out, escaped(text[1]));
                text += 2;
            } else {
                buf_add_byte(out, *text++);
            }
        }
}

/* --- tables --------------------------------------------------------------- */

static void
add_names(struct buf *out, const char *fields, char between)
{
    for (const char *list = fields; *list;) {
        struct column column;

        if (list != fields)
            buf_add_byte(out, between);
        column = next_column(&list);
        buf_add_text(out, column.name ? column.name : "");
    }
}

static void
render_table(struct buf *out, const struct search_result *result,
             const struct render_options *options, char between,
             const char *end)
{
    const char *fields = options->fields ? options->fields : usual_fields;
    struct buf value = BUF_INIT;

    if (options->near) {
        render_near_table(out, result, between);
        return;
    }
    if (options->counts) {
        render_counts_table(out, result, options, between);
        return;
    }
    if (options->keywords) {
        render_kwic_table(out, result, options, between);
        return;
    }
    if (!options->goes_on) {
        if (options->mark && between == ',')
            buf_add_text(out, "\xef\xbb\xbf");
        add_names(out, fields, between);
        buf_add_text(out, end);
    }
    for (size_t i = 0; i < result->hits; i++) {
        for (const char *list = fields; *list;) {
            struct column column;

            if (list != fields)
                buf_add_byte(out, between);
            column = next_column(&list);
            buf_clear(&value);
            add_column(&value, &result->hit[i], options->offset + i + 1,
                       &column);
            render_table_value(out, &value, between);
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
