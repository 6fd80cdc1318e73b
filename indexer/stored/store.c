#include "indexer/stored/store.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sqlite.h"
#include "indexer/bits/varint.h"
#include "indexer/stored/dictionary.h"
#include "indexer/stored/store_parts.h"

#define HEAD_SIZE_MAX (1 + VARINT_SIZE_MAX)

/* Below this nothing gets shorter that has to bring all its words along, nor
 * below the next what finds them in a dictionary. */
#define PACK_FROM 64
#define PACK_WITH_DICTIONARY_FROM 24

/* With a dictionary, level 3 keeps .32 of the bytes of an article at 160 MB a
 * second; 1 keeps .35 at 210, 5 keeps .33 at 80.  Without one none keeps less
 * than .45, as zlib does at a third of the speed. */
#define PACK_LEVEL 3

/*
 * What articles share, their turns of phrase and the boilerplate of their
 * source, is learnt from every other text until 3 MiB have come together; a
 * dictionary for less text costs more than it saves.  To learn takes a third
 * of a second, once.
 */
#define SAMPLE_BYTES ((size_t)3 << 20)
#define SAMPLE_SIZE_MAX ((size_t)16 << 10)
#define SAMPLE_EVERY 2

struct packer {
    ZSTD_CCtx *context;
    ZSTD_CDict *learnt;
    struct buf dictionary;
    struct buf samples;
    size_t *sample; /* the size of each */
    size_t count;
    size_t room;
    size_t texts; /* seen */
    bool asked;   /* for a dictionary, with success or not */
};

struct packer *
packer_new(void)
{
    struct packer *packer = mem_zero(1, sizeof(*packer));

    packer->dictionary = BUF_INIT;
    packer->samples = BUF_INIT;
    packer->context = mem_got(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(packer->context, ZSTD_c_compressionLevel,
                           PACK_LEVEL);
    /* The first byte says whether there is one, and a segment has one only. */
    ZSTD_CCtx_setParameter(packer->context, ZSTD_c_dictIDFlag, 0);
    return packer;
}

static void
forget_samples(struct packer *packer)
{
    buf_release(&packer->samples);
    free(packer->sample);
    packer->sample = NULL;
}

void
packer_free(struct packer *packer)
{
    if (!packer)
        return;
    ZSTD_freeCCtx(packer->context);
    ZSTD_freeCDict(packer->learnt);
    buf_release(&packer->dictionary);
    forget_samples(packer);
    free(packer);
}

const struct buf *
packer_dictionary(const struct packer *packer)
{
    return &packer->dictionary;
}

/* Texts from which nothing can be learnt leave the packer as it was. */
static void
learn(struct packer *packer)
{
    struct buf *words = &packer->dictionary;
    bool learnt = dictionary_learn(words, &packer->samples, packer->sample,
                                   packer->count, PACK_LEVEL);

    packer->asked = true;
    forget_samples(packer);
    if (!learnt)
        return;
    packer->learnt =
        mem_got(ZSTD_createCDict(words->data, words->size, PACK_LEVEL));
    ZSTD_CCtx_refCDict(packer->context, packer->learnt);
}

/* The dictionary of a segment, appended. */
static void
read_dictionary(struct sqlite3 *db, struct buf *words)
{
    sqlite3_stmt *select = NULL;

    if (db &&
        sqlite3_prepare_v2(db, "SELECT words FROM dictionary", -1, &select,
                           NULL) == SQLITE_OK &&
        sqlite3_step(select) == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(select, 0);

        if (bytes)
            buf_add(words, bytes, (size_t)sqlite3_column_bytes(select, 0));
    }
    sqlite3_finalize(select);
}

void
packer_adopt(struct packer *packer, struct sqlite3 *db)
{
    if (packer->asked)
        return;
    read_dictionary(db, &packer->dictionary);
    if (!packer->dictionary.size)
        return;
    packer->asked = true;
    packer->learnt = mem_got(ZSTD_createCDict(
        packer->dictionary.data, packer->dictionary.size, PACK_LEVEL));
    ZSTD_CCtx_refCDict(packer->context, packer->learnt);
}

static void
note_sample(struct packer *packer, const char *text, size_t size)
{
    if (packer->asked || packer->texts++ % SAMPLE_EVERY)
        return;
    if (size > SAMPLE_SIZE_MAX)
        size = SAMPLE_SIZE_MAX;
    packer->sample = mem_grow(packer->sample, packer->count, &packer->room,
                              sizeof(*packer->sample));
    packer->sample[packer->count++] = size;
    buf_add(&packer->samples, text, size);
    if (packer->samples.size >= SAMPLE_BYTES)
        learn(packer);
}

/* Returns false if it would not get shorter. */
static bool
pack(struct packer *packer, struct buf *out, const char *text, size_t size)
{
    unsigned char head[HEAD_SIZE_MAX] = {STORED_ZSTD};
    size_t head_size = (size_t)(varint_put(head + 1, size) - head);
    size_t start = out->size;
    size_t packed;

    if (packer->learnt)
        head[0] = STORED_ZSTD_DICTIONARY;
    buf_reserve(out, head_size + ZSTD_compressBound(size));
    buf_add(out, head, head_size);
    if (!out->over) {
        packed = ZSTD_compress2(packer->context, out->data + out->size,
                                ZSTD_compressBound(size), text, size);
        if (!ZSTD_isError(packed) && packed < size) {
            out->size += packed;
            out->data[out->size] = '\0';
            return true;
        }
    }
    buf_cut(out, start);
    return false;
}

void
store_pack(struct packer *packer, struct buf *out, const char *text,
           size_t size)
{
    unsigned char head[HEAD_SIZE_MAX] = {STORED_PLAIN};
    size_t head_size = (size_t)(varint_put(head + 1, size) - head);

    if (size >= PACK_FROM)
        note_sample(packer, text, size);
    if (size <= STORE_TEXT_SIZE_MAX &&
        size >= (packer->learnt ? PACK_WITH_DICTIONARY_FROM : PACK_FROM) &&
        pack(packer, out, text, size))
        return;
    buf_add(out, head, head_size);
    buf_add(out, text, size);
}

/* --- and back --- */

struct unpacker {
    struct sqlite3 *db;
    ZSTD_DCtx *context;
    ZSTD_DDict *learnt;
    const struct packer *compared; /* NULL, or whose dictionary this is, */
    bool same;                     /* or is not */
};

struct unpacker *
unpacker_new(struct sqlite3 *db)
{
    struct unpacker *unpacker = mem_zero(1, sizeof(*unpacker));

    unpacker->db = db;
    return unpacker;
}

void
unpacker_free(struct unpacker *unpacker)
{
    if (!unpacker)
        return;
    ZSTD_freeDCtx(unpacker->context);
    ZSTD_freeDDict(unpacker->learnt);
    free(unpacker);
}

/* Asked for by the first text that needs it.  A segment that is being written
 * has none at first, so a failure is not remembered. */
static enum unpacked
find_dictionary(struct unpacker *unpacker)
{
    static const char sql[] = "SELECT words FROM dictionary";
    sqlite3_stmt *select = NULL;
    enum unpacked result = UNPACKED_NO_DICTIONARY;

    if (unpacker->learnt)
        return UNPACKED;
    if (unpacker->db &&
        sqlite3_prepare_v2(unpacker->db, sql, -1, &select, NULL) == SQLITE_OK &&
        sqlite3_step(select) == SQLITE_ROW) {
        const void *words = sqlite3_column_blob(select, 0);
        int size = sqlite3_column_bytes(select, 0);

        if (words && size > 0)
            unpacker->learnt = ZSTD_createDDict(words, (size_t)size);
    }
    if (unpacker->learnt)
        result = UNPACKED;
    else if (unpacker->db && sqlite3_errcode(unpacker->db) == SQLITE_NOMEM)
        result = UNPACKED_NO_MEMORY;
    sqlite3_finalize(select);
    return result;
}

const char *
stored_head(struct stored *stored, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    const unsigned char *head;

    if (size < 2)
        return "it is too short";
    if (bytes[0] != STORED_PLAIN && bytes[0] != STORED_ZSTD &&
        bytes[0] != STORED_ZSTD_DICTIONARY)
        return "its first byte is of no known kind";
    stored->as = (enum stored_as)bytes[0];
    head = varint_get(bytes + 1, bytes + size, &stored->text_size);
    if (!head)
        return "its length cannot be read";
    if (stored->text_size > STORE_TEXT_SIZE_MAX)
        return "it claims more than 64 MiB";
    stored->data = head;
    stored->size = (size_t)(bytes + size - head);
    if (stored->as == STORED_PLAIN && stored->size != stored->text_size)
        return "its length is not what it says";
    return NULL;
}

enum unpacked
stored_unpack(struct unpacker *unpacker, const struct stored *stored, char *out)
{
    enum unpacked found = UNPACKED;
    size_t got;

    if (stored->as == STORED_PLAIN) {
        if (stored->size)
            memcpy(out, stored->data, stored->size);
        return UNPACKED;
    }
    if (!unpacker->context)
        unpacker->context = ZSTD_createDCtx();
    if (!unpacker->context)
        return UNPACKED_NO_MEMORY;
    if (stored->as == STORED_ZSTD_DICTIONARY)
        found = find_dictionary(unpacker);
    if (found != UNPACKED)
        return found;
    got = ZSTD_decompress_usingDDict(
        unpacker->context, out, (size_t)stored->text_size, stored->data,
        stored->size,
        stored->as == STORED_ZSTD_DICTIONARY ? unpacker->learnt : NULL);
    return got == stored->text_size ? UNPACKED : UNPACKED_DAMAGED;
}

bool
store_is_packed(const struct packer *packer, struct unpacker *unpacker,
                const void *data, size_t size)
{
    const unsigned char *bytes = data;

    if (size < 2 || bytes[0] != STORED_ZSTD_DICTIONARY || !packer->learnt)
        return false;
    if (unpacker->compared != packer) {
        struct buf words = BUF_INIT;

        read_dictionary(unpacker->db, &words);
        unpacker->same =
            words.size == packer->dictionary.size &&
            memcmp(words.data, packer->dictionary.data, words.size) == 0;
        unpacker->compared = packer;
        buf_release(&words);
    }
    return unpacker->same;
}

enum status
store_unpack(struct unpacker *unpacker, struct buf *out, const void *data,
             size_t size, struct error *err)
{
    struct stored stored = {0};
    const char *wrong = stored_head(&stored, data, size);

    if (!wrong) {
        enum unpacked result;

        buf_reserve(out, (size_t)stored.text_size);
        result = stored_unpack(unpacker, &stored, out->data + out->size);
        if (result == UNPACKED)
            out->size += (size_t)stored.text_size;
        out->data[out->size] = '\0';
        if (result == UNPACKED)
            return STATUS_OK;
        if (result == UNPACKED_NO_MEMORY)
            return error_set(err, STATUS_MEMORY,
                             "no memory to unpack a stored text");
        wrong = result == UNPACKED_NO_DICTIONARY
                    ? "its segment has lost its dictionary"
                    : "zstd cannot unpack it";
    }
    return error_set(err, STATUS_DAMAGED,
                     "a stored text is damaged: %s; build the archive again "
                     "or fetch a sound copy",
                     wrong);
}
