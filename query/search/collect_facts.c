/* What the index has written down of an article, by its id. */
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "indexer/bits/sql.h"
#include "query/search/collect.h"

void
collect_set_facts(struct match_facts *facts, bool dated, int64_t local,
                  int64_t words)
{
    *facts = (struct match_facts){
        .dated = dated, .day = calendar_day_of(local), .words = words};
}

enum status
collect_facts(struct archive_segment *segment, int64_t id,
              struct match_facts *facts, struct error *err)
{
    struct sqlite3_stmt *ask;
    enum status status = archive_prepare(
        segment, &segment->facts,
        "SELECT published, zone, words FROM article WHERE id=?1", err);

    *facts = (struct match_facts){0};
    if (status)
        return status;
    ask = segment->facts;
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) != SQLITE_ROW)
        return sql_failed(segment->db, segment->entry->name, err);
    collect_set_facts(facts, sqlite3_column_type(ask, 0) == SQLITE_INTEGER,
                      sqlite3_column_int64(ask, 0) +
                          60 * sqlite3_column_int64(ask, 1),
                      sqlite3_column_int64(ask, 2));
    sqlite3_reset(ask);
    return STATUS_OK;
}

enum status
collect_texts(struct archive_segment *segment, int64_t id, struct match *match,
              const struct match_facts *facts, struct error *err)
{
    enum status status = archive_prepare(
        segment, &segment->texts,
        "SELECT headline, byline, captions, body, dateline, source, section,"
        " keywords, language, url, added FROM article_text WHERE id=?1",
        err);

    if (status)
        return status;
    sqlite3_bind_int64(segment->texts, 1, id);
    if (sqlite3_step(segment->texts) != SQLITE_ROW)
        return sql_failed(segment->db, segment->entry->name, err);
    match_begin(match, facts);
    for (int i = 0; i < MATCH_FIELDS; i++) {
        const char *text = (const char *)sqlite3_column_text(segment->texts, i);

        match_field(match, match_order[i], text ? text : "",
                    (size_t)sqlite3_column_bytes(segment->texts, i));
    }
    return STATUS_OK;
}

enum status
collect_aside(struct archive_segment *segment, int64_t id, struct match *match,
              struct error *err)
{
    static const enum field order[] = {
        FIELD_DATELINE, FIELD_SOURCE, FIELD_SECTION, FIELD_KEYWORDS,
        FIELD_LANGUAGE, FIELD_URL,    FIELD_ADDED};
    struct match_facts facts;
    enum status status = collect_facts(segment, id, &facts, err);

    if (!status)
        status = archive_prepare(
            segment, &segment->aside,
            "SELECT dateline, source, section, keywords, language,"
            " url, added FROM article_text WHERE id=?1",
            err);

    if (status)
        return status;
    sqlite3_bind_int64(segment->aside, 1, id);
    if (sqlite3_step(segment->aside) != SQLITE_ROW)
        return sql_failed(segment->db, segment->entry->name, err);
    match_begin(match, &facts);
    for (int i = 0; i < (int)COUNT(order); i++) {
        const char *text = (const char *)sqlite3_column_text(segment->aside, i);

        match_field(match, order[i], text ? text : "",
                    (size_t)sqlite3_column_bytes(segment->aside, i));
    }
    sqlite3_reset(segment->aside);
    return STATUS_OK;
}

void
collect_texts_done(struct archive_segment *segment)
{
    sqlite3_reset(segment->texts);
}

enum status
collect_found(struct archive_segment *segment, struct found *found,
              struct error *err)
{
    enum status status = archive_prepare(
        segment, &segment->found,
        "SELECT published, key, words FROM article WHERE id=?1", err);
    struct sqlite3_stmt *ask = segment->found;

    if (status)
        return status;
    sqlite3_bind_int64(ask, 1, found->id);
    if (sqlite3_step(ask) != SQLITE_ROW) {
        status = sql_failed(segment->db, segment->entry->name, err);
    } else {
        const char *key = (const char *)sqlite3_column_text(ask, 1);

        found->dated = sqlite3_column_type(ask, 0) == SQLITE_INTEGER;
        found->published = sqlite3_column_int64(ask, 0);
        found->key = mem_string(key ? key : "");
        found->words = sqlite3_column_int64(ask, 2);
    }
    sqlite3_reset(ask);
    return status;
}

bool
collect_is_narrowed(const char *const *only)
{
    for (int i = 0; only && i < FACET_YEAR; i++)
        if (only[i])
            return true;
    return false;
}

/* Is it one of the lines of a text? */
static bool
has_line(const char *text, const char *line)
{
    size_t size = strlen(line);

    while (*text) {
        size_t end = strcspn(text, "\n");

        if (end == size && memcmp(text, line, size) == 0)
            return true;
        text += end;
        text += *text == '\n';
    }
    return false;
}

enum status
collect_only(struct archive_segment *segment, int64_t id,
             const char *const *only, bool *has, struct error *err)
{
    static const enum search_facet columns[FACET_YEAR] = {
        FACET_SOURCE, FACET_SECTION, FACET_BYLINE};
    enum status status = archive_prepare(
        segment, &segment->values,
        "SELECT publication, section, authors FROM article WHERE id=?1", err);
    struct sqlite3_stmt *ask = segment->values;

    *has = true;
    if (status)
        return status;
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) != SQLITE_ROW)
        status = sql_failed(segment->db, segment->entry->name, err);
    for (int i = 0; !status && *has && i < FACET_YEAR; i++) {
        const char *value = (const char *)sqlite3_column_text(ask, i);
        const char *wanted = only[columns[i]];

        if (wanted)
            *has = columns[i] == FACET_BYLINE
                       ? has_line(value ? value : "", wanted)
                       : strcmp(value ? value : "", wanted) == 0;
    }
    sqlite3_reset(ask);
    return status;
}
