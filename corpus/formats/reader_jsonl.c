/*
 * Articles as JSON: one object a line, or a whole document that is an array
 * of objects, an object that holds such an array, or one article.
 *
 *     {"id": "a1", "title": "...", "author": ["..."], "date": "2014-10-24",
 *      "body": "..."}
 *
 * Lines are read one by one, so a broken one is one bad article and a file
 * may be as large as it likes.  The names of members are those of record.h.
 * What article_print_json() wrote is known by its members and read as it was
 * written.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/json_articles.h"
#include "corpus/formats/record.h"
#include "corpus/syntax/json_fields.h"
#include "corpus/syntax/json_text.h"

/* No article is longer; what is, is not one article. */
enum {
    LONGEST_LINE = 64 * 1024 * 1024,
    HEAD_SIZE = 1024 * 1024
};

struct jsonl {
    struct buf line;
    struct json_fields fields; /* of the latest article */
    uint64_t lines;            /* read so far */
    bool whole;                /* the document is one JSON value */
    json_t *document;          /* in that case */
    json_t *articles;          /* borrowed from it: an array, or NULL */
    struct article common;     /* what a feed says of each of them */
    size_t next;
};

static void
fill_article(struct article *article, const struct json_fields *fields)
{
    if (!article_from_json(article, fields))
        record_to_article(article, fields);
    article_code_language(&article->language);
}

/* The same of an object that jansson has read. */
static void
fill_from_object(struct article *article, struct jsonl *jsonl, json_t *object)
{
    json_fields_of(&jsonl->fields, object);
    fill_article(article, &jsonl->fields);
    json_fields_clear(&jsonl->fields);
}

static int
sniff(const char *head, size_t size)
{
    size_t at = 0;
    char first;

    if (size >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < size && strchr(" \t\r\n", head[at]) && head[at])
        at++;
    first = (char)(at < size ? head[at] : '\0');
    if (first != '{' && first != '[')
        return 0;
    at++;
    while (at < size && strchr(" \t\r\n", head[at]) && head[at])
        at++;
    if (at == size)
        return 10;
    return head[at] == (first == '{' ? '"' : '{') ? 60 : 0;
}

static json_t *
parse(const char *text, size_t size, json_error_t *why)
{
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        size -= 3;
    }
    return json_loadb(text, size, 0, why);
}

/* Is the first line an object by itself, or at least meant to be one? */
static bool
is_lines(struct input *input)
{
    const char *head;
    const char *mark;
    size_t size;
    json_error_t why;
    json_t *value;

    input_peek(input, HEAD_SIZE, &head, &size);
    while (size > 0 && strchr("\xef\xbb\xbf \t\r\n", *head)) {
        head++;
        size--;
    }
    mark = memchr(head, '\n', size);
    if (size == 0 || *head != '{')
        return false;
    if (!mark)
        return true;
    value = json_loadb(head, (size_t)(mark - head), 0, &why);
    json_decref(value);
    while (mark > head && strchr(" \t\r\n", *mark))
        mark--;
    return value || *mark == '}';
}

/* The document is a feed, or one article. */
static void
take_document(struct jsonl *jsonl)
{
    jsonl->articles = json_articles(jsonl->document);
    if (!jsonl->articles || !json_is_object(jsonl->document))
        return;
    json_text_add(&jsonl->common.publication,
                  json_object_get(jsonl->document, "title"));
    article_set_origin(&jsonl->common, MEMBER_PUBLICATION, "json",
                       "title of the feed");
    article_shorten(&jsonl->common);
}

static enum status
open_whole(struct reader *reader, struct error *err)
{
    struct jsonl *jsonl = reader->state;
    json_error_t why;
    enum status status = input_all(reader->input, &jsonl->line, err);

    if (status)
        return status;
    jsonl->document = parse(jsonl->line.data, jsonl->line.size, &why);
    if (!jsonl->document)
        return error_set(err, STATUS_FORMAT, "%s: line %d is no JSON: %s",
                         input_name(reader->input), why.line, why.text);
    take_document(jsonl);
    buf_release(&jsonl->line);
    return STATUS_OK;
}

static enum status
open_jsonl(struct reader *reader, struct error *err)
{
    struct jsonl *jsonl = mem_zero(1, sizeof(*jsonl));

    reader->state = jsonl;
    jsonl->line = BUF_LIMITED(LONGEST_LINE);
    article_init(&jsonl->common);
    if (is_lines(reader->input))
        return STATUS_OK;
    jsonl->whole = true;
    return open_whole(reader, err);
}

static void
close_jsonl(struct reader *reader)
{
    struct jsonl *jsonl = reader->state;

    if (!jsonl)
        return;
    json_decref(jsonl->document);
    json_fields_release(&jsonl->fields);
    article_release(&jsonl->common);
    buf_release(&jsonl->line);
    free(jsonl);
}

static enum status
next_of_document(struct reader *reader, struct article *article, bool *more,
                 struct error *err)
{
    struct jsonl *jsonl = reader->state;
    size_t count = jsonl->articles ? json_array_size(jsonl->articles) : 1;
    json_t *value;

    *more = jsonl->next < count;
    if (!*more)
        return STATUS_OK;
    value = json_articles_item(
        jsonl->articles ? json_array_get(jsonl->articles, jsonl->next)
                        : jsonl->document);
    jsonl->next++;
    if (!json_is_object(value))
        return error_set(err, STATUS_FORMAT,
                         "%s: element %zu is no object, so no article",
                         input_name(reader->input), jsonl->next);
    fill_from_object(article, jsonl, value);
    article_complete(article, &jsonl->common);
    return STATUS_OK;
}

static enum status
next_line(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct jsonl *jsonl = reader->state;
    const char *name = input_name(reader->input);
    json_error_t why;
    json_t *value;

    do {
        enum status status;

        article->offset = input_offset(reader->input);
        status = input_line(reader->input, &jsonl->line, more, err);
        if (status || !*more) {
            *more = false;
            return status;
        }
        jsonl->lines++;
        buf_trim(&jsonl->line);
    } while (jsonl->line.size == 0);
    if (jsonl->line.over)
        return error_set(
            err, STATUS_LIMIT, "%s: line %llu is longer than %d MiB", name,
            (unsigned long long)jsonl->lines, LONGEST_LINE / 1024 / 1024);
    /* The first may be a whole feed in a line, which needs the tree. */
    if (jsonl->lines > 1 &&
        json_fields_read(&jsonl->fields, jsonl->line.data, jsonl->line.size)) {
        fill_article(article, &jsonl->fields);
        return STATUS_OK;
    }
    value = parse(jsonl->line.data, jsonl->line.size, &why);
    if (jsonl->lines == 1 && json_is_object(value) && json_articles(value)) {
        jsonl->whole = true;
        jsonl->document = value;
        take_document(jsonl);
        return next_of_document(reader, article, more, err);
    }
    if (!json_is_object(value)) {
        json_decref(value);
        return error_set(err, STATUS_FORMAT,
                         "%s: line %llu is no JSON object: %s", name,
                         (unsigned long long)jsonl->lines,
                         value ? "it is another value" : why.text);
    }
    fill_from_object(article, jsonl, value);
    json_decref(value);
    return STATUS_OK;
}

static enum status
next_jsonl(struct reader *reader, struct article *article, bool *more,
           struct error *err)
{
    struct jsonl *jsonl = reader->state;

    return jsonl->whole ? next_of_document(reader, article, more, err)
                        : next_line(reader, article, more, err);
}

const struct format format_jsonl = {
    .name = "jsonl",
    .about = "articles as JSON, one a line or in one document",
    .suffixes = "jsonl ndjson json",
    .sniff = sniff,
    .open = open_jsonl,
    .next = next_jsonl,
    .close = close_jsonl,
};
