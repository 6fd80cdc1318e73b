#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/bisect.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/html/html_page.h"

/* By name in any case, then as they stand on the page. */
static int
compare_metas(const void *a, const void *b)
{
    const struct html_meta_name *left = a;
    const struct html_meta_name *right = b;
    const int order = strcasecmp(left->name, right->name);

    if (order)
        return order;
    return left->node < right->node ? -1 : left->node > right->node;
}

static void
add_meta(struct html_page *page, uint32_t i)
{
    static const char *const keys[] = {"property", "name", "itemprop",
                                       "http-equiv"};
    const struct html_node *node = &page->tree.node[i];
    const char *content = html_attribute(node, "content");

    if (!content || !*content)
        return;
    for (size_t k = 0; k < COUNT(keys); k++) {
        const char *name = html_attribute(node, keys[k]);

        if (!name)
            continue;
        page->metas = mem_grow(page->metas, page->meta_count, &page->meta_room,
                               sizeof(*page->metas));
        page->metas[page->meta_count++] =
            (struct html_meta_name){name, content, i};
    }
}

void
html_meta_find(struct html_page *page)
{
    for (uint32_t i = 0; i < page->tree.count; i++) {
        if (page->tree.node[i].tag == GUMBO_TAG_META)
            add_meta(page, i);
    }
    if (page->meta_count)
        qsort(page->metas, page->meta_count, sizeof(*page->metas),
              compare_metas);
}

const char *
html_meta(const struct html_page *page, const char *name)
{
    struct bisect half = bisect_between(0, page->meta_count);

    while (bisect_next(&half))
        bisect_go(&half, strcasecmp(page->metas[half.middle].name, name) < 0);
    return half.low < page->meta_count &&
                   !strcasecmp(page->metas[half.low].name, name)
               ? page->metas[half.low].content
               : NULL;
}

bool
html_has_itemprop(const struct html_node *node, const char *name)
{
    return html_attribute_has(node, "itemprop", name);
}

void
html_origin(struct html_page *page, enum article_member member,
            const char *rule, uint32_t node)
{
    struct buf place = BUF_INIT;

    if (node)
        html_place(&page->tree, node, &place);
    article_set_origin(page->article, member, rule, "%s", place.data);
    buf_release(&place);
}

static bool
is_address(const char *url)
{
    return url && article_is_web_address(url);
}

/* <link rel="canonical">, or NULL. */
static const char *
canonical(const struct html_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct html_node *node = &tree->node[i];

        if (node->tag == GUMBO_TAG_LINK &&
            html_attribute_has(node, "rel", "canonical") &&
            is_address(html_attribute(node, "href")))
            return html_attribute(node, "href");
    }
    return NULL;
}

const char *
html_address(const struct html_page *page)
{
    const char *url = canonical(&page->tree);
    const char *open_graph = html_meta(page, "og:url");

    return url ? url : is_address(open_graph) ? open_graph : NULL;
}

/* The first of these that is not empty becomes the member. */
static void
set_first(struct html_page *page, enum article_member member, struct buf *out,
          const char *const *values, const char *const *rules)
{
    for (; *rules; rules++, values++) {
        if (*values && **values) {
            utf8_tidy(out, *values, strlen(*values), false);
            article_set_origin(page->article, member, *rules, "%s", "");
            return;
        }
    }
}

/* Is the address a site's front page?  A template that gives it as canonical
 * on every page names none of them. */
static bool
is_front(const char *url)
{
    const char *path = strstr(url, "://");

    path = path ? strchr(path + 3, '/') : NULL;
    return !path || !path[1] || path[1] == '?' || path[1] == '#';
}

static void
set_url(struct html_page *page, const char *url)
{
    const struct html_jsonld *stated = &page->stated;
    const char *open_graph = html_meta(page, "og:url");
    const char *const values[] = {
        canonical(&page->tree), is_address(open_graph) ? open_graph : NULL,
        is_address(stated->url.data) ? stated->url.data : NULL,
        is_address(url) ? url : NULL};
    static const char *const rules[] = {"canonical", "og:url", "jsonld",
                                        "fetched", NULL};

    set_first(page, MEMBER_URL, &page->article->url, values, rules);
    if (!is_front(page->article->url.data)) {
        buf_set(&page->article->key, page->article->url.data,
                page->article->url.size);
        page->article->origin[MEMBER_KEY] = page->article->origin[MEMBER_URL];
    }
}

static void
set_language(struct html_page *page)
{
    const char *const values[] = {
        html_attribute(&page->tree.node[0], "lang"),
        html_meta(page, "og:locale"), page->stated.language.data,
        html_meta(page, "content-language"), html_meta(page, "language")};
    static const char *const rules[] = {"html lang", "og:locale", "jsonld",
                                        "content-language", "language"};
    struct buf *language = &page->article->language;

    for (size_t i = 0; i < COUNT(values); i++) {
        buf_set_text(language, values[i] ? values[i] : "");
        if (!article_code_language(language))
            continue;
        article_set_origin(page->article, MEMBER_LANGUAGE, rules[i], "%s", "");
        return;
    }
}

void
html_stated(struct html_page *page, const char *url)
{
    const char *const publications[] = {
        html_meta(page, "og:site_name"), page->stated.publisher.data,
        html_meta(page, "application-name"), html_meta(page, "dc.publisher")};
    static const char *const publication_rules[] = {
        "og:site_name", "jsonld", "application-name", "dc.publisher", NULL};
    const char *const sections[] = {html_meta(page, "article:section"),
                                    page->stated.section.data,
                                    html_meta(page, "section")};
    static const char *const section_rules[] = {"article:section", "jsonld",
                                                "section", NULL};

    set_url(page, url);
    set_language(page);
    set_first(page, MEMBER_PUBLICATION, &page->article->publication,
              publications, publication_rules);
    set_first(page, MEMBER_SECTION, &page->article->section, sections,
              section_rules);
}
