/* The columns of the table article. */
#include "corpus/base/count.h"
#include "indexer/stored/row_parts.h"

struct other {
    const char *name;
    const char *about;
    enum row_form form;
    enum article_member before;
};

#define OTHER(column, name, form, before, about) {#name, about, form, before},
static const struct other others[] = {ROW_OTHERS(OTHER)};

static const struct other *
other_of(int column)
{
    return &others[column - ROW_COLUMN_LAST_MEMBER - 1];
}

#define FORM_OF(type)                                                     \
    ((type) == TYPE_PLACE                                   ? FORM_NUMBER \
     : (type) == TYPE_PARAGRAPHS || (type) == TYPE_CAPTIONS ? FORM_PACKED \
                                                            : FORM_TEXT)
#define MEMBER_FORM(member, name, type, traced, about) \
    [ROW_COLUMN_MEMBER + (member)] =                   \
        (member) == MEMBER_PUBLISHED ? FORM_NUMBER_OR_NULL : FORM_OF(type),
#define OTHER_FORM(column, name, form, before, about) [column] = (form),

const enum row_form row_forms[ROW_COLUMN_COUNT] = {
    [ROW_COLUMN_ID] = FORM_NUMBER,
    ARTICLE_MEMBERS(MEMBER_FORM) ROW_OTHERS(OTHER_FORM)};

void
row_order(int column[ROW_ORDER])
{
    const struct other *other = others;
    const struct other *end = others + COUNT(others);

    for (int i = 0; i < MEMBER_COUNT; i++) {
        for (; other < end && (int)other->before == i; other++)
            *column++ = ROW_COLUMN_LAST_MEMBER + 1 + (int)(other - others);
        *column++ = ROW_COLUMN_MEMBER + i;
    }
}

/* One line of the definition. */
static void
define_column(struct buf *sql, int column, bool last)
{
    static const char *const type[] = {
        [FORM_NUMBER] = "INTEGER NOT NULL",
        [FORM_NUMBER_OR_NULL] = "INTEGER",
        [FORM_TEXT] = "TEXT NOT NULL",
        [FORM_PACKED] = "BLOB NOT NULL",
    };
    bool is_member = column <= ROW_COLUMN_LAST_MEMBER;
    const struct member *member =
        is_member ? &article_members[column - ROW_COLUMN_MEMBER] : NULL;
    const char *about = member ? member->about : other_of(column)->about;
    struct buf text = BUF_INIT;

    buf_printf(&text, "  %s %s%s",
               member ? member->name : other_of(column)->name,
               type[row_forms[column]], last ? "" : ",");
    if (*about)
        buf_printf(sql, "%-33s-- %s\n", text.data, about);
    else
        buf_printf(sql, "%s\n", text.data);
    buf_release(&text);
}

void
row_define_table(struct buf *sql)
{
    int column[ROW_ORDER];

    row_order(column);
    buf_add_text(sql, "CREATE TABLE article(\n"
                      "  id INTEGER PRIMARY KEY,        "
                      "-- 1, 2, ... by published, undated first\n");
    for (int i = 0; i < ROW_ORDER; i++)
        define_column(sql, column[i], i + 1 == ROW_ORDER);
    buf_add_text(sql, ") STRICT;\n");
}
