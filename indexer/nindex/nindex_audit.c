/* nindex audit. */
#include <stdio.h>

#include "corpus/article/article.h"
#include "corpus/date/calendar.h"
#include "indexer/audit/audit.h"
#include "indexer/nindex/generation.h"
#include "indexer/nindex/nindex.h"
#include "indexer/stored/row.h"

/* A day by a record, or by the article's own words. */
static bool
is_inferred(const struct article *article)
{
    return article->published_from == DATE_FROM_TEXT ||
           article->published_from == DATE_FROM_URL ||
           article->published_from == DATE_FROM_FILENAME;
}

static enum status
add_article(void *context, struct sqlite3_stmt *row,
            const struct article *article, struct error *err)
{
    struct audit *audit = context;
    const struct date *published = &article->published;
    struct audit_facts facts = {
        .publication = article->publication.data,
        .section = article->section.data,
        .dated = published->precision >= DATE_DAY,
        .inferred = is_inferred(article),
        .byline = article->byline.size > 0,
        .words = (uint64_t)row_words(row),
        .captions = article->captions,
    };
    int year;
    int month;
    int day;

    (void)err;
    if (facts.dated) {
        date_day(published, &year, &month, &day);
        facts.day = calendar_day(year, month, day);
    }
    for (size_t i = 0; i < article->captions; i++)
        facts.credited += article->caption[i].credit.size > 0;
    audit_add(audit, &facts);
    return STATUS_OK;
}

int
nindex_audit(const struct nindex *nindex)
{
    struct audit *audit = audit_new();
    struct generation from = {0};
    struct buf out = BUF_INIT;
    struct error err = {0};
    enum status status = generation_open(&from, nindex->dir.data, &err);

    if (!status)
        status = generation_each(&from, NULL, add_article, audit, &err);
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
