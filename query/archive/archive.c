#include "query/archive/archive.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "corpus/date/calendar.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/segment/fts5_write.h"
#include "indexer/segment/schema.h"
#include "indexer/segment/segment_files.h"

enum {
    ZONE_MAX = SECONDS_A_DAY, /* seconds that a zone can differ from UTC */
    STEPS_A_LOOK = 2000       /* SQLite's, between two looks at the clock */
};

static void
close_segments(struct archive *archive)
{
    for (size_t i = 0; archive->segment && i < archive->manifest.segments;
         i++) {
        struct archive_segment *segment = &archive->segment[i];

        sqlite3_finalize(segment->term);
        sqlite3_finalize(segment->facts);
        sqlite3_finalize(segment->found);
        sqlite3_finalize(segment->values);
        sqlite3_finalize(segment->origin);
        sqlite3_finalize(segment->row);
        sqlite3_finalize(segment->texts);
        sqlite3_finalize(segment->aside);
        schema_close(segment->db);
        ranked_close(segment->ranked);
    }
    free(archive->segment);
    archive->segment = NULL;
    segment_files_free(archive->files);
    archive->files = NULL;
}

void
archive_close(struct archive *archive)
{
    if (!archive)
        return;
    close_segments(archive);
    manifest_release(&archive->manifest);
    list_release(&archive->languages);
    analyzer_free(archive->analyzer);
    list_release(&archive->dirs);
    free(archive);
}

/* FTS5 answers everything; without the ranked index it only takes longer. */
static void
open_ranked(struct archive_segment *segment)
{
    struct buf path = BUF_INIT;
    char name[32];

    if (!segment->entry->ranked_bytes)
        return;
    manifest_ranked_name(name, segment->entry->name);
    buf_printf(&path, "%s/%s", segment->dir, name);
    if (ranked_open(&segment->ranked, path.data, segment->entry->ranked_bytes,
                    NULL) ||
        ranked_articles(segment->ranked) != segment->entry->articles ||
        memcmp(ranked_totals(segment->ranked), segment->entry->length,
               FIELD_TEXT_COUNT * sizeof(uint64_t)) != 0) {
        ranked_close(segment->ranked);
        segment->ranked = NULL;
    }
    buf_release(&path);
}

static bool
stop_reading(void *context)
{
    return deadline_look(context);
}

/* Put the segments of one manifest behind those of another, which then has
 * them; `of` says of which folder each is. */
static void
join_manifest(struct manifest *all, struct manifest *one, size_t folder,
              size_t **of)
{
    if (!folder)
        memcpy(all->language, one->language, sizeof(all->language));
    all->generation += one->generation;
    *of = mem_resize(*of, all->segments + one->segments + 1, sizeof(**of));
    all->segment = mem_resize(all->segment, all->segments + one->segments + 1,
                              sizeof(*all->segment));
    for (size_t i = 0; i < one->segments; i++) {
        (*of)[all->segments] = folder;
        all->segment[all->segments++] = one->segment[i];
    }
    all->segment_room = all->segments + 1;
    one->segments = 0;
    manifest_release(one);
}

/* What all folders list now. */
static enum status
read_manifests(struct archive *archive, size_t **of, struct error *err)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; !status && i < archive->dirs.count; i++) {
        struct manifest one = MANIFEST_INIT;

        status = manifest_read(&one, archive->dirs.item[i], err);
        if (!status)
            join_manifest(&archive->manifest, &one, i, of);
        else
            manifest_release(&one);
    }
    return status;
}

static enum status
open_segments(struct archive *archive, const size_t *of, struct error *err)
{
    enum status status = STATUS_OK;

    archive->segment =
        mem_zero(archive->manifest.segments + 1, sizeof(*archive->segment));
    archive->files = segment_files_new();
    segment_files_watch(archive->files, stop_reading, &archive->deadline);
    for (size_t i = 0; !status && i < archive->manifest.segments; i++) {
        struct archive_segment *segment = &archive->segment[i];
        struct buf path = BUF_INIT;

        segment->archive = archive;
        segment->entry = &archive->manifest.segment[i];
        segment->dir = archive->dirs.item[of[i]];
        buf_printf(&path, "%s/%s", segment->dir, segment->entry->name);
        status =
            segment_files_add(archive->files, path.data, &segment->file, err);
        if (!status)
            open_ranked(segment);
        buf_release(&path);
    }
    return status;
}

static void
close_generation(struct archive *archive)
{
    close_segments(archive);
    manifest_release(&archive->manifest);
    archive->manifest = MANIFEST_INIT;
}

/* A merge may remove what the manifest of a moment ago lists; the manifest
 * of now does not list it any more.  A segment that is not there and is still
 * listed by the same generation is missing. */
static enum status
open_generation(struct archive *archive, struct error *err)
{
    uint64_t last = 0;
    enum status status;

    for (int tries = 0;; tries++) {
        size_t *of = mem_zero(1, sizeof(*of));

        status = read_manifests(archive, &of, err);
        if (status) {
            free(of);
            return status;
        }
        status = open_segments(archive, of, err);
        free(of);
        if (status != STATUS_ABSENT)
            return status;
        if (tries > 0 && archive->manifest.generation == last)
            break;
        last = archive->manifest.generation;
        close_generation(archive);
    }
    if (err)
        err->status = STATUS_DAMAGED;
    return STATUS_DAMAGED;
}

/* Languages without a stemmer are one: all read a word in the same way. */
static void
add_language(struct archive *archive, const char *name)
{
    const char *code = analysis_language_code(name);

    if (!code)
        code = "none";
    if (!list_has(&archive->languages, code))
        list_add_text(&archive->languages, code);
}

static void
gather_languages(struct archive *archive)
{
    add_language(archive, archive->manifest.language);
    for (size_t i = 0; i < archive->manifest.segments; i++) {
        const struct list *list = &archive->manifest.segment[i].languages;

        for (size_t j = 0; j < list->count; j++)
            add_language(archive, list->item[j]);
    }
}

enum status
archive_open(struct archive **archive, const char *dir, struct error *err)
{
    struct list dirs = LIST_INIT;
    enum status status;

    list_add_text(&dirs, dir);
    status = archive_open_all(archive, &dirs, err);
    list_release(&dirs);
    return status;
}

enum status
archive_open_all(struct archive **archive, const struct list *dirs,
                 struct error *err)
{
    struct archive *new = mem_zero(1, sizeof(*new));
    enum status status;

    *archive = NULL;
    list_copy(&new->dirs, dirs);
    new->manifest = MANIFEST_INIT;
    status = open_generation(new, err);
    if (!status)
        status = analyzer_new(&new->analyzer, new->manifest.language, err);
    if (status) {
        archive_close(new);
        return status;
    }
    gather_languages(new);
    for (size_t i = 0; i < new->manifest.segments; i++)
        new->articles += (uint64_t) new->manifest.segment[i].articles;
    *archive = new;
    return STATUS_OK;
}

/* SQLite's progress handler. */
static int
look_at_clock(void *context)
{
    return deadline_look(context);
}

/* Pages of a segment that are kept, in KiB: those that every row is found by
 * are few, and of rows and lists none is read twice.  Memory that is used for
 * the first time costs more than to read a page again. */
static const char cache_sql[] = "PRAGMA cache_size=-400";

/* The databases are read, not mapped: of a large one, a search wants a
 * thousand rows far apart, and to map a page costs more than to copy it. */
static enum status
open_database(struct archive_segment *segment, struct error *err)
{
    struct archive *archive = segment->archive;
    struct buf path = BUF_INIT;
    enum status status;

    buf_printf(&path, "%s/%s", segment->dir, segment->entry->name);
    status = segment_files_open(archive->files, segment->file, &segment->db,
                                &segment->unpacker, path.data, err);
    if (!status)
        status = fts5_expect_totals(segment->db, path.data,
                                    (uint64_t)segment->entry->articles,
                                    segment->entry->length, err);
    buf_release(&path);
    if (!status && archive->opened)
        status = archive->opened(archive->opened_context,
                                 (size_t)(segment - archive->segment),
                                 segment->db, err);
    if (status) {
        schema_close(segment->db);
        segment->db = NULL;
        segment->unpacker = NULL;
        return status;
    }
    sqlite3_exec(segment->db, cache_sql, NULL, NULL, NULL);
    sqlite3_progress_handler(segment->db, STEPS_A_LOOK, look_at_clock,
                             &archive->deadline);
    return STATUS_OK;
}

void
archive_limit(struct archive *archive, size_t bytes)
{
    archive->room.limit = bytes / RANKED_WINDOW;
    for (size_t i = 0; i < archive->manifest.segments; i++)
        if (archive->segment[i].ranked)
            ranked_share(archive->segment[i].ranked, &archive->room);
}

struct sqlite3 *
archive_db(struct archive_segment *segment)
{
    struct error err = {0};

    if (!segment->db && open_database(segment, &err))
        return NULL;
    return segment->db;
}

enum status
archive_prepare(struct archive_segment *segment,
                struct sqlite3_stmt **statement, const char *sql,
                struct error *err)
{
    enum status status = STATUS_OK;

    if (*statement) {
        sqlite3_reset(*statement);
        return STATUS_OK;
    }
    if (!segment->db)
        status = open_database(segment, err);
    if (status)
        return status;
    if (sqlite3_prepare_v3(segment->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                           statement, NULL) != SQLITE_OK)
        return sql_failed(segment->db, segment->entry->name, err);
    return STATUS_OK;
}

static enum status
count_in_table(struct archive_segment *segment, const char *term,
               uint64_t *articles, struct error *err)
{
    enum status status =
        archive_prepare(segment, &segment->term,
                        "SELECT articles FROM term WHERE term=?1", err);

    if (status)
        return status;
    sqlite3_bind_text(segment->term, 1, term, -1, SQLITE_STATIC);
    if (sqlite3_step(segment->term) == SQLITE_ROW)
        *articles += (uint64_t)sqlite3_column_int64(segment->term, 0);
    sqlite3_reset(segment->term);
    return STATUS_OK;
}

enum status
archive_count_term(struct archive *archive, const char *term, bool aside,
                   uint64_t *articles, struct error *err)
{
    enum status status = STATUS_OK;
    size_t size = strlen(term);

    *articles = 0;
    for (size_t i = 0; !status && i < archive->manifest.segments; i++) {
        struct archive_segment *segment = &archive->segment[i];
        struct ranked_list list;

        if (aside || !segment->ranked || ranked_damaged(segment->ranked))
            status = count_in_table(segment, term, articles, err);
        else if (ranked_find(segment->ranked, term, size, &list))
            *articles += list.articles;
    }
    return status;
}

/* The first id whose date is at or after `seconds`; undated articles
 * come first.  Articles are numbered by date, so halving finds it: in the
 * ranked index, whose docids begin at the other end, or in the table. */
static enum status
first_at(struct archive_segment *segment, int64_t seconds, int64_t *id,
         struct error *err)
{
    const uint64_t end = (uint64_t)segment->entry->articles + 1;
    struct bisect half = bisect_between(1, end);
    struct sqlite3_stmt *ask = NULL;
    enum status status;

    if (segment->ranked) {
        uint32_t from;
        uint32_t to;

        ranked_range(segment->ranked, seconds, INT64_MAX, &from, &to);
        *id = (int64_t)(end - to);
        return STATUS_OK;
    }
    status = archive_prepare(segment, &ask,
                             "SELECT published FROM article WHERE id=?1", err);
    while (!status && bisect_next(&half)) {
        bool before = true;

        sqlite3_bind_int64(ask, 1, (sqlite3_int64)half.middle);
        if (sqlite3_step(ask) == SQLITE_ROW &&
            sqlite3_column_type(ask, 0) == SQLITE_INTEGER)
            before = sqlite3_column_int64(ask, 0) < seconds;
        sqlite3_reset(ask);
        bisect_go(&half, before);
    }
    *id = (int64_t)half.low;
    sqlite3_finalize(ask);
    return status;
}

enum status
archive_days(struct archive_segment *segment, int64_t first_day,
             int64_t last_day, struct id_range *range, struct error *err)
{
    int64_t first = INT64_MIN / 2;
    int64_t end = INT64_MAX / 2;
    int64_t id[4];
    enum status status;

    if (first_day > -1000000)
        first = first_day * SECONDS_A_DAY;
    if (last_day < 1000000)
        end = (last_day + 1) * SECONDS_A_DAY;
    if (first > end)
        first = end;
    status = first_at(segment, first - ZONE_MAX, &id[0], err);
    if (!status)
        status = first_at(segment, first + ZONE_MAX, &id[1], err);
    if (!status)
        status = first_at(segment, end - ZONE_MAX, &id[2], err);
    if (!status)
        status = first_at(segment, end + ZONE_MAX, &id[3], err);
    if (status)
        return status;
    *range = (struct id_range){id[0], id[3] - 1, id[1], id[2] - 1};
    if (first_day <= -1000000)
        range->sure_first = range->first;
    if (last_day >= 1000000)
        range->sure_last = range->last;
    return STATUS_OK;
}
