/* The table article as programs before this one made it. */
#include <sqlite3.h>

#include "corpus/base/list.h"
#include "indexer/bits/sql.h"
#include "indexer/stored/row_parts.h"

/* What stands for a column that is not there.  A packed text begins with how
 * it is packed and its length. */
static const char *const nothing[] = {
    [FORM_NUMBER] = "0",
    [FORM_NUMBER_OR_NULL] = "NULL",
    [FORM_TEXT] = "''",
    [FORM_PACKED] = "x'0000'",
};

#define NAME_OF(column, name, ...) #name,
static const char *const names[ROW_COLUMN_COUNT] = {
    "id", ARTICLE_MEMBERS(NAME_OF) ROW_OTHERS(NAME_OF)};

static enum status
list_columns(struct sqlite3 *db, const char *path, struct list *columns,
             struct error *err)
{
    static const char sql[] = "SELECT name FROM pragma_table_info('article')";
    sqlite3_stmt *ask = NULL;
    enum status status = STATUS_OK;
    int code = sqlite3_prepare_v2(db, sql, -1, &ask, NULL);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(ask);
        if (code == SQLITE_ROW)
            list_add_text(columns, (const char *)sqlite3_column_text(ask, 0));
    }
    if (code != SQLITE_DONE)
        status = sql_failed(db, path, err);
    sqlite3_finalize(ask);
    return status;
}

enum status
row_select_older(struct sqlite3 *db, const char *path, struct buf *sql,
                 struct error *err)
{
    struct list columns = LIST_INIT;
    enum status status = list_columns(db, path, &columns, err);

    buf_add_text(sql, "SELECT ");
    for (int i = 0; i < ROW_COLUMN_COUNT; i++)
        buf_printf(sql, "%s%s", i ? "," : "",
                   list_has(&columns, names[i]) ? names[i]
                                                : nothing[row_forms[i]]);
    buf_add_text(sql, " FROM article ORDER BY id");
    list_release(&columns);
    return status;
}
