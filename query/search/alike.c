#include "query/search/alike.h"

#include <stdlib.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "indexer/ranked/likeness.h"

/* One statement for each segment, made when it is needed. */
struct asking {
    struct archive *archive;
    struct sqlite3_stmt **ask;
    struct likeness *likeness; /* of each hit; without terms: not known */
};

static enum status
read_likeness(struct asking *asking, const struct found *found,
              struct likeness *likeness, struct error *err)
{
    const struct archive_segment *segment =
        &asking->archive->segment[found->segment];
    struct sqlite3_stmt **ask = &asking->ask[found->segment];
    enum status status = STATUS_OK;
    const void *terms;
    int code;

    likeness->terms = 0;
    if (!*ask)
        status = archive_prepare(&asking->archive->segment[found->segment], ask,
                                 "SELECT terms FROM likeness WHERE id=?1", err);
    if (status)
        return status;
    sqlite3_bind_int64(*ask, 1, found->id);
    code = sqlite3_step(*ask);
    terms = code == SQLITE_ROW ? sqlite3_column_blob(*ask, 0) : NULL;
    if ((code != SQLITE_ROW && code != SQLITE_DONE) ||
        sqlite3_errcode(segment->db) == SQLITE_NOMEM)
        status = sql_failed(segment->db, segment->entry->name, err);
    else if (!terms || !likeness_read(likeness, terms,
                                      (size_t)sqlite3_column_bytes(*ask, 0)))
        likeness->terms = 0;
    sqlite3_reset(*ask);
    return status;
}

/* What each of the first hits says of likenesses to it. */
static void
weigh_first(const struct collection *out, size_t first, double *weight)
{
    double best = (double)out->item[0].score;

    for (size_t i = 0; i < first; i++) {
        double share = (double)out->item[i].score / best;

        share *= share;
        share *= share;
        share *= share;
        weight[i] = share * share;
    }
}

static void
add_gains(struct collection *out, size_t count, const struct likeness *likeness)
{
    size_t first = count < ALIKE_FIRST ? count : ALIKE_FIRST;
    double weight[ALIKE_FIRST];
    double like[ALIKE_LOOK] = {0};
    double best = (double)out->item[0].score;
    double most = 0;

    weigh_first(out, first, weight);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < first; j++)
            like[i] += weight[j] * likeness_of(&likeness[i], &likeness[j]);
        most = like[i] > most ? like[i] : most;
    }
    for (size_t i = 0; most > 0 && i < count; i++) {
        out->item[i].like = (uint64_t)(ALIKE_SHARE * best * like[i] / most);
        out->item[i].score += out->item[i].like;
    }
}

enum status
alike_sort(struct archive *archive, const struct collect_request *request,
           struct collection *out, struct error *err)
{
    size_t count = out->count < ALIKE_LOOK ? out->count : ALIKE_LOOK;
    struct asking asking = {.archive = archive};
    enum status status = STATUS_OK;

    if (request->sort != SORT_RANK || request->recent || count < 2 ||
        !out->item[0].score)
        return STATUS_OK;
    asking.ask =
        mem_zero(archive->manifest.segments, sizeof(struct sqlite3_stmt *));
    asking.likeness = mem_zero(count, sizeof(*asking.likeness));
    for (size_t i = 0; !status && i < count; i++)
        status =
            read_likeness(&asking, &out->item[i], &asking.likeness[i], err);
    if (!status) {
        add_gains(out, count, asking.likeness);
        collect_order(out, count);
    }
    for (size_t i = 0; i < archive->manifest.segments; i++)
        sqlite3_finalize(asking.ask[i]);
    free(asking.ask);
    free(asking.likeness);
    return status;
}
