#include "indexer/segment/likeness_write.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/bm25f.h"
#include "indexer/ranked/likeness.h"
#include "indexer/ranked/ranked_collected.h"

enum {
    FEW_ARTICLES = 100 /* in so few a term that is alone will not stay so */
};

struct likeness_write {
    size_t articles;
    uint32_t (*strong)[LIKENESS_TERMS]; /* of each, the weakest first once all
                                           are taken: a heap */
    unsigned char *strongs;             /* how many are taken */
};

struct likeness_write *
likeness_write_new(int64_t articles)
{
    struct likeness_write *write = mem_zero(1, sizeof(*write));

    write->articles = (size_t)articles;
    write->strong = mem_zero(write->articles + 1, sizeof(*write->strong));
    write->strongs = mem_zero(write->articles + 1, 1);
    return write;
}

void
likeness_write_free(struct likeness_write *write)
{
    if (!write)
        return;
    free(write->strong);
    free(write->strongs);
    free(write);
}

/* --- the strongest of each article ---------------------------------------- */

static void
sink(uint32_t *heap, size_t count, size_t at)
{
    for (;;) {
        size_t child = 2 * at + 1;
        uint32_t swap = heap[at];

        if (child >= count)
            return;
        if (child + 1 < count && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= swap)
            return;
        heap[at] = heap[child];
        heap[child] = swap;
        at = child;
    }
}

static void
keep(struct likeness_write *write, size_t article, uint32_t strength)
{
    uint32_t *heap = write->strong[article];

    if (write->strongs[article] < LIKENESS_TERMS) {
        heap[write->strongs[article]++] = strength;
        if (write->strongs[article] == LIKENESS_TERMS)
            for (size_t i = LIKENESS_TERMS / 2; i-- > 0;)
                sink(heap, LIKENESS_TERMS, i);
    } else if (strength > heap[0]) {
        heap[0] = strength;
        sink(heap, LIKENESS_TERMS, 0);
    }
}

/* --- one term ------------------------------------------------------------- */

/* The twin of a word in capitals says what the word does. */
static bool
is_twin(const struct merged *merged)
{
    return merged->term_size && ascii_is_upper(merged->term[0]);
}

void
likeness_write_term(struct likeness_write *write, const struct merged *merged,
                    const struct ranked_said *said, size_t count)
{
    uint32_t hash;
    uint32_t weight;

    if (is_twin(merged))
        return;
    /* What no other article says makes it like none. */
    if (!count || (count == 1 && write->articles > FEW_ARTICLES))
        return;
    hash = likeness_hash(merged->term, merged->term_size);
    weight = bm25f_weight(count, write->articles);
    for (size_t i = 0; i < count; i++)
        keep(write, said[i].number,
             likeness_strength(weight * said[i].impact / BM25F_IMPACT_MAX,
                               hash));
}

/* --- the table ------------------------------------------------------------ */

enum status
likeness_write_end(struct likeness_write *write, struct sqlite3 *db,
                   const char *path, struct error *err)
{
    sqlite3_stmt *insert = NULL;
    int code = sqlite3_prepare_v2(db, "INSERT INTO likeness VALUES(?1, ?2)", -1,
                                  &insert, NULL);

    for (size_t i = 0; code == SQLITE_OK && i < write->articles; i++) {
        unsigned char packed[LIKENESS_SIZE_MAX];
        size_t size =
            likeness_pack(write->strong[i], write->strongs[i], packed);

        sqlite3_bind_int64(insert, 1, (int64_t)i + 1);
        sqlite3_bind_blob64(insert, 2, packed, size, SQLITE_STATIC);
        (void)sqlite3_step(insert);
        code = sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return code ? sql_failed_with(db, code, path, err) : STATUS_OK;
}
