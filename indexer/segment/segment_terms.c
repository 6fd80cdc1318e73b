#include "indexer/segment/segment_terms.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/bits/varint.h"
#include "indexer/ranked/ranked_collected.h"
#include "indexer/segment/fts5_write.h"

/* Another column and a distance take no more. */
#define PLACE_SIZE_MAX 16

struct segment_terms {
    struct sqlite3 *db;
    const char *path;
    struct fts5_write *fts5;
    sqlite3_stmt *insert;
    int code; /* of the first step that failed */
    unsigned char *places;
    size_t places_room;
    int64_t articles; /* of a term that is copied */
    int64_t occurrences;
};

struct segment_terms *
segment_terms_new(struct sqlite3 *db, const char *path)
{
    struct segment_terms *terms = mem_zero(1, sizeof(*terms));

    terms->db = db;
    terms->path = path;
    terms->fts5 = fts5_write_new(db, path);
    terms->places_room = 4096;
    terms->places = mem_alloc(terms->places_room);
    terms->code = sqlite3_prepare_v2(db, "INSERT INTO term VALUES(?1, ?2, ?3)",
                                     -1, &terms->insert, NULL);
    return terms;
}

void
segment_terms_free(struct segment_terms *terms)
{
    if (!terms)
        return;
    fts5_write_free(terms->fts5);
    sqlite3_finalize(terms->insert);
    free(terms->places);
    free(terms);
}

int
segment_terms_article(struct segment_terms *terms, int64_t number,
                      const uint32_t length[FIELD_COUNT])
{
    return fts5_write_lengths(terms->fts5, number, length);
}

/* More room for places, of which those up to `at` have been written. */
static unsigned char *
grow_places(struct segment_terms *terms, const unsigned char *at)
{
    size_t used = (size_t)(at - terms->places);

    terms->places_room *= 2;
    terms->places = mem_resize(terms->places, terms->places_room, 1);
    return terms->places + used;
}

/*
 * The places of one article as FTS5 wants them: by column, each from 0.
 * Returns the number of places and moves `*from` behind them.
 */
static size_t
convert_places(struct segment_terms *terms, const uint32_t *length,
               const char **from, size_t *size)
{
    unsigned char *at = terms->places;
    uint32_t place = UINT32_MAX;
    uint32_t end = length[0];         /* the place behind the field */
    uint32_t before = UINT32_MAX - 1; /* what a distance is from, less 2 */
    size_t field = 0;
    size_t count = 0;
    uint32_t form;

    for (; ranked_take_place(from, &place, &form); count++) {
        if ((size_t)(at - terms->places) + PLACE_SIZE_MAX > terms->places_room)
            at = grow_places(terms, at);
        if (place > end && field + 1 < FIELD_COUNT) {
            do {
                before = end + 1 - 2;
                end += length[++field] + 1;
            } while (place > end && field + 1 < FIELD_COUNT);
            *at++ = 1;
            *at++ = (unsigned char)field;
        }
        at = varint_put(at, place - before);
        before = place - 2;
    }
    *size = (size_t)(at - terms->places);
    return count;
}

static void
note_term(struct segment_terms *terms, const char *term, size_t size,
          int64_t articles, int64_t occurrences)
{
    if (terms->code)
        return;
    sqlite3_bind_text64(terms->insert, 1, term, size, SQLITE_STATIC,
                        SQLITE_UTF8);
    sqlite3_bind_int64(terms->insert, 2, articles);
    sqlite3_bind_int64(terms->insert, 3, occurrences);
    (void)sqlite3_step(terms->insert);
    terms->code = sqlite3_reset(terms->insert);
}

void
segment_terms_see(void *context, const struct ranked_article *article,
                  const struct merged *merged)
{
    struct segment_terms *terms = context;
    const char *from = merged->data.data;
    int64_t articles = 0;
    int64_t occurrences = 0;

    fts5_write_term(terms->fts5, merged->term, merged->term_size);
    for (size_t i = 0; i < merged->strings; i++) {
        const char *stop = merged->data.data + merged->end[i];
        uint32_t number = 0;

        while (from < stop) {
            size_t size;

            number += ranked_take_varint(&from);
            occurrences += (int64_t)convert_places(
                terms, article[number - 1].length, &from, &size);
            fts5_write_article(terms->fts5, number, terms->places, size);
            articles++;
        }
    }
    note_term(terms, merged->term, merged->term_size, articles, occurrences);
}

/* How many places there are in bytes as FTS5 has them: all numbers but a 1 and
 * the column behind it. */
static int64_t
count_places(const unsigned char *at, size_t size)
{
    const unsigned char *end = at + size;
    int64_t count = 0;

    while (at < end) {
        if (*at == 1) {
            at += 2;
            continue;
        }
        while (at < end && *at & 0x80)
            at++;
        at++;
        count++;
    }
    return count;
}

void
segment_terms_begin(struct segment_terms *terms, const char *term, size_t size)
{
    fts5_write_term(terms->fts5, term, size);
    terms->articles = 0;
    terms->occurrences = 0;
}

void
segment_terms_copy(struct segment_terms *terms, int64_t number,
                   const unsigned char *places, size_t size)
{
    fts5_write_article(terms->fts5, number, places, size);
    terms->occurrences += count_places(places, size);
    terms->articles++;
}

void
segment_terms_copied(struct segment_terms *terms, const char *term, size_t size)
{
    note_term(terms, term, size, terms->articles, terms->occurrences);
}

enum status
segment_terms_end(struct segment_terms *terms, uint64_t total[FIELD_COUNT],
                  struct error *err)
{
    enum status status = STATUS_OK;

    if (terms->code)
        status = sql_failed_with(terms->db, terms->code, terms->path, err);
    if (!status)
        status = fts5_write_end(terms->fts5, err);
    memcpy(total, fts5_write_totals(terms->fts5), FIELD_COUNT * sizeof(*total));
    return status;
}
