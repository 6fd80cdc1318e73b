/*
 * The FTS5 tokenizer "news".
 *
 * A document gives FTS5 all tokens; joined forms and twins are "colocated".
 * A query without the mark \x01 gives the words only, and what is colocated
 * there are synonyms: the same word as each language has it, unless the query
 * begins with the mark of one.  The word that ends a prefix query is not
 * stemmed.
 */
#include <stdlib.h>
#include <string.h>

#include "indexer/analysis/analysis.h"
#include "indexer/analysis/analysis_parts.h"
#include "indexer/bits/sqlite.h"

/* One for each FTS5 table. */
struct tokenizer {
    struct analyzer *analyzer;
};

typedef int (*fts5_sink)(void *context, int flags, const char *term, int size,
                         int start, int end);

struct feed {
    fts5_sink sink;
    void *context;
    size_t offset;             /* of the text behind its mark */
    struct analyzer *analyzer; /* to ask for other languages, or NULL */
    bool words_only;
    bool prefix;
};

static int
feed_token(void *context, const struct token *token)
{
    struct feed *feed = context;
    int flags = token->kind == TOKEN_WORD ? 0 : FTS5_TOKEN_COLOCATED;
    const char *term = feed->prefix ? token->folded : token->term;
    size_t size = feed->prefix ? token->folded_size : token->term_size;
    int result;

    if (feed->words_only &&
        (token->kind == TOKEN_JOINED || token->kind == TOKEN_CAPS ||
         token->kind == TOKEN_LAST || (feed->prefix && flags)))
        return SQLITE_OK;
    result = feed->sink(feed->context, flags, term, (int)size,
                        (int)(token->start + feed->offset),
                        (int)(token->end + feed->offset));
    if (result || flags || feed->prefix || !feed->analyzer ||
        term_unmarked(token->term, token->term_size) == token->term_size)
        return result;
    return analyzer_elsewhere(feed->analyzer, token, feed_token, feed);
}

/* "\x01term term": hand the terms out as they are. */
static int
feed_terms(const struct feed *feed, const char *text, size_t size)
{
    size_t at = 1;

    while (at < size) {
        size_t start = at;
        int result;

        while (at < size && text[at] != ' ')
            at++;
        if (at > start) {
            result = feed->sink(feed->context, 0, text + start,
                                (int)(at - start), (int)start, (int)at);
            if (result)
                return result;
        }
        at++;
    }
    return SQLITE_OK;
}

static int
tokenize(Fts5Tokenizer *handle, void *context, int flags, const char *text,
         int bytes, fts5_sink sink)
{
    struct tokenizer *tokenizer = (struct tokenizer *)(void *)handle;
    size_t size = bytes > 0 ? (size_t)bytes : 0;
    struct feed feed = {.sink = sink,
                        .context = context,
                        .words_only = (flags & FTS5_TOKENIZE_QUERY) != 0,
                        .prefix = (flags & FTS5_TOKENIZE_PREFIX) != 0};
    char language[16];

    if (!text)
        size = 0;
    if (feed.words_only && size > 0 && text[0] == '\x01')
        return feed_terms(&feed, text, size);
    if (!size)
        return SQLITE_OK;
    feed.offset = analysis_mark(text, size, language);
    if (feed.words_only && !feed.offset)
        feed.analyzer = tokenizer->analyzer;
    return analyzer_run(tokenizer->analyzer, language, text + feed.offset,
                        size - feed.offset, feed_token, &feed);
}

static void
tokenizer_free(Fts5Tokenizer *handle)
{
    struct tokenizer *tokenizer = (struct tokenizer *)(void *)handle;

    if (!tokenizer)
        return;
    analyzer_free(tokenizer->analyzer);
    sqlite3_free(tokenizer);
}

static int
tokenizer_new(void *context, const char **arg, int args, Fts5Tokenizer **handle)
{
    const char *language = args > 0 ? arg[0] : "english";
    struct tokenizer *tokenizer;

    (void)context;
    *handle = NULL;
    if (args > 1 || (strcmp(language, "none") != 0 && stems_find(language) < 0))
        return SQLITE_ERROR;
    tokenizer = sqlite3_malloc64(sizeof(*tokenizer));
    if (!tokenizer)
        return SQLITE_NOMEM;
    tokenizer->analyzer = analyzer_try(language);
    if (!tokenizer->analyzer) {
        sqlite3_free(tokenizer);
        return SQLITE_NOMEM;
    }
    *handle = (Fts5Tokenizer *)(void *)tokenizer;
    return SQLITE_OK;
}

/* FTS5's own functions; NULL with SQLITE_OK if this SQLite has none. */
static int
find_api(struct sqlite3 *db, fts5_api **api)
{
    sqlite3_stmt *select = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &select, NULL);

    *api = NULL;
    if (result == SQLITE_OK) {
        sqlite3_bind_pointer(select, 1, (void *)api, "fts5_api_ptr", NULL);
        sqlite3_step(select);
        result = sqlite3_finalize(select);
    }
    return result == SQLITE_NOMEM ? result : SQLITE_OK;
}

static enum status
no_memory(struct error *err)
{
    return error_set(err, STATUS_MEMORY,
                     "out of memory; run again when there is more");
}

enum status
analysis_register(struct sqlite3 *db, struct error *err)
{
    fts5_tokenizer methods = {
        .xCreate = tokenizer_new,
        .xDelete = tokenizer_free,
        .xTokenize = tokenize,
    };
    fts5_api *api;
    int result = find_api(db, &api);

    if (result == SQLITE_NOMEM)
        return no_memory(err);
    if (!api || api->iVersion < 2)
        return error_set(err, STATUS_INDEX,
                         "this SQLite was built without FTS5, the part that "
                         "searches text; use one that has it");
    result = api->xCreateTokenizer(api, "news", NULL, &methods, NULL);
    if (result == SQLITE_NOMEM)
        return no_memory(err);
    if (result)
        return error_set(err, STATUS_INDEX,
                         "the tokenizer could not be registered: %s",
                         sqlite3_errstr(result));
    return STATUS_OK;
}
