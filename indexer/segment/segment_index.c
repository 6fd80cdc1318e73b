#include "indexer/segment/segment_index.h"

#include <inttypes.h>
#include <stdio.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "indexer/analysis/analysis.h"
#include "indexer/archive/field.h"
#include "indexer/bits/moving.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked_format.h"
#include "indexer/ranked/ranked_writer.h"
#include "indexer/segment/likeness_write.h"
#include "indexer/segment/ranked_file.h"
#include "indexer/segment/segment_terms.h"
#include "indexer/segment/vocabulary.h"

struct indexing {
    const struct segment_articles *articles;
    struct analyzer *analyzer;
    struct vocabulary *vocabulary; /* NULL, as the next: the ranked index */
    struct segment_terms *terms;   /* alone is made */
    uint32_t positions; /* of the present field that have been seen, and of */
    uint32_t sentence;  /* the latest of these: its sentence and capitals */
    unsigned letters;
    struct likeness_write *likeness;
    uint64_t terms_seen;
    struct ranked_file ranked;
};

/* The first token at a position says what the word there is like. */
static void
see_position(struct indexing *indexing, const struct token *token)
{
    if (indexing->positions && token->sentence != indexing->sentence)
        ranked_writer_sentence(indexing->ranked.writer, token->position,
                               token->paragraph);
    indexing->positions = token->position + 1;
    indexing->sentence = token->sentence;
    indexing->letters = token->capitals  ? RANKED_CAPITALS
                        : token->capital ? RANKED_CAPITAL
                                         : RANKED_SMALL;
}

/* One pass over the texts feeds all. */
static int
see_token(void *context, const struct token *token)
{
    struct indexing *indexing = context;
    struct ranked_token ranked = {.term = token->term,
                                  .size = token->term_size,
                                  .folded = token->folded,
                                  .folded_size = token->folded_size,
                                  .position = token->position};

    if (token->position >= indexing->positions)
        see_position(indexing, token);
    ranked.letters =
        indexing->letters + (token->kind == TOKEN_CAPS ? RANKED_TWIN : 0);
    ranked_writer_token(indexing->ranked.writer, &ranked,
                        token->notes ? &token->notes->term : NULL);
    if (token->kind == TOKEN_WORD && indexing->vocabulary)
        vocabulary_add(indexing->vocabulary, token->folded, token->folded_size,
                       token->notes ? &token->notes->word : NULL);
    return SQLITE_OK;
}

/* The texts of an article, as FTS5 would read them. */
static int
index_article(struct indexing *indexing, sqlite3_stmt *select, int64_t number)
{
    int code = SQLITE_OK;

    ranked_writer_begin_article(indexing->ranked.writer,
                                indexing->articles->published[number - 1]);
    for (int i = 0; i < FIELD_COUNT && code == SQLITE_OK; i++) {
        const char *text = (const char *)sqlite3_column_text(select, i);
        int size = sqlite3_column_bytes(select, i);

        /* NULL is a text that is not there, or one there is no memory for. */
        if (!text && sqlite3_errcode(indexing->articles->db) == SQLITE_NOMEM)
            return ANALYSIS_NO_MEMORY;
        ranked_writer_begin_field(indexing->ranked.writer, (enum field)i);
        indexing->positions = 0;
        if (text && size > 0)
            code = analyzer_run_marked(indexing->analyzer, text, (size_t)size,
                                       see_token, indexing);
    }
    return code;
}

static enum status
index_articles(struct indexing *indexing, struct error *err)
{
    static const char sql[] =
        "SELECT " FIELD_COLUMNS " FROM article_text ORDER BY id";
    const struct segment_articles *articles = indexing->articles;
    sqlite3_stmt *select = NULL;
    int64_t number = 0;
    int code = sqlite3_prepare_v2(articles->db, sql, -1, &select, NULL);
    enum status status = STATUS_OK;

    while (code == SQLITE_OK && number < articles->count &&
           sqlite3_step(select) == SQLITE_ROW) {
        code = index_article(indexing, select, ++number);
        moving_on("indexing", (uint64_t)number, (uint64_t)articles->count);
        if (code == SQLITE_OK && indexing->terms &&
            !ranked_writer_failed(indexing->ranked.writer))
            code = segment_terms_article(
                indexing->terms, number,
                ranked_writer_lengths(indexing->ranked.writer));
    }
    if (code == ANALYSIS_NO_MEMORY)
        status = error_set(err, STATUS_MEMORY, "no memory for the analysis");
    else if (code)
        status = sql_failed_with(articles->db, code, articles->path, err);
    else if (number < articles->count)
        status = sql_failed(articles->db, articles->path, err);
    sqlite3_finalize(select);
    return status;
}

/* The postings of a term, for the tables. */
static void
see_term(void *context, const struct ranked_article *article,
         const struct merged *merged)
{
    struct indexing *indexing = context;

    moving_on("writing", ++indexing->terms_seen, 0);
    segment_terms_see(indexing->terms, article, merged);
}

static void
weigh_term(void *context, const struct merged *merged,
           const struct ranked_said *said, size_t count)
{
    const struct indexing *indexing = context;

    likeness_write_term(indexing->likeness, merged, said, count);
}

/* Everything that is collected by term into its place. */
static enum status
write_terms(struct indexing *indexing, struct manifest_segment *entry,
            struct error *err)
{
    const struct segment_articles *articles = indexing->articles;
    struct ranked_listener also = {see_term, weigh_term, indexing};
    enum status status =
        ranked_file_end(&indexing->ranked, indexing->terms ? &also : NULL, err);

    if (!status && indexing->terms)
        status = segment_terms_end(indexing->terms, entry->length, err);
    if (!status && indexing->likeness)
        status = likeness_write_end(indexing->likeness, articles->db,
                                    articles->path, err);
    if (!status && indexing->vocabulary)
        status = vocabulary_write(indexing->vocabulary, articles->db,
                                  articles->path, err);
    if (!status)
        status = ranked_file_publish(&indexing->ranked, entry, err);
    return status;
}

static enum status
run(struct indexing *indexing, const struct segment_plan *plan,
    struct manifest_segment *entry, struct error *err)
{
    enum status status = analyzer_new(&indexing->analyzer, plan->language, err);

    ranked_file_begin(&indexing->ranked, plan);
    if (!status)
        status = index_articles(indexing, err);
    if (!status)
        status = write_terms(indexing, entry, err);
    segment_terms_free(indexing->terms);
    likeness_write_free(indexing->likeness);
    vocabulary_free(indexing->vocabulary);
    ranked_file_release(&indexing->ranked);
    analyzer_free(indexing->analyzer);
    return status;
}

enum status
segment_index(const struct segment_articles *articles,
              const struct segment_plan *plan, struct manifest_segment *entry,
              struct error *err)
{
    struct indexing indexing = {.articles = articles,
                                .vocabulary = vocabulary_new()};

    indexing.terms = segment_terms_new(articles->db, articles->path);
    indexing.likeness = likeness_write_new(articles->count);
    return run(&indexing, plan, entry, err);
}

enum status
segment_index_ranked(const struct segment_articles *articles,
                     const struct segment_plan *plan,
                     struct manifest_segment *entry, struct error *err)
{
    struct indexing indexing = {.articles = articles};

    return run(&indexing, plan, entry, err);
}
