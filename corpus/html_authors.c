#include <string.h>
#include <strings.h>

#include "corpus/byline.h"
#include "corpus/html_page.h"
#include "corpus/html_traits.h"

/*
 * Names come from JSON-LD, then from <meta>, then from what the page shows:
 * rel="author", itemprop="author", a byline's class.  An address is never a
 * name.
 */

static bool
add_names(struct html_page *page, const char *text, size_t size)
{
    return byline_to_article(page->article, text, size);
}

static bool
from_jsonld(struct html_page *page)
{
    const struct list *names = &page->stated.authors;
    bool found = false;

    for (size_t i = 0; i < names->count; i++) {
        if (!strstr(names->item[i], "://"))
            found |= add_names(page, names->item[i], strlen(names->item[i]));
    }
    if (found)
        article_set_origin(page->article, MEMBER_BYLINE, "jsonld", "script %u",
                           page->stated.script);
    return found;
}

static bool
from_meta(struct html_page *page)
{
    static const char *const names[] = {
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "cxenseparse:author",
        "article.author",
        "dcsext.author",
        "og:author",
        "citation_author",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = html_meta(page, names[i]);

        if (!value || strstr(value, "://") || strstr(value, "www."))
            continue;
        if (add_names(page, value, strlen(value))) {
            article_set_origin(page->article, MEMBER_BYLINE, names[i], "%s",
                               "");
            return true;
        }
    }
    return false;
}

/* Is this element one that names an author, by the rule of this number? */
static bool
matches(const struct html_node *node, int rule)
{
    if (node->tag == HTML_TEXT || node->tag == GUMBO_TAG_META)
        return false;
    switch (rule) {
    case 0:
        return html_has_itemprop(node, "author");
    case 1:
        return html_attribute_has(node, "rel", "author");
    default:
        return (node->traits & TRAIT_BYLINE) != 0;
    }
}

static bool
from_elements(struct html_page *page, int rule, const char *name)
{
    const struct html_tree *tree = &page->tree;
    struct buf text = BUF_INIT;
    bool found = false;

    for (uint32_t i = 0; i < tree->count && !found; i++) {
        if (!matches(&tree->node[i], rule) || tree->node[i].text_size > 200)
            continue;
        buf_clear(&text);
        html_text(tree, i, TRAIT_DATE | TRAIT_SHARE, &text);
        found = add_names(page, text.data, text.size);
        if (found)
            html_origin(page, MEMBER_BYLINE, name, i);
    }
    buf_release(&text);
    return found;
}

void
html_authors(struct html_page *page)
{
    if (from_jsonld(page) || from_meta(page))
        return;
    if (from_elements(page, 0, "itemprop author") ||
        from_elements(page, 1, "rel author"))
        return;
    from_elements(page, 2, "byline class");
}
