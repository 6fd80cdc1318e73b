/*
 * corpus/formats/reader_newsml.c - NewsML 1.0 to 1.2.
 *
 *     NewsML / NewsItem / Identification      who, when, which revision
 *                       / NewsComponent ...   nested at will
 *                             / NewsLines     HeadLine, ByLine, DateLine
 *                             / ContentItem / DataContent
 *
 * A component is an article.  If its text stands in two or more components
 * below it that have headlines of their own (languages, versions of a story),
 * each of those is one, with the item's identity and its own.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/tree.h>

#include "corpus/article/keywords.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/newsml_component.h"
#include "corpus/formats/nitf.h"
#include "corpus/formats/story_body.h"
#include "corpus/formats/xml_body.h"
#include "corpus/formats/xml_items.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"

static int
newsml_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    int sure = xml_sniff(head, size, &name) && !strcmp(name.data, "NewsML");

    buf_release(&name);
    return sure ? 95 : 0;
}

struct newsml {
    struct xml_items items;
    struct newsml_memory memory;
};

/* --- filling -------------------------------------------------------------- */

/* One of several stories of an item is named by its component, which is
 * all there is to name it by if the item has no public identifier. */
static void
set_identity(struct article *article, struct newsml_memory *memory,
             const xmlNode *component)
{
    struct buf duid = BUF_INIT;
    const struct newsml_item *item = newsml_item_of(memory, component);
    bool named = item && item->named;

    if (item) {
        article_complete(article, &item->common);
        buf_set(&article->version, item->common.version.data,
                item->common.version.size);
    }
    if (xml_attribute(&duid, component, "Duid") && !named)
        buf_clear(&article->key);
    if (!xml_is(component->parent, "NewsItem") || !article->key.size) {
        if (!duid.size)
            buf_printf(&duid, "%zu", newsml_number(memory, component));
        buf_printf(&article->key, "%s%s", article->key.size ? "#" : "",
                   duid.data);
    }
    article_set_origin(article, MEMBER_KEY, "wire", "%s", "");
    buf_release(&duid);
}

/* The agency, or whom it has the story from. */
static bool
party_name(struct buf *out, const xmlNode *component, const char *element)
{
    return xml_attribute(out, xml_find(xml_find(component, element), "Party"),
                         "FormalName");
}

static void
set_management(struct article *article, struct newsml_memory *memory,
               const xmlNode *component)
{
    struct buf text = BUF_INIT;

    if (party_name(&text, component, "Provider") ||
        party_name(&text, component, "Source")) {
        buf_set(&article->publication, text.data, text.size);
        article_set_origin(article, MEMBER_PUBLICATION, "Provider", "%s", "");
    }
    if (xml_attribute(&text, xml_find(component, "Language"), "FormalName"))
        story_set_language(article, &text);
    newsml_language(memory, &text, component);
    story_set_language(article, &text);
    buf_release(&text);
}

static void
set_lines(struct article *article, struct newsml_memory *memory,
          const xmlNode *component)
{
    struct buf text = BUF_INIT;

    if (newsml_line(memory, &article->headline, component, NEWSML_HEADLINE))
        article_set_origin(article, MEMBER_HEADLINE, "HeadLine", "%s", "");
    if (newsml_line(memory, &text, component, NEWSML_BYLINE)) {
        byline_to_article(article, text.data, text.size);
        article_set_origin(article, MEMBER_BYLINE, "ByLine", "%s", "");
    }
    if (!article->byline.size &&
        newsml_line(memory, &article->byline, component, NEWSML_CREDITLINE))
        article_set_origin(article, MEMBER_BYLINE, "CreditLine", "%s", "");
    if (newsml_line(memory, &text, component, NEWSML_DATELINE))
        story_set_dateline(article, &text, "DateLine");
    buf_release(&text);
}

/* The slug first: what stands in the other lines may be a code. */
static void
set_section(struct article *article, struct newsml_memory *memory,
            const xmlNode *component)
{
    const struct newsml_item *item;
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;

    if (newsml_line(memory, &text, component, NEWSML_SLUGLINE))
        story_set_section(article, text.data, text.size, "SlugLine");
    if (newsml_line(memory, &text, component, NEWSML_KEYWORDLINE))
        story_set_section(article, text.data, text.size, "KeywordLine");
    keywords_split(article, text.data, text.size);
    item = newsml_item_of(memory, component);
    if (item)
        story_set_section(article, item->label.data, item->label.size,
                          "NameLabel");
    while ((node = xml_next(node, component, NULL)))
        if (xml_is(node->parent, "SubjectCode") &&
            xml_attribute(&text, node, "FormalName")) {
            story_set_subject(article, &text);
            keywords_add(article, text.data, text.size);
        }
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "KeywordLine", "%s", "");
    buf_release(&text);
}

static void
add_content(struct article *article, const xmlNode *content)
{
    const xmlNode *nitf = xml_find(content, "nitf");
    struct buf text = BUF_INIT;

    if (nitf) {
        nitf_to_article(article, nitf);
    } else if (xml_has_elements(content)) {
        xml_body(article, content);
    } else {
        xml_raw_text(&text, content);
        story_add_body(article, &text);
    }
    buf_release(&text);
}

/* Add the contents below a component, but for its side components'. */
static void
add_contents(struct article *article, const xmlNode *component)
{
    for (const xmlNode *child = component->children; child;
         child = child->next) {
        if (xml_is(child, "NewsComponent") && !newsml_is_side(child))
            add_contents(article, child);
        if (!xml_is(child, "ContentItem"))
            continue;
        if (xml_path(child, "DataContent"))
            add_content(article, xml_path(child, "DataContent"));
    }
}

/* Pictures' captions are components, with the picture beside them. */
static void
add_captions(struct article *article, struct newsml_memory *memory,
             const xmlNode *component)
{
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    while ((node = xml_next(node, component, "NewsComponent"))) {
        if (!newsml_has_role(node, "Caption") ||
            !xml_text(&text, xml_find(node, "DataContent")))
            continue;
        newsml_line(memory, &credit, node, NEWSML_CREDITLINE);
        article_add_caption(article, text.data, text.size, credit.data,
                            credit.size);
        article_set_origin(article, MEMBER_CAPTIONS, "Caption", "%s", "");
    }
    if (article->captions && !article->body.size)
        article->kind = ARTICLE_PICTURE;
    buf_release(&text);
    buf_release(&credit);
}

static enum status
newsml_open(struct reader *reader, struct error *err)
{
    reader->state = mem_zero(1, sizeof(struct newsml));
    return xml_items_read(reader, err);
}

static void
newsml_close(struct reader *reader)
{
    struct newsml *newsml = reader->state;

    if (newsml)
        newsml_memory_release(&newsml->memory);
    xml_items_close(reader);
}

static enum status
newsml_next(struct reader *reader, struct article *article, bool *more,
            struct error *err)
{
    struct newsml *newsml = reader->state;
    struct newsml_memory *memory = &newsml->memory;
    const xmlNode *component;

    (void)err;
    do
        component = xml_items_next_of_all(reader, "NewsComponent");
    while (component && !newsml_is_story(memory, component));
    *more = component != NULL;
    if (!component)
        return STATUS_OK;
    set_identity(article, memory, component);
    set_management(article, memory, component);
    set_lines(article, memory, component);
    set_section(article, memory, component);
    add_contents(article, component);
    add_captions(article, memory, component);
    story_finish(article);
    return STATUS_OK;
}

const struct format format_newsml = {
    .name = "newsml",
    .about = "NewsML 1.x",
    .suffixes = "xml newsml",
    .sniff = newsml_sniff,
    .open = newsml_open,
    .next = newsml_next,
    .close = newsml_close,
};
