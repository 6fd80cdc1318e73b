/*
 * Markdown with front matter, as static sites keep their articles.
 *
 *     ---                          +++
 *     title: "Gates fail"          title = "Gates fail"
 *     date: 2024-04-02             tags = ["canals", "locks"]
 *     tags: [canals, locks]        +++
 *     ---
 *     # Gates fail
 *
 *     Both gates *failed* on [Monday](https://...).
 *
 * Of YAML and TOML as much is read as front matter has: names with a value, a
 * list in brackets or one an item a line.  The names are those of record.h.
 * The text loses its marks; code, tables and pictures are no text, but for
 * what a picture says.  cmark would make HTML of it, to be taken apart again.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/piece.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/record.h"
#include "corpus/html/html_plain.h"
#include "corpus/input/charset.h"
#include "corpus/syntax/json_fields.h"

enum {
    FRONT_LINES = 500,
    NAME_MOST = 60
};

/* --- front matter --------------------------------------------------------- */

static struct piece
unquoted(struct piece value)
{
    value = piece_trim(value);
    if (value.size > 1 && strchr("\"'", *value.text) &&
        value.text[value.size - 1] == *value.text)
        value = (struct piece){value.text + 1, value.size - 2};
    return value;
}

static json_t *
text_value(struct piece value)
{
    value = unquoted(value);
    return json_stringn(value.text, value.size);
}

/* "[canals, "locks"]" */
static json_t *
list_value(struct piece value)
{
    json_t *list = json_array();

    value = (struct piece){value.text + 1, value.size - 2};
    while (value.size) {
        const size_t size = piece_find(value, ',');

        if (piece_trim((struct piece){value.text, size}).size)
            json_array_append_new(list,
                                  text_value((struct piece){value.text, size}));
        value.text += size < value.size ? size + 1 : size;
        value.size -= size < value.size ? size + 1 : size;
    }
    return list;
}

static json_t *
value_of(struct piece value)
{
    value = piece_trim(value);
    return value.size > 1 && *value.text == '[' &&
                   value.text[value.size - 1] == ']'
               ? list_value(value)
               : text_value(value);
}

/* One line: a name and a value, or "- item" of the name before. */
static void
take_line(json_t *front, char name[NAME_MOST + 1], struct piece line, char mark)
{
    const size_t at = piece_find(line, mark);
    struct piece key = piece_trim((struct piece){line.text, at});
    json_t *value = NULL;

    if (line.size > 1 && *name && piece_trim(line).size &&
        *piece_trim(line).text == '-') {
        struct piece item = piece_trim(line);

        if (!json_is_array(json_object_get(front, name)))
            json_object_set_new(front, name, json_array());
        json_array_append_new(
            json_object_get(front, name),
            text_value((struct piece){item.text + 1, item.size - 1}));
        return;
    }
    if (at == line.size || !key.size || key.size > NAME_MOST ||
        !ascii_is_letter(*line.text))
        return;
    memcpy(name, key.text, key.size);
    name[key.size] = '\0';
    value = value_of((struct piece){line.text + at + 1, line.size - at - 1});
    if (value)
        json_object_set_new(front, name, value);
}

/* The front matter, from its first mark to its last; NULL if there is none.
 * `rest` moves behind it. */
static json_t *
read_front(struct piece *rest)
{
    struct piece after = *rest;
    struct piece line = {NULL, 0};
    char name[NAME_MOST + 1] = "";
    json_t *front = NULL;
    char mark;

    if (!piece_line(&after, &line) || piece_trim(line).size != 3 ||
        (memcmp(line.text, "---", 3) != 0 && memcmp(line.text, "+++", 3) != 0))
        return NULL;
    mark = *line.text;
    front = json_object();
    for (int i = 0; i < FRONT_LINES && piece_line(&after, &line); i++) {
        if (piece_trim(line).size == 3 && line.text[0] == mark &&
            line.text[1] == mark) {
            *rest = after;
            return front;
        }
        take_line(front, name, line, mark == '-' ? ':' : '=');
    }
    json_decref(front);
    return NULL;
}

static int
markdown_sniff(const char *head, size_t size)
{
    struct piece rest = {head, size};
    json_t *front = read_front(&rest);
    const bool is = front && json_object_size(front) > 0;

    json_decref(front);
    return is ? 85 : 0;
}

/* --- the text ------------------------------------------------------------- */

/* "[words](address)" and "![words](address)": the words; returns what is
 * behind, or NULL if there is no link here. */
static const char *
take_link(struct buf *out, const char *at, const char *end, bool picture)
{
    const char *close = at;
    const char *stop;

    while (close < end && *close != ']')
        close++;
    if (close + 1 >= end || close[1] != '(')
        return NULL;
    for (stop = close + 2; stop < end && *stop != ')';)
        stop++;
    if (stop == end)
        return NULL;
    if (!picture)
        buf_add(out, at, (size_t)(close - at));
    return stop + 1;
}

/* A line without the marks of emphasis, links and code. */
static void
add_plain(struct buf *out, struct piece line)
{
    const char *const end = line.text + line.size;

    for (const char *at = line.text; at < end; at++) {
        const bool picture = at + 1 < end && at[0] == '!' && at[1] == '[';
        const char *behind = NULL;

        if (picture || *at == '[')
            behind = take_link(out, at + 1 + picture, end, picture);
        if (behind) {
            at = behind - 1;
        } else if (*at == '\\' && at + 1 < end && at[1] < 0x40) {
            buf_add_byte(out, *++at);
        } else if (*at == '*' || *at == '`' ||
                   (*at == '_' && (at == line.text || at[-1] == ' ' ||
                                   at + 1 == end || strchr(" .,", at[1])))) {
            continue;
        } else {
            buf_add_byte(out, *at);
        }
    }
}

/* A paragraph has ended. */
static void
end_paragraph(struct article *article, struct buf *paragraph)
{
    struct buf plain = BUF_INIT;

    if (strpbrk(paragraph->data, "<&"))
        html_plain(&plain, paragraph->data, paragraph->size, NULL);
    else
        buf_swap(&plain, paragraph);
    article_add_paragraph(article, plain.data, plain.size);
    buf_clear(paragraph);
    buf_release(&plain);
}

/* The caption of a line that is a picture: what stands in its brackets. */
static bool
is_picture(struct article *article, struct piece line)
{
    size_t close = piece_find(line, ']');

    if (line.size < 5 || memcmp(line.text, "![", 2) != 0 ||
        close == line.size || line.text[line.size - 1] != ')')
        return false;
    article_add_caption(article, line.text + 2, close - 2, "", 0);
    if (article->captions)
        article_set_origin(article, MEMBER_CAPTIONS, "markdown", "%s", "");
    return true;
}

/* How many of `mark` the line begins with. */
static size_t
run_of(struct piece line, char mark)
{
    size_t count = 0;

    while (count < line.size && line.text[count] == mark)
        count++;
    return count;
}

struct text {
    struct buf paragraph;
    bool code;
};

static void
take_heading(struct article *article, struct text *text, struct piece line)
{
    const size_t level = run_of(line, '#');

    line = piece_trim((struct piece){line.text + level, line.size - level});
    while (line.size && line.text[line.size - 1] == '#')
        line = piece_trim((struct piece){line.text, line.size - 1});
    add_plain(&text->paragraph, line);
    if (level == 1 && !article->headline.size) {
        buf_swap(&article->headline, &text->paragraph);
        article_set_origin(article, MEMBER_HEADLINE, "markdown", "%s", "");
    } else if (buf_equal(&article->headline, &text->paragraph)) {
        buf_clear(&text->paragraph);
    }
    end_paragraph(article, &text->paragraph);
}

static void
take_text_line(struct article *article, struct text *text, struct piece line)
{
    line = piece_trim(line);
    if (run_of(line, '`') >= 3 || run_of(line, '~') >= 3)
        text->code = !text->code;
    if (!line.size || text->code || run_of(line, '`') >= 3 ||
        *line.text == '|' || run_of(line, '-') == line.size ||
        run_of(line, '=') == line.size || run_of(line, '*') == line.size) {
        end_paragraph(article, &text->paragraph);
        return;
    }
    while (line.size && *line.text == '>')
        line = piece_trim((struct piece){line.text + 1, line.size - 1});
    if (run_of(line, '#') > 0 && run_of(line, '#') <= 6) {
        end_paragraph(article, &text->paragraph);
        take_heading(article, text, line);
        return;
    }
    if (is_picture(article, line))
        return;
    if (line.size > 2 && strchr("-*+", *line.text) && line.text[1] == ' ') {
        end_paragraph(article, &text->paragraph);
        line = piece_trim((struct piece){line.text + 2, line.size - 2});
    }
    if (text->paragraph.size)
        buf_add_byte(&text->paragraph, ' ');
    add_plain(&text->paragraph, line);
}

static void
read_text(struct article *article, struct piece rest)
{
    struct text text = {.paragraph = BUF_INIT};
    struct piece line;

    buf_clear(&article->body); /* a description in front is none */
    while (piece_line(&rest, &line))
        take_text_line(article, &text, line);
    end_paragraph(article, &text.paragraph);
    buf_release(&text.paragraph);
}

static enum status
markdown_next(struct reader *reader, struct article *article, bool *more,
              struct error *err)
{
    struct json_fields fields = JSON_FIELDS_INIT;
    struct buf bytes = BUF_INIT;
    struct buf text = BUF_INIT;
    struct piece rest;
    json_t *front;
    enum status status;

    *more = !reader->items;
    if (!*more)
        return STATUS_OK;
    status = input_all(reader->input, &bytes, err);
    if (status) {
        *more = false;
        buf_release(&bytes);
        return status;
    }
    charset_decode(&text, bytes.data, bytes.size, reader->options.charset);
    rest = (struct piece){text.data, text.size};
    front = read_front(&rest);
    if (front) {
        json_fields_of(&fields, front);
        record_to_article(article, &fields);
        article_code_language(&article->language);
        json_fields_release(&fields);
    }
    read_text(article, rest);
    article_set_origin(article, MEMBER_BODY, "markdown", "%s", "");
    json_decref(front);
    buf_release(&bytes);
    buf_release(&text);
    return STATUS_OK;
}

const struct format format_markdown = {
    .name = "markdown",
    .about = "Markdown with front matter, as static sites have it",
    .suffixes = "md markdown mdown",
    .sniff = markdown_sniff,
    .next = markdown_next,
};
