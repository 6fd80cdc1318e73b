/*
 * hOCR: the text of a scanned page as HTML, as Tesseract and others write it.
 *
 *     div.ocr_page / div.ocr_carea / p.ocr_par / span.ocr_line / span.ocrx_word
 *
 * It is well-formed, so it is read as XML.  A page is an article, a paragraph
 * one of its paragraphs, its lines joined.
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/xml_items.h"
#include "corpus/paper/alto.h"

static int
hocr_sniff(const char *head, size_t size)
{
    static const char *const marks[] = {"ocr_page", "ocr_line", "ocrx_word"};
    struct buf text = BUF_INIT;
    int found = 0;

    buf_set(&text, head, size);
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        found += strstr(text.data, marks[i]) != NULL;
    buf_release(&text);
    return found >= 2 ? 97 : 0;
}

static bool
has_class(const xmlNode *node, const char *name)
{
    struct buf class = BUF_INIT;
    bool has = xml_attribute(&class, node, "class") &&
               strncmp(class.data, name, strlen(name)) == 0;

    buf_release(&class);
    return has;
}

/* The next element of a class that begins so. */
static const xmlNode *
next_of(const xmlNode *node, const xmlNode *root, const char *name)
{
    while ((node = xml_next(node, root, NULL)))
        if (has_class(node, name))
            return node;
    return NULL;
}

static void
add_paragraph(struct article *article, const xmlNode *paragraph)
{
    static const char *const lines[] = {"ocr_line", "ocr_header",
                                        "ocr_textfloat", "ocr_caption"};
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    struct buf line = BUF_INIT;
    bool goes_on = false;

    while ((node = xml_next(node, paragraph, NULL))) {
        bool is = false;

        for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
            is = is || has_class(node, lines[i]);
        if (!is || !xml_text(&line, node))
            continue;
        alto_add_word(&text, line.data, line.size, goes_on);
        goes_on = alto_ends_broken(line.data, line.size);
    }
    if (alto_has_word(&text))
        article_add_paragraph(article, text.data, text.size);
    buf_release(&text);
    buf_release(&line);
}

static enum status
hocr_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct xml_items *items = reader->state;
    const xmlNode *root = xml_items_root(reader);
    const xmlNode *paragraph = NULL;

    (void)err;
    items->at = next_of(items->at, root, "ocr_page");
    *more = items->at != NULL;
    if (!*more)
        return STATUS_OK;
    while ((paragraph = next_of(paragraph, items->at, "ocr_par")))
        add_paragraph(article, paragraph);
    return STATUS_OK;
}

const struct format format_hocr = {
    .name = "hocr",
    .about = "hOCR, the text of scanned pages as HTML",
    .suffixes = "hocr html xhtml",
    .sniff = hocr_sniff,
    .open = xml_items_open,
    .next = hocr_next,
    .close = xml_items_close,
};
