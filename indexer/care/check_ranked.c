#include "indexer/care/check_ranked.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_format.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_pairs.h"
#include "indexer/ranked/ranked_sentences.h"
#include "indexer/ranked/ranked_terms.h"

/* About as many terms are compared, and pairs; these are of common words, and
 * FTS5 takes its time for them. */
enum {
    SAMPLE = 64,
    SAMPLE_PAIRS = 8
};

struct comparison {
    struct sqlite3 *db;
    struct ranked *ranked;
    const char *path;
    sqlite3_stmt *match;
};

static enum status
differ(const struct comparison *compare, const char *term, const char *what,
       struct error *err)
{
    return error_set(err, STATUS_DAMAGED,
                     "%s: of \"%s\" it %s; make it again with: nindex "
                     "optimize --rebuild-ranked",
                     compare->path, term, what);
}

/* FTS5 counts up; docids count down to the first article. */
static enum status
compare_list(struct comparison *compare, const char *name,
             const struct ranked_list *list, struct error *err)
{
    struct ranked_cursor cursor;
    bool more = true;

    ranked_start(&cursor, compare->ranked, list);
    for (uint32_t b = 0; b < list->blocks && more; b++) {
        if (!ranked_load(&cursor, b))
            break;
        for (uint32_t i = 0; i < cursor.count && more; i++) {
            int64_t number = ranked_id(compare->ranked, cursor.docid[i]);

            more = sqlite3_step(compare->match) == SQLITE_ROW;
            if (more && sqlite3_column_int64(compare->match, 0) != number)
                return differ(compare, name, "has other articles than FTS5",
                              err);
        }
    }
    if (ranked_damaged(compare->ranked))
        return differ(compare, name, "cannot be read", err);
    if (!more)
        return differ(compare, name, "has more articles than FTS5", err);
    if (sqlite3_step(compare->match) == SQLITE_ROW)
        return differ(compare, name, "has fewer articles than FTS5", err);
    return STATUS_OK;
}

static bool
count_form(void *context, const char *word, size_t size, unsigned letters)
{
    uint32_t *forms = context;

    (void)word;
    (void)size;
    (void)letters;
    (*forms)++;
    return true;
}

/* Is the form at each place one that the term is written in? */
static enum status
compare_forms(struct comparison *compare, const char *name,
              const struct ranked_list *list, struct error *err)
{
    struct ranked_places places = {0};
    struct ranked_cursor cursor;
    uint32_t forms = 0;
    bool known = true;

    if (!list->articles)
        return STATUS_OK;
    ranked_forms(compare->ranked, list, count_form, &forms);
    ranked_start(&cursor, compare->ranked, list);
    for (uint32_t b = 0; b < list->blocks && ranked_load(&cursor, b); b++)
        for (uint32_t i = 0; i < cursor.count; i++) {
            if (!ranked_formed_places(&cursor, i, &places))
                continue;
            for (size_t j = 0; j < places.places; j++)
                known = known && places.form[j] < forms;
        }
    ranked_places_release(&places);
    if (ranked_damaged(compare->ranked))
        return differ(compare, name, "cannot be read", err);
    if (!known || forms != list->forms)
        return differ(compare, name, "does not know how it is written", err);
    return STATUS_OK;
}

/* Where the sentences of each article begin: inside of it, and in order. */
static enum status
check_sentences(struct comparison *compare, struct error *err)
{
    uint32_t articles = ranked_articles(compare->ranked);
    struct ranked_sentences sentences = {0};
    bool good = true;

    for (uint32_t i = 0; good && i < articles; i++) {
        uint32_t length[FIELD_TEXT_COUNT];
        uint64_t end = FIELD_TEXT_COUNT;

        ranked_lengths(compare->ranked, i, length);
        for (size_t j = 0; j < FIELD_TEXT_COUNT; j++)
            end += length[j];
        good = ranked_sentences(compare->ranked, i, &sentences);
        for (size_t j = 1; good && j < sentences.sentences; j++)
            good = sentences.start[j] > sentences.start[j - 1] &&
                   sentences.start[j] < end;
    }
    ranked_sentences_release(&sentences);
    if (good)
        return STATUS_OK;
    return error_set(err, STATUS_DAMAGED,
                     "%s: does not know where sentences begin; make it again "
                     "with: nindex optimize --rebuild-ranked",
                     compare->path);
}

/* "\x01term" is a term that is not analysed again; quotes are doubled. */
static void
add_term(struct buf *query, const char *term, size_t size)
{
    buf_add_text(query, "\"\x01");
    for (size_t i = 0; i < size; i++) {
        if (term[i] == '"')
            buf_add_byte(query, '"');
        buf_add_byte(query, term[i]);
    }
    buf_add_byte(query, '"');
}

/* A list against what FTS5 finds for terms that begin at `terms`. */
static enum status
compare_match(struct comparison *compare, const char *terms, const char *name,
              const struct ranked_list *list, struct error *err)
{
    struct buf query = BUF_INIT;
    enum status status;

    buf_printf(&query, "{headline byline captions body} : %s", terms);
    sqlite3_bind_text64(compare->match, 1, query.data, query.size,
                        SQLITE_STATIC, SQLITE_UTF8);
    status = compare_list(compare, name, list, err);
    if (sqlite3_reset(compare->match) != SQLITE_OK && !status)
        status = sql_failed(compare->db, compare->path, err);
    buf_release(&query);
    return status;
}

static enum status
compare_term(struct comparison *compare, const char *term, size_t size,
             struct error *err)
{
    struct ranked_list list;
    struct buf terms = BUF_INIT;
    enum status status;

    (void)ranked_find(compare->ranked, term, size, &list);
    add_term(&terms, term, size);
    status = compare_match(compare, terms.data, term, &list, err);
    if (!status)
        status = compare_forms(compare, term, &list, err);
    buf_release(&terms);
    return status;
}

/* --- pairs --- */

struct common {
    struct ranked *ranked;
    char *word[RANKED_PAIR_WORDS];
    size_t words;
};

static bool
note_common(void *context, const char *term, size_t size, uint32_t articles)
{
    struct common *common = context;
    struct ranked_list list;
    struct ranked_list pair;

    (void)articles;
    if (common->words < RANKED_PAIR_WORDS &&
        ranked_find(common->ranked, term, size, &list) &&
        ranked_pair(common->ranked, &list, &list, &pair) != PAIR_UNKNOWN)
        common->word[common->words++] = mem_text(term, size);
    return true;
}

static enum status
compare_pair(struct comparison *compare, const char *one, const char *two,
             struct error *err)
{
    struct ranked_list list[2];
    struct ranked_list pair = {0};
    struct buf terms = BUF_INIT;
    struct buf name = BUF_INIT;
    enum status status;

    (void)ranked_find(compare->ranked, one, strlen(one), &list[0]);
    (void)ranked_find(compare->ranked, two, strlen(two), &list[1]);
    (void)ranked_pair(compare->ranked, &list[0], &list[1], &pair);
    add_term(&terms, one, strlen(one));
    buf_add_text(&terms, " + ");
    add_term(&terms, two, strlen(two));
    buf_printf(&name, "%s %s", one, two);
    status = compare_match(compare, terms.data, name.data, &pair, err);
    buf_release(&terms);
    buf_release(&name);
    return status;
}

static enum status
compare_pairs(struct comparison *compare, struct error *err)
{
    struct common common = {.ranked = compare->ranked};
    enum status status = STATUS_OK;
    size_t step;

    ranked_words(compare->ranked, "", 0, note_common, &common);
    step = common.words * common.words / SAMPLE_PAIRS + 1;
    for (size_t i = 0; !status && i < common.words * common.words; i += step)
        status = compare_pair(compare, common.word[i / common.words],
                              common.word[i % common.words], err);
    for (size_t i = 0; i < common.words; i++)
        free(common.word[i]);
    return status;
}

static enum status
compare_sample(struct comparison *compare, struct error *err)
{
    uint64_t stride = ranked_terms(compare->ranked) / SAMPLE + 1;
    sqlite3_stmt *select = NULL;
    enum status status = STATUS_OK;
    int code = sqlite3_prepare_v2(
        compare->db, "SELECT term FROM term ORDER BY term", -1, &select, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(compare->db,
                                  "SELECT rowid FROM article_fts WHERE "
                                  "article_fts MATCH ?1 ORDER BY rowid DESC",
                                  -1, &compare->match, NULL);
    if (code != SQLITE_OK)
        status = sql_failed(compare->db, compare->path, err);
    for (uint64_t i = 0; !status && sqlite3_step(select) == SQLITE_ROW; i++)
        if (i % stride == 0)
            status = compare_term(compare,
                                  (const char *)sqlite3_column_text(select, 0),
                                  (size_t)sqlite3_column_bytes(select, 0), err);
    sqlite3_finalize(select);
    if (!status)
        status = compare_pairs(compare, err);
    if (!status)
        status = check_sentences(compare, err);
    sqlite3_finalize(compare->match);
    return status;
}

enum status
check_ranked(struct sqlite3 *db, const char *path,
             const struct manifest_segment *entry, struct error *err)
{
    struct comparison compare = {.db = db, .path = path};
    struct error why = {0};
    enum status status =
        ranked_open(&compare.ranked, path, entry->ranked_bytes, &why);

    if (status == STATUS_VERSION)
        status = STATUS_OK;
    else if (status)
        status = error_set(err, STATUS_DAMAGED, "%s", why.text);
    else if (ranked_articles(compare.ranked) != entry->articles)
        status =
            error_set(err, STATUS_DAMAGED,
                      "%s: has %" PRIu32 " articles, the segment has "
                      "%" PRId64 "; make it again with: nindex optimize "
                      "--rebuild-ranked",
                      path, ranked_articles(compare.ranked), entry->articles);
    else
        status = compare_sample(&compare, err);
    ranked_close(compare.ranked);
    return status;
}
