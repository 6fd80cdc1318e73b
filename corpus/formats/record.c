#include "corpus/formats/record.h"

#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/html/html.h"
#include "corpus/html/html_plain.h"
#include "corpus/story/byline.h"
#include "corpus/story/paragraph.h"
#include "corpus/syntax/json_fields.h"
#include "corpus/syntax/json_text.h"

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

void
record_to_article(struct article *article, const struct json_fields *fields)
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
