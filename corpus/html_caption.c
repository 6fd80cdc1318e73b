#include <string.h>

#include "corpus/html_page.h"
#include "corpus/html_traits.h"

static bool
is_caption(const struct html_node *node)
{
    return node->tag == GUMBO_TAG_FIGCAPTION ||
           ((node->traits & TRAIT_CAPTION) && node->tag != HTML_TEXT &&
            node->tag != GUMBO_TAG_FIGURE);
}

/* The credit inside a caption, or beside it in its figure. */
static void
find_credit(const struct html_tree *tree, uint32_t i, struct buf *out)
{
    for (uint32_t k = i + 1; k < tree->node[i].end && !out->size; k++) {
        if (tree->node[k].traits & TRAIT_CREDIT)
            html_text(tree, k, 0, out);
    }
}

void
html_captions(struct html_page *page)
{
    const struct html_tree *tree = &page->tree;
    const struct html_jsonld *stated = &page->stated;
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    for (uint32_t i = 0; i < tree->count; i++) {
        if (!is_caption(&tree->node[i]) || !tree->node[i].text_size ||
            tree->node[i].text_size > 1500)
            continue;
        buf_clear(&text);
        buf_clear(&credit);
        html_text(tree, i, TRAIT_CREDIT, &text);
        find_credit(tree, i, &credit);
        article_add_caption(page->article, text.data, text.size, credit.data,
                            credit.size);
        if (page->article->captions == 1)
            html_origin(page, MEMBER_CAPTIONS, "caption element", i);
        i = tree->node[i].end - 1;
    }
    for (size_t i = 0; i < stated->captions.count; i++)
        article_add_caption(page->article, stated->captions.item[i],
                            strlen(stated->captions.item[i]),
                            stated->credits.item[i],
                            strlen(stated->credits.item[i]));
    buf_release(&text);
    buf_release(&credit);
}
