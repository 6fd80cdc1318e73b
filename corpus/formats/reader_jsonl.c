/*
 * Articles as JSON: one object a line, or a whole document that is an array
 * of objects, an object that holds such an array, or one article.
 *
 *     {"id": "a1", "title": "...", "author": ["..."], "date": "2014-10-24",
 *      "body": "..."}
 *
 * Lines are read one by one, so a broken one is one bad article and a file
 * may be as large as it likes.  The names of members are in `members`; the
 * first that has a value wins.  What article_print_json() wrote is known by
 * its members and read as it was written.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "corpus/article/keywords.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/json_articles.h"
#include "corpus/html/html.h"
#include "corpus/html/html_plain.h"
#include "corpus/story/byline.h"
#include "corpus/story/paragraph.h"
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
set_text(struct article *article, enum article_member member,
         const struct json_field *value)
{
    json_field_add(member_at(article, member), value);
}

/* Headlines carry the entities of HTML where a web page's system made the
 * record. */
static void
set_headline(struct article *article, enum article_member member,
             const struct json_field *value)
{
    struct buf text = BUF_INIT;
    const char *mark;

    (void)member;
    json_field_add(&text, value);
    mark = strchr(text.data, '&');
    if ((mark && strchr(mark, ';')) || strstr(text.data, "</"))
        html_plain(&article->headline, text.data, text.size, NULL);
    else
        buf_swap(&article->headline, &text);
    buf_release(&text);
}

/* What one program calls a source is the newspaper, what another does is an
 * address. */
static void
set_address(struct article *article, enum article_member member,
            const struct json_field *value)
{
    if (value->text && article_is_web_address(value->text))
        set_text(article, member, value);
}

static void
set_publication(struct article *article, enum article_member member,
                const struct json_field *value)
{
    if (!value->text || !article_is_web_address(value->text))
        set_text(article, member, value);
}

/* A number is a row of a table that is not here. */
static void
set_byline(struct article *article, enum article_member member,
           const struct json_field *value)
{
    struct buf text = BUF_INIT;

    (void)member;
    if (!json_is_number(value->value))
        json_field_add(&text, value);
    byline_to_article(article, text.data, text.size);
    if (article->byline.size == 0)
        buf_set(&article->byline, text.data, text.size);
    buf_release(&text);
}

static void
set_date(struct article *article, enum article_member member,
         const struct json_field *value)
{
    struct date *date =
        member == MEMBER_SEEN ? &article->seen : &article->published;

    if (json_field_date(date, value) && member == MEMBER_PUBLISHED)
        article->published_from = DATE_FROM_FEED;
}

static void
set_date_gmt(struct article *article, enum article_member member,
             const struct json_field *value)
{
    set_date(article, member, value);
    article->published.has_zone = article->published.precision >= DATE_MINUTE;
}

static void
add_caption(struct article *article, const json_t *item)
{
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    if (json_is_object(item)) {
        const json_t *words = json_object_get(item, "text");

        json_text_add(&text, words ? words : json_object_get(item, "caption"));
        json_text_add(&credit, json_object_get(item, "credit"));
    } else {
        json_text_add(&text, item);
    }
    article_add_caption(article, text.data, text.size, credit.data,
                        credit.size);
    buf_release(&text);
    buf_release(&credit);
}

static void
set_captions(struct article *article, enum article_member member,
             const struct json_field *value)
{
    (void)member;
    if (value->text)
        article_add_caption(article, value->text, value->size, "", 0);
    else if (!json_is_array(value->value))
        add_caption(article, value->value);
    for (size_t i = 0; i < json_array_size(value->value); i++)
        add_caption(article, json_array_get(value->value, i));
}

/* Pictures; an address alone says nothing. */
static void
set_images(struct article *article, enum article_member member,
           const struct json_field *value)
{
    (void)member;
    for (size_t i = 0; i < json_array_size(value->value); i++) {
        const json_t *image = json_array_get(value->value, i);

        if (json_is_object(image))
            add_caption(article, image);
    }
}

/* {"name": "subject", "value": "Ferries"}, {"webTitle": "Ferries"} and
 * {"name": "Ferries"}; a number is a row of a table that is not here. */
static void
add_keyword(struct article *article, const json_t *item)
{
    const json_t *value = json_object_get(item, "value");
    const char *type = json_string_value(json_object_get(item, "type"));
    struct buf text = BUF_INIT;

    if (!value)
        value = json_object_get(item, "webTitle");
    if (json_is_number(item) || (type && json_object_get(item, "webTitle") &&
                                 strcmp(type, "keyword") != 0))
        return;
    json_text_add(&text, value ? value : item);
    keywords_add(article, text.data, text.size);
    buf_release(&text);
}

/* A line of them, or a list. */
static void
set_keywords(struct article *article, enum article_member member,
             const struct json_field *value)
{
    (void)member;
    if (value->text)
        keywords_split(article, value->text, value->size);
    for (size_t i = 0; i < json_array_size(value->value); i++)
        add_keyword(article, json_array_get(value->value, i));
}

/* Systems export what their editors hold, and that is HTML more often than
 * their documentation says. */
static bool
is_markup(const char *text)
{
    return strstr(text, "<p>") || strstr(text, "<p ") || strstr(text, "<br");
}

static void
add_body(struct article *article, const char *text, size_t size)
{
    if (is_markup(text))
        html_fragment(article, text, size, NULL);
    else
        paragraph_split(article, text, size);
}

static void
add_body_part(struct article *article, const char *text, size_t size)
{
    if (is_markup(text))
        html_fragment(article, text, size, NULL);
    else
        article_add_paragraph(article, text, size);
}

static void
add_body_parts(struct article *article, const json_t *list)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < json_array_size(list); i++) {
        buf_clear(&text);
        json_text_add(&text, json_array_get(list, i));
        add_body_part(article, text.data, text.size);
    }
    buf_release(&text);
}

/* {"summary": [...], "sections": [{"headline": [...], "paragraphs": [...]}]} */
static bool
add_sections(struct article *article, const json_t *body)
{
    const json_t *sections = json_object_get(body, "sections");

    if (!json_is_array(sections))
        return false;
    add_body_parts(article, json_object_get(body, "summary"));
    for (size_t i = 0; i < json_array_size(sections); i++) {
        const json_t *section = json_array_get(sections, i);

        add_body_parts(article, json_object_get(section, "headline"));
        add_body_parts(article, json_object_get(section, "paragraphs"));
    }
    return true;
}

/* An interface that gives the start of a text away says how much is missing:
 * "... the county for a bus [+1234 chars]". */
static size_t
size_without_rest(const char *text, size_t size)
{
    static const char mark[] = " chars]";
    size_t at = size;

    if (size < sizeof(mark) ||
        strcmp(text + size - (sizeof(mark) - 1), mark) != 0)
        return size;
    for (at -= sizeof(mark) - 1; at > 0 && ascii_is_digit(text[at - 1]); at--)
        continue;
    return at > 1 && text[at - 1] == '+' && text[at - 2] == '[' ? at - 2 : size;
}

static void
set_body(struct article *article, enum article_member member,
         const struct json_field *value)
{
    struct buf text = BUF_INIT;

    (void)member;
    if (value->text) {
        buf_set(&text, value->text,
                size_without_rest(value->text, value->size));
        add_body(article, text.data, text.size);
    } else if (json_is_array(value->value)) {
        add_body_parts(article, value->value);
    } else if (!add_sections(article, value->value)) {
        json_text_add(&text, value->value);
        add_body(article, text.data, text.size);
    }
    buf_release(&text);
}

/* In the order of preference for each member; the names of a member are
 * neighbours. */
static const struct {
    enum article_member member;
    const char *name;
    void (*set)(struct article *article, enum article_member member,
                const struct json_field *value);
} members[] = {
    {MEMBER_KEY, "key", set_text},
    {MEMBER_KEY, "id", set_text},
    {MEMBER_KEY, "guid", set_text},
    {MEMBER_KEY, "@id", set_text},
    {MEMBER_KEY, "_id", set_text},
    {MEMBER_KEY, "uri", set_text},
    {MEMBER_KEY, "stories_id", set_text},
    {MEMBER_URL, "url", set_text},
    {MEMBER_URL, "link", set_text},
    {MEMBER_URL, "canonical_url", set_text},
    {MEMBER_URL, "permalink", set_text},
    {MEMBER_URL, "external_url", set_text},
    {MEMBER_URL, "web_url", set_text},
    {MEMBER_URL, "webUrl", set_text},
    {MEMBER_URL, "source", set_address},
    {MEMBER_HEADLINE, "fields.headline", set_headline},
    {MEMBER_HEADLINE, "headline.main", set_headline},
    {MEMBER_HEADLINE, "headline", set_headline},
    {MEMBER_HEADLINE, "title", set_headline},
    {MEMBER_HEADLINE, "webTitle", set_headline},
    {MEMBER_BYLINE, "byline.original", set_byline},
    {MEMBER_BYLINE, "fields.byline", set_byline},
    {MEMBER_BYLINE, "_embedded.author", set_byline},
    {MEMBER_BYLINE, "byline", set_byline},
    {MEMBER_BYLINE, "authors", set_byline},
    {MEMBER_BYLINE, "author", set_byline},
    {MEMBER_BYLINE, "creator", set_byline},
    {MEMBER_DATELINE, "dateline", set_text},
    {MEMBER_PUBLISHED, "published", set_date},
    {MEMBER_PUBLISHED, "date_published", set_date},
    {MEMBER_PUBLISHED, "datePublished", set_date},
    {MEMBER_PUBLISHED, "published_at", set_date},
    {MEMBER_PUBLISHED, "publishedAt", set_date},
    {MEMBER_PUBLISHED, "publication_date", set_date},
    {MEMBER_PUBLISHED, "webPublicationDate", set_date},
    {MEMBER_PUBLISHED, "publish_date", set_date},
    {MEMBER_PUBLISHED, "date_publish", set_date},
    {MEMBER_PUBLISHED, "publishing_date", set_date},
    {MEMBER_PUBLISHED, "published_date", set_date},
    {MEMBER_PUBLISHED, "pubDate", set_date},
    {MEMBER_PUBLISHED, "pub_date", set_date},
    {MEMBER_PUBLISHED, "date_gmt", set_date_gmt},
    {MEMBER_PUBLISHED, "date", set_date},
    {MEMBER_SEEN, "seen", set_date},
    {MEMBER_SEEN, "date_download", set_date},
    {MEMBER_SEEN, "fetched", set_date},
    {MEMBER_SEEN, "seendate", set_date},
    {MEMBER_SEEN, "collect_date", set_date},
    {MEMBER_SEEN, "indexed_date", set_date},
    {MEMBER_CAPTIONS, "captions", set_captions},
    {MEMBER_CAPTIONS, "caption", set_captions},
    {MEMBER_CAPTIONS, "feature_image_caption", set_captions},
    {MEMBER_CAPTIONS, "images", set_images},
    {MEMBER_BODY, "body", set_body},
    {MEMBER_BODY, "articleBody", set_body},
    {MEMBER_BODY, "text", set_body},
    {MEMBER_BODY, "maintext", set_body},
    {MEMBER_BODY, "story_text", set_body},
    {MEMBER_BODY, "fields.body", set_body},
    {MEMBER_BODY, "fields.bodyText", set_body},
    {MEMBER_BODY, "content", set_body},
    {MEMBER_BODY, "content_html", set_body},
    {MEMBER_BODY, "content_text", set_body},
    {MEMBER_BODY, "html", set_body},
    {MEMBER_BODY, "plaintext", set_body},
    {MEMBER_BODY, "paragraphs", set_body},
    {MEMBER_BODY, "lead_paragraph", set_body},
    {MEMBER_BODY, "fields.trailText", set_body},
    {MEMBER_BODY, "summary", set_body},
    {MEMBER_BODY, "abstract", set_body},
    {MEMBER_BODY, "description", set_body},
    {MEMBER_BODY, "excerpt", set_body},
    {MEMBER_SECTION, "section", set_text},
    {MEMBER_SECTION, "articleSection", set_text},
    {MEMBER_SECTION, "sectionName", set_text},
    {MEMBER_SECTION, "section_name", set_text},
    {MEMBER_SECTION, "category", set_text},
    {MEMBER_KEYWORDS, "keywords", set_keywords},
    {MEMBER_KEYWORDS, "tags", set_keywords},
    {MEMBER_KEYWORDS, "topics", set_keywords},
    {MEMBER_KEYWORDS, "subjects", set_keywords},
    {MEMBER_KEYWORDS, "labels", set_keywords},
    {MEMBER_KEYWORDS, "categories", set_keywords},
    {MEMBER_PUBLICATION, "publication", set_text},
    {MEMBER_PUBLICATION, "newspaper", set_text},
    {MEMBER_PUBLICATION, "publisher", set_text},
    {MEMBER_PUBLICATION, "sitename", set_text},
    {MEMBER_PUBLICATION, "media_name", set_text},
    {MEMBER_PUBLICATION, "source.name", set_publication},
    {MEMBER_PUBLICATION, "source", set_publication},
    {MEMBER_PUBLICATION, "source-hostname", set_text},
    {MEMBER_PUBLICATION, "source_domain", set_text},
    {MEMBER_PUBLICATION, "hostname", set_text},
    {MEMBER_PUBLICATION, "domain", set_text},
    {MEMBER_LANGUAGE, "language", set_text},
    {MEMBER_LANGUAGE, "lang", set_text},
    {MEMBER_LANGUAGE, "inLanguage", set_text},
};

/* Does a name begin with a capital, as in {"Headline": ...}? */
static bool
has_capitals(const struct json_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (ascii_is_upper(*fields->field[i].name))
            return true;
    return false;
}

/* The member of this name, in any case if there is none as written. */
static const struct json_field *
find_member(const struct json_fields *fields, const char *wanted, bool capitals)
{
    const struct json_field *found = json_fields_find(fields, wanted);

    for (size_t i = 0; !found && capitals && i < fields->count; i++)
        if (!strcasecmp(fields->field[i].name, wanted))
            found = &fields->field[i];
    return found;
}

/* Is there anything in it for this member?  Of sections and of keywords it is
 * deeper than a text is looked for. */
static bool
has(enum article_member member, const struct json_field *field)
{
    const json_t *value = field ? field->value : NULL;

    return json_field_has(field) ||
           (member == MEMBER_BODY &&
            json_is_array(json_object_get(value, "sections"))) ||
           (member == MEMBER_KEYWORDS && json_array_size(value) > 0);
}

/* What is found at the end of a path, "fields.headline". */
static const struct json_field *
find_path(const struct json_fields *fields, const char *path,
          struct json_field *found)
{
    char name[32];
    const size_t size = strcspn(path, ".");
    const struct json_field *outer;

    if (size >= sizeof(name))
        return NULL;
    memcpy(name, path, size);
    name[size] = '\0';
    outer = json_fields_find(fields, name);
    if (!outer || !json_is_object(outer->value))
        return NULL;
    *found = (struct json_field){
        .value = json_object_get(outer->value, path + size + 1)};
    if (json_is_string(found->value)) {
        found->text = json_string_value(found->value);
        found->size = json_string_length(found->value);
    }
    return found;
}

static void
fill_foreign(struct article *article, const struct json_fields *fields)
{
    bool capitals = has_capitals(fields);
    bool done[MEMBER_COUNT] = {false};

    for (size_t i = 0; i < COUNT(members); i++) {
        enum article_member member = members[i].member;
        const struct json_field *value;
        struct json_field inner;

        /* Subjects and tags are keywords both. */
        if (done[member] && member != MEMBER_KEYWORDS)
            continue;
        value = strchr(members[i].name, '.')
                    ? find_path(fields, members[i].name, &inner)
                    : find_member(fields, members[i].name, capitals);
        if (!has(member, value))
            continue;
        members[i].set(article, member, value);
        done[member] = member_is_set(article, member) ||
                       (member == MEMBER_BYLINE && article->authors.count);
        if (done[member])
            article_set_origin(article, member, "json", "%s", members[i].name);
    }
    json_field_add(&article->version, json_fields_find(fields, "version"));
}

static void
fill_article(struct article *article, const struct json_fields *fields)
{
    if (!article_from_json(article, fields))
        fill_foreign(article, fields);
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
