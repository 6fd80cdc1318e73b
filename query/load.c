#include "query/load.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/mem.h"
#include "corpus/utf8.h"
#include "indexer/row.h"
#include "indexer/store.h"
#include "query/collect.h"

enum {
    KWIC_SIDE = 48, /* bytes of context at each side of a match */
    KWIC_MAX = 200  /* lines of an article */
};

void
hit_init(struct hit *hit)
{
    *hit = (struct hit){
        .key = BUF_INIT,
        .publication = BUF_INIT,
        .section = BUF_INIT,
        .url = BUF_INIT,
        .language = BUF_INIT,
        .byline = BUF_INIT,
        .dateline = BUF_INIT,
        .path = BUF_INIT,
        .headline = MARKED_INIT,
        .snippet = MARKED_INIT,
        .captions = BUF_INIT,
        .body = MARKED_INIT,
        .explanation = BUF_INIT,
    };
}

void
hit_release(struct hit *hit)
{
    buf_release(&hit->key);
    buf_release(&hit->publication);
    buf_release(&hit->section);
    buf_release(&hit->url);
    buf_release(&hit->language);
    buf_release(&hit->byline);
    list_release(&hit->authors);
    buf_release(&hit->dateline);
    buf_release(&hit->path);
    marked_release(&hit->headline);
    marked_release(&hit->snippet);
    buf_release(&hit->captions);
    marked_release(&hit->body);
    for (size_t i = 0; i < hit->kwics; i++)
        marked_release(&hit->kwic[i]);
    free(hit->kwic);
    buf_release(&hit->explanation);
    hit_init(hit);
}

/* A text with all its marks. */
static void
mark_all(struct marked *out, const struct buf *text, const struct mark *mark,
         size_t marks)
{
    marked_clear(out);
    buf_set(&out->text, text->data, text->size);
    for (size_t i = 0; i < marks; i++)
        if (mark[i].end <= text->size)
            marked_add(out, mark[i].start, mark[i].end);
}

/* One match in the middle of its line. */
static void
add_kwic(struct hit *hit, size_t *room, const struct buf *text,
         const struct mark *mark)
{
    size_t from = mark->start > KWIC_SIDE ? utf8_cut(text->data, text->size,
                                                     mark->start - KWIC_SIDE)
                                          : 0;
    size_t to = mark->end + KWIC_SIDE < text->size
                    ? utf8_cut(text->data, text->size, mark->end + KWIC_SIDE)
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
add_kwics(struct hit *hit, const struct article *article, struct match *match)
{
    const struct {
        enum field field;
        const struct buf *text;
    } fields[] = {{FIELD_HEADLINE, &article->headline},
                  {FIELD_BODY, &article->body}};
    size_t room = 0;

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        size_t marks;
        const struct mark *mark = match_marks(match, fields[i].field, &marks);

        for (size_t j = 0; j < marks && hit->kwics < KWIC_MAX; j++)
            if (mark[j].end <= fields[i].text->size &&
                (j == 0 || mark[j].start >= mark[j - 1].end))
                add_kwic(hit, &room, fields[i].text, &mark[j]);
    }
}

/* A field as the index sees it, behind the mark of a language. */
static const char *
field_text(struct archive_segment *segment, int column, size_t *size)
{
    const char *text =
        (const char *)sqlite3_column_text(segment->texts, column);
    const char *end;

    *size = (size_t)sqlite3_column_bytes(segment->texts, column);
    if (!text || *size == 0 || text[0] != '\x02')
        return text ? text : "";
    end = memchr(text + 1, '\x02', *size - 1);
    if (!end)
        return text;
    *size -= (size_t)(end + 1 - text);
    return end + 1;
}

/* The passage of the body, or of the captions if only they have matches. */
static void
choose_snippet(struct archive_segment *segment, struct match *match,
               size_t width, struct marked *out)
{
    static const struct {
        enum field field;
        int column;
    } places[] = {{FIELD_BODY, 3}, {FIELD_CAPTIONS, 2}};
    struct snippet_source source;
    size_t place = 0;

    source.mark = match_marks(match, FIELD_BODY, &source.marks);
    if (!source.marks) {
        source.mark = match_marks(match, FIELD_CAPTIONS, &source.marks);
        place = source.marks ? 1 : 0;
    }
    source.text = field_text(segment, places[place].column, &source.size);
    source.sentence =
        match_sentences(match, places[place].field, &source.sentences);
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
        if (caption->credit.size)
            buf_printf(out, " (%s)", caption->credit.data);
    }
}

static void
copy_article(const struct article *article, struct hit *hit)
{
    buf_set(&hit->key, article->key.data, article->key.size);
    buf_set(&hit->publication, article->publication.data,
            article->publication.size);
    buf_set(&hit->section, article->section.data, article->section.size);
    buf_set(&hit->url, article->url.data, article->url.size);
    buf_set(&hit->language, article->language.data, article->language.size);
    buf_set(&hit->byline, article->byline.data, article->byline.size);
    buf_set(&hit->dateline, article->dateline.data, article->dateline.size);
    list_copy(&hit->authors, &article->authors);
    hit->published = article->published;
    hit->published_from = article->published_from;
    hit->seen = article->seen;
    hit->offset = article->offset;
}

static enum status
read_texts(struct archive_segment *segment, int64_t id, struct match *match,
           struct hit *hit, struct error *err)
{
    struct match_facts facts;
    enum status status = collect_facts(segment, id, &facts, err);

    if (!status)
        status = collect_texts(segment, id, match, &facts, err);
    hit->words = (uint64_t)facts.words;
    return status;
}

/* The texts have been read. */
static void
show_matches(struct archive_segment *segment, struct match *match,
             const struct search_request *request,
             const struct article *article, struct hit *hit)
{
    size_t marks;
    const struct mark *mark;

    mark = match_marks(match, FIELD_HEADLINE, &marks);
    mark_all(&hit->headline, &article->headline, mark, marks);
    if (request->snippet_width)
        choose_snippet(segment, match, request->snippet_width, &hit->snippet);
    if (request->texts) {
        mark = match_marks(match, FIELD_BODY, &marks);
        mark_all(&hit->body, &article->body, mark, marks);
        copy_captions(article, &hit->captions);
    }
    if (request->keywords)
        add_kwics(hit, article, match);
}

static void
set_column(struct buf *out, struct sqlite3_stmt *ask, int column)
{
    const char *text = (const char *)sqlite3_column_text(ask, column);

    buf_set(out, text ? text : "", (size_t)sqlite3_column_bytes(ask, column));
}

enum status
load_place(struct archive_segment *segment, int64_t id, struct hit *hit,
           struct error *err)
{
    enum status status = archive_prepare(
        segment, &segment->place,
        "SELECT key, file, offset FROM article WHERE id=?1", err);
    struct sqlite3_stmt *ask = segment->place;

    if (status)
        return status;
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) != SQLITE_ROW) {
        status = schema_failed(segment->db, segment->entry->name, err);
    } else {
        set_column(&hit->key, ask, 0);
        set_column(&hit->path, ask, 1);
        hit->offset = (uint64_t)sqlite3_column_int64(ask, 2);
    }
    sqlite3_reset(ask);
    return status;
}

enum status
load_hit(struct archive_segment *segment, int64_t id, struct match *match,
         const struct search_request *request, struct hit *hit,
         struct error *err)
{
    struct article article;
    enum status status =
        archive_prepare(segment, &segment->row,
                        "SELECT " ROW_COLUMNS " FROM article WHERE id=?1", err);
    struct sqlite3_stmt *ask = segment->row;

    if (status)
        return status;
    if (!segment->unpacker)
        segment->unpacker = unpacker_new(segment->db);
    article_init(&article);
    sqlite3_bind_int64(ask, 1, id);
    if (sqlite3_step(ask) != SQLITE_ROW)
        status = schema_failed(segment->db, segment->entry->name, err);
    else
        status = row_load(ask, segment->unpacker, &article, err);
    if (!status) {
        copy_article(&article, hit);
        buf_set_text(&hit->path, row_file(ask));
        status = read_texts(segment, id, match, hit, err);
    }
    if (!status) {
        show_matches(segment, match, request, &article, hit);
        collect_texts_done(segment);
    }
    sqlite3_reset(ask);
    article_release(&article);
    return status;
}
