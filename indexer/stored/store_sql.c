#include <string.h>
#include <time.h>

#include "corpus/date/date.h"
#include "indexer/bits/sqlite.h"
#include "indexer/stored/store.h"
#include "indexer/stored/store_parts.h"

/* news_text(blob): a NULL stays one; what is no blob is taken for text. */
static void
sql_text(sqlite3_context *context, int args, sqlite3_value **arg)
{
    const void *blob = sqlite3_value_blob(arg[0]);
    struct stored stored = {0};
    enum unpacked result = UNPACKED_DAMAGED;
    char *text = NULL;

    (void)args;
    if (sqlite3_value_type(arg[0]) != SQLITE_BLOB) {
        sqlite3_result_value(context, arg[0]);
        return;
    }
    if (blob &&
        !stored_head(&stored, blob, (size_t)sqlite3_value_bytes(arg[0]))) {
        text = sqlite3_malloc64(stored.text_size + 1);
        result = text ? stored_unpack(sqlite3_user_data(context), &stored, text)
                      : UNPACKED_NO_MEMORY;
    }
    if (result == UNPACKED) {
        sqlite3_result_text64(context, text, stored.text_size, sqlite3_free,
                              SQLITE_UTF8);
        return;
    }
    sqlite3_free(text);
    if (result == UNPACKED_NO_MEMORY) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_error(context, "news_text: a stored text is damaged", -1);
    sqlite3_result_error_code(context, SQLITE_CORRUPT);
}

/* The segment's own language, known after the first question that finds it. */
struct own_language {
    char code[16];
};

static const char *
own_language_get(struct own_language *own, struct sqlite3 *db)
{
    static const char sql[] = "SELECT value FROM meta WHERE key = 'language'";
    sqlite3_stmt *select = NULL;

    if (own->code[0])
        return own->code;
    if (sqlite3_prepare_v2(db, sql, -1, &select, NULL) == SQLITE_OK &&
        sqlite3_step(select) == SQLITE_ROW) {
        const unsigned char *code = sqlite3_column_text(select, 0);
        size_t size = (size_t)sqlite3_column_bytes(select, 0);

        if (code && size < sizeof(own->code))
            memcpy(own->code, code, size);
    }
    sqlite3_finalize(select);
    return own->code;
}

/* news_mark(language, text) */
static void
sql_mark(sqlite3_context *context, int args, sqlite3_value **arg)
{
    const char *language = (const char *)sqlite3_value_text(arg[0]);
    size_t language_size = (size_t)sqlite3_value_bytes(arg[0]);
    const char *text = (const char *)sqlite3_value_text(arg[1]);
    size_t size = (size_t)sqlite3_value_bytes(arg[1]);
    const char *own = own_language_get(sqlite3_user_data(context),
                                       sqlite3_context_db_handle(context));
    char *marked;

    (void)args;
    if (!text || !size || !language || !language_size || language_size > 15 ||
        strcmp(language, own) == 0) {
        sqlite3_result_value(context, arg[1]);
        return;
    }
    marked = sqlite3_malloc64(size + language_size + 3);
    if (!marked) {
        sqlite3_result_error_nomem(context);
        return;
    }
    marked[0] = '\x02';
    memcpy(marked + 1, language, language_size);
    marked[language_size + 1] = '\x02';
    memcpy(marked + language_size + 2, text, size);
    sqlite3_result_text64(context, marked, size + language_size + 2,
                          sqlite3_free, SQLITE_UTF8);
}

/* news_dates(published, zone, precision): the words by which a date is found,
 * no finer than it is known, on the calendar of its own zone. */
static void
sql_dates(sqlite3_context *context, int args, sqlite3_value **arg)
{
    /* "2014", "2014 201410", "2014 201410 20141024" */
    static const size_t sizes[] = {0, 4, 11, 20};
    int precision = sqlite3_value_int(arg[2]);
    int64_t published = sqlite3_value_int64(arg[0]);
    time_t seconds = 0;
    char words[64];
    struct tm day;
    size_t size = 0;

    (void)args;
    if (precision > DATE_DAY)
        precision = DATE_DAY;
    /* Years of four digits end long before this; nothing overflows. */
    if (published > -(INT64_C(1) << 40) && published < INT64_C(1) << 40)
        seconds = published + 60 * (int64_t)sqlite3_value_int(arg[1]);
    else
        precision = DATE_NONE;
    if (sqlite3_value_type(arg[0]) == SQLITE_INTEGER && precision > DATE_NONE &&
        gmtime_r(&seconds, &day) &&
        strftime(words, sizeof(words), "%Y %Y%m %Y%m%d", &day) ==
            sizes[DATE_DAY])
        size = sizes[precision];
    sqlite3_result_text(context, words, (int)size, SQLITE_TRANSIENT);
}

static void
free_unpacker(void *unpacker)
{
    unpacker_free(unpacker);
}

enum status
store_register(struct sqlite3 *db, struct unpacker **unpacker,
               struct error *err)
{
    static const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    struct own_language *own = sqlite3_malloc64(sizeof(*own));
    struct unpacker *shared = NULL;
    int result = SQLITE_NOMEM;

    if (own) {
        memset(own, 0, sizeof(*own));
        /* On failure SQLite frees `own` itself. */
        result = sqlite3_create_function_v2(db, "news_mark", 2, flags, own,
                                            sql_mark, NULL, NULL, sqlite3_free);
    }
    if (!result) {
        shared = unpacker_new(db);
        result =
            sqlite3_create_function_v2(db, "news_text", 1, flags, shared,
                                       sql_text, NULL, NULL, free_unpacker);
    }
    if (!result)
        result = sqlite3_create_function_v2(db, "news_dates", 3, flags, NULL,
                                            sql_dates, NULL, NULL, NULL);
    if (result)
        return error_set(err,
                         result == SQLITE_NOMEM ? STATUS_MEMORY : STATUS_INDEX,
                         "the functions of the archive could not be "
                         "registered: %s",
                         sqlite3_errstr(result));
    if (unpacker)
        *unpacker = shared;
    return STATUS_OK;
}
