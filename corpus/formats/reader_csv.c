/*
 * Tables: CSV (RFC 4180), and the same with tabs, semicolons or bars, with
 * a row of names above.
 *
 *     title,date,body
 *     "Gates fail",2024-04-02,"Both gates ""failed"".
 *     Barges wait."
 *
 * A row is an article; the names of columns are those of record.h, or what
 * --map says that they are.  The delimiter is the one that parts the first
 * row into most columns.  libcsv would take a callback for each field in
 * place of these hundred lines.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/record.h"
#include "corpus/input/charset.h"
#include "corpus/syntax/json_fields.h"

enum {
    COLUMNS_MOST = 200,
    LARGEST_ROW = 64 * 1024 * 1024,
    NAMES_LEAST = 2, /* of a head that are known, to tell a table from text */
    MIB = 1024 * 1024
};

struct csv {
    char delimiter;
    struct buf line;
    struct buf raw;   /* a row as it stands */
    struct buf row;   /* its values as UTF-8, each ended by a NUL */
    struct buf names; /* of the columns, each ended by a NUL */
    size_t columns;
    uint64_t lines;
};

/* The character that parts a line into most pieces. */
static char
find_delimiter(const char *line, size_t size)
{
    static const char marks[] = ",;\t|";
    char best = '\0';
    size_t most = 0;

    for (const char *mark = marks; *mark; mark++) {
        size_t count = 0;

        for (size_t i = 0; i < size; i++)
            count += line[i] == *mark;
        if (count > most) {
            most = count;
            best = *mark;
        }
    }
    return best;
}

/* A value at `*at`, which moves behind it and the delimiter, ended by a NUL in
 * `out`; `*last` if none follows. */
static void
take_value(const char **at, const char *end, char delimiter, struct buf *out,
           bool *last)
{
    const char *from = *at;
    bool quoted = from < end && *from == '"';

    if (quoted)
        from++;
    while (from < end && (quoted || *from != delimiter)) {
        if (quoted && *from == '"') {
            quoted = from + 1 < end && from[1] == '"';
            if (!quoted) {
                from++;
                continue; /* what follows up to the delimiter belongs, too */
            }
            from++;
        }
        if (*from == '\0')
            buf_add_byte(out, ' ');
        else
            buf_add_byte(out, *from);
        from++;
    }
    buf_add_byte(out, '\0');
    *last = from >= end;
    *at = *last ? end : from + 1;
}

/* Does the row go on in the next line, inside quotation marks? */
static bool
is_open(const struct buf *row)
{
    bool open = false;

    for (size_t i = 0; i < row->size; i++)
        open ^= row->data[i] == '"';
    return open;
}

/* Names of which a head of a table of news has some. */
static size_t
count_known(const char *line, size_t size, char delimiter)
{
    static const char *const known[] = {
        "title",        "headline",  "body",    "text",     "content",
        "date",         "published", "author",  "byline",   "authors",
        "url",          "link",      "source",  "pubdate",  "publish_date",
        "published_at", "article",   "section", "abstract", "summary"};
    const char *at = line;
    struct buf value = BUF_INIT;
    size_t count = 0;
    bool last = false;

    for (int i = 0; i < COLUMNS_MOST && !last; i++) {
        buf_clear(&value);
        take_value(&at, line + size, delimiter, &value, &last);
        for (size_t k = 0; k < value.size; k++)
            value.data[k] = ascii_lower(value.data[k]);
        for (size_t k = 0; k < COUNT(known); k++)
            count += strcmp(value.data, known[k]) == 0;
    }
    buf_release(&value);
    return count;
}

static int
csv_sniff(const char *head, size_t size)
{
    const char *end = memchr(head, '\n', size);
    char delimiter;

    if (size >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
        head += 3;
    if (!end || end < head)
        return 0;
    size = (size_t)(end - head);
    size -= size && head[size - 1] == '\r';
    delimiter = find_delimiter(head, size);
    if (!delimiter || !size || strchr("<{[", *head))
        return 0;
    return count_known(head, size, delimiter) >= NAMES_LEAST ? 70 : 0;
}

/* The next row into csv->raw, quoted line ends and all. */
static enum status
next_row(struct reader *reader, bool *more, struct error *err)
{
    struct csv *csv = reader->state;
    enum status status = STATUS_OK;

    buf_clear(&csv->raw);
    *more = true;
    do {
        bool there = true;

        status = input_line(reader->input, &csv->line, &there, err);
        if (status || !there) {
            *more = csv->raw.size > 0 && !status;
            return status;
        }
        csv->lines++;
        if (csv->raw.size)
            buf_add_byte(&csv->raw, '\n');
        buf_add(&csv->raw, csv->line.data, csv->line.size);
        while (csv->raw.size && csv->raw.data[csv->raw.size - 1] == '\r')
            buf_cut(&csv->raw, csv->raw.size - 1);
    } while (!csv->raw.over && (csv->raw.size == 0 || is_open(&csv->raw)));
    return STATUS_OK;
}

/* Cut the row into values; returns how many. */
static size_t
cut_row(struct reader *reader, struct buf *values)
{
    struct csv *csv = reader->state;
    struct buf text = BUF_INIT;
    const char *at;
    const char *end;
    size_t count = 0;
    bool last = false;

    charset_decode(&text, csv->raw.data, csv->raw.size,
                   reader->options.charset);
    buf_clear(values);
    at = text.data;
    end = at + text.size;
    for (; count < COLUMNS_MOST && !last; count++)
        take_value(&at, end, csv->delimiter, values, &last);
    buf_release(&text);
    return count;
}

/* The name that --map gives to a column, "titel=headline,text=body". */
static void
add_name(struct buf *names, const char *map, const char *column)
{
    const size_t size = strlen(column);

    for (const char *at = map; at && *at; at += strspn(at, ",")) {
        const size_t pair = strcspn(at, ",");
        const char *equals = memchr(at, '=', pair);

        if (equals && (size_t)(equals - at) == size &&
            memcmp(at, column, size) == 0) {
            buf_add(names, equals + 1, pair - size - 1);
            buf_add_byte(names, '\0');
            return;
        }
        at += pair;
    }
    buf_add(names, column, size + 1);
}

static enum status
csv_open(struct reader *reader, struct error *err)
{
    struct csv *csv = mem_zero(1, sizeof(*csv));
    const char *at;
    bool more = true;
    enum status status;

    csv->line = BUF_LIMITED(LARGEST_ROW);
    csv->raw = BUF_LIMITED(LARGEST_ROW);
    csv->row = BUF_INIT;
    csv->names = BUF_INIT;
    reader->state = csv;
    status = next_row(reader, &more, err);
    if (status)
        return status;
    if (!strncmp(csv->raw.data, "\xef\xbb\xbf", 3)) {
        memmove(csv->raw.data, csv->raw.data + 3, csv->raw.size - 3);
        buf_cut(&csv->raw, csv->raw.size - 3);
    }
    csv->delimiter = find_delimiter(csv->raw.data, csv->raw.size);
    csv->columns = cut_row(reader, &csv->row);
    at = csv->row.data;
    for (size_t i = 0; i < csv->columns; i++, at += strlen(at) + 1)
        add_name(&csv->names, reader->options.map, at);
    return STATUS_OK;
}

static void
csv_close(struct reader *reader)
{
    struct csv *csv = reader->state;

    if (!csv)
        return;
    buf_release(&csv->line);
    buf_release(&csv->raw);
    buf_release(&csv->row);
    buf_release(&csv->names);
    free(csv);
    reader->state = NULL;
}

static void
fill(struct article *article, struct csv *csv, size_t count)
{
    struct json_field fields[COLUMNS_MOST];
    struct json_fields record = {.field = fields};
    const char *name = csv->names.data;
    const char *value = csv->row.data;

    for (size_t i = 0; i < count && i < csv->columns; i++) {
        fields[i] = (struct json_field){.name = name,
                                        .name_size = strlen(name),
                                        .text = value,
                                        .size = strlen(value)};
        record.count++;
        name += strlen(name) + 1;
        value += strlen(value) + 1;
    }
    record_to_article(article, &record);
    article_code_language(&article->language);
}

static enum status
csv_next(struct reader *reader, struct article *article, bool *more,
         struct error *err)
{
    struct csv *csv = reader->state;
    enum status status;

    article->offset = input_offset(reader->input);
    status = next_row(reader, more, err);
    if (status || !*more) {
        *more = false;
        return status;
    }
    if (csv->raw.over)
        return error_set(err, STATUS_LIMIT,
                         "%s: the row at line %llu is larger than %d MiB",
                         input_name(reader->input),
                         (unsigned long long)csv->lines, LARGEST_ROW / MIB);
    fill(article, csv, cut_row(reader, &csv->row));
    return STATUS_OK;
}

const struct format format_csv = {
    .name = "csv",
    .about = "a table with a row of names, parted by commas, tabs or the like",
    .suffixes = "csv tsv tab",
    .sniff = csv_sniff,
    .open = csv_open,
    .next = csv_next,
    .close = csv_close,
};
