/* The columns of the table article. */
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

static enum row_form
form_of_member(enum article_member member)
{
    if (member == MEMBER_PUBLISHED)
        return FORM_NUMBER_OR_NULL;
    switch (article_members[member].type) {
    case TYPE_LINE:
    case TYPE_LIST:
    case TYPE_DATE:
    case TYPE_WORD:
        return FORM_TEXT;
    case TYPE_PARAGRAPHS:
    case TYPE_CAPTIONS:
        return FORM_PACKED;
    case TYPE_PLACE:
        break;
    }
    return FORM_NUMBER;
}

enum row_form
row_form(int column)
{
    if (column == ROW_COLUMN_ID)
        return FORM_NUMBER;
    if (column > ROW_COLUMN_LAST_MEMBER)
        return other_of(column)->form;
    return form_of_member((enum article_member)(column - ROW_COLUMN_MEMBER));
}

bool
row_is_text(int column)
{
    enum row_form form = row_form(column);

    return form == FORM_TEXT || form == FORM_PACKED;
}

void
row_order(int column[ROW_ORDER])
{
    int other = ROW_COLUMN_LAST_MEMBER + 1;

    for (int i = ROW_COLUMN_MEMBER; i <= ROW_COLUMN_LAST_MEMBER; i++) {
        while (other < ROW_COLUMN_COUNT &&
               ROW_COLUMN_MEMBER + (int)other_of(other)->before == i)
            *column++ = other++;
        *column++ = i;
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
    const struct member *member = &article_members[column - ROW_COLUMN_MEMBER];
    bool is_member = column <= ROW_COLUMN_LAST_MEMBER;
    const char *about = is_member ? member->about : other_of(column)->about;
    struct buf text = BUF_INIT;

    buf_printf(&text, "  %s %s%s",
               is_member ? member->name : other_of(column)->name,
               type[row_form(column)], last ? "" : ",");
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
