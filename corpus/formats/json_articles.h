/*
 * corpus/formats/json_articles.h - the articles in a document of JSON, whatever
 * stands around them.
 *
 *     [ARTICLE ...]                                an export
 *     {"items": [...]}                             a JSON feed
 *     {"response": {"docs": [...]}}                an answer of an interface
 *     {"hits": {"hits": [{"_source": ARTICLE}]}}   one of a search engine
 *     {"response": {"content": ARTICLE}}           one article of another
 *     {"db": [{"data": {"posts": [...]}}]}         Ghost's export
 *
 * Ghost keeps authors and tags in lists of their own, and drafts among the
 * posts: its posts become complete, and drafts are left out.
 */
#ifndef CORPUS_JSON_ARTICLES_H
#define CORPUS_JSON_ARTICLES_H

struct json_t;

/* The array of articles, borrowed from the document, or NULL if the document
 * is one article or nothing. */
struct json_t *json_articles(struct json_t *document);

/* The article in an element of that array, or in a document that has none; may
 * be the element.  Borrowed. */
struct json_t *json_articles_item(struct json_t *element);

#endif
