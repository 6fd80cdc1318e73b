#include "query/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/mem.h"
#include "query/when.h"

/* The values of a facet while they are counted: a hash table. */
struct tally {
    struct facet_value *slot;
    size_t slots;
    size_t used;
};

const char *
search_facet_name(enum search_facet facet)
{
    static const char *const names[FACET_COUNT] = {"source", "byline",
                                                   "section", "year", "month"};

    return names[facet];
}

void
facet_release(struct facet *facet)
{
    for (size_t i = 0; i < facet->values; i++)
        free(facet->value[i].name);
    free(facet->value);
    *facet = (struct facet){0};
}

static struct facet_value *
slot_of(struct facet_value *table, size_t slots, const char *name, size_t size)
{
    size_t hash = 5381;

    for (size_t i = 0; i < size; i++)
        hash = hash * 33 + (unsigned char)name[i];
    hash &= slots - 1;
    while (table[hash].name && (strncmp(table[hash].name, name, size) != 0 ||
                                table[hash].name[size] != '\0'))
        hash = (hash + 1) & (slots - 1);
    return &table[hash];
}

static void
tally_add(struct tally *tally, const char *name, size_t size)
{
    struct facet_value *slot;

    if (!size)
        return;
    if (tally->used * 2 >= tally->slots) {
        size_t slots = tally->slots ? tally->slots * 2 : 64;
        struct facet_value *table = mem_zero(slots, sizeof(*table));

        for (size_t i = 0; i < tally->slots; i++)
            if (tally->slot[i].name)
                *slot_of(table, slots, tally->slot[i].name,
                         strlen(tally->slot[i].name)) = tally->slot[i];
        free(tally->slot);
        tally->slot = table;
        tally->slots = slots;
    }
    slot = slot_of(tally->slot, tally->slots, name, size);
    if (!slot->name) {
        slot->name = mem_text(name, size);
        tally->used++;
    }
    slot->count++;
}

static int
most_first(const void *a, const void *b)
{
    const struct facet_value *left = a;
    const struct facet_value *right = b;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->name, right->name);
}

static int
by_name(const void *a, const void *b)
{
    const struct facet_value *left = a;
    const struct facet_value *right = b;

    return strcmp(left->name, right->name);
}

static void
tally_finish(struct tally *tally, enum search_facet which, struct facet *out)
{
    bool dates = which == FACET_YEAR || which == FACET_MONTH;

    out->value = mem_zero(tally->used + 1, sizeof(*out->value));
    for (size_t i = 0; i < tally->slots; i++)
        if (tally->slot[i].name)
            out->value[out->values++] = tally->slot[i];
    qsort(out->value, out->values, sizeof(*out->value),
          dates ? by_name : most_first);
    free(tally->slot);
    *tally = (struct tally){0};
}

/* Each line is a name of its own: two authors count for both. */
static void
add_lines(struct tally *tally, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n");

        tally_add(tally, text, size);
        text += size;
        text += *text == '\n';
    }
}

static void
add_date(struct tally *tally, struct sqlite3_stmt *ask, bool month)
{
    int precision = sqlite3_column_int(ask, 3);
    int64_t seconds =
        sqlite3_column_int64(ask, 4) + 60 * sqlite3_column_int64(ask, 5);
    int64_t day =
        seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400);
    char name[32];
    int year;
    int number;
    int mday;

    if (precision < (month ? DATE_MONTH : DATE_YEAR))
        return;
    when_calendar(day, &year, &number, &mday);
    if (month)
        snprintf(name, sizeof(name), "%04d-%02d", year, number);
    else
        snprintf(name, sizeof(name), "%04d", year);
    tally_add(tally, name, strlen(name));
}

static const char *
column(struct sqlite3_stmt *ask, int number)
{
    const char *text = (const char *)sqlite3_column_text(ask, number);

    return text ? text : "";
}

static void
add_row(struct tally *tally, unsigned facets, struct sqlite3_stmt *ask)
{
    if (facets & 1u << FACET_SOURCE)
        tally_add(&tally[FACET_SOURCE], column(ask, 0), strlen(column(ask, 0)));
    if (facets & 1u << FACET_SECTION)
        tally_add(&tally[FACET_SECTION], column(ask, 1),
                  strlen(column(ask, 1)));
    if (facets & 1u << FACET_BYLINE)
        add_lines(&tally[FACET_BYLINE], column(ask, 2));
    if (facets & 1u << FACET_YEAR)
        add_date(&tally[FACET_YEAR], ask, false);
    if (facets & 1u << FACET_MONTH)
        add_date(&tally[FACET_MONTH], ask, true);
}

enum status
facets_count(struct archive *archive, const struct collection *collection,
             unsigned facets, struct facet facet[FACET_COUNT],
             struct error *err)
{
    struct tally tally[FACET_COUNT] = {{0}};
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < collection->segments; i++) {
        struct archive_segment *segment = &archive->segment[i];
        struct sqlite3_stmt *ask = NULL;

        status = archive_prepare(segment, &ask,
                                 "SELECT publication, section, authors,"
                                 " precision, published, zone"
                                 " FROM article WHERE id=?1",
                                 err);
        for (size_t j = 0; !status && j < collection->ids[i]; j++) {
            sqlite3_bind_int64(ask, 1, collection->id[i][j]);
            if (sqlite3_step(ask) == SQLITE_ROW)
                add_row(tally, facets, ask);
            else
                status = schema_failed(segment->db, segment->entry->name, err);
            sqlite3_reset(ask);
        }
        sqlite3_finalize(ask);
    }
    for (int i = 0; i < FACET_COUNT; i++)
        tally_finish(&tally[i], (enum search_facet)i, &facet[i]);
    return status;
}
