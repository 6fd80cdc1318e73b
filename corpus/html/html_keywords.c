/*
 * What a page is about, as it states it.
 *
 * JSON-LD, Open Graph's article:tag and news_keywords are written for one
 * article, and what any of them says counts.  The others are asked only if
 * these say nothing: a template fills them with the site's own subjects as
 * often as not, and the origin tells which it was.
 */
#include <string.h>
#include <strings.h>

#include "corpus/article/keywords.h"
#include "corpus/base/count.h"
#include "corpus/html/html_page.h"

/* The contents of all <meta> of this name; a single one may be a line of
 * many. */
static void
add_metas(struct html_page *page, const char *name)
{
    for (size_t i = 0; i < page->meta_count; i++) {
        const struct html_meta_name *meta = &page->metas[i];

        if (strcasecmp(meta->name, name) != 0)
            continue;
        keywords_split(page->article, meta->content, strlen(meta->content));
    }
}

static bool
add_named(struct html_page *page, const char *const *names, size_t count)
{
    struct article *article = page->article;

    for (size_t i = 0; i < count; i++) {
        add_metas(page, names[i]);
        if (article->keywords.count && !article->origin[MEMBER_KEYWORDS].rule)
            article_set_origin(article, MEMBER_KEYWORDS, names[i], "%s", "");
    }
    return article->keywords.count > 0;
}

/* <a rel="tag">, as blogs mark their subjects. */
static void
add_links(struct html_page *page)
{
    struct buf text = BUF_INIT;

    for (uint32_t i = 0; i < page->tree.count; i++) {
        const struct html_node *node = &page->tree.node[i];

        if (node->tag != GUMBO_TAG_A || !html_attribute_has(node, "rel", "tag"))
            continue;
        buf_clear(&text);
        html_text(&page->tree, i, 0, &text);
        keywords_add(page->article, text.data, text.size);
        if (page->article->keywords.count == 1)
            html_origin(page, MEMBER_KEYWORDS, "rel=tag", i);
    }
    buf_release(&text);
}

void
html_keywords(struct html_page *page)
{
    static const char *const own[] = {"article:tag", "news_keywords"};
    static const char *const others[] = {"parsely-tags", "sailthru.tags",
                                         "dc.subject", "dcterms.subject",
                                         "keywords"};
    const struct list *stated = &page->stated.keywords;

    for (size_t i = 0; i < stated->count; i++)
        keywords_split(page->article, stated->item[i], strlen(stated->item[i]));
    if (page->article->keywords.count)
        article_set_origin(page->article, MEMBER_KEYWORDS, "jsonld",
                           "script %u", page->stated.script);
    if (add_named(page, own, COUNT(own)))
        return;
    add_links(page);
    for (size_t i = 0; i < COUNT(others) && !page->article->keywords.count; i++)
        add_named(page, &others[i], 1);
}
