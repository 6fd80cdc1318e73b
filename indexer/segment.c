#include "indexer/segment.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "corpus/mem.h"
#include "indexer/analysis.h"
#include "indexer/impact.h"
#include "indexer/schema.h"
#include "indexer/segment_ranked.h"
#include "indexer/sha256.h"
#include "indexer/vocabulary.h"

struct segment {
    struct sqlite3 *db;
    struct sqlite3_stmt *insert;
    struct buf temporary; /* the name while it is being written */
    struct buf path;
    size_t memory;
    struct vocabulary *vocabulary;
    struct manifest_segment entry;
    struct ranked_feed *feed;
    bool finished;
};

void
segment_name(char name[32], uint64_t number)
{
    snprintf(name, 32, "seg-%06" PRIu64 ".db", number);
}

enum status
segment_open(struct segment **segment, const struct segment_plan *plan,
             struct error *err)
{
    struct segment *s = mem_zero(1, sizeof(*s));
    enum status status;

    s->path = BUF_INIT;
    s->temporary = BUF_INIT;
    s->memory = plan->memory;
    s->entry.first = 1;
    segment_name(s->entry.name, plan->number);
    buf_printf(&s->path, "%s/%s", plan->dir, s->entry.name);
    buf_printf(&s->temporary, "%s/seg-%06" PRIu64 ".tmp", plan->dir,
               plan->number);
    *segment = s;
    s->feed = ranked_feed_new(plan->dir, plan->number, plan->memory);
    unlink(s->temporary.data);
    status = schema_create(&s->db, s->temporary.data, plan->language, err);
    if (status)
        return status;
    if (sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(s->db, ROW_INSERT, -1, &s->insert, NULL) !=
            SQLITE_OK)
        return schema_failed(s->db, s->temporary.data, err);
    return STATUS_OK;
}

void
segment_close(struct segment *segment)
{
    if (!segment)
        return;
    sqlite3_finalize(segment->insert);
    schema_close(segment->db);
    vocabulary_free(segment->vocabulary);
    if (!segment->finished)
        unlink(segment->temporary.data);
    ranked_feed_free(segment->feed);
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

static enum status
step_insert(struct segment *segment, struct error *err)
{
    int code = sqlite3_step(segment->insert);

    sqlite3_reset(segment->insert);
    if (code != SQLITE_DONE)
        return schema_failed(segment->db, segment->temporary.data, err);
    segment->entry.articles++;
    return STATUS_OK;
}

enum status
segment_add(struct segment *segment, const struct row *row, struct error *err)
{
    int64_t seconds = IMPACT_UNDATED;

    row_bind(row, segment->insert, segment->entry.articles + 1);
    if (row_published(row, &seconds))
        note_date(segment, seconds);
    else
        seconds = IMPACT_UNDATED;
    ranked_feed_note(segment->feed, seconds);
    note_language(segment, row_language(row));
    return step_insert(segment, err);
}

enum status
segment_copy(struct segment *segment, struct sqlite3_stmt *select,
             struct error *err)
{
    const unsigned char *language =
        sqlite3_column_text(select, ROW_COLUMN_LANGUAGE);
    int64_t seconds = IMPACT_UNDATED;

    for (int i = 1; i < ROW_COLUMN_COUNT; i++)
        sqlite3_bind_value(segment->insert, i + 1,
                           sqlite3_column_value(select, i));
    sqlite3_bind_int64(segment->insert, 1, segment->entry.articles + 1);
    if (sqlite3_column_type(select, ROW_COLUMN_PUBLISHED) == SQLITE_INTEGER) {
        seconds = sqlite3_column_int64(select, ROW_COLUMN_PUBLISHED);
        note_date(segment, seconds);
    }
    ranked_feed_note(segment->feed, seconds);
    note_language(segment, language ? (const char *)language : "");
    return step_insert(segment, err);
}

/* Let FTS5 read every article through the view, collect in memory and merge
 * once at the end. */
static const char index_sql[] =
    "INSERT INTO article_fts(article_fts, rank) VALUES('automerge', 0);"
    "INSERT INTO article_fts(article_fts, rank) VALUES('crisismerge', 500);"
    "INSERT INTO article_fts(article_fts, rank) VALUES('hashsize', %zu);"
    "INSERT INTO article_fts(article_fts) VALUES('rebuild');"
    "COMMIT;"
    "BEGIN;"
    "INSERT INTO article_fts(article_fts) VALUES('optimize');"
    "COMMIT;"
    "BEGIN;";

static const char finish_sql[] =
    "CREATE VIRTUAL TABLE temp.vocabulary USING"
    " fts5vocab(main, article_fts, row);"
    "BEGIN;"
    "INSERT INTO term SELECT term, doc, cnt FROM temp.vocabulary;"
    "INSERT INTO meta VALUES('articles', %" PRId64 "),('complete', 1);"
    "COMMIT;"
    "DROP TABLE temp.vocabulary;";

static enum status
run_sql(struct segment *segment, const struct buf *sql, struct error *err)
{
    if (sqlite3_exec(segment->db, sql->data, NULL, NULL, NULL) != SQLITE_OK)
        return schema_failed(segment->db, segment->temporary.data, err);
    return STATUS_OK;
}

/* What FTS5 is being given goes to all who want to know it. */
static void
see_text(void *context)
{
    struct segment *segment = context;

    ranked_feed_text(segment->feed);
}

static int
see_token(void *context, const struct token *token)
{
    struct segment *segment = context;

    ranked_feed_token(segment->feed, token);
    if (token->kind == TOKEN_WORD)
        vocabulary_add(segment->vocabulary, token->folded, token->folded_size,
                       token->notes ? &token->notes->word : NULL);
    return SQLITE_OK;
}

/* All articles are in: make the index of them. */
static enum status
index_articles(struct segment *segment, struct error *err)
{
    struct analysis_tap tap = {
        .begin = see_text, .token = see_token, .context = segment};
    struct buf sql = BUF_INIT;
    enum status status;

    segment->vocabulary = vocabulary_new();
    buf_printf(&sql, index_sql, segment->memory);
    analysis_set_tap(segment->db, &tap);
    status = run_sql(segment, &sql, err);
    analysis_set_tap(segment->db, NULL);
    if (!status)
        status = vocabulary_write(segment->vocabulary, segment->db,
                                  segment->temporary.data, err);
    buf_set_text(&sql, "COMMIT");
    if (!status)
        status = run_sql(segment, &sql, err);
    buf_release(&sql);
    vocabulary_free(segment->vocabulary);
    segment->vocabulary = NULL;
    return status;
}

/* The next number as FTS5 stores it: seven bits a byte, most significant
 * first, the top bit says that more follow (nine bytes at most). */
static uint64_t
take_varint(const unsigned char **at, const unsigned char *end)
{
    uint64_t number = 0;

    for (int i = 0; i < 9 && *at < end; i++) {
        unsigned char byte = *(*at)++;

        if (i == 8)
            return number << 8 | byte;
        number = number << 7 | (byte & 0x7f);
        if (!(byte & 0x80))
            break;
    }
    return number;
}

/* FTS5 keeps the number of rows and of tokens in each column in the record
 * with id 1 of its data table: what its own bm25() divides by. */
static enum status
read_lengths(struct segment *segment, struct error *err)
{
    struct sqlite3_stmt *ask = NULL;
    const unsigned char *at;
    const unsigned char *end;

    if (sqlite3_prepare_v2(segment->db,
                           "SELECT block FROM article_fts_data WHERE id=1", -1,
                           &ask, NULL) != SQLITE_OK ||
        sqlite3_step(ask) != SQLITE_ROW) {
        sqlite3_finalize(ask);
        return schema_failed(segment->db, segment->temporary.data, err);
    }
    at = sqlite3_column_blob(ask, 0);
    end = at + sqlite3_column_bytes(ask, 0);
    (void)take_varint(&at, end);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        segment->entry.length[i] = take_varint(&at, end);
    sqlite3_finalize(ask);
    return STATUS_OK;
}

enum status
segment_publish(const char *temporary, const char *path, char sha256[65],
                uint64_t *bytes, struct error *err)
{
    enum status status = STATUS_OK;
    int fd = open(temporary, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fsync(fd) != 0 || fchmod(fd, 0444) != 0)
        status = error_set(err, status_of_errno(errno),
                           "%s: cannot be completed: %s", temporary,
                           strerror(errno));
    if (!status)
        status = sha256_file(fd, temporary, sha256, bytes, err);
    if (fd >= 0)
        close(fd);
    if (!status && rename(temporary, path) != 0)
        status =
            error_set(err, status_of_errno(errno),
                      "%s: cannot be put in place: %s", path, strerror(errno));
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
    status = index_articles(segment, err);
    if (!status)
        status = read_lengths(segment, err);
    buf_printf(&sql, finish_sql, segment->entry.articles);
    if (!status)
        status = run_sql(segment, &sql, err);
    buf_release(&sql);
    schema_close(segment->db);
    segment->db = NULL;
    if (!status)
        status = ranked_feed_finish(segment->feed, &segment->entry, err);
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
