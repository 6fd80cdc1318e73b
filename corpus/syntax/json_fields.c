#include "corpus/syntax/json_fields.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/syntax/json_text.h"

/* An object with more is no article, and names are looked for one by one. */
enum {
    FIELDS_MOST = 256
};

void
json_fields_clear(struct json_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        json_decref(fields->field[i].value);
    fields->count = 0;
}

void
json_fields_release(struct json_fields *fields)
{
    json_fields_clear(fields);
    free(fields->field);
    *fields = JSON_FIELDS_INIT;
}

/* Found by size first: most names differ in it. */
static struct json_field *
find(const struct json_fields *fields, const char *name, size_t size)
{
    for (size_t i = 0; i < fields->count; i++) {
        struct json_field *field = &fields->field[i];

        if (field->name_size == size && memcmp(field->name, name, size) == 0)
            return field;
    }
    return NULL;
}

const struct json_field *
json_fields_find(const struct json_fields *fields, const char *name)
{
    return find(fields, name, strlen(name));
}

static void
add(struct json_fields *fields, const struct json_field *field)
{
    fields->field = mem_grow(fields->field, fields->count, &fields->room,
                             sizeof(*fields->field));
    fields->field[fields->count++] = *field;
}

void
json_fields_of(struct json_fields *fields, struct json_t *object)
{
    const char *name;
    json_t *value;

    json_fields_clear(fields);
    json_object_foreach(object, name, value)
    {
        struct json_field field = {.name = name, .name_size = strlen(name)};

        if (json_is_string(value)) {
            field.text = json_string_value(value);
            field.size = json_string_length(value);
        } else {
            field.value = json_incref(value);
        }
        add(fields, &field);
    }
}

/* --- reading an object --- */

struct text {
    const char *at;
    const char *end;
};

static void
skip_blanks(struct text *text)
{
    while (text->at < text->end && (*text->at == ' ' || *text->at == '\t' ||
                                    *text->at == '\n' || *text->at == '\r'))
        text->at++;
}

static bool
take_sign(struct text *text, char sign)
{
    skip_blanks(text);
    if (text->at == text->end || *text->at != sign)
        return false;
    text->at++;
    return true;
}

/* Where what ends a plain piece of a string is, or `end`: a quote, a
 * backslash or a control character.  A byte of eight is found by what it
 * borrows from its neighbour when a number is taken off; that a neighbour
 * may be taken for one too only costs a second look. */
static const char *
end_of_plain(const char *at, const char *end)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t tops = 0x8080808080808080u;

    while (end - at >= 8) {
        uint64_t word;
        uint64_t quote;
        uint64_t slash;

        memcpy(&word, at, 8);
        quote = word ^ ones * '"';
        slash = word ^ ones * '\\';
        if ((((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
             ((slash - ones) & ~slash)) &
            tops)
            break;
        at += 8;
    }
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        at++;
    return at;
}

/* The four figures behind \u, or 0. */
static uint32_t
unit_at(const char *at, const char *end)
{
    uint32_t unit = 0;

    if (end - at < 4)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        int value = ascii_hex(at[i]);

        if (value < 0)
            return 0;
        unit = unit << 4 | (uint32_t)value;
    }
    return unit;
}

/* Go behind an escape.  False for one that is broken, and for the halves of
 * a pair and the NUL. */
static bool
skip_escape(struct text *text)
{
    uint32_t unit;

    text->at++;
    if (text->at == text->end)
        return false;
    if (*text->at != 'u')
        return *text->at && strchr("\"\\/bfnrt", *text->at++);
    unit = unit_at(text->at + 1, text->end);
    text->at += 5;
    return unit != 0 && (unit < 0xD800 || unit > 0xDFFF);
}

/* A string as it stands between its quotes; it is undone when all is known to
 * be well. */
static bool
take_string(struct text *text, const char **start, size_t *size)
{
    if (!take_sign(text, '"'))
        return false;
    *start = text->at;
    for (;;) {
        text->at = end_of_plain(text->at, text->end);
        if (text->at == text->end)
            return false;
        if (*text->at == '"')
            break;
        if (*text->at != '\\' || !skip_escape(text))
            return false;
    }
    *size = (size_t)(text->at - *start);
    text->at++;
    return true;
}

static bool
take_word(struct text *text, const char *word)
{
    size_t size = strlen(word);

    if ((size_t)(text->end - text->at) < size ||
        memcmp(text->at, word, size) != 0)
        return false;
    text->at += size;
    return true;
}

static bool
take_value(struct text *text, struct json_field *field)
{
    json_error_t why;

    skip_blanks(text);
    if (text->at == text->end)
        return false;
    if (*text->at == '"')
        return take_string(text, &field->text, &field->size);
    if (take_word(text, "null") || take_word(text, "true") ||
        take_word(text, "false"))
        return true;
    field->value = json_loadb(text->at, (size_t)(text->end - text->at),
                              JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &why);
    if (!field->value)
        return false;
    text->at += why.position;
    return true;
}

/* Of two members with one name the last one counts, in the first one's
 * place. */
static bool
take_member(struct json_fields *fields, struct text *text)
{
    struct json_field field = {0};
    struct json_field *same;

    if (fields->count == FIELDS_MOST ||
        !take_string(text, &field.name, &field.name_size) ||
        memchr(field.name, '\\', field.name_size) || !take_sign(text, ':') ||
        !take_value(text, &field))
        return false;
    same = find(fields, field.name, field.name_size);
    if (same) {
        json_decref(same->value);
        *same = field;
    } else {
        add(fields, &field);
    }
    return true;
}

static bool
take_object(struct json_fields *fields, struct text *text)
{
    if (!take_sign(text, '{'))
        return false;
    if (!take_sign(text, '}')) {
        do {
            if (!take_member(fields, text))
                return false;
        } while (take_sign(text, ','));
        if (!take_sign(text, '}'))
            return false;
    }
    skip_blanks(text);
    return text->at == text->end;
}

/* --- undoing escapes --- */

/* Write what the escape at `from` means; returns where it ends. */
static const char *
undo_escape(const char *from, const char *end, char **to)
{
    static const char names[] = "bfnrt";
    static const char meant[] = "\b\f\n\r\t";
    const char *name;
    struct buf bytes = BUF_INIT;

    if (from[1] != 'u') {
        char byte = from[1];

        name = strchr(names, byte);
        if (name)
            byte = meant[name - names];
        *(*to)++ = byte;
        return from + 2;
    }
    utf8_encode(&bytes, unit_at(from + 2, end));
    memcpy(*to, bytes.data, bytes.size);
    *to += bytes.size;
    buf_release(&bytes);
    return from + 6;
}

/* What an escape means is never longer than the escape. */
static size_t
undo_escapes(char *text, size_t size)
{
    const char *end = text + size;
    const char *from = memchr(text, '\\', size);
    char *to;

    if (!from)
        return size;
    to = text + (from - text);
    while (from < end) {
        const char *next;

        from = undo_escape(from, end, &to);
        next = memchr(from, '\\', (size_t)(end - from));
        if (!next)
            next = end;
        memmove(to, from, (size_t)(next - from));
        to += next - from;
        from = next;
    }
    return (size_t)(to - text);
}

bool
json_fields_read(struct json_fields *fields, char *text, size_t size)
{
    struct text whole = {text, text + size};

    json_fields_clear(fields);
    if (!utf8_valid(text, size) || !take_object(fields, &whole)) {
        json_fields_clear(fields);
        return false;
    }
    for (size_t i = 0; i < fields->count; i++) {
        struct json_field *field = &fields->field[i];

        text[field->name + field->name_size - text] = '\0';
        if (!field->text)
            continue;
        field->size = undo_escapes(text + (field->text - text), field->size);
        text[field->text + field->size - text] = '\0';
    }
    return true;
}

/* --- what is in them --- */

bool
json_field_has(const struct json_field *field)
{
    if (field && field->text)
        return field->size > 0;
    return field && json_text_has(field->value);
}

void
json_field_add(struct buf *out, const struct json_field *field)
{
    if (field && field->text)
        buf_add(out, field->text, field->size);
    else if (field)
        json_text_add(out, field->value);
}

bool
json_field_date(struct date *date, const struct json_field *field)
{
    if (field->text)
        return json_text_date_of(date, field->text, field->size);
    return json_text_date(date, field->value);
}
