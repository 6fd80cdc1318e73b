#include "corpus/html/html_jsonld.h"

#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/html/html_likeness.h"
#include "corpus/html/html_plain.h"

enum {
    DEPTH_MOST = 12,     /* of objects looked into for an article */
    AUTHORS_MOST = 40,   /* more are a list of something else */
    CAPTIONS_MOST = 100, /* of one article */
    KEYWORDS_MOST = 100,
    CANDIDATES_MOST = 40, /* articles of a page */
    LOOKUPS_MOST = 60,    /* of what is said by "@id" */
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

/* What a page has in all its scripts, while it is read. */
struct reading {
    struct html_jsonld *stated;
    json_t *scripts;  /* an array */
    unsigned lookups; /* of "@id", of which there are not many */
    const char *url;  /* of the page, or NULL */
    struct html_wording title;
};

/* An object with this "@id" and more than that. */
static const json_t *
find_id(json_t *value, const char *id, int depth)
{
    const char *key;
    json_t *item;
    const json_t *found = NULL;
    size_t i;

    if (depth > DEPTH_MOST)
        return NULL;
    json_array_foreach(value, i, item)
    {
        found = found ? found : find_id(item, id, depth + 1);
    }
    if (!json_is_object(value) || found)
        return found;
    if (json_object_size(value) > 1) {
        const char *is = json_string_value(json_object_get(value, "@id"));

        if (is && strcmp(is, id) == 0)
            return value;
    }
    json_object_foreach(value, key, item)
    {
        found = found ? found : find_id(item, id, depth + 1);
    }
    return found;
}

/* The object that a value refers to, or the value itself. */
static const json_t *
referred(struct reading *reading, const json_t *value)
{
    const char *id = json_string_value(json_object_get(value, "@id"));
    const json_t *found;

    if (!id || json_object_size(value) > 2 || reading->lookups++ > LOOKUPS_MOST)
        return value;
    found = find_id(reading->scripts, id, 0);
    return found ? found : value;
}

/* {"givenName": "Ann", "familyName": "Lee"} */
static void
read_parts_of_name(const json_t *object, struct list *names)
{
    struct buf name = BUF_INIT;
    const char *given = text_of(json_object_get(object, "givenName"));
    const char *family = text_of(json_object_get(object, "familyName"));

    if (given && family) {
        buf_printf(&name, "%s %s", given, family);
        list_plain(names, name.data);
    }
    buf_release(&name);
}

/* An author is a name, an object with a name, or an array of these; each goes
 * to `names` or, if it says that it is one, to the organisations. */
static void
read_authors(struct reading *reading, const json_t *value, struct list *names,
             int depth)
{
    size_t i;
    const json_t *item;

    if (depth > 4 || names->count >= AUTHORS_MOST)
        return;
    if (json_is_array(value)) {
        json_array_foreach(value, i, item)
        {
            read_authors(reading, item, names, depth + 1);
        }
    } else if (json_is_object(value)) {
        value = referred(reading, value);
        if (has_type(value, is_organisation))
            names = &reading->stated->organisations;
        if (json_object_get(value, "name"))
            read_authors(reading, json_object_get(value, "name"), names,
                         depth + 1);
        else
            read_parts_of_name(value, names);
    } else if (json_is_string(value)) {
        list_plain(names, json_string_value(value));
    }
}

/* A picture is an address, an object with a caption, or an array of these. */
static void
read_images(struct reading *reading, const json_t *value, int depth)
{
    size_t i;
    const json_t *item;
    const char *caption;
    const char *credit;

    if (depth > 3 || reading->stated->captions.count >= CAPTIONS_MOST)
        return;
    json_array_foreach(value, i, item)
    {
        read_images(reading, item, depth + 1);
    }
    if (!json_is_object(value))
        return;
    value = referred(reading, value);
    caption = text_of(json_object_get(value, "caption"));
    if (!caption)
        caption = text_of(json_object_get(value, "description"));
    credit = text_of(json_object_get(value, "creditText"));
    if (!credit)
        credit = text_of(json_object_get(value, "copyrightHolder"));
    if (caption && strlen(caption) > 2) {
        list_plain(&reading->stated->captions, caption);
        list_plain(&reading->stated->credits, credit ? credit : "");
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

/* A date may be a number of seconds, or of milliseconds. */
static void
read_date(struct buf *out, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (json_is_integer(value) && !out->size)
        buf_printf(out, "%lld", (long long)json_integer_value(value));
    else
        read_member(out, object, name);
}

static void
read_article(struct reading *reading, const json_t *object, unsigned script)
{
    struct html_jsonld *stated = reading->stated;
    const json_t *free_value = json_object_get(object, "isAccessibleForFree");
    const char *free_text = json_string_value(free_value);
    const json_t *publisher = json_object_get(object, "publisher");

    stated->found = true;
    stated->script = script;
    read_member(&stated->headline, object, "headline");
    read_member(&stated->headline, object, "name");
    read_date(&stated->published, object, "datePublished");
    read_member(&stated->body, object, "articleBody");
    read_member(&stated->description, object, "description");
    read_member(&stated->section, object, "articleSection");
    read_member(&stated->language, object, "inLanguage");
    read_member(&stated->url, object, "url");
    if (json_is_array(publisher))
        publisher = json_array_get(publisher, 0);
    read_member(&stated->publisher, referred(reading, publisher), "name");
    read_authors(reading, json_object_get(object, "author"), &stated->authors,
                 0);
    if (!stated->authors.count)
        read_authors(reading, json_object_get(object, "creator"),
                     &stated->authors, 0);
    read_images(reading, json_object_get(object, "image"), 0);
    read_keywords(stated, json_object_get(object, "keywords"), 0);
    read_keywords(stated, json_object_get(object, "about"), 0);
    if (json_is_false(free_value) ||
        (free_text && !strcasecmp(free_text, "false")))
        stated->paywalled = true;
}

/* Objects that may be the article. */
struct candidates {
    const json_t *object[CANDIDATES_MOST];
    unsigned script[CANDIDATES_MOST];
    size_t count;
};

static bool
is_page(const char *type)
{
    return ends_with(type, "WebPage") || ends_with(type, "Recipe");
}

static bool
is_candidate(const json_t *object, int pass)
{
    if (pass == 2)
        return has_type(object, is_page) &&
               json_object_get(object, "datePublished");
    return has_type(object, is_article) &&
           (pass == 1 || json_object_get(object, "headline"));
}

/* Find the articles in a value and all below it: on pass 0 those with a
 * headline, on pass 1 those without, on pass 2 pages. */
static void
find_articles(struct reading *reading, struct candidates *found,
              const json_t *value, int pass, int depth)
{
    static const char *const inner[] = {"@graph", "mainEntity",
                                        "mainEntityOfPage", "hasPart"};
    size_t i;
    const json_t *item;

    if (depth > DEPTH_MOST || found->count == CANDIDATES_MOST)
        return;
    json_array_foreach(value, i, item)
    {
        find_articles(reading, found, item, pass, depth + 1);
    }
    if (!json_is_object(value) || found->count == CANDIDATES_MOST)
        return;
    if (is_candidate(value, pass)) {
        found->object[found->count++] = value;
        return;
    }
    reading->stated->video |= has_type(value, is_video);
    reading->stated->listing |= has_type(value, is_listing);
    for (i = 0; i < COUNT(inner); i++)
        find_articles(reading, found, json_object_get(value, inner[i]), pass,
                      depth + 1);
}

/* An address without what differs between those of one page. */
static size_t
bare_address(const char **url)
{
    const char *host = strstr(*url, "://");
    size_t size;

    if (host)
        *url = host + 3;
    if (strncmp(*url, "www.", 4) == 0)
        *url += 4;
    size = strcspn(*url, "#?");
    while (size && (*url)[size - 1] == '/')
        size--;
    return size;
}

static bool
is_same_address(const char *a, const char *b)
{
    size_t size;

    if (!a || !b)
        return false;
    size = bare_address(&a);
    return size > 0 && size == bare_address(&b) && memcmp(a, b, size) == 0;
}

/* How much says that an article is the page's own. */
static int
belongs(const struct reading *reading, const json_t *object)
{
    const json_t *page = json_object_get(object, "mainEntityOfPage");
    const char *const urls[] = {
        text_of(json_object_get(object, "url")), json_string_value(page),
        json_string_value(json_object_get(page, "@id")),
        json_string_value(json_object_get(object, "@id"))};
    const char *headline = text_of(json_object_get(object, "headline"));
    int points = 0;

    for (size_t i = 0; i < COUNT(urls); i++)
        points = is_same_address(urls[i], reading->url) ? 100 : points;
    if (headline && reading->title.count)
        points +=
            html_text_likeness(&reading->title, headline, strlen(headline));
    return points;
}

static void
read_best(struct reading *reading, const struct candidates *found, int pass)
{
    size_t best = 0;
    int most = -1;

    for (size_t i = 0; i < found->count; i++) {
        const int points =
            found->count > 1 ? belongs(reading, found->object[i]) : 0;

        if (points > most) {
            most = points;
            best = i;
        }
    }
    if (!found->count)
        return;
    if (pass < 2)
        read_article(reading, found->object[best], found->script[best]);
    else
        read_date(&reading->stated->published, found->object[best],
                  "datePublished");
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
html_jsonld_read(struct html_jsonld *stated, const struct list *scripts,
                 const char *url, const char *title)
{
    struct reading reading = {.stated = stated, .url = url};

    if (!scripts->count)
        return;
    html_wording_of(&reading.title, title, strlen(title));
    reading.scripts = json_array();
    for (size_t i = 0; i < scripts->count; i++) {
        const char *text = scripts->item[i];
        json_t *value = load(text, strlen(text));

        json_array_append_new(reading.scripts, value ? value : json_null());
    }
    for (int pass = 0; pass < 3 && !stated->found; pass++) {
        struct candidates found = {.count = 0};

        for (size_t i = 0; i < scripts->count; i++) {
            const size_t before = found.count;

            find_articles(&reading, &found, json_array_get(reading.scripts, i),
                          pass, 0);
            for (size_t k = before; k < found.count; k++)
                found.script[k] = (unsigned)i + 1;
        }
        read_best(&reading, &found, pass);
    }
    json_decref(reading.scripts);
}
