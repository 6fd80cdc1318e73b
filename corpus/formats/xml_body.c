#include "corpus/formats/xml_body.h"

#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"

static bool
listed(const char *const *names, const xmlNode *node)
{
    const char *name = (const char *)node->name;

    /* The first letter decides nearly always. */
    for (; *names; names++)
        if (**names == *name && !strcmp(*names, name))
            return true;
    return false;
}

/* Elements that begin and end a paragraph. */
static bool
is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",     "div",  "br",   "li",      "ul",         "ol",    "tr",
        "table", "h1",   "h2",   "h3",      "h4",         "h5",    "h6",
        "hl1",   "hl2",  "pre",  "block",   "blockquote", "hr",    "dl",
        "dt",    "dd",   "body", "section", "article",    "bq",    "header",
        "html",  "note", "fn",   "caption", "nitf-table", "thead", "tbody",
        "P",     "BR",   "DIV",  NULL};

    return node->type == XML_ELEMENT_NODE && listed(names, node);
}

/* Elements whose text is not written for the body. */
static bool
is_left_out(const xmlNode *node)
{
    static const char *const names[] = {"media",
                                        "img",
                                        "figure",
                                        "script",
                                        "style",
                                        "head",
                                        "object",
                                        "iframe",
                                        "media-caption",
                                        "tagline",
                                        "nitf-table-metadata",
                                        "title",
                                        NULL};

    return node->type == XML_ELEMENT_NODE && listed(names, node);
}

static bool
is_cell(const xmlNode *node)
{
    return xml_is(node, "td") || xml_is(node, "th");
}

static void
end_paragraph(struct article *article, struct buf *text)
{
    if (text->size)
        article_add_paragraph(article, text->data, text->size);
    buf_clear(text);
}

static void
add_text(struct buf *text, const xmlNode *node)
{
    if (node->type == XML_ENTITY_REF_NODE)
        xml_add_entity(text, node);
    else if (is_cell(node))
        buf_add_byte(text, ' ');
    else if ((node->type == XML_TEXT_NODE ||
              node->type == XML_CDATA_SECTION_NODE) &&
             node->content)
        buf_add_text(text, (const char *)node->content);
}

/* From `node`, which is done, to the next in document order; the ends of
 * blocks on the way end their paragraphs. */
static const xmlNode *
leave(struct article *article, struct buf *text, const xmlNode *node,
      const xmlNode *root)
{
    while (node != root) {
        if (is_block(node))
            end_paragraph(article, text);
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

void
xml_body(struct article *article, const xmlNode *node)
{
    const xmlNode *root = node;
    struct buf text = BUF_INIT;

    while (node) {
        if (is_block(node))
            end_paragraph(article, &text);
        add_text(&text, node);
        if (node->type == XML_ELEMENT_NODE && node->children &&
            (node == root || !is_left_out(node)))
            node = node->children;
        else
            node = leave(article, &text, node, root);
    }
    end_paragraph(article, &text);
    buf_release(&text);
}
