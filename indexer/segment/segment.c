#include "indexer/segment/segment.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked_format.h"
#include "indexer/segment/publish.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment_index.h"
#include "indexer/segment/segment_merge.h"
#include "indexer/stored/store.h"

struct segment {
    struct sqlite3 *db;
    struct sqlite3_stmt *insert;
    struct buf temporary; /* the name while it is being written */
    struct buf path;
    struct buf dir;
    char language[16];
    uint64_t number;
    size_t memory;
    struct packer *packer;
    bool packer_is_own;
    struct row_texts copying;
    struct manifest_segment entry;
    int64_t *published; /* of article 1, 2, ... */
    size_t published_room;
    struct segment_source *source; /* all are copied from these; or NULL */
    size_t sources;
    struct segment_origin *origin;
    size_t origin_room;
    bool finished;
};

enum status
segment_open(struct segment **segment, const struct segment_plan *plan,
             struct error *err)
{
    struct segment *s = mem_zero(1, sizeof(*s));
    enum status status;

    s->path = BUF_INIT;
    s->temporary = BUF_INIT;
    s->dir = BUF_INIT;
    buf_set_text(&s->dir, plan->dir);
    snprintf(s->language, sizeof(s->language), "%s", plan->language);
    s->number = plan->number;
    s->memory = plan->memory;
    s->packer = plan->packer ? plan->packer : packer_new();
    s->packer_is_own = !plan->packer;
    row_texts_init(&s->copying);
    s->copying.to = s->packer;
    s->entry.first = 1;
    manifest_segment_name(s->entry.name, plan->number);
    buf_printf(&s->path, "%s/%s", plan->dir, s->entry.name);
    buf_printf(&s->temporary, "%s/seg-%06" PRIu64 ".tmp", plan->dir,
               plan->number);
    *segment = s;
    unlink(s->temporary.data);
    status = schema_create(&s->db, s->temporary.data, plan->language, err);
    if (status)
        return status;
    if (sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(s->db, ROW_INSERT, -1, &s->insert, NULL) !=
            SQLITE_OK)
        return sql_failed(s->db, s->temporary.data, err);
    return STATUS_OK;
}

/* Its ranked index may have got its name already. */
static void
remove_unfinished(const struct segment *segment)
{
    struct buf ranked = BUF_INIT;
    char name[32];

    manifest_ranked_name(name, segment->entry.name);
    buf_printf(&ranked, "%s/%s", segment->dir.data, name);
    unlink(ranked.data);
    buf_release(&ranked);
    unlink(segment->temporary.data);
}

void
segment_close(struct segment *segment)
{
    if (!segment)
        return;
    sqlite3_finalize(segment->insert);
    schema_close(segment->db);
    if (!segment->finished)
        remove_unfinished(segment);
    if (segment->packer_is_own)
        packer_free(segment->packer);
    row_texts_release(&segment->copying);
    free(segment->published);
    free(segment->origin);
    buf_release(&segment->dir);
    list_release(&segment->entry.languages);
    buf_release(&segment->temporary);
    buf_release(&segment->path);
    free(segment);
}

static void
note_language(struct segment *segment, const char *language)
{
    /* In the manifest it is a word of a line; a reader may have let anything
     * through. */
    if (language[strspn(language, "abcdefghijklmnopqrstuvwxyz-")])
        return;
    if (*language && !list_has(&segment->entry.languages, language))
        list_add_text(&segment->entry.languages, language);
}

static void
note_date(struct segment *segment, int64_t seconds)
{
    struct manifest_segment *entry = &segment->entry;

    if (entry->first > entry->last) {
        entry->first = seconds;
        entry->last = seconds;
    } else if (seconds < entry->first) {
        entry->first = seconds;
    } else if (seconds > entry->last) {
        entry->last = seconds;
    }
}

static void
note_published(struct segment *segment, int64_t seconds)
{
    segment->published =
        mem_grow(segment->published, (size_t)segment->entry.articles,
                 &segment->published_room, sizeof(*segment->published));
    segment->published[segment->entry.articles] = seconds;
}

static enum status
step_insert(struct segment *segment, struct error *err)
{
    int code = sqlite3_step(segment->insert);

    sqlite3_reset(segment->insert);
    if (code != SQLITE_DONE)
        return sql_failed(segment->db, segment->temporary.data, err);
    segment->entry.articles++;
    return STATUS_OK;
}

enum status
segment_add(struct segment *segment, const struct row *row, struct error *err)
{
    int64_t seconds = RANKED_UNDATED;

    row_bind(row, segment->insert, segment->entry.articles + 1);
    if (row_published(row, &seconds))
        note_date(segment, seconds);
    else
        seconds = RANKED_UNDATED;
    note_published(segment, seconds);
    note_language(segment, row_language(row));
    return step_insert(segment, err);
}

enum status
segment_copy(struct segment *segment, struct sqlite3_stmt *select,
             struct unpacker *unpacker, struct error *err)
{
    const unsigned char *language =
        sqlite3_column_text(select, ROW_COLUMN_LANGUAGE);
    int64_t seconds = RANKED_UNDATED;
    enum status status;

    segment->copying.from = unpacker;
    status = row_copy(select, &segment->copying, segment->insert,
                      segment->entry.articles + 1, err);
    if (status)
        return status;
    if (sqlite3_column_type(select, ROW_COLUMN_PUBLISHED) == SQLITE_INTEGER) {
        seconds = sqlite3_column_int64(select, ROW_COLUMN_PUBLISHED);
        note_date(segment, seconds);
    }
    note_published(segment, seconds);
    note_language(segment, language ? (const char *)language : "");
    return step_insert(segment, err);
}

void
segment_merge_from(struct segment *segment, struct segment_source *source,
                   size_t sources)
{
    segment->source = source;
    segment->sources = sources;
}

enum status
segment_copy_from(struct segment *segment, size_t source,
                  struct sqlite3_stmt *select, struct unpacker *unpacker,
                  struct error *err)
{
    size_t articles = (size_t)segment->entry.articles;

    segment->origin = mem_grow(segment->origin, articles, &segment->origin_room,
                               sizeof(*segment->origin));
    segment->origin[articles] = (struct segment_origin){
        (uint32_t)source,
        (uint32_t)sqlite3_column_int64(select, ROW_COLUMN_ID)};
    return segment_copy(segment, select, unpacker, err);
}

/* All that was written, and that it is all. */
static const char finish_sql[] =
    "INSERT INTO meta VALUES('articles', %" PRId64 "),('complete', 1);"
    "COMMIT;";

static enum status
run_sql(struct segment *segment, const struct buf *sql, struct error *err)
{
    if (sqlite3_exec(segment->db, sql->data, NULL, NULL, NULL) != SQLITE_OK)
        return sql_failed(segment->db, segment->temporary.data, err);
    return STATUS_OK;
}

static enum status
write_dictionary(struct segment *segment, struct error *err)
{
    const struct buf *words = packer_dictionary(segment->packer);
    sqlite3_stmt *insert = NULL;
    enum status status = STATUS_OK;

    if (!words->size)
        return STATUS_OK;
    if (sqlite3_prepare_v2(segment->db, "INSERT INTO dictionary VALUES(?1)", -1,
                           &insert, NULL) != SQLITE_OK ||
        sqlite3_bind_blob64(insert, 1, words->data, words->size,
                            SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_step(insert) != SQLITE_DONE)
        status = sql_failed(segment->db, segment->temporary.data, err);
    sqlite3_finalize(insert);
    return status;
}

static enum status
index_articles(struct segment *segment, struct error *err)
{
    struct segment_articles articles = {.db = segment->db,
                                        .path = segment->temporary.data,
                                        .published = segment->published,
                                        .count = segment->entry.articles};
    struct segment_plan plan = {.dir = segment->dir.data,
                                .language = segment->language,
                                .number = segment->number,
                                .memory = segment->memory};

    struct segment_sources sources = {segment->source, segment->sources,
                                      segment->origin};
    enum status status;

    if (!segment->source)
        return segment_index(&articles, &plan, &segment->entry, err);
    if (segment_sources_open(&sources, &plan))
        status =
            segment_merge(&articles, &plan, &sources, &segment->entry, err);
    else
        status = segment_index(&articles, &plan, &segment->entry, err);
    segment_sources_close(&sources);
    return status;
}

enum status
segment_finish(struct segment *segment, struct manifest_segment *entry,
               struct error *err)
{
    struct buf sql = BUF_INIT;
    enum status status;

    sqlite3_finalize(segment->insert);
    segment->insert = NULL;
    status = write_dictionary(segment, err);
    if (!status)
        status = index_articles(segment, err);
    buf_printf(&sql, finish_sql, segment->entry.articles);
    if (!status)
        status = run_sql(segment, &sql, err);
    buf_release(&sql);
    schema_close(segment->db);
    segment->db = NULL;
    if (!status)
        status =
            segment_publish(segment->temporary.data, segment->path.data,
                            segment->entry.sha256, &segment->entry.bytes, err);
    if (status)
        return status;
    segment->finished = true;
    *entry = segment->entry;
    segment->entry.languages = LIST_INIT;
    return STATUS_OK;
}
