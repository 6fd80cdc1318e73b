#include "indexer/store.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#define ZLIB_CONST
#include <zlib.h>

#include "corpus/mem.h"
#include "indexer/sqlite.h"

#define TEXT_SIZE_MAX ((size_t)64 << 20)
#define VARINT_SIZE_MAX 9
#define HEAD_SIZE_MAX (1 + VARINT_SIZE_MAX)

/* Below this nothing that news writes gets shorter. */
#define DEFLATE_FROM 64

/* Level 1 is five times as fast as the default 6 and keeps 0.40 of the bytes
 * of an article where that keeps 0.38. */
#define DEFLATE_LEVEL 1

enum stored_as {
    STORED_PLAIN,
    STORED_ZLIB
};

/* SQLite's varint: seven bits a byte, most significant first; lengths up to
 * 64 MiB need four. */
static size_t
varint_put(unsigned char *out, uint64_t value)
{
    unsigned char reversed[VARINT_SIZE_MAX];
    size_t count = 0;

    do {
        reversed[count++] = (unsigned char)(value & 0x7F);
        value >>= 7;
    } while (value > 0 && count < VARINT_SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i] | (i + 1 < count ? 0x80 : 0);
    return count;
}

/* Returns the bytes read, or 0 if they end too early or go on too long. */
static size_t
varint_get(const unsigned char *data, size_t size, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < size && i < VARINT_SIZE_MAX - 1; i++) {
        *value = *value << 7 | (data[i] & 0x7F);
        if (!(data[i] & 0x80))
            return i + 1;
    }
    return 0;
}

/*
 * What compress2() does, with tables no larger than the text needs: an
 * article has a few thousand bytes, and to clear a quarter of a megabyte for
 * each took as long as to deflate it.
 */
static int
pack(Bytef *out, uLongf *packed, const char *text, size_t size)
{
    z_stream stream = {.next_in = (const Bytef *)text,
                       .avail_in = (uInt)size,
                       .avail_out = (uInt)*packed};
    int window = 9;
    int result;

    if (size > TEXT_SIZE_MAX)
        return Z_BUF_ERROR;
    stream.next_out = out;
    while (window < MAX_WBITS && (size_t)1 << window < size)
        window++;
    result = deflateInit2(&stream, DEFLATE_LEVEL, Z_DEFLATED, window,
                          window < 13 ? 5 : window - 7, Z_DEFAULT_STRATEGY);
    if (result != Z_OK)
        return result;
    result = deflate(&stream, Z_FINISH);
    *packed = stream.total_out;
    deflateEnd(&stream);
    return result == Z_STREAM_END ? Z_OK : Z_BUF_ERROR;
}

void
store_deflate(struct buf *out, const char *text, size_t size)
{
    unsigned char head[HEAD_SIZE_MAX] = {STORED_ZLIB};
    size_t head_size = 1 + varint_put(head + 1, size);
    uLongf packed = compressBound((uLong)size);

    if (size >= DEFLATE_FROM) {
        size_t start = out->size;

        buf_reserve(out, head_size + packed);
        buf_add(out, head, head_size);
        if (!out->over &&
            pack((Bytef *)(out->data + out->size), &packed, text, size) ==
                Z_OK &&
            packed < size) {
            out->size += packed;
            out->data[out->size] = '\0';
            return;
        }
        buf_cut(out, start);
    }
    head[0] = STORED_PLAIN;
    buf_add(out, head, head_size);
    buf_add(out, text, size);
}

/* What a stored form says of itself.  `*data` is moved behind the head.
 * Returns NULL or what is wrong with it. */
static const char *
read_head(const unsigned char **data, size_t *size, enum stored_as *as,
          uint64_t *text_size)
{
    size_t head;

    if (*size < 2)
        return "it is too short";
    if (**data != STORED_PLAIN && **data != STORED_ZLIB)
        return "its first byte is of no known kind";
    *as = **data == STORED_ZLIB ? STORED_ZLIB : STORED_PLAIN;
    head = varint_get(*data + 1, *size - 1, text_size);
    if (!head)
        return "its length cannot be read";
    if (*text_size > TEXT_SIZE_MAX)
        return "it claims more than 64 MiB";
    *data += 1 + head;
    *size -= 1 + head;
    if (*as == STORED_PLAIN && *size != *text_size)
        return "its length is not what it says";
    return NULL;
}

/* Put the text into `out`, which has room for it.  Returns a zlib code. */
static int
unpack(char *out, uint64_t text_size, enum stored_as as, const void *data,
       size_t size)
{
    uLongf got = (uLongf)text_size;
    uLong used = (uLong)size;
    int result;

    if (as == STORED_PLAIN) {
        if (size)
            memcpy(out, data, size);
        return Z_OK;
    }
    result = uncompress2((Bytef *)out, &got, data, &used);
    if (result == Z_OK && (got != text_size || used != size))
        return Z_DATA_ERROR;
    return result;
}

enum status
store_inflate(struct buf *out, const void *data, size_t size, struct error *err)
{
    const unsigned char *bytes = data;
    enum stored_as as = STORED_PLAIN;
    uint64_t text_size = 0;
    const char *wrong = read_head(&bytes, &size, &as, &text_size);

    if (!wrong) {
        int result;

        buf_reserve(out, (size_t)text_size);
        result = unpack(out->data + out->size, text_size, as, bytes, size);
        if (result == Z_OK) {
            out->size += (size_t)text_size;
            out->data[out->size] = '\0';
            return STATUS_OK;
        }
        out->data[out->size] = '\0';
        if (result == Z_MEM_ERROR)
            return error_set(err, STATUS_LIMIT,
                             "no memory to inflate a stored text");
        wrong = "zlib cannot inflate it";
    }
    return error_set(err, STATUS_DAMAGED,
                     "a stored text is damaged: %s; build the archive again "
                     "or fetch a sound copy",
                     wrong);
}

/* news_text(blob): a NULL stays one; what is no blob is taken for text. */
static void
sql_text(sqlite3_context *context, int args, sqlite3_value **arg)
{
    const unsigned char *bytes = sqlite3_value_blob(arg[0]);
    size_t size = (size_t)sqlite3_value_bytes(arg[0]);
    enum stored_as as = STORED_PLAIN;
    uint64_t text_size = 0;
    const char *wrong;
    char *text;
    int result;

    (void)args;
    if (sqlite3_value_type(arg[0]) != SQLITE_BLOB) {
        sqlite3_result_value(context, arg[0]);
        return;
    }
    wrong = bytes ? read_head(&bytes, &size, &as, &text_size) : "it is empty";
    if (wrong) {
        sqlite3_result_error(context, "news_text: a stored text is damaged",
                             -1);
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
        return;
    }
    text = sqlite3_malloc64(text_size + 1);
    if (!text) {
        sqlite3_result_error_nomem(context);
        return;
    }
    result = unpack(text, text_size, as, bytes, size);
    if (result == Z_OK) {
        sqlite3_result_text64(context, text, text_size, sqlite3_free,
                              SQLITE_UTF8);
        return;
    }
    sqlite3_free(text);
    if (result == Z_MEM_ERROR)
        sqlite3_result_error_nomem(context);
    else
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

enum status
store_register(struct sqlite3 *db, struct error *err)
{
    static const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    struct own_language *own = sqlite3_malloc64(sizeof(*own));
    int result = SQLITE_NOMEM;

    if (own) {
        memset(own, 0, sizeof(*own));
        /* On failure SQLite frees `own` itself. */
        result = sqlite3_create_function_v2(db, "news_mark", 2, flags, own,
                                            sql_mark, NULL, NULL, sqlite3_free);
    }
    if (!result)
        result = sqlite3_create_function_v2(db, "news_text", 1, flags, NULL,
                                            sql_text, NULL, NULL, NULL);
    if (!result)
        result = sqlite3_create_function_v2(db, "news_dates", 3, flags, NULL,
                                            sql_dates, NULL, NULL, NULL);
    if (result)
        return error_set(err, STATUS_INDEX,
                         "the functions of the archive could not be "
                         "registered: %s",
                         sqlite3_errstr(result));
    return STATUS_OK;
}
