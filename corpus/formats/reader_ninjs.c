/*
 * corpus/formats/reader_ninjs.c - ninjs 1 to 3, and what agencies' interfaces
 * wrap around it.
 *
 * The versions differ in names and in what is a list:
 *
 *     headline     headline_main     headlines: [{role, value}]
 *     body_html    body_text         bodies: [{contentType, value}]
 *     byline       by
 *     versioncreated                 versionCreated
 *
 * Items stand alone, in a list, or below "data", "items" and the like.
 * Associated pictures give captions.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article/keywords.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/story_body.h"
#include "corpus/html/html_plain.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"
#include "corpus/syntax/json_text.h"

enum {
    NESTED = 6 /* wrappers within wrappers */
};

struct ninjs {
    json_t *root;
    json_t *items; /* an array of those in root */
    size_t next;
};

/* Names that ninjs has and other JSON with news hardly. */
static int
ninjs_sniff(const char *head, size_t size)
{
    static const char *const names[] = {
        "\"versioncreated\"",   "\"versionCreated\"",  "\"body_html\"",
        "\"body_text\"",        "\"body_xhtml\"",      "\"pubstatus\"",
        "\"pubStatus\"",        "\"headlines\"",       "\"bodies\"",
        "\"located\"",          "\"copyrightholder\"", "\"copyrightHolder\"",
        "\"copyrightnotice\"",  "\"copyrightNotice\"", "\"ninjs\"",
        "\"description_text\"", "\"associations\"",    "\"renditions\"",
        "\"slugline\"",         "\"firstcreated\"",
    };
    struct buf text = BUF_INIT;
    int found = 0;
    size_t at = 0;

    while (at < size && head[at] != '\0' &&
           strchr("\xEF\xBB\xBF \t\r\n", head[at]))
        at++;
    if (at < size && (head[at] == '{' || head[at] == '[')) {
        buf_set(&text, head, size);
        for (size_t i = 0; i < COUNT(names); i++)
            found += strstr(text.data, names[i]) != NULL;
        buf_release(&text);
    }
    return found >= 2 ? 80 : 0;
}

/* --- finding the items ---------------------------------------------------- */

static bool
is_item(const json_t *value)
{
    static const char *const names[] = {
        "headline", "headlines",  "body_html",     "body_text",
        "bodies",   "body_xhtml", "headline_main", "body_main"};

    for (size_t i = 0; i < COUNT(names); i++)
        if (json_text_has(json_object_get(value, names[i])))
            return true;
    return json_text_has(json_object_get(value, "uri")) &&
           json_text_has(json_object_get(value, "type"));
}

static bool
is_type(const json_t *item, const char *type)
{
    const char *is = json_string_value(json_object_get(item, "type"));

    return is && !strcmp(is, type);
}

static void find_items(struct ninjs *ninjs, json_t *value, int depth);

/* A package holds its items as associations, with the text in them or only
 * their names. */
static void
find_parts(struct ninjs *ninjs, json_t *associations, int depth)
{
    const char *name;
    size_t index;
    json_t *element;

    json_object_foreach(associations, name, element)
    {
        if (is_type(element, "text") || is_type(element, "composite"))
            find_items(ninjs, element, depth + 1);
    }
    json_array_foreach(associations, index, element)
    {
        if (is_type(element, "text") || is_type(element, "composite"))
            find_items(ninjs, element, depth + 1);
    }
}

static void
find_items(struct ninjs *ninjs, json_t *value, int depth)
{
    static const char *const wrappers[] = {"data",    "items", "item", "_items",
                                           "results", "docs",  "hits", "news"};
    size_t index;
    json_t *element;

    if (depth > NESTED)
        return;
    if (json_is_array(value)) {
        json_array_foreach(value, index, element)
        {
            find_items(ninjs, element, depth + 1);
        }
        return;
    }
    if (is_item(value)) {
        json_array_append(ninjs->items, value);
        if (is_type(value, "composite"))
            find_parts(ninjs, json_object_get(value, "associations"), depth);
        return;
    }
    for (size_t i = 0; i < COUNT(wrappers); i++)
        if (json_object_get(value, wrappers[i]))
            find_items(ninjs, json_object_get(value, wrappers[i]), depth + 1);
}

static void
ninjs_close(struct reader *reader)
{
    struct ninjs *ninjs = reader->state;

    if (ninjs) {
        json_decref(ninjs->items);
        json_decref(ninjs->root);
    }
    free(ninjs);
    reader->state = NULL;
}

static enum status
ninjs_open(struct reader *reader, struct error *err)
{
    struct ninjs *ninjs = mem_zero(1, sizeof(*ninjs));
    struct buf text = BUF_INIT;
    json_error_t why;
    size_t skip;
    enum status status;

    reader->state = ninjs;
    ninjs->items = json_array();
    status = input_all(reader->input, &text, err);
    if (!status) {
        skip = strncmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        ninjs->root = json_loadb(text.data + skip, text.size - skip, 0, &why);
        if (ninjs->root)
            find_items(ninjs, ninjs->root, 0);
        else
            status = error_set(err, STATUS_FORMAT,
                               "%s: line %d: not well-formed JSON: %s",
                               input_name(reader->input), why.line, why.text);
    }
    if (!status && !json_array_size(ninjs->items))
        status = error_set(err, STATUS_FORMAT,
                           "%s: ninjs without a news item: nothing in it has "
                           "a headline or a body",
                           input_name(reader->input));
    buf_release(&text);
    return status;
}

/* --- one item ------------------------------------------------------------- */

/* The first of several names that has a value. */
static const json_t *
first_of(const json_t *item, const char *const *names)
{
    for (; *names; names++)
        if (json_text_has(json_object_get(item, *names)))
            return json_object_get(item, *names);
    return NULL;
}

static bool
text_of(struct buf *out, const json_t *item, const char *const *names)
{
    buf_clear(out);
    json_text_add(out, first_of(item, names));
    return out->size > 0;
}

/* "value" of the element of a list whose role is "main", else of the first. */
static const json_t *
main_value(const json_t *list)
{
    const json_t *best = NULL;
    size_t index;
    json_t *element;

    json_array_foreach(list, index, element)
    {
        const char *role = json_string_value(json_object_get(element, "role"));

        if (!json_text_has(json_object_get(element, "value")))
            continue;
        if (!best || (role && !strcmp(role, "main")))
            best = json_object_get(element, "value");
        if (role && !strcmp(role, "main"))
            break;
    }
    return best;
}

/* The value of the body in a list that keeps most: markup before text. */
static const json_t *
best_body(const json_t *list)
{
    const json_t *best = NULL;
    size_t index;
    json_t *element;

    json_array_foreach(list, index, element)
    {
        const json_t *value = json_object_get(element, "value");
        const char *type =
            json_string_value(json_object_get(element, "contentType"));

        if (json_text_has(value) &&
            (!best || (type && (strstr(type, "html") || strstr(type, "HTML")))))
            best = value;
    }
    return best;
}

static void
set_identity(struct article *article, const json_t *item)
{
    static const char *const ids[] = {"guid", "uri", "_id", "id", NULL};
    static const char *const versions[] = {"version", "_current_version", NULL};
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;

    text_of(&id, item, ids);
    text_of(&version, item, versions);
    story_set_identity(article, &id, &version);
    buf_release(&id);
    buf_release(&version);
}

static void
set_meta(struct article *article, const json_t *item)
{
    static const char *const dates[] = {
        "firstpublished", "firstPublished", "firstcreated",   "firstCreated",
        "contentcreated", "contentCreated", "versioncreated", "versionCreated"};
    static const char *const languages[] = {"language", NULL};
    static const char *const sources[] = {
        "source",          "provider",        "infosources", "infoSources",
        "copyrightholder", "copyrightHolder", NULL};
    struct buf text = BUF_INIT;
    struct date date;

    for (size_t i = 0; i < COUNT(dates); i++)
        if (json_text_date(&date, json_object_get(item, dates[i])))
            story_set_published(article, &date, dates[i]);
    if (text_of(&text, item, languages))
        story_set_language(article, &text);
    if (text_of(&article->publication, item, sources))
        article_set_origin(article, MEMBER_PUBLICATION, "source", "%s", "");
    buf_release(&text);
}

static void
set_lines(struct article *article, const json_t *item)
{
    static const char *const headlines[] = {"headline", "headline_main",
                                            "title", "name", NULL};
    static const char *const bylines[] = {"byline", "by", NULL};
    static const char *const places[] = {"located", NULL};
    const json_t *location = json_object_get(item, "datelinelocation");
    struct buf text = BUF_INIT;

    json_text_add(&text, main_value(json_object_get(item, "headlines")));
    if (text.size || text_of(&text, item, headlines)) {
        html_plain(&article->headline, text.data, text.size, NULL);
        article_set_origin(article, MEMBER_HEADLINE, "headline", "%s", "");
    }
    if (text_of(&text, item, bylines)) {
        byline_to_article(article, text.data, text.size);
        article_set_origin(article, MEMBER_BYLINE, "byline", "%s", "");
    }
    if (!text_of(&article->dateline, item, places))
        json_text_add(&article->dateline, json_object_get(location, "city"));
    if (article->dateline.size)
        article_set_origin(article, MEMBER_DATELINE, "located", "%s", "");
    buf_release(&text);
}

static void
set_section(struct article *article, const json_t *item)
{
    static const char *const slugs[] = {"slugline", "slugLine", "keywords",
                                        NULL};
    static const char *const subjects[] = {"subject", "subjects"};
    struct buf text = BUF_INIT;
    size_t index;
    json_t *element;

    if (text_of(&text, item, slugs))
        story_set_section(article, text.data, text.size, "slugline");
    for (size_t i = 0; i < COUNT(subjects); i++)
        json_array_foreach(json_object_get(item, subjects[i]), index, element)
        {
            buf_clear(&text);
            json_text_add(&text, json_object_get(element, "code"));
            story_set_subject(article, &text);
            buf_clear(&text);
            json_text_add(&text, json_object_get(element, "uri"));
            story_set_subject(article, &text);
        }
    buf_release(&text);
}

static void
add_keyword(struct article *article, const json_t *value)
{
    struct buf text = BUF_INIT;

    json_text_add(&text, value);
    keywords_add(article, text.data, text.size);
    buf_release(&text);
}

/* Keywords, and the names and codes of subjects. */
static void
set_keywords(struct article *article, const json_t *item)
{
    static const char *const subjects[] = {"subject", "subjects"};
    static const char *const names[] = {"name", "code", "uri"};
    const json_t *keywords = json_object_get(item, "keywords");
    const char *line = json_string_value(keywords);
    size_t index;
    const json_t *element;

    if (line)
        keywords_split(article, line, strlen(line));
    json_array_foreach(keywords, index, element)
    {
        add_keyword(article, element);
    }
    for (size_t i = 0; i < COUNT(subjects); i++)
        json_array_foreach(json_object_get(item, subjects[i]), index, element)
        {
            for (size_t n = 0; n < COUNT(names); n++)
                add_keyword(article, json_object_get(element, names[n]));
        }
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "keywords", "%s", "");
}

/* "body_richtext" and other names of one's own begin with "body_". */
static const json_t *
any_body(const json_t *item)
{
    static const char *const names[] = {"body_html",     "body_xhtml",
                                        "body_richtext", "body_text",
                                        "body_main",     NULL};
    const json_t *body = best_body(json_object_get(item, "bodies"));

    return body ? body : first_of(item, names);
}

static void
add_caption(struct article *article, const json_t *item)
{
    static const char *const texts[] = {"description_text",
                                        "description_caption", "caption",
                                        "body_text", NULL};
    static const char *const credits[] = {
        "byline", "by", "description_creditline", "copyrightholder", NULL};
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    json_text_add(&text, main_value(json_object_get(item, "descriptions")));
    if (!text.size)
        text_of(&text, item, texts);
    text_of(&credit, item, credits);
    article_add_caption(article, text.data, text.size, credit.data,
                        credit.size);
    if (article->captions)
        article_set_origin(article, MEMBER_CAPTIONS, "description", "%s", "");
    buf_release(&text);
    buf_release(&credit);
}

/* What describes a text is its abstract. */
static void
add_abstract(struct article *article, const json_t *item)
{
    static const char *const texts[] = {"description_text", "description_html",
                                        "description_summary", NULL};
    struct buf text = BUF_INIT;

    json_text_add(&text, main_value(json_object_get(item, "descriptions")));
    if (text.size || text_of(&text, item, texts))
        story_add_abstract(article, &text);
    buf_release(&text);
}

static void
add_associations(struct article *article, json_t *associations)
{
    const char *name;
    size_t index;
    json_t *element;

    json_object_foreach(associations, name, element)
    {
        if (is_type(element, "picture"))
            add_caption(article, element);
    }
    json_array_foreach(associations, index, element)
    {
        if (is_type(element, "picture"))
            add_caption(article, element);
    }
}

static enum status
ninjs_next(struct reader *reader, struct article *article, bool *more,
           struct error *err)
{
    struct ninjs *ninjs = reader->state;
    struct buf body = BUF_INIT;
    json_t *item;

    (void)err;
    *more = ninjs->next < json_array_size(ninjs->items);
    if (!*more)
        return STATUS_OK;
    item = json_array_get(ninjs->items, ninjs->next++);
    set_identity(article, item);
    set_meta(article, item);
    set_lines(article, item);
    set_section(article, item);
    set_keywords(article, item);
    if (is_type(item, "picture") || is_type(item, "graphic"))
        article->kind = ARTICLE_PICTURE;
    if (article->kind == ARTICLE_PICTURE || is_type(item, "video") ||
        is_type(item, "audio")) {
        add_caption(article, item);
    } else {
        json_text_add(&body, any_body(item));
        story_add_body(article, &body);
        add_associations(article, json_object_get(item, "associations"));
    }
    if (article->body.size)
        article_set_origin(article, MEMBER_BODY, "body", "%s", "");
    story_finish(article);
    story_set_agency(article);
    if (is_type(item, "text"))
        add_abstract(article, item);
    buf_release(&body);
    return STATUS_OK;
}

const struct format format_ninjs = {
    .name = "ninjs",
    .about = "ninjs, news in JSON",
    .suffixes = "json ninjs",
    .sniff = ninjs_sniff,
    .open = ninjs_open,
    .next = ninjs_next,
    .close = ninjs_close,
};
