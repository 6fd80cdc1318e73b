#include "query/search/hit_load.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "indexer/archive/field.h"
#include "indexer/bits/sql.h"
#include "indexer/stored/row.h"
#include "indexer/stored/row_fields.h"
#include "query/search/collect.h"
#include "query/search/hit_members.h"

enum {
    KWIC_SIDE = 48, /* bytes of context at each side of a match */
    KWIC_MAX = 200  /* lines of an article */
};

/* The marks of a text that is there whole. */
static void
mark_all(struct marked *out, const struct mark *mark, size_t marks)
{
    for (size_t i = 0; i < marks; i++)
        if (mark[i].end <= out->text.size)
            marked_add(out, mark[i].start, mark[i].end);
}

/* One match in the middle of its line. */
static void
add_kwic(struct hit *hit, size_t *room, const struct buf *text,
         const struct mark *mark, size_t side)
{
    size_t from = mark->start > side
                      ? utf8_cut(text->data, text->size, mark->start - side)
                      : 0;
    size_t to = mark->end + side < text->size
                    ? utf8_cut(text->data, text->size, mark->end + side)
                    : text->size;
    struct marked *line;

    hit->kwic = mem_grow(hit->kwic, hit->kwics, room, sizeof(*hit->kwic));
    line = &hit->kwic[hit->kwics++];
    *line = MARKED_INIT;
    line->cut_before = from > 0;
    line->cut_after = to < text->size;
    buf_add(&line->text, text->data + from, to - from);
    for (size_t i = 0; i < line->text.size; i++)
        if (line->text.data[i] == '\n')
            line->text.data[i] = ' ';
    marked_add(line, mark->start - from, mark->end - from);
}

static void
add_kwics(struct hit *hit, const struct article *article, struct match *match,
          size_t side)
{
    const struct {
        enum field field;
        const struct buf *text;
    } fields[] = {{FIELD_HEADLINE, &article->headline},
                  {FIELD_BODY, &article->body}};
    size_t room = 0;

    for (size_t i = 0; i < COUNT(fields); i++) {
        size_t marks;
        const struct mark *mark = match_marks(match, fields[i].field, &marks);

        for (size_t j = 0; j < marks && hit->kwics < KWIC_MAX; j++)
            if (mark[j].end <= fields[i].text->size &&
                (j == 0 || mark[j].start >= mark[j - 1].end))
                add_kwic(hit, &room, fields[i].text, &mark[j], side);
    }
}

/* The passage of the body, or of the captions if only they have matches; one
 * that adds to a headline that answers. */
static void
choose_snippet(const struct row_fields *fields, struct match *match,
               size_t width, struct marked *out)
{
    struct snippet_source source = {0};
    enum field field = FIELD_BODY;
    size_t answers;

    match_marks(match, FIELD_HEADLINE, &answers);
    if (answers)
        source.headline =
            row_field(fields, FIELD_HEADLINE, &source.headline_size);
    source.mark = match_marks(match, FIELD_BODY, &source.marks);
    if (!source.marks) {
        source.mark = match_marks(match, FIELD_CAPTIONS, &source.marks);
        field = source.marks ? FIELD_CAPTIONS : FIELD_BODY;
    }
    source.text = row_field(fields, field, &source.size);
    source.sentence = match_sentences(match, field, &source.sentences);
    snippet_choose(out, &source, width);
}

static void
copy_captions(const struct article *article, struct buf *out)
{
    for (size_t i = 0; i < article->captions; i++) {
        const struct caption *caption = &article->caption[i];

        if (i)
            buf_add_byte(out, '\n');
        buf_add(out, caption->text.data, caption->text.size);
        if (caption->credit.size) {
            buf_add_byte(out, '\t');
            buf_add(out, caption->credit.data, caption->credit.size);
        }
    }
}

static void
copy_member(const struct article *article, const struct hit_member *member,
            struct hit *hit)
{
    const void *from = member_of(article, member->from);
    void *to = hit_member_at(hit, member);
    const struct buf *text;

    switch (hit_member_type(member)) {
    case TYPE_LINE:
    case TYPE_PARAGRAPHS:
        text = from;
        buf_set(to, text->data, text->size);
        break;
    case TYPE_LIST:
        list_copy(to, from);
        break;
    case TYPE_DATE:
        memcpy(to, from, sizeof(struct date));
        break;
    case TYPE_WORD:
        memcpy(to, from, sizeof(unsigned));
        break;
    case TYPE_PLACE:
        memcpy(to, from, sizeof(uint64_t));
        break;
    case TYPE_CAPTIONS: /* copy_captions(), if they are asked for */
        break;
    }
}

static void
copy_article(const struct article *article, struct hit *hit)
{
    for (size_t i = 0; i < hit_members_count; i++)
        copy_member(article, &hit_members[i], hit);
    hit->offset = article->offset;
}

/* Find what to mark. */
static void
match_article(struct match *match, const struct article *article,
              const struct row_fields *fields, int64_t words)
{
    const struct date *published = &article->published;
    int zone = published->has_zone ? published->zone : 0;
    struct match_facts facts;

    collect_set_facts(&facts, published->precision != DATE_NONE,
                      published->seconds + (int64_t)60 * zone, words);
    match_begin(match, &facts);
    for (int i = 0; i < MATCH_FIELDS; i++) {
        const struct buf *text = &fields->text[match_order[i]];

        match_field(match, match_order[i], text->data, text->size);
    }
}

static void
show_matches(const struct row_fields *fields, struct match *match,
             const struct search_request *request,
             const struct article *article, struct hit *hit)
{
    size_t marks;
    const struct mark *mark;

    mark = match_marks(match, FIELD_HEADLINE, &marks);
    mark_all(&hit->headline, mark, marks);
    if (request->snippet_width)
        choose_snippet(fields, match, request->snippet_width, &hit->snippet);
    if (request->texts) {
        mark = match_marks(match, FIELD_BODY, &marks);
        buf_set(&hit->body.text, article->body.data, article->body.size);
        mark_all(&hit->body, mark, marks);
        copy_captions(article, &hit->captions);
    }
    if (request->keywords)
        add_kwics(hit, article, match,
                  request->keyword_side ? request->keyword_side : KWIC_SIDE);
}

static void
set_column(struct buf *out, struct sqlite3_stmt *ask, int column)
{
    const char *text = (const char *)sqlite3_column_text(ask, column);

    buf_set(out, text ? text : "", (size_t)sqlite3_column_bytes(ask, column));
}

enum status
hit_load_origin(struct archive_segment *segment, int64_t id, struct hit *hit,
                struct error *err)
{
    enum status status = archive_prepare(
        segment, &segment->origin,
        "SELECT key, file, offset FROM article WHERE id=?1", err);
    struct sqlite3_stmt *ask = segment->origin;

    if (status)
        return status;
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) != SQLITE_ROW) {
        status = sql_failed(segment->db, segment->entry->name, err);
    } else {
        set_column(&hit->key, ask, 0);
        set_column(&hit->path, ask, 1);
        hit->offset = (uint64_t)sqlite3_column_int64(ask, 2);
    }
    sqlite3_reset(ask);
    return status;
}

enum status
hit_load(struct archive_segment *segment, int64_t id, struct match *match,
         const struct search_request *request, struct hit *hit,
         struct error *err)
{
    struct article article;
    struct row_fields fields;
    enum status status =
        archive_prepare(segment, &segment->row,
                        "SELECT " ROW_COLUMNS " FROM article WHERE id=?1", err);
    struct sqlite3_stmt *ask = segment->row;

    if (status)
        return status;
    article_init(&article);
    row_fields_init(&fields);
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) != SQLITE_ROW)
        status = sql_failed(segment->db, segment->entry->name, err);
    else
        status =
            row_load_fields(ask, segment->unpacker, &article, &fields, err);
    if (!status) {
        copy_article(&article, hit);
        buf_set_text(&hit->path, row_file(ask));
        hit->words = (uint64_t)row_words(ask);
        if (request->fold)
            hit->story = story_new(article.body.data, article.body.size);
        if (!request->unmarked) {
            match_article(match, &article, &fields, row_words(ask));
            show_matches(&fields, match, request, &article, hit);
        }
    }
    sqlite3_reset(ask);
    row_fields_release(&fields);
    article_release(&article);
    return status;
}
