#include "corpus/formats/json_articles.h"

#include <stdbool.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/count.h"

enum {
    DEEPEST = 5 /* wrappers in one another */
};

/* --- Ghost ---------------------------------------------------------------- */

static bool
says(const json_t *object, const char *name, const char *value)
{
    const char *is = json_string_value(json_object_get(object, name));

    return is && strcmp(is, value) == 0;
}

/* Ids are strings, and numbers in older exports. */
static bool
same_id(const json_t *a, const json_t *b)
{
    return a && b && json_equal(a, b);
}

/* The name of the row with this id. */
static json_t *
name_of(const json_t *rows, const json_t *id)
{
    size_t i;
    json_t *row;

    json_array_foreach(rows, i, row)
    {
        if (same_id(json_object_get(row, "id"), id))
            return json_object_get(row, "name");
    }
    return NULL;
}

/* Which lists say what a post has: `pairs` of its id and that of a row. */
struct relation {
    const char *member; /* of the post */
    const char *pairs;
    const char *id; /* in a pair */
    const char *rows;
};

static void
add_names(json_t *post, const json_t *data, const struct relation *relation)
{
    const json_t *pairs = json_object_get(data, relation->pairs);
    const json_t *rows = json_object_get(data, relation->rows);
    json_t *names = json_array();
    size_t i;
    json_t *pair;

    json_array_foreach(pairs, i, pair)
    {
        if (same_id(json_object_get(pair, "post_id"),
                    json_object_get(post, "id")))
            json_array_append(
                names, name_of(rows, json_object_get(pair, relation->id)));
    }
    if (json_array_size(names) && !json_object_get(post, relation->member))
        json_object_set(post, relation->member, names);
    json_decref(names);
}

/* Older exports have the author's id in the post. */
static void
add_author(json_t *post, const json_t *data)
{
    json_t *name = name_of(json_object_get(data, "users"),
                           json_object_get(post, "author_id"));

    if (name && !json_object_get(post, "authors"))
        json_object_set(post, "authors", name);
}

/* Take time as a square of their number: not of more than these. */
enum {
    RELATED_MOST = 20000
};

static json_t *
ghost_posts(json_t *data)
{
    static const struct relation relations[] = {
        {"authors", "posts_authors", "author_id", "users"},
        {"tags", "posts_tags", "tag_id", "tags"},
    };
    json_t *posts = json_object_get(data, "posts");

    for (size_t i = json_array_size(posts); i > 0; i--) {
        json_t *post = json_array_get(posts, i - 1);

        if (!says(post, "status", "published") || says(post, "type", "page"))
            json_array_remove(posts, i - 1);
    }
    for (size_t i = 0; i < json_array_size(posts) && i < RELATED_MOST; i++) {
        json_t *post = json_array_get(posts, i);

        for (size_t k = 0; k < COUNT(relations); k++)
            add_names(post, data, &relations[k]);
        add_author(post, data);
    }
    return posts;
}

/* --- wrappers ------------------------------------------------------------- */

static json_t *
find(json_t *value, int depth)
{
    static const char *const names[] = {
        "articles", "items",   "docs",     "data",    "results",
        "stories",  "entries", "@graph",   "posts",   "hits",
        "db",       "value",   "response", "content", "result"};

    if (depth > DEEPEST)
        return NULL;
    if (json_is_array(value))
        return json_is_object(json_array_get(value, 0)) ? value : NULL;
    if (json_object_get(value, "posts") &&
        (json_object_get(value, "users") ||
         json_object_get(value, "posts_authors")))
        return ghost_posts(value);
    for (size_t i = 0; i < COUNT(names); i++) {
        json_t *inner = json_object_get(value, names[i]);
        json_t *found;

        if (strcmp(names[i], "db") == 0)
            inner = json_object_get(json_array_get(inner, 0), "data");
        found = inner ? find(inner, depth + 1) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static bool
has_title(const json_t *object)
{
    return json_object_get(object, "title") ||
           json_object_get(object, "headline") ||
           json_object_get(object, "webTitle");
}

/* An object with a headline is an article, whatever lists it has. */
static bool
is_article(const json_t *object)
{
    return json_object_get(object, "headline") ||
           (json_object_get(object, "title") &&
            (json_object_get(object, "body") ||
             json_object_get(object, "text") ||
             json_is_string(json_object_get(object, "content"))));
}

json_t *
json_articles(json_t *document)
{
    if (json_is_array(document))
        return document;
    return is_article(document) ? NULL : find(document, 0);
}

json_t *
json_articles_item(json_t *element)
{
    static const char *const wrappers[] = {"_source", "response", "content",
                                           "article", "data",     "post"};
    json_t *inner;

    for (size_t i = 0; i < COUNT(wrappers) && !has_title(element); i++) {
        inner = json_object_get(element, wrappers[i]);
        if (json_is_object(inner))
            element = inner;
    }
    return element;
}
