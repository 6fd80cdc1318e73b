#include "indexer/nindex/origins.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"

/* Bytes of a value that a report shows: enough to know it again. */
#define SHOWN 80

const char origins_header[] = "file\tarticle\tfield\trule\tplace\tvalue\n";

/* --- one article --- */

static void
add_captions(const struct article *article, struct buf *out)
{
    for (size_t i = 0; i < article->captions; i++) {
        const struct caption *caption = &article->caption[i];

        buf_printf(out, "%s%s", i ? " " : "", caption->text.data);
        if (caption->credit.size)
            buf_printf(out, " [%s]", caption->credit.data);
    }
}

static void
add_list(const struct list *list, struct buf *out)
{
    for (size_t i = 0; i < list->count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", list->item[i]);
}

static void
add_text(const struct buf *text, size_t limit, struct buf *out)
{
    buf_add(out, text->data, text->size < limit ? text->size : limit);
}

/* Cut off what is behind `limit` bytes, between two characters. */
static void
shorten(struct buf *out, size_t start, size_t limit)
{
    size_t size = out->size - start;

    if (size <= limit)
        return;
    buf_cut(out, start + utf8_cut(out->data + start, size, limit));
    buf_add_text(out, "…");
}

void
origins_add_value(const struct article *article, enum article_member member,
                  size_t limit, struct buf *out)
{
    const void *at = member_of(article, member);
    size_t start = out->size;

    switch (article_members[member].type) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        add_text(at, limit + 4, out);
        break;
    case TYPE_LIST:
        add_list(at, out);
        break;
    case TYPE_CAPTIONS:
        add_captions(article, out);
        break;
    case TYPE_DATE:
        date_print(at, out);
        break;
    case TYPE_WORD:
        buf_add_text(out, member_word(member, *(const unsigned *)at));
        break;
    case TYPE_PLACE:
        buf_printf(out, "%" PRIu64, *(const uint64_t *)at);
        break;
    }
    if (member == MEMBER_BYLINE && !article->byline.size)
        add_list(&article->authors, out);
    shorten(out, start, limit);
    for (size_t i = start; i < out->size; i++)
        if (out->data[i] == '\n' || out->data[i] == '\t')
            out->data[i] = ' ';
}

void
origins_add_lines(const char *path, const struct article *article,
                  struct buf *out)
{
    for (int i = 0; i < MEMBER_COUNT; i++) {
        enum article_member member = (enum article_member)i;
        const struct origin *origin = &article->origin[i];

        if (!origin->rule)
            continue;
        /* A file may be named as it likes; a report has a line for each
         * thing. */
        utf8_plain(out, path, strlen(path));
        buf_printf(out, "\t%llu\t%s\t%s\t%s\t",
                   (unsigned long long)article->item + 1,
                   article_members[member].name, origin->rule, origin->place);
        origins_add_value(article, member, SHOWN, out);
        buf_add_byte(out, '\n');
    }
}

/* --- a run --- */

static struct origins_row *
row_of(struct origins_table *table, const char *name)
{
    for (size_t i = 0; i < table->rows; i++)
        if (strcmp(table->row[i].name, name) == 0)
            return &table->row[i];
    table->row =
        mem_grow(table->row, table->rows, &table->room, sizeof(*table->row));
    table->row[table->rows] = (struct origins_row){.name = mem_string(name)};
    return &table->row[table->rows++];
}

void
origins_count_article(struct origins *origins, const struct article *article)
{
    origins->articles++;
    origins->pending++;
    for (int i = 0; i < MEMBER_COUNT; i++) {
        const char *rule = article->origin[i].rule;

        if (rule)
            row_of(&origins->rule[i], rule)->articles++;
    }
}

void
origins_count_file(struct origins *origins, const char *format)
{
    struct origins_row *row =
        row_of(&origins->format, format ? format : "not recognised");

    row->files++;
    row->articles += origins->pending;
    origins->pending = 0;
}

static int
compare_rows(const void *a, const void *b)
{
    const struct origins_row *one = a;
    const struct origins_row *two = b;
    uint64_t first = one->articles ? one->articles : one->files;
    uint64_t second = two->articles ? two->articles : two->files;

    if (first != second)
        return first > second ? -1 : 1;
    return strcmp(one->name, two->name);
}

/* A copy in the order in which it is printed. */
static struct origins_row *
sorted(const struct origins_table *table)
{
    struct origins_row *row = mem_resize(NULL, table->rows + 1, sizeof(*row));

    if (table->rows) {
        memcpy(row, table->row, table->rows * sizeof(*row));
        qsort(row, table->rows, sizeof(*row), compare_rows);
    }
    return row;
}

static void
print_formats(const struct origins *origins, struct buf *out)
{
    struct origins_row *row = sorted(&origins->format);

    if (origins->format.rows)
        buf_printf(out, "%-24s %10s %10s\n", "format", "files", "articles");
    for (size_t i = 0; i < origins->format.rows; i++)
        buf_printf(out, "%-24s %10llu %10llu\n", row[i].name,
                   (unsigned long long)row[i].files,
                   (unsigned long long)row[i].articles);
    free(row);
}

static void
print_rules(const struct origins *origins, enum article_member member,
            struct buf *out)
{
    const struct origins_table *table = &origins->rule[member];
    struct origins_row *row = sorted(table);
    uint64_t found = 0;

    for (size_t i = 0; i < table->rows; i++) {
        found += row[i].articles;
        buf_printf(out, "%-12s %-30s %10llu\n", article_members[member].name,
                   row[i].name, (unsigned long long)row[i].articles);
    }
    if (found < origins->articles)
        buf_printf(out, "%-12s %-30s %10llu\n", article_members[member].name,
                   "(none)", (unsigned long long)(origins->articles - found));
    free(row);
}

void
origins_print(const struct origins *origins, struct buf *out)
{
    print_formats(origins, out);
    if (origins->articles)
        buf_printf(out, "\n%-12s %-30s %10s\n", "field", "rule", "articles");
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        if (article_members[i].traced)
            print_rules(origins, i, out);
}

static void
release_table(struct origins_table *table)
{
    for (size_t i = 0; i < table->rows; i++)
        free(table->row[i].name);
    free(table->row);
}

void
origins_release(struct origins *origins)
{
    release_table(&origins->format);
    for (int i = 0; i < MEMBER_COUNT; i++)
        release_table(&origins->rule[i]);
    *origins = ORIGINS_INIT;
}
