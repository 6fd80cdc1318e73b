/*
 * The article as JSON, one line, and back.  jansson's compact encoder escapes;
 * members come in the order of their table, so that two dumps can be
 * compared with diff(1), and so that a line of ours is known from those of
 * other programs.  In theirs, names stand in a byline and a body may be
 * markup; in ours both are read already, and reading them twice would lose
 * some.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/base/utf8.h"
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
put_word(json_t *object, const char *name, const char *word)
{
    json_object_set_new(object, name, json_string(word));
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
put_captions(json_t *object, const char *name, const struct article *article)
{
    json_t *array = json_array();

    for (size_t i = 0; i < article->captions; i++) {
        json_t *caption = json_object();

        put_text(caption, "text", &article->caption[i].text);
        put_text(caption, "credit", &article->caption[i].credit);
        json_array_append_new(array, caption);
    }
    json_object_set_new(object, name, array);
}

static void
put_lines(json_t *object, const char *name, const struct buf *text)
{
    json_t *array = json_array();
    const char *at = text->data;
    const char *end = text->data + text->size;

    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((line ? line : end) - at);

        json_array_append_new(array, json_stringn_nocheck(at, size));
        at += size + 1;
    }
    json_object_set_new(object, name, array);
}

static void
put_member(json_t *object, const struct article *article,
           enum article_member member)
{
    const void *at = member_of(article, member);
    const char *name = article_members[member].name;

    switch (article_members[member].type) {
    case TYPE_LINE:
        put_text(object, name, at);
        break;
    case TYPE_PARAGRAPHS:
        put_lines(object, name, at);
        break;
    case TYPE_LIST:
        put_list(object, name, at);
        break;
    case TYPE_CAPTIONS:
        put_captions(object, name, article);
        break;
    case TYPE_DATE:
        put_date(object, name, at);
        break;
    case TYPE_WORD:
        put_word(object, name, member_word(member, *(const unsigned *)at));
        break;
    case TYPE_PLACE:
        break;
    }
}

/* JSON lets pass what a terminal would obey: C1, DEL and overrides, of which a
 * key has some if its file is named so.  Such stand in strings only. */
static void
add_escaped(struct buf *out, const char *text)
{
    size_t size = strlen(text);
    size_t plain = 0;
    size_t step;

    for (size_t at = 0; at < size; at += step) {
        uint32_t code = (unsigned char)text[at];

        step = code < 0x7f ? 1 : utf8_decode(text + at, size - at, &code);
        if (step == 0)
            step = 1;
        else if (code >= 0x7f && utf8_is_command(code)) {
            buf_add(out, text + plain, at - plain);
            buf_printf(out, "\\u%04x", (unsigned)code);
            plain = at + step;
        }
    }
    buf_add(out, text + plain, size - plain);
}

void
article_print_json(const struct article *article, struct buf *out)
{
    json_t *object = json_object();
    char *text;

    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        put_member(object, article, i);
    text = json_dumps(object, JSON_COMPACT);
    if (text)
        add_escaped(out, text);
    buf_add_byte(out, '\n');
    free(text);
    json_decref(object);
}

/* --- and back ------------------------------------------------------------- */

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

/* Can this be what was written of the member? */
static bool
is_of_type(const struct json_field *field, enum member_type type)
{
    switch (type) {
    case TYPE_LINE:
    case TYPE_WORD:
        return field->text != NULL;
    case TYPE_DATE:
        return !field->value || json_is_null(field->value);
    case TYPE_LIST:
    case TYPE_PARAGRAPHS:
        return !field->text && is_list_of(field->value, false);
    case TYPE_CAPTIONS:
        return !field->text && is_list_of(field->value, true);
    case TYPE_PLACE:
        break;
    }
    return false;
}

/* Lines written before articles had keywords have none. */
static bool
is_left_out(enum article_member member, const struct json_fields *fields,
            size_t at)
{
    return member == MEMBER_KEYWORDS &&
           (at >= fields->count ||
            strcmp(fields->field[at].name, article_members[member].name) != 0);
}

static bool
is_ours(const struct json_fields *fields)
{
    size_t at = 0;

    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        const struct member *member = &article_members[i];

        if (member->type == TYPE_PLACE || is_left_out(i, fields, at))
            continue;
        if (at == fields->count ||
            strcmp(fields->field[at].name, member->name) != 0 ||
            !is_of_type(&fields->field[at], member->type))
            return false;
        at++;
    }
    return at == fields->count;
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
take_lines(struct buf *text, const struct json_field *field)
{
    for (size_t i = 0; i < json_array_size(field->value); i++) {
        const json_t *line = json_array_get(field->value, i);

        article_add_line(text, json_string_value(line),
                         json_string_length(line));
    }
}

static void
take_member(struct article *article, enum article_member member,
            const struct json_field *field)
{
    void *at = member_at(article, member);

    switch (article_members[member].type) {
    case TYPE_LINE:
        buf_set(at, field->text, field->size);
        break;
    case TYPE_PARAGRAPHS:
        take_lines(at, field);
        break;
    case TYPE_LIST:
        take_list(at, field);
        break;
    case TYPE_CAPTIONS:
        take_captions(article, field);
        break;
    case TYPE_DATE:
        json_field_date(at, field);
        break;
    case TYPE_WORD:
        member_set_word(article, member, field->text);
        break;
    case TYPE_PLACE:
        break;
    }
}

bool
article_from_json(struct article *article, const struct json_fields *fields)
{
    size_t at = 0;

    if (!is_ours(fields))
        return false;
    for (enum article_member i = 0; i < MEMBER_COUNT; i++)
        if (article_members[i].type != TYPE_PLACE &&
            !is_left_out(i, fields, at))
            take_member(article, i, &fields->field[at++]);
    return true;
}
