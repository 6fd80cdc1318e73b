#include "indexer/segment/segment_merge.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/bytes.h"
#include "corpus/base/mem.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/field.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_writer.h"
#include "indexer/segment/fts5_read.h"
#include "indexer/segment/likeness_write.h"
#include "indexer/segment/ranked_file.h"
#include "indexer/segment/segment_terms.h"
#include "indexer/segment/vocabulary.h"

/* --- what can be merged --- */

static bool
has_language(struct sqlite3 *db, const char *language)
{
    sqlite3_stmt *select = NULL;
    bool has = false;

    if (sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE key='language'",
                           -1, &select, NULL) == SQLITE_OK &&
        sqlite3_step(select) == SQLITE_ROW) {
        const char *own = (const char *)sqlite3_column_text(select, 0);

        has = own && strcmp(own, language) == 0;
    }
    sqlite3_finalize(select);
    return has;
}

static bool
open_ranked(struct segment_source *source, const char *dir)
{
    struct buf path = BUF_INIT;
    char name[32];
    bool sound;

    manifest_ranked_name(name, source->entry->name);
    buf_printf(&path, "%s/%s", dir, name);
    sound = source->entry->ranked_bytes &&
            ranked_open(&source->ranked, path.data, source->entry->ranked_bytes,
                        NULL) == STATUS_OK &&
            ranked_articles(source->ranked) == source->entry->articles &&
            ranked_sound(source->ranked);
    for (size_t i = 0; sound && i < FIELD_TEXT_COUNT; i++)
        sound = ranked_totals(source->ranked)[i] == source->entry->length[i];
    buf_release(&path);
    return sound;
}

bool
segment_sources_open(const struct segment_sources *sources,
                     const struct segment_plan *plan)
{
    bool can = true;

    for (size_t i = 0; can && i < sources->count; i++)
        can = open_ranked(&sources->source[i], plan->dir) &&
              has_language(sources->source[i].db, plan->language) &&
              fts5_read_can(sources->source[i].db);
    return can;
}

void
segment_sources_close(const struct segment_sources *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        ranked_close(sources->source[i].ranked);
        sources->source[i].ranked = NULL;
    }
}

/* --- the merge --- */

/* A source on its way. */
struct from {
    const struct segment_source *source;
    uint32_t *number; /* of the article at each docid, or 0 */
    struct fts5_read *read;
    bool more; /* it stands on a term */
    sqlite3_stmt *lengths;
};

struct merging {
    const struct segment_articles *articles;
    const struct segment_plan *plan;
    const struct segment_origin *origin;
    struct manifest_segment *entry;
    struct from *from;
    size_t sources;
    struct segment_terms *terms;
    struct vocabulary *vocabulary;

    /* the other thread's, until it has ended */
    struct ranked_part *part;
    struct ranked_source *ranked_from;
    struct ranked_file ranked;
    struct likeness_write *likeness;
    enum status ranked_status;
    struct error ranked_err;
};

static uint32_t
number_of(const struct from *from, int64_t id)
{
    int64_t articles = from->source->entry->articles;

    return id > 0 && id <= articles ? from->number[articles - id] : 0;
}

static void
begin(struct merging *merging, const struct segment_source *source)
{
    const struct segment_articles *articles = merging->articles;
    size_t count = (size_t)articles->count;

    merging->part = mem_zero(merging->sources + 1, sizeof(*merging->part));
    merging->from = mem_zero(merging->sources + 1, sizeof(*merging->from));
    merging->ranked_from = mem_zero(count + 1, sizeof(*merging->ranked_from));
    for (size_t i = 0; i < merging->sources; i++) {
        struct from *from = &merging->from[i];

        from->source = &source[i];
        from->number = mem_zero((size_t)source[i].entry->articles + 1,
                                sizeof(*from->number));
        from->read = fts5_read_new(source[i].db, source[i].path);
        merging->part[i] = (struct ranked_part){source[i].ranked, from->number};
    }
    for (size_t i = 0; i < count; i++) {
        const struct segment_origin *origin = &merging->origin[i];
        const struct segment_source *of = &source[origin->source];
        uint32_t docid = (uint32_t)of->entry->articles - origin->id;

        merging->from[origin->source].number[docid] = (uint32_t)i + 1;
        merging->ranked_from[i] = (struct ranked_source){of->ranked, docid};
    }
    merging->terms = segment_terms_new(articles->db, articles->path);
    merging->vocabulary = vocabulary_new();
    merging->likeness = likeness_write_new(articles->count);
}

static void
release(struct merging *merging)
{
    for (size_t i = 0; i < merging->sources; i++) {
        sqlite3_finalize(merging->from[i].lengths);
        fts5_read_free(merging->from[i].read);
        free(merging->from[i].number);
    }
    free(merging->from);
    free(merging->part);
    free(merging->ranked_from);
    segment_terms_free(merging->terms);
    vocabulary_free(merging->vocabulary);
    likeness_write_free(merging->likeness);
    ranked_file_release(&merging->ranked);
}

/* --- the ranked index --- */

static void
weigh_term(void *context, const struct merged *merged,
           const struct ranked_said *said, size_t count)
{
    const struct merging *merging = context;

    likeness_write_term(merging->likeness, merged, said, count);
}

static void *
merge_ranked(void *context)
{
    struct merging *merging = context;
    struct ranked_listener also = {.weigh = weigh_term, .context = merging};
    struct error *err = &merging->ranked_err;
    enum status status;

    ranked_writer_merge(merging->ranked.writer, merging->part, merging->sources,
                        merging->ranked_from, (size_t)merging->articles->count);
    status = ranked_file_end(&merging->ranked, &also, err);
    for (size_t i = 0; !status && i < merging->sources; i++)
        if (ranked_damaged(merging->part[i].ranked))
            status = error_set(err, STATUS_DAMAGED,
                               "%s: its ranked index is damaged, so it is not "
                               "merged; look with: nindex check",
                               merging->from[i].source->path);
    if (!status)
        status = ranked_file_publish(&merging->ranked, merging->entry, err);
    merging->ranked_status = status;
    return NULL;
}

/* --- the tables of FTS5 --- */

/* The lengths of an article: a source's come in order of their ids. */
static enum status
copy_lengths(struct merging *merging, int64_t number, struct error *err)
{
    const struct segment_origin *origin = &merging->origin[number - 1];
    struct from *from = &merging->from[origin->source];
    uint32_t length[FIELD_COUNT];
    int code = SQLITE_OK;

    if (!from->lengths)
        code = sqlite3_prepare_v2(
            from->source->db,
            "SELECT id, sz FROM article_fts_docsize ORDER BY id", -1,
            &from->lengths, NULL);
    if (code)
        return sql_failed_with(from->source->db, code, from->source->path, err);
    do
        code = sqlite3_step(from->lengths);
    while (code == SQLITE_ROW &&
           sqlite3_column_int64(from->lengths, 0) < origin->id);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return sql_failed_with(from->source->db, code, from->source->path, err);
    if (code == SQLITE_DONE ||
        sqlite3_column_int64(from->lengths, 0) != origin->id ||
        !fts5_read_lengths(sqlite3_column_blob(from->lengths, 1),
                           (size_t)sqlite3_column_bytes(from->lengths, 1),
                           length))
        return error_set(err, STATUS_DAMAGED,
                         "%s: damaged, so it is not merged; look with: "
                         "nindex check",
                         from->source->path);
    code = segment_terms_article(merging->terms, number, length);
    return code ? sql_failed_with(merging->articles->db, code,
                                  merging->articles->path, err)
                : STATUS_OK;
}

static int
compare_terms(const struct fts5_read *a, const char *term, size_t size)
{
    return bytes_compare(a->term, a->term_size, term, size);
}

static const struct fts5_read *
first_term(const struct merging *merging)
{
    const struct fts5_read *first = NULL;

    for (size_t i = 0; i < merging->sources; i++) {
        const struct from *from = &merging->from[i];

        if (from->more && (!first || compare_terms(from->read, first->term,
                                                   first->term_size) < 0))
            first = from->read;
    }
    return first;
}

/* The number of the next living article of the term. */
static uint32_t
next_number(const struct from *from)
{
    while (fts5_read_article(from->read)) {
        uint32_t number = number_of(from, from->read->number);

        if (number)
            return number;
    }
    return 0;
}

/* Those that have the present term, and the next article of each. */
struct holder {
    struct from *from;
    uint32_t number;
};

static struct holder *
first_holder(struct holder *holder, size_t holders)
{
    struct holder *first = NULL;

    for (size_t i = 0; i < holders; i++)
        if (holder[i].number && (!first || holder[i].number < first->number))
            first = &holder[i];
    return first;
}

static void
copy_term(struct merging *merging, const struct buf *term,
          struct holder *holder, size_t holders)
{
    struct segment_terms *terms = merging->terms;
    struct holder *first;

    for (size_t i = 0; i < holders; i++)
        holder[i].number = next_number(holder[i].from);
    first = first_holder(holder, holders);
    if (!first)
        return;
    segment_terms_begin(terms, term->data, term->size);
    for (; first; first = first_holder(holder, holders)) {
        const struct fts5_read *read = first->from->read;

        segment_terms_copy(terms, first->number, read->places,
                           read->places_size);
        first->number = next_number(first->from);
    }
    segment_terms_copied(terms, term->data, term->size);
}

static enum status
copy_terms(struct merging *merging, struct error *err)
{
    struct holder *holder = mem_zero(merging->sources + 1, sizeof(*holder));
    struct buf term = BUF_INIT;
    const struct fts5_read *first;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < merging->sources; i++)
        merging->from[i].more = fts5_read_term(merging->from[i].read);
    while ((first = first_term(merging)) != NULL) {
        size_t holders = 0;

        buf_set(&term, first->term, first->term_size);
        for (size_t i = 0; i < merging->sources; i++)
            if (merging->from[i].more &&
                compare_terms(merging->from[i].read, term.data, term.size) == 0)
                holder[holders++] = (struct holder){&merging->from[i], 0};
        copy_term(merging, &term, holder, holders);
        for (size_t i = 0; i < holders; i++)
            holder[i].from->more = fts5_read_term(holder[i].from->read);
    }
    for (size_t i = 0; !status && i < merging->sources; i++)
        status = fts5_read_end(merging->from[i].read, err);
    buf_release(&term);
    free(holder);
    return status;
}

/* --- the words --- */

static int
take_word(void *context, const struct token *token)
{
    if (token->kind == TOKEN_WORD)
        vocabulary_take(context, token->folded, token->folded_size);
    return SQLITE_OK;
}

/* What an article that is dropped had brought. */
static int
take_article(struct merging *merging, struct analyzer *analyzer,
             sqlite3_stmt *select, int64_t id)
{
    int code;

    sqlite3_bind_int64(select, 1, id);
    code = sqlite3_step(select);
    for (int i = 0; code == SQLITE_ROW && i < FIELD_COUNT; i++) {
        const char *text = (const char *)sqlite3_column_text(select, i);
        int size = sqlite3_column_bytes(select, i);

        if (text && size > 0 &&
            analyzer_run_marked(analyzer, text, (size_t)size, take_word,
                                merging->vocabulary) != SQLITE_OK)
            code = SQLITE_NOMEM;
    }
    sqlite3_reset(select);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

static enum status
take_dropped(struct merging *merging, const struct from *from,
             struct error *err)
{
    struct sqlite3 *db = from->source->db;
    struct analyzer *analyzer = NULL;
    sqlite3_stmt *select = NULL;
    enum status status = analyzer_new(&analyzer, merging->plan->language, err);
    int code = sqlite3_prepare_v2(
        db, "SELECT " FIELD_COLUMNS " FROM article_text WHERE id=?1", -1,
        &select, NULL);

    for (int64_t id = 1;
         !status && code == SQLITE_OK && id <= from->source->entry->articles;
         id++)
        if (!number_of(from, id))
            code = take_article(merging, analyzer, select, id);
    if (!status && code != SQLITE_OK)
        status = sql_failed_with(db, code, from->source->path, err);
    sqlite3_finalize(select);
    analyzer_free(analyzer);
    return status;
}

static enum status
add_words(struct merging *merging, struct error *err)
{
    enum status status = STATUS_OK;
    int64_t kept = 0;

    for (size_t i = 0; !status && i < merging->sources; i++) {
        const struct segment_source *source = merging->from[i].source;

        status = vocabulary_add_table(merging->vocabulary, source->db,
                                      source->path, err);
        kept += source->entry->articles;
    }
    if (kept == merging->articles->count)
        return status;
    for (size_t i = 0; !status && i < merging->sources; i++)
        status = take_dropped(merging, &merging->from[i], err);
    return status;
}

static enum status
merge_tables(struct merging *merging, struct error *err)
{
    enum status status = STATUS_OK;

    for (int64_t i = 1; !status && i <= merging->articles->count; i++)
        status = copy_lengths(merging, i, err);
    if (!status)
        status = copy_terms(merging, err);
    if (!status)
        status = segment_terms_end(merging->terms, merging->entry->length, err);
    if (!status)
        status = add_words(merging, err);
    if (!status)
        status = vocabulary_write(merging->vocabulary, merging->articles->db,
                                  merging->articles->path, err);
    return status;
}

enum status
segment_merge(const struct segment_articles *articles,
              const struct segment_plan *plan,
              const struct segment_sources *sources,
              struct manifest_segment *entry, struct error *err)
{
    struct merging merging = {.articles = articles,
                              .plan = plan,
                              .origin = sources->origin,
                              .entry = entry,
                              .sources = sources->count};
    enum status status;
    pthread_t thread;
    bool started;

    begin(&merging, sources->source);
    ranked_file_begin(&merging.ranked, plan);
    started = pthread_create(&thread, NULL, merge_ranked, &merging) == 0;
    status = merge_tables(&merging, err);
    if (started)
        pthread_join(thread, NULL);
    else
        merge_ranked(&merging);
    if (!status && merging.ranked_status)
        status = error_set(err, merging.ranked_status, "%s",
                           merging.ranked_err.text);
    if (!status)
        status = likeness_write_end(merging.likeness, articles->db,
                                    articles->path, err);
    release(&merging);
    return status;
}
