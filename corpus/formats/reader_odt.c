/*
 * OpenDocument texts (ISO/IEC 26300), as LibreOffice writes them: a ZIP file of
 * XML.
 *
 *     content.xml   office:text / text:p, text:h
 *     styles.xml    style:style name="Abbildung" parent-style-name="Caption"
 *     meta.xml      dc:title, meta:keyword
 *
 * A file is an article (manuscript.h).  What was deleted while changes were
 * tracked, notes and comments are no text.
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/manuscript.h"
#include "corpus/formats/zipped.h"

static int
odt_sniff(const char *head, size_t size)
{
    return zipped_sniff(head, size, "application/vnd.oasis.opendocument.text")
               ? 100
               : 0;
}

/* A style is what its name says, or what the style says that it goes by. */
static void
read_styles(struct manuscript_styles *styles, const xmlDoc *doc)
{
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const xmlNode *style = NULL;
    struct buf name = BUF_INIT;
    struct buf parent = BUF_INIT;

    while ((style = xml_next(style, root, "style"))) {
        enum manuscript_role role;

        if (!xml_attribute(&name, style, "name"))
            continue;
        role = manuscript_role_named(name.data);
        if (role == MANUSCRIPT_TEXT &&
            xml_attribute(&parent, style, "parent-style-name")) {
            role = manuscript_role_named(parent.data);
            if (role == MANUSCRIPT_TEXT)
                role = manuscript_style(styles, parent.data);
        }
        manuscript_add_style(styles, name.data, role);
    }
    buf_release(&name);
    buf_release(&parent);
}

static bool
is_paragraph(const xmlNode *node)
{
    return xml_is(node, "p") || xml_is(node, "h");
}

static bool
is_dropped(const xmlNode *node)
{
    return xml_is(node, "tracked-changes") || xml_is(node, "annotation") ||
           xml_is(node, "note") || xml_is(node, "sequence-decls") ||
           xml_is(node, "title") || xml_is(node, "desc"); /* of a picture */
}

/* The text in a node itself. */
static void
add_node(struct buf *text, const xmlNode *node)
{
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content)
        buf_add_text(text, (const char *)node->content);
    else if (xml_is(node, "s") || xml_is(node, "tab") ||
             xml_is(node, "line-break"))
        buf_add_byte(text, ' ');
}

/* The text of a paragraph, but not of those in it, which are in a frame. */
static void
add_text(struct buf *text, const xmlNode *paragraph)
{
    const xmlNode *node = paragraph->children;

    while (node) {
        add_node(text, node);
        if (node->type == XML_ELEMENT_NODE && node->children &&
            !is_paragraph(node) && !is_dropped(node)) {
            node = node->children;
            continue;
        }
        while (node != paragraph && !node->next)
            node = node->parent;
        node = node == paragraph ? NULL : node->next;
    }
}

static enum manuscript_role
role_of(const xmlNode *paragraph, const struct manuscript_styles *styles,
        struct buf *style)
{
    enum manuscript_role role = MANUSCRIPT_TEXT;

    if (xml_attribute(style, paragraph, "style-name")) {
        role = manuscript_role_named(style->data);
        if (role == MANUSCRIPT_TEXT)
            role = manuscript_style(styles, style->data);
    }
    return role == MANUSCRIPT_TEXT && xml_is(paragraph, "h")
               ? MANUSCRIPT_HEADING
               : role;
}

static void
read_text(struct article *article, const struct manuscript_styles *styles,
          const xmlNode *root)
{
    const xmlNode *node = xml_next(NULL, root, NULL);
    struct buf text = BUF_INIT;
    struct buf style = BUF_INIT;

    while (node) {
        if (is_paragraph(node)) {
            buf_clear(&text);
            add_text(&text, node);
            manuscript_add(article, role_of(node, styles, &style), &text);
        }
        node = is_dropped(node) ? xml_next_behind(node, root, NULL)
                                : xml_next(node, root, NULL);
    }
    buf_release(&text);
    buf_release(&style);
}

static enum status
read_document(struct reader *reader, struct article *article,
              const struct zipped *zipped, struct error *err)
{
    xmlDoc *doc = zipped_xml(zipped, "content.xml");
    xmlDoc *named = zipped_xml(zipped, "styles.xml");
    xmlDoc *meta = zipped_xml(zipped, "meta.xml");
    struct manuscript_styles styles = {.count = 0};
    enum status status = STATUS_OK;

    if (doc) {
        read_styles(&styles, named);
        read_styles(&styles, doc);
        read_text(article, &styles,
                  xml_find(xmlDocGetRootElement(doc), "text"));
        article_set_origin(article, MEMBER_BODY, "odt", "%s", "");
        manuscript_finish(article, meta ? xmlDocGetRootElement(meta) : NULL);
    } else {
        status = error_set(err, STATUS_FORMAT,
                           "%s: an OpenDocument file without a text that can "
                           "be read",
                           input_name(reader->input));
    }
    xmlFreeDoc(doc);
    xmlFreeDoc(named);
    xmlFreeDoc(meta);
    return status;
}

static enum status
odt_next(struct reader *reader, struct article *article, bool *more,
         struct error *err)
{
    return zipped_next(reader, read_document, article, more, err);
}

const struct format format_odt = {
    .name = "odt",
    .about = "a text document of LibreOffice",
    .suffixes = "odt ott",
    .sniff = odt_sniff,
    .next = odt_next,
};
