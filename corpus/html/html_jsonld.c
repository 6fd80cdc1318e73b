#include "corpus/html/html_jsonld.h"

#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/html/html_plain.h"

enum {
    DEPTH_MOST = 12,     /* of objects looked into for an article */
    AUTHORS_MOST = 40,   /* more are a list of something else */
    CAPTIONS_MOST = 100, /* of one article */
    KEYWORDS_MOST = 100,
    SCRIPT_MOST = 4 << 20 /* bytes of one script */
};

void
html_jsonld_release(struct html_jsonld *stated)
{
    buf_release(&stated->headline);
    buf_release(&stated->published);
    buf_release(&stated->body);
    buf_release(&stated->description);
    buf_release(&stated->publisher);
    buf_release(&stated->section);
    buf_release(&stated->language);
    buf_release(&stated->url);
    list_release(&stated->authors);
    list_release(&stated->organisations);
    list_release(&stated->captions);
    list_release(&stated->credits);
    list_release(&stated->keywords);
}

/* The text of a value that is a string, or the first string of an array, or
 * the "@value" of an object; NULL for anything else. */
static const char *
text_of(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        value = json_object_get(value, "@value");
    return json_string_value(value);
}

/* Texts in JSON-LD may carry entities and tags. */
static void
add_plain(struct buf *out, const char *text)
{
    const size_t size = text ? strlen(text) : 0;

    if (!size)
        return;
    if (!strchr(text, '&') && !strchr(text, '<'))
        buf_add(out, text, size);
    else
        html_plain(out, text, size, NULL);
}

static void
list_plain(struct list *list, const char *text)
{
    struct buf plain = BUF_INIT;

    add_plain(&plain, text);
    list_add(list, plain.data, plain.size);
    buf_release(&plain);
}

static bool
ends_with(const char *text, const char *tail)
{
    const size_t size = strlen(text);
    const size_t length = strlen(tail);

    return size >= length && !strcmp(text + size - length, tail);
}

/* Is one of the object's types one that `match` accepts? */
static bool
has_type(const json_t *object, bool (*match)(const char *))
{
    const json_t *type = json_object_get(object, "@type");
    size_t i;
    const json_t *item;

    if (json_is_string(type))
        return match(json_string_value(type));
    json_array_foreach(type, i, item)
    {
        if (json_is_string(item) && match(json_string_value(item)))
            return true;
    }
    return false;
}

static bool
is_article(const char *type)
{
    return ends_with(type, "Article") || ends_with(type, "BlogPosting") ||
           ends_with(type, "Report") || ends_with(type, "NewsStory") ||
           ends_with(type, "LiveBlogPosting") || ends_with(type, "Review") ||
           ends_with(type, "AnalysisNewsArticle");
}

static bool
is_video(const char *type)
{
    return ends_with(type, "VideoObject");
}

static bool
is_listing(const char *type)
{
    return ends_with(type, "CollectionPage") || ends_with(type, "ItemList") ||
           ends_with(type, "SearchResultsPage");
}

static bool
is_organisation(const char *type)
{
    return ends_with(type, "Organization") || ends_with(type, "Organisation") ||
           ends_with(type, "Corporation");
}

/* An author is a name, an object with a name, or an array of these; each goes
 * to `names` or, if it says that it is one, to the organisations. */
static void
read_authors(struct html_jsonld *stated, const json_t *value,
             struct list *names, int depth)
{
    size_t i;
    const json_t *item;

    if (depth > 3 || names->count >= AUTHORS_MOST)
        return;
    if (json_is_array(value)) {
        json_array_foreach(value, i, item)
        {
            read_authors(stated, item, names, depth + 1);
        }
    } else if (json_is_object(value)) {
        if (has_type(value, is_organisation))
            names = &stated->organisations;
        read_authors(stated, json_object_get(value, "name"), names, depth + 1);
    } else if (json_is_string(value)) {
        list_plain(names, json_string_value(value));
    }
}

/* A picture is an address, an object with a caption, or an array of these. */
static void
read_images(struct html_jsonld *stated, const json_t *value, int depth)
{
    size_t i;
    const json_t *item;
    const char *caption;
    const char *credit;

    if (depth > 3 || stated->captions.count >= CAPTIONS_MOST)
        return;
    json_array_foreach(value, i, item)
    {
        read_images(stated, item, depth + 1);
    }
    if (!json_is_object(value))
        return;
    caption = text_of(json_object_get(value, "caption"));
    if (!caption)
        caption = text_of(json_object_get(value, "description"));
    credit = text_of(json_object_get(value, "creditText"));
    if (!credit)
        credit = text_of(json_object_get(value, "copyrightHolder"));
    if (caption && strlen(caption) > 2) {
        list_plain(&stated->captions, caption);
        list_plain(&stated->credits, credit ? credit : "");
    }
}

/* A subject is a text, a thing with a name, or an array of these. */
static void
read_keywords(struct html_jsonld *stated, const json_t *value, int depth)
{
    size_t i;
    const json_t *item;

    if (depth > 3 || stated->keywords.count >= KEYWORDS_MOST)
        return;
    json_array_foreach(value, i, item)
    {
        read_keywords(stated, item, depth + 1);
    }
    if (json_is_object(value))
        read_keywords(stated, json_object_get(value, "name"), depth + 1);
    else if (json_is_string(value) &&
             !article_is_web_address(json_string_value(value)))
        list_plain(&stated->keywords, json_string_value(value));
}

static void
read_member(struct buf *out, const json_t *object, const char *name)
{
    if (!out->size)
        add_plain(out, text_of(json_object_get(object, name)));
}

static void
read_article(struct html_jsonld *stated, const json_t *object, unsigned script)
{
    const json_t *free_value = json_object_get(object, "isAccessibleForFree");
    const char *free_text = json_string_value(free_value);
    const json_t *publisher = json_object_get(object, "publisher");

    stated->found = true;
    stated->script = script;
    read_member(&stated->headline, object, "headline");
    read_member(&stated->headline, object, "name");
    read_member(&stated->published, object, "datePublished");
    read_member(&stated->body, object, "articleBody");
    read_member(&stated->description, object, "description");
    read_member(&stated->section, object, "articleSection");
    read_member(&stated->language, object, "inLanguage");
    read_member(&stated->url, object, "url");
    if (json_is_array(publisher))
        publisher = json_array_get(publisher, 0);
    read_member(&stated->publisher, publisher, "name");
    read_authors(stated, json_object_get(object, "author"), &stated->authors,
                 0);
    if (!stated->authors.count)
        read_authors(stated, json_object_get(object, "creator"),
                     &stated->authors, 0);
    read_images(stated, json_object_get(object, "image"), 0);
    read_keywords(stated, json_object_get(object, "keywords"), 0);
    read_keywords(stated, json_object_get(object, "about"), 0);
    if (json_is_false(free_value) ||
        (free_text && !strcasecmp(free_text, "false")))
        stated->paywalled = true;
}

/* Find the article in a value and all below it, breadth given by `pass`: an
 * object without a headline counts only on the second. */
static void
find_article(struct html_jsonld *stated, const json_t *value, unsigned script,
             int pass, int depth)
{
    static const char *const inner[] = {"@graph", "mainEntity",
                                        "mainEntityOfPage", "hasPart"};
    size_t i;
    const json_t *item;

    if (stated->found || depth > DEPTH_MOST)
        return;
    json_array_foreach(value, i, item)
    {
        find_article(stated, item, script, pass, depth + 1);
    }
    if (!json_is_object(value) || stated->found)
        return;
    if (has_type(value, is_article) &&
        (pass > 0 || json_object_get(value, "headline"))) {
        read_article(stated, value, script);
        return;
    }
    stated->video |= has_type(value, is_video);
    stated->listing |= has_type(value, is_listing);
    for (i = 0; i < COUNT(inner); i++) {
        find_article(stated, json_object_get(value, inner[i]), script, pass,
                     depth + 1);
    }
}

/* Where the JSON begins and ends inside comments and CDATA marks. */
static void
trim_script(const char **text, size_t *size)
{
    const char *start = *text;
    const char *end = start + *size;

    while (start < end && *start != '{' && *start != '[')
        start++;
    /* "<![CDATA[" has a bracket of its own. */
    if (end - start > 7 && !memcmp(start, "[CDATA[", 7))
        for (start += 7; start < end && *start != '{' && *start != '[';)
            start++;
    while (end > start && end[-1] != '}' && end[-1] != ']')
        end--;
    while (end - start > 3 && !memcmp(end - 2, "]]", 2) && *start != '[')
        for (end -= 2; end > start && end[-1] != '}';)
            end--;
    *text = start;
    *size = (size_t)(end - start);
}

/* A comma before a closing bracket, or before another comma. */
static bool
is_spare_comma(const char *at, const char *end)
{
    for (at++; at < end && strchr(" \t\r\n", *at) && *at; at++)
        continue;
    return at < end && (*at == '}' || *at == ']' || *at == ',');
}

/* Mend what templates get wrong: raw control characters inside strings, an
 * escape that JSON does not know, commas too many. */
static void
mend(struct buf *out, const char *text, size_t size)
{
    const char *const end = text + size;
    bool string = false;

    for (; text < end; text++) {
        if (string && *text == '\\' && end - text > 1) {
            if (strchr("\"\\/bfnrtu", text[1]) && text[1])
                buf_add_byte(out, *text);
            buf_add_byte(out, *++text);
            continue;
        }
        if (*text == '"')
            string = !string;
        if ((unsigned char)*text < ' ')
            buf_add_byte(out, ' ');
        else if (string || *text != ',' || !is_spare_comma(text, end))
            buf_add_byte(out, *text);
    }
}

static json_t *
load(const char *text, size_t size)
{
    const size_t flags = JSON_DISABLE_EOF_CHECK;
    struct buf mended = BUF_INIT;
    json_error_t why;
    json_t *value;

    trim_script(&text, &size);
    if (size > SCRIPT_MOST)
        return NULL;
    value = json_loadb(text, size, flags, &why);
    if (!value) {
        mend(&mended, text, size);
        value = json_loadb(mended.data, mended.size, flags, &why);
        buf_release(&mended);
    }
    return value;
}

void
html_jsonld_read(struct html_jsonld *stated, const struct list *scripts)
{
    for (int pass = 0; pass < 2 && !stated->found; pass++) {
        for (size_t i = 0; i < scripts->count && !stated->found; i++) {
            const char *text = scripts->item[i];
            json_t *value = load(text, strlen(text));

            find_article(stated, value, (unsigned)i + 1, pass, 0);
            json_decref(value);
        }
    }
}
