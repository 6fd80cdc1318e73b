#include "corpus/formats/nitf.h"

#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/formats/story_body.h"
#include "corpus/formats/xml_body.h"
#include "corpus/story/byline.h"
#include "corpus/story/dateline.h"
#include "corpus/story/story.h"
#include "corpus/syntax/xml.h"

/* The text of an element with blanks between its parts: in a byline the
 * person and the title need not have any. */
static bool
spaced_text(struct buf *out, const xmlNode *node)
{
    struct buf part = BUF_INIT;

    buf_clear(out);
    for (const xmlNode *child = node ? node->children : NULL; child;
         child = child->next) {
        /* <byttl> is what the writer is, not the name. */
        if (child->type == XML_COMMENT_NODE || child->type == XML_PI_NODE ||
            xml_is(child, "byttl"))
            continue;
        if (xml_text(&part, child)) {
            if (out->size && part.data[0] != ',' && part.data[0] != '.')
                buf_add_byte(out, ' ');
            buf_add(out, part.data, part.size);
        }
    }
    buf_release(&part);
    return out->size > 0;
}

static void
set_identity(struct article *article, const xmlNode *docdata)
{
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;

    if (!article->key.size &&
        xml_attribute(&id, xml_path(docdata, "doc-id"), "id-string")) {
        xml_attribute(&version, xml_path(docdata, "du-key"), "version");
        story_set_identity(article, &id, &version);
    }
    buf_release(&id);
    buf_release(&version);
}

static void
set_published(struct article *article, const xmlNode *head)
{
    const xmlNode *docdata = xml_path(head, "docdata");
    const xmlNode *pubdata = xml_find(head, "pubdata");
    struct date date = {0};

    if (xml_attribute_date(&date, xml_path(docdata, "date.release"), "norm") ||
        xml_attribute_date(&date, xml_path(docdata, "date.issue"), "norm") ||
        xml_attribute_date(&date, pubdata, "date.publication"))
        story_set_published(article, &date, "docdata");
}

static void
set_publication(struct article *article, const xmlNode *head,
                const xmlNode *body_head)
{
    const xmlNode *docdata = xml_path(head, "docdata");

    if (article->publication.size)
        return;
    if (!xml_attribute(&article->publication, xml_find(head, "pubdata"),
                       "name") &&
        !xml_text(&article->publication, xml_path(body_head, "distributor")))
        xml_attribute(&article->publication, xml_path(docdata, "doc.copyright"),
                      "holder");
    if (article->publication.size)
        article_set_origin(article, MEMBER_PUBLICATION, "nitf", "%s", "");
}

static void
set_dateline(struct article *article, const xmlNode *body_head)
{
    const xmlNode *dateline = xml_path(body_head, "dateline");
    struct dateline parts;
    struct buf text = BUF_INIT;

    if (!article->dateline.size &&
        (spaced_text(&text, xml_path(dateline, "location")) ||
         (!xml_has_elements(dateline) && xml_text(&text, dateline)))) {
        if (dateline_parse(text.data, text.size, &parts) && parts.place_size)
            buf_set(&article->dateline, parts.place, parts.place_size);
        else
            buf_swap(&article->dateline, &text);
        article_set_origin(article, MEMBER_DATELINE, "nitf", "%s", "");
    }
    buf_release(&text);
}

/* "PA-HHH-SHOWBIZ-BakeOff" is a slug; "faktisk-d9cde75b-256e" is a number. */
static bool
is_slug(const struct buf *text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text->size; i++)
        digits += ascii_is_digit(text->data[i]);
    return digits < 5;
}

/* The section of a paper, a keyword, or what the subject code says. */
static void
set_section(struct article *article, const xmlNode *head)
{
    const xmlNode *meta = NULL;
    const xmlNode *subject = NULL;
    struct buf text = BUF_INIT;

    if (xml_attribute(&text, xml_find(head, "pubdata"), "position.section"))
        story_set_section(article, text.data, text.size, "position.section");
    while (head && (meta = xml_next(meta, head, "keyword")))
        if (xml_attribute(&text, meta, "key"))
            story_set_section(article, text.data, text.size, "keyword");
    while (head && (meta = xml_next(meta, head, "meta")))
        if (xml_attribute(&text, meta, "name") &&
            (!strcmp(text.data, "anpa-keyword") ||
             !strcmp(text.data, "keywords") ||
             !strcmp(text.data, "slugline")) &&
            xml_attribute(&text, meta, "content"))
            story_set_section(article, text.data, text.size, "meta");
    if (xml_attribute(&text, xml_path(head, "docdata/du-key"), "key") &&
        is_slug(&text))
        story_set_section(article, text.data, text.size, "du-key");
    while (head && (subject = xml_next(subject, head, "tobject.subject"))) {
        if (xml_attribute(&text, subject, "tobject.subject.type"))
            story_set_section(article, text.data, text.size, "subject");
        if (xml_attribute(&text, subject, "tobject.subject.refnum"))
            story_set_subject(article, &text);
    }
    buf_release(&text);
}

/* The keywords, and what the subject codes say, in words and as codes. */
static void
set_keywords(struct article *article, const xmlNode *head)
{
    static const char *const names[] = {
        "tobject.subject.detail", "tobject.subject.matter",
        "tobject.subject.type", "tobject.subject.refnum"};
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;

    if (!head)
        return;
    while ((node = xml_next(node, head, "keyword")))
        if (xml_attribute(&text, node, "key"))
            keywords_split(article, text.data, text.size);
    while ((node = xml_next(node, head, "meta")))
        if (xml_attribute(&text, node, "name") &&
            !strcmp(text.data, "keywords") &&
            xml_attribute(&text, node, "content"))
            keywords_split(article, text.data, text.size);
    while ((node = xml_next(node, head, "tobject.subject")))
        for (size_t i = 0; i < COUNT(names); i++)
            if (xml_attribute(&text, node, names[i]))
                keywords_add(article, text.data, text.size);
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "nitf", "%s", "");
    buf_release(&text);
}

static void
add_media(struct article *article, const xmlNode *content)
{
    const xmlNode *media = NULL;
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    while ((media = xml_next(media, content, "media"))) {
        xml_text(&credit, xml_path(media, "media-producer"));
        if (xml_text(&text, xml_path(media, "media-caption")))
            article_add_caption(article, text.data, text.size, credit.data,
                                credit.size);
    }
    if (article->captions)
        article_set_origin(article, MEMBER_CAPTIONS, "nitf", "%s", "");
    buf_release(&text);
    buf_release(&credit);
}

void
nitf_to_article(struct article *article, const xmlNode *nitf)
{
    const xmlNode *head = xml_path(nitf, "head");
    const xmlNode *body = xml_path(nitf, "body");
    const xmlNode *body_head = xml_path(body, "body.head");
    const xmlNode *content = xml_path(body, "body.content");
    struct buf text = BUF_INIT;

    set_identity(article, xml_path(head, "docdata"));
    set_published(article, head);
    set_publication(article, head, body_head);
    set_section(article, head);
    set_keywords(article, head);
    set_dateline(article, body_head);
    if (xml_attribute(&text, nitf, "lang") ||
        xml_attribute(&text, nitf, "baselang"))
        story_set_language(article, &text);
    if (!article->headline.size &&
        (xml_text(&text, xml_path(body_head, "hedline/hl1")) ||
         xml_text(&text, xml_path(body_head, "hedline")) ||
         xml_text(&text, xml_path(head, "title")))) {
        buf_set(&article->headline, text.data, text.size);
        article_set_origin(article, MEMBER_HEADLINE, "nitf", "%s", "");
    }
    if (!article->byline.size &&
        spaced_text(&text, xml_path(body_head, "byline"))) {
        byline_to_article(article, text.data, text.size);
        article_set_origin(article, MEMBER_BYLINE, "nitf", "%s", "");
    }
    if (content)
        xml_body(article, content);
    add_media(article, content);
    article_set_origin(article, MEMBER_BODY, "nitf", "%s", "");
    buf_release(&text);
}

void
nitf_add_abstract(struct article *article, const xmlNode *nitf)
{
    const xmlNode *abstract = xml_path(nitf, "body/body.head/abstract");
    struct buf text = BUF_INIT;

    if (xml_text(&text, abstract))
        story_add_abstract(article, &text);
    buf_release(&text);
}
