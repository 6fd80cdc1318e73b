/* nindex audit. */
#include <stdio.h>

#include <sqlite3.h>

#include "corpus/article/article.h"
#include "corpus/date/calendar.h"
#include "indexer/audit/audit.h"
#include "indexer/bits/sql.h"
#include "indexer/nindex/generation.h"
#include "indexer/nindex/nindex.h"
#include "indexer/stored/row.h"
#include "indexer/stored/store.h"

/* A day by a record, or by the article's own words. */
static bool
is_inferred(const struct article *article)
{
    return article->published_from == DATE_FROM_TEXT ||
           article->published_from == DATE_FROM_URL ||
           article->published_from == DATE_FROM_FILENAME;
}

static void
add_article(struct audit *audit, const struct article *article, uint64_t words)
{
    const struct date *published = &article->published;
    struct audit_facts facts = {
        .publication = article->publication.data,
        .section = article->section.data,
        .dated = published->precision >= DATE_DAY,
        .inferred = is_inferred(article),
        .byline = article->byline.size > 0,
        .words = words,
        .captions = article->captions,
    };
    int year;
    int month;
    int day;

    if (facts.dated) {
        date_day(published, &year, &month, &day);
        facts.day = calendar_day(year, month, day);
    }
    for (size_t i = 0; i < article->captions; i++)
        facts.credited += article->caption[i].credit.size > 0;
    audit_add(audit, &facts);
}

static enum status
add_segment(struct audit *audit, struct sqlite3 *db,
            const struct manifest_segment *segment, struct error *err)
{
    struct unpacker *unpacker = unpacker_new(db);
    sqlite3_stmt *select = NULL;
    struct article article;
    enum status status = STATUS_OK;
    int code = SQLITE_DONE;

    article_init(&article);
    if (sqlite3_prepare_v2(db, "SELECT " ROW_COLUMNS " FROM article", -1,
                           &select, NULL) != SQLITE_OK)
        status = sql_failed(db, segment->name, err);
    while (!status && (code = sqlite3_step(select)) == SQLITE_ROW) {
        if (manifest_is_dead(segment, sqlite3_column_int64(select, 0)))
            continue;
        status = row_load(select, unpacker, &article, err);
        if (!status)
            add_article(audit, &article, (uint64_t)row_words(select));
    }
    if (!status && code != SQLITE_DONE)
        status = sql_failed(db, segment->name, err);
    article_release(&article);
    sqlite3_finalize(select);
    unpacker_free(unpacker);
    return status;
}

int
nindex_audit(const struct nindex *nindex)
{
    struct audit *audit = audit_new();
    struct generation from = {0};
    struct buf out = BUF_INIT;
    struct error err = {0};
    enum status status = generation_open(&from, nindex->dir.data, &err);

    for (size_t i = 0; !status && i < from.manifest.segments; i++)
        status =
            add_segment(audit, from.db[i], &from.manifest.segment[i], &err);
    generation_close(&from);
    if (!status) {
        audit_look(audit);
        if (nindex->svg)
            audit_draw(audit, &out);
        else if (nindex->json)
            audit_print_json(audit, &out);
        else
            audit_print(audit, &out);
        fwrite(out.data, 1, out.size, stdout);
    }
    buf_release(&out);
    audit_free(audit);
    return status ? nindex_failed(&err) : nindex_flush();
}
