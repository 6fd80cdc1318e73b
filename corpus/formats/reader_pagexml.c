/*
 * PAGE XML: the text of a scanned page, by regions and lines.
 *
 *     PcGts / Page / TextRegion / TextLine / TextEquiv / Unicode
 *
 * A page is an article and a region a paragraph, its lines joined; a word that
 * is broken at the end of one goes on in the next.  Regions come in the order
 * of the file, which is that of reading where the program knew it.
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/xml_items.h"
#include "corpus/paper/alto.h"

static int
pagexml_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    int sure = xml_sniff(head, size, &name) && !strcmp(name.data, "PcGts");

    buf_release(&name);
    return sure ? 95 : 0;
}

/* The text of a line or a region itself, not of what is in it. */
static bool
own_text(struct buf *out, const xmlNode *node)
{
    return xml_text(out, xml_path(node, "TextEquiv/Unicode"));
}

static void
add_region(struct article *article, const xmlNode *region)
{
    struct buf text = BUF_INIT;
    struct buf line = BUF_INIT;
    struct buf type = BUF_INIT;
    bool goes_on = false;

    for (const xmlNode *child = region->children; child; child = child->next) {
        if (!xml_is(child, "TextLine") || !own_text(&line, child))
            continue;
        alto_add_word(&text, line.data, line.size, goes_on);
        goes_on = alto_ends_broken(line.data, line.size);
    }
    if (!text.size)
        own_text(&text, region);
    xml_attribute(&type, region, "type");
    if (alto_has_word(&text) && strcmp(type.data, "page-number") != 0) {
        if (strcmp(type.data, "caption") == 0)
            article_add_caption(article, text.data, text.size, "", 0);
        else if (strcmp(type.data, "heading") == 0 && !article->headline.size)
            buf_swap(&article->headline, &text);
        else
            article_add_paragraph(article, text.data, text.size);
    }
    buf_release(&text);
    buf_release(&line);
    buf_release(&type);
}

static enum status
pagexml_next(struct reader *reader, struct article *article, bool *more,
             struct error *err)
{
    const xmlNode *page = xml_items_next(reader, "Page");
    const xmlNode *region = NULL;

    (void)err;
    *more = page != NULL;
    if (!page)
        return STATUS_OK;
    while ((region = xml_next(region, page, "TextRegion")))
        add_region(article, region);
    return STATUS_OK;
}

const struct format format_pagexml = {
    .name = "pagexml",
    .about = "PAGE XML, the text of scanned pages",
    .suffixes = "xml page",
    .sniff = pagexml_sniff,
    .open = xml_items_open,
    .next = pagexml_next,
    .close = xml_items_close,
};
