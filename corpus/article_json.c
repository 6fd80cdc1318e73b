/*
 * The article as JSON, one line.  jansson's compact encoder escapes; members
 * come in the order of struct article, so that two dumps can be compared
 * with diff(1).
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article.h"

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
