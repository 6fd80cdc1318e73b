/*
 * The article as JSON, one line, and back.  jansson's compact encoder escapes;
 * members come in the order of struct article, so that two dumps can be
 * compared with diff(1), and so that a line of ours is known from those of
 * other programs.  In theirs, names stand in a byline and a body may be
 * markup; in ours both are read already, and reading them twice would lose
 * some.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/syntax/json_fields.h"

static json_t *
json_text(const struct buf *text)
{
    return json_stringn_nocheck(text->data, text->size);
}

static void
put_text(json_t *object, const char *name, const struct buf *text)
{
    json_object_set_new(object, name, json_text(text));
}

static void
put_list(json_t *object, const char *name, const struct list *list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, json_string_nocheck(list->item[i]));
    json_object_set_new(object, name, array);
}

static void
put_date(json_t *object, const char *name, const struct date *date)
{
    struct buf text = BUF_INIT;

    date_print(date, &text);
    json_object_set_new(object, name,
                        text.size ? json_text(&text) : json_null());
    buf_release(&text);
}

static void
put_captions(json_t *object, const struct article *article)
{
    json_t *array = json_array();

    for (size_t i = 0; i < article->captions; i++) {
        json_t *caption = json_object();

        put_text(caption, "text", &article->caption[i].text);
        put_text(caption, "credit", &article->caption[i].credit);
        json_array_append_new(array, caption);
    }
    json_object_set_new(object, "captions", array);
}

static void
put_body(json_t *object, const struct buf *body)
{
    json_t *array = json_array();
    const char *at = body->data;
    const char *end = body->data + body->size;

    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((line ? line : end) - at);

        json_array_append_new(array, json_stringn_nocheck(at, size));
        at += size + 1;
    }
    json_object_set_new(object, "body", array);
}

void
article_print_json(const struct article *article, struct buf *out)
{
    json_t *object = json_object();
    char *text;

    put_text(object, "key", &article->key);
    put_text(object, "version", &article->version);
    json_object_set_new(object, "kind",
                        json_string(article_kind_name(article->kind)));
    put_text(object, "publication", &article->publication);
    put_text(object, "section", &article->section);
    put_text(object, "url", &article->url);
    put_text(object, "language", &article->language);
    put_text(object, "headline", &article->headline);
    put_text(object, "byline", &article->byline);
    put_list(object, "authors", &article->authors);
    put_list(object, "emails", &article->emails);
    put_text(object, "dateline", &article->dateline);
    put_date(object, "published", &article->published);
    json_object_set_new(object, "published_from",
                        json_string(date_source_name(article->published_from)));
    put_date(object, "seen", &article->seen);
    put_captions(object, article);
    put_body(object, &article->body);
    text = json_dumps(object, JSON_COMPACT);
    if (text)
        buf_add_text(out, text);
    buf_add_byte(out, '\n');
    free(text);
    json_decref(object);
}

/* --- and back ------------------------------------------------------------- */

enum place {
    AT_KEY,
    AT_VERSION,
    AT_KIND,
    AT_PUBLICATION,
    AT_SECTION,
    AT_URL,
    AT_LANGUAGE,
    AT_HEADLINE,
    AT_BYLINE,
    AT_AUTHORS,
    AT_EMAILS,
    AT_DATELINE,
    AT_PUBLISHED,
    AT_PUBLISHED_FROM,
    AT_SEEN,
    AT_CAPTIONS,
    AT_BODY,
    PLACES
};

/* What is written, in its order; 's' a text, 'd' a date or null, 'a' a list
 * of texts, 'c' one of captions. */
static const struct {
    const char *name;
    char type;
} written[PLACES] = {
    [AT_KEY] = {"key", 's'},
    [AT_VERSION] = {"version", 's'},
    [AT_KIND] = {"kind", 's'},
    [AT_PUBLICATION] = {"publication", 's'},
    [AT_SECTION] = {"section", 's'},
    [AT_URL] = {"url", 's'},
    [AT_LANGUAGE] = {"language", 's'},
    [AT_HEADLINE] = {"headline", 's'},
    [AT_BYLINE] = {"byline", 's'},
    [AT_AUTHORS] = {"authors", 'a'},
    [AT_EMAILS] = {"emails", 'a'},
    [AT_DATELINE] = {"dateline", 's'},
    [AT_PUBLISHED] = {"published", 'd'},
    [AT_PUBLISHED_FROM] = {"published_from", 's'},
    [AT_SEEN] = {"seen", 'd'},
    [AT_CAPTIONS] = {"captions", 'c'},
    [AT_BODY] = {"body", 'a'},
};

static bool
is_list_of(const json_t *list, bool captions)
{
    if (!json_is_array(list))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);

        if (captions && (!json_is_string(json_object_get(item, "text")) ||
                         !json_is_string(json_object_get(item, "credit"))))
            return false;
        if (!captions && !json_is_string(item))
            return false;
    }
    return true;
}

static bool
is_ours(const struct json_fields *fields)
{
    if (fields->count != PLACES)
        return false;
    for (size_t i = 0; i < PLACES; i++) {
        const struct json_field *field = &fields->field[i];
        char type = written[i].type;

        if (strcmp(field->name, written[i].name) != 0)
            return false;
        if (type == 's' && !field->text)
            return false;
        if (type == 'd' && field->value && !json_is_null(field->value))
            return false;
        if ((type == 'a' || type == 'c') &&
            (field->text || !is_list_of(field->value, type == 'c')))
            return false;
    }
    return true;
}

static void
take_text(struct buf *text, const struct json_field *field)
{
    buf_set(text, field->text, field->size);
}

static void
take_list(struct list *list, const struct json_field *field)
{
    for (size_t i = 0; i < json_array_size(field->value); i++)
        list_add_text(list, json_string_value(json_array_get(field->value, i)));
}

static void
take_captions(struct article *article, const struct json_field *field)
{
    for (size_t i = 0; i < json_array_size(field->value); i++) {
        const json_t *item = json_array_get(field->value, i);
        const json_t *text = json_object_get(item, "text");
        const json_t *credit = json_object_get(item, "credit");

        article_add_caption(article, json_string_value(text),
                            json_string_length(text), json_string_value(credit),
                            json_string_length(credit));
    }
}

static void
take_body(struct article *article, const struct json_field *field)
{
    for (size_t i = 0; i < json_array_size(field->value); i++) {
        const json_t *line = json_array_get(field->value, i);

        article_add_paragraph(article, json_string_value(line),
                              json_string_length(line));
    }
}

static void
take_kind(struct article *article, const char *name)
{
    for (int i = ARTICLE_STORY; i <= ARTICLE_NOT_FOUND; i++)
        if (strcmp(name, article_kind_name((enum article_kind)i)) == 0)
            article->kind = (enum article_kind)i;
}

static void
take_source(struct article *article, const char *name)
{
    for (int i = DATE_FROM_NOWHERE; i <= DATE_FROM_FILENAME; i++)
        if (strcmp(name, date_source_name((enum date_source)i)) == 0)
            article->published_from = (enum date_source)i;
}

bool
article_from_json(struct article *article, const struct json_fields *fields)
{
    const struct json_field *field = fields->field;

    if (!is_ours(fields))
        return false;
    take_text(&article->key, &field[AT_KEY]);
    take_text(&article->version, &field[AT_VERSION]);
    take_kind(article, field[AT_KIND].text);
    take_text(&article->publication, &field[AT_PUBLICATION]);
    take_text(&article->section, &field[AT_SECTION]);
    take_text(&article->url, &field[AT_URL]);
    take_text(&article->language, &field[AT_LANGUAGE]);
    take_text(&article->headline, &field[AT_HEADLINE]);
    take_text(&article->byline, &field[AT_BYLINE]);
    take_list(&article->authors, &field[AT_AUTHORS]);
    take_list(&article->emails, &field[AT_EMAILS]);
    take_text(&article->dateline, &field[AT_DATELINE]);
    json_field_date(&article->published, &field[AT_PUBLISHED]);
    take_source(article, field[AT_PUBLISHED_FROM].text);
    json_field_date(&article->seen, &field[AT_SEEN]);
    take_captions(article, &field[AT_CAPTIONS]);
    take_body(article, &field[AT_BODY]);
    return true;
}
