#include "query/search/columns.h"

#include <stdlib.h>

#include <sqlite3.h>

#include "corpus/base/mem.h"
#include "indexer/bits/sql.h"
#include "query/language/zone.h"

/* The zone with nothing but one of its leaves. */
static void
add_column(struct columns *columns, const struct expr *zone, bool sure,
           struct expr *leaf, const struct leaves *leaves)
{
    struct expr only = *zone;
    struct plan *plan;

    columns->column = mem_grow(columns->column, columns->count, &columns->room,
                               sizeof(*columns->column));
    columns->plan = mem_grow(columns->plan, columns->count, &columns->plan_room,
                             sizeof(*columns->plan));
    plan = &columns->plan[columns->count];
    only.child = &leaf;
    only.children = 1;
    plan_make(plan, &only, leaves);
    columns->column[columns->count++] = (struct evaluate_column){
        .leaf = leaf->leaf,
        .zone = zone,
        .listed = !plan->complement && !plan->dated && !plan->measured,
        .sure = sure};
}

static void
add_leaves(struct columns *columns, const struct expr *zone, bool sure,
           const struct expr *expr, const struct leaves *leaves)
{
    for (size_t i = 0; i < expr->children; i++) {
        struct expr *child = expr->child[i];

        if (!child->children && child->text)
            add_column(columns, zone, sure, child, leaves);
        else
            add_leaves(columns, zone, sure, child, leaves);
    }
}

static void
add_zone(struct columns *columns, const struct expr *zone,
         const struct leaves *leaves)
{
    struct plan plan;

    plan_make(&plan, zone, leaves);
    add_leaves(columns, zone, !plan.verify, zone, leaves);
    plan_release(&plan);
}

void
columns_make(struct columns *columns, const struct expr *expr,
             const struct leaves *leaves)
{
    if (expr->kind == EXPR_ZONE &&
        zone_fields(expr->zone) >> FIELD_TEXT_COUNT != 0) {
        add_zone(columns, expr, leaves);
        return;
    }
    for (size_t i = 0; i < expr->children; i++)
        columns_make(columns, expr->child[i], leaves);
}

void
columns_release(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        plan_release(&columns->plan[i]);
    free(columns->plan);
    free(columns->column);
    *columns = (struct columns){0};
}

enum status
columns_list(struct archive_segment *segment, const struct plan *plan,
             uint32_t **docid, size_t *count, struct error *err)
{
    struct sqlite3_stmt *ask = NULL;
    enum status status = STATUS_OK;
    int step = SQLITE_DONE;
    size_t room = 0;

    *docid = NULL;
    *count = 0;
    if (!plan->match.size)
        return STATUS_OK;
    status = archive_prepare(segment, &ask,
                             "SELECT rowid FROM article_fts"
                             " WHERE article_fts MATCH ?1 ORDER BY rowid DESC",
                             err);
    if (status)
        return status;
    sqlite3_bind_text64(ask, 1, plan->match.data, plan->match.size,
                        SQLITE_STATIC, SQLITE_UTF8);
    while ((step = sqlite3_step(ask)) == SQLITE_ROW) {
        *docid = mem_grow(*docid, *count, &room, sizeof(**docid));
        (*docid)[(*count)++] =
            (uint32_t)(segment->entry->articles - sqlite3_column_int64(ask, 0));
    }
    if (step != SQLITE_DONE)
        status = sql_failed(segment->db, segment->entry->name, err);
    sqlite3_finalize(ask);
    if (status) {
        free(*docid);
        *docid = NULL;
        *count = 0;
    }
    return status;
}
