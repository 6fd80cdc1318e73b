/*
 * DOCX: what Word, LibreOffice and Google write (ISO/IEC 29500), a ZIP file of
 * XML.
 *
 *     word/document.xml    w:p (w:pPr/w:pStyle) / w:r / w:t
 *     word/styles.xml      w:style styleId="Titel" / w:name val="Title"
 *     docProps/core.xml    dc:title, cp:keywords
 *
 * A file is an article (manuscript.h).  What was deleted while changes were
 * tracked, notes, comments, headers and footers are no text.
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/manuscript.h"
#include "corpus/formats/zipped.h"

static int
docx_sniff(const char *head, size_t size)
{
    return zipped_sniff(head, size, "word/") &&
                   (zipped_sniff(head, size, "[Content_Types].xml") ||
                    zipped_sniff(head, size, "_rels/"))
               ? 100
               : 0;
}

static void
read_styles(struct manuscript_styles *styles, const struct zipped *zipped)
{
    xmlDoc *doc = zipped_xml(zipped, "word/styles.xml");
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const xmlNode *style = NULL;
    struct buf id = BUF_INIT;
    struct buf name = BUF_INIT;

    while ((style = xml_next(style, root, "style")))
        if (xml_attribute(&id, style, "styleId") &&
            xml_attribute(&name, xml_path(style, "name"), "val")) {
            enum manuscript_role role = manuscript_role_named(name.data);

            if (role == MANUSCRIPT_TEXT &&
                xml_attribute(&name, xml_path(style, "basedOn"), "val"))
                role = manuscript_style(styles, name.data);
            manuscript_add_style(styles, id.data, role);
        }
    buf_release(&id);
    buf_release(&name);
    xmlFreeDoc(doc);
}

/* Is the element one whose text nobody is to read: deleted, or there again for
 * old programs? */
static bool
is_dropped(const xmlNode *node)
{
    return xml_is(node, "del") || xml_is(node, "moveFrom") ||
           xml_is(node, "Fallback");
}

static bool
is_in_dropped(const xmlNode *node, const xmlNode *root)
{
    for (; node && node != root; node = node->parent)
        if (is_dropped(node))
            return true;
    return false;
}

/* The text of a paragraph, but not of those in it, which are in a box. */
static void
add_text(struct buf *text, const xmlNode *paragraph)
{
    const xmlNode *node = xml_next(NULL, paragraph, NULL);

    node = node == paragraph ? xml_next(node, paragraph, NULL) : node;
    while (node) {
        if (is_dropped(node) || xml_is(node, "p") || xml_is(node, "pPr")) {
            node = xml_next_behind(node, paragraph, NULL);
            continue;
        }
        if (xml_is(node, "t"))
            xml_raw_text(text, node);
        else if (xml_is(node, "tab") || xml_is(node, "br") ||
                 xml_is(node, "cr"))
            buf_add_byte(text, ' ');
        else if (xml_is(node, "noBreakHyphen"))
            buf_add_byte(text, '-');
        node = xml_next(node, paragraph, NULL);
    }
}

static void
read_text(struct article *article, const struct manuscript_styles *styles,
          const xmlNode *root)
{
    const xmlNode *paragraph = NULL;
    struct buf text = BUF_INIT;
    struct buf style = BUF_INIT;

    while ((paragraph = xml_next(paragraph, root, "p"))) {
        if (is_in_dropped(paragraph, root))
            continue;
        buf_clear(&text);
        add_text(&text, paragraph);
        xml_attribute(&style, xml_path(paragraph, "pPr/pStyle"), "val");
        manuscript_add(article, manuscript_style(styles, style.data), &text);
    }
    buf_release(&text);
    buf_release(&style);
}

static enum status
read_document(struct reader *reader, struct article *article,
              const struct zipped *zipped, struct error *err)
{
    xmlDoc *doc = zipped_xml(zipped, "word/document.xml");
    xmlDoc *core = zipped_xml(zipped, "docProps/core.xml");
    struct manuscript_styles styles = {.count = 0};
    enum status status = STATUS_OK;

    if (doc) {
        read_styles(&styles, zipped);
        read_text(article, &styles, xmlDocGetRootElement(doc));
        article_set_origin(article, MEMBER_BODY, "docx", "%s", "");
        manuscript_finish(article, core ? xmlDocGetRootElement(core) : NULL);
    } else {
        status = error_set(err, STATUS_FORMAT,
                           "%s: a Word document without a text that can be "
                           "read",
                           input_name(reader->input));
    }
    xmlFreeDoc(doc);
    xmlFreeDoc(core);
    return status;
}

static enum status
docx_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    return zipped_next(reader, read_document, article, more, err);
}

const struct format format_docx = {
    .name = "docx",
    .about = "a document of Word",
    .suffixes = "docx docm dotx",
    .sniff = docx_sniff,
    .next = docx_next,
};
