#include "indexer/stored/row_fields.h"

#include <string.h>

#include <sqlite3.h>

#include "indexer/stored/row_parts.h"

/* A longer one is no language. */
#define LANGUAGE_SIZE_MAX 15

/* What stands in a field; in the byline, more names besides, and behind the
 * address the key.  The date is made
 * of three columns, and the day of entry is no member's. */
static const enum article_member members[FIELD_DATE] = {
    [FIELD_BODY] = MEMBER_BODY,         [FIELD_HEADLINE] = MEMBER_HEADLINE,
    [FIELD_BYLINE] = MEMBER_BYLINE,     [FIELD_CAPTIONS] = MEMBER_CAPTIONS,
    [FIELD_DATELINE] = MEMBER_DATELINE, [FIELD_SOURCE] = MEMBER_PUBLICATION,
    [FIELD_SECTION] = MEMBER_SECTION,   [FIELD_KEYWORDS] = MEMBER_KEYWORDS,
    [FIELD_LANGUAGE] = MEMBER_LANGUAGE, [FIELD_URL] = MEMBER_URL,
};

/* "2026-12-01" as "2026 202612 20261201". */
static void
define_added(struct buf *sql)
{
    buf_printf(sql,
               "  CASE added WHEN '' THEN '' ELSE substr(added, 1, 4) || ' '"
               " ||\n    substr(added, 1, 4) || substr(added, 6, 2) || ' ' ||\n"
               "    replace(added, '-', '') END AS %s,\n",
               field_name(FIELD_ADDED));
}

static void
define_field(struct buf *sql, enum field field)
{
    const enum article_member member = members[field];
    const char *name = article_members[member].name;

    buf_add_text(sql, "  news_mark(language, ");
    if (row_forms[ROW_COLUMN_MEMBER + (int)member] == FORM_PACKED)
        buf_printf(sql, "news_text(%s)", name);
    else
        buf_add_text(sql, name);
    if (field == FIELD_BYLINE)
        buf_add_text(sql, " || CASE more_names WHEN '' THEN ''\n"
                          "    ELSE char(10) || more_names END");
    if (field == FIELD_URL)
        buf_add_text(sql, " || CASE key WHEN url THEN ''\n"
                          "    ELSE char(10) || key END");
    buf_printf(sql, ") AS %s,\n", field_name(field));
}

void
row_define_view(struct buf *sql)
{
    buf_add_text(sql, "CREATE VIEW article_text AS SELECT id,\n");
    for (enum field i = 0; i < FIELD_ADDED; i++)
        define_field(sql, i);
    define_added(sql);
    buf_printf(sql,
               "  news_dates(published, zone, precision) AS %s\n"
               "FROM article;\n",
               field_name(FIELD_DATE));
}

void
row_fields_init(struct row_fields *fields)
{
    for (int i = 0; i < FIELD_DATE; i++)
        fields->text[i] = BUF_INIT;
    fields->mark = 0;
}

void
row_fields_release(struct row_fields *fields)
{
    for (int i = 0; i < FIELD_DATE; i++)
        buf_release(&fields->text[i]);
    fields->mark = 0;
}

/* The view leaves out the mark of the segment's own language, which is no
 * matter: with it or without, the text is read in that. */
static void
set_field(struct row_fields *fields, enum field field,
          const struct article *article, const struct buf *text)
{
    const struct buf *language = &article->language;
    struct buf *out = &fields->text[field];

    buf_clear(out);
    if (!text->size)
        return;
    if (language->size && language->size <= LANGUAGE_SIZE_MAX) {
        buf_printf(out, "\x02%s\x02", language->data);
        fields->mark = out->size;
    }
    buf_add(out, text->data, text->size);
}

static void
set_byline(struct row_fields *fields, const struct article *article,
           struct sqlite3_stmt *select)
{
    const char *more =
        (const char *)sqlite3_column_text(select, ROW_COLUMN_MORE_NAMES);
    struct buf byline = BUF_INIT;

    buf_add(&byline, article->byline.data, article->byline.size);
    if (more && *more)
        buf_printf(&byline, "\n%s", more);
    set_field(fields, FIELD_BYLINE, article, &byline);
    buf_release(&byline);
}

static void
set_keywords(struct row_fields *fields, const struct article *article)
{
    struct buf lines = BUF_INIT;

    for (size_t i = 0; i < article->keywords.count; i++)
        buf_printf(&lines, "%s%s", i ? "\n" : "", article->keywords.item[i]);
    set_field(fields, FIELD_KEYWORDS, article, &lines);
    buf_release(&lines);
}

static void
set_url(struct row_fields *fields, const struct article *article)
{
    struct buf lines = BUF_INIT;

    buf_add(&lines, article->url.data, article->url.size);
    if (!buf_equal(&article->url, &article->key))
        buf_printf(&lines, "\n%s", article->key.data);
    set_field(fields, FIELD_URL, article, &lines);
    buf_release(&lines);
}

static void
set_added(struct row_fields *fields, struct sqlite3_stmt *select)
{
    const char *day = row_added(select);

    buf_clear(&fields->text[FIELD_ADDED]);
    if (strlen(day) == 10)
        buf_printf(&fields->text[FIELD_ADDED], "%.4s %.4s%.2s %.4s%.2s%.2s",
                   day, day, day + 5, day, day + 5, day + 8);
}

enum status
row_load_fields(struct sqlite3_stmt *select, struct unpacker *unpacker,
                struct article *article, struct row_fields *fields,
                struct error *err)
{
    struct buf captions = BUF_INIT;
    enum status status =
        row_load_captions(select, unpacker, article, &captions, err);

    fields->mark = 0;
    for (enum field i = 0; !status && i < FIELD_DATE; i++) {
        if (i == FIELD_ADDED)
            set_added(fields, select);
        else if (i == FIELD_BYLINE)
            set_byline(fields, article, select);
        else if (i == FIELD_CAPTIONS)
            set_field(fields, i, article, &captions);
        else if (i == FIELD_KEYWORDS)
            set_keywords(fields, article);
        else if (i == FIELD_URL)
            set_url(fields, article);
        else
            set_field(fields, i, article, member_of(article, members[i]));
    }
    buf_release(&captions);
    return status;
}

const char *
row_field(const struct row_fields *fields, enum field field, size_t *size)
{
    const struct buf *text = &fields->text[field];
    size_t mark = text->size ? fields->mark : 0;

    *size = text->size - mark;
    return text->data + mark;
}
