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

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/formats.h"
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

/* --- what a component is -------------------------------------------------- */

static bool
has_role(const xmlNode *component, const char *name)
{
    struct buf role = BUF_INIT;
    bool has;

    xml_attribute(&role, xml_path(component, "Role"), "FormalName");
    has = !strcasecmp(role.data, name);
    buf_release(&role);
    return has;
}

/* Components that do not hold the story itself. */
static bool
is_side_component(const xmlNode *component)
{
    static const char *const roles[] = {
        "caption",       "thumbnail", "preview",   "stylesheet", "image",
        "picture",       "photo",     "quicklook", "clip",       "audio",
        "video preview", "graphic",   "title",     "supporting", "logo",
        "headline",      "tweettext", NULL};
    struct buf role = BUF_INIT;
    bool side = false;

    xml_attribute(&role, xml_path(component, "Role"), "FormalName");
    for (size_t i = 0; roles[i]; i++)
        side = side || !strcasecmp(roles[i], role.data);
    buf_release(&role);
    return side;
}

static bool
has_headline(const xmlNode *component)
{
    struct buf text = BUF_INIT;
    bool has = xml_text(&text, xml_path(component, "NewsLines/HeadLine"));

    buf_release(&text);
    return has;
}

/* Children that are stories of their own. */
static size_t
count_stories(const xmlNode *component)
{
    size_t count = 0;

    for (const xmlNode *child = component->children; child; child = child->next)
        count += xml_is(child, "NewsComponent") && has_headline(child) &&
                 !is_side_component(child) &&
                 xml_find(child, "DataContent") != NULL;
    return count;
}

/* Does it leave its text to the stories in it? */
static bool
is_wrapper(const xmlNode *component)
{
    return xml_is(component, "NewsComponent") && count_stories(component) > 0 &&
           (count_stories(component) > 1 ||
            (has_headline(component) && !xml_path(component, "ContentItem")));
}

/* Is this component handed out as one article? */
static bool
is_story(const xmlNode *component)
{
    if (is_wrapper(component))
        return false;
    return xml_is(component->parent, "NewsItem") ||
           (is_wrapper(component->parent) && has_headline(component) &&
            !is_side_component(component));
}

/* --- filling -------------------------------------------------------------- */

static const xmlNode *
item_of(const xmlNode *component)
{
    while (component && !xml_is(component, "NewsItem"))
        component = component->parent;
    return component;
}

/* The first element with text among this component, those below it and
 * those around it. */
static bool
line_text(struct buf *out, const xmlNode *component, const char *name)
{
    const xmlNode *node = NULL;

    while ((node = xml_next(node, component, name)))
        if (xml_text(out, node))
            return true;
    for (component = component->parent; xml_is(component, "NewsComponent");
         component = component->parent)
        if (xml_text(out, xml_path(xml_path(component, "NewsLines"), name)))
            return true;
    return false;
}

static size_t
count_colons(const struct buf *text)
{
    size_t count = 0;

    for (size_t i = 0; i < text->size; i++)
        count += text->data[i] == ':';
    return count;
}

/* One of several stories of an item is named by its component, which is
 * all there is to name it by if the item has no public identifier. */
static void
add_component(struct article *article, const xmlNode *component, bool alone)
{
    struct buf duid = BUF_INIT;
    size_t nth = 0;

    if (xml_attribute(&duid, component, "Duid") && alone)
        buf_clear(&article->key);
    if (!xml_is(component->parent, "NewsItem") || !article->key.size) {
        for (const xmlNode *node = component->prev; node; node = node->prev)
            nth += xml_is(node, "NewsComponent");
        if (!duid.size)
            buf_printf(&duid, "%zu", nth);
        buf_printf(&article->key, "%s%s", article->key.size ? "#" : "",
                   duid.data);
    }
    buf_release(&duid);
}

/* The revision in a public identifier may end in what the revision does:
 * ":2A" appends, ":1N" is new. */
static void
drop_update(struct buf *key, const struct buf *version)
{
    size_t size = version->size;

    if (size && key->size > size + 2 &&
        strchr("NUAD", key->data[key->size - 1]) &&
        key->data[key->size - size - 2] == ':' &&
        !memcmp(key->data + key->size - size - 1, version->data, size))
        buf_cut(key, key->size - 1);
}

static void
set_identity(struct article *article, const xmlNode *component)
{
    const xmlNode *id =
        xml_path(item_of(component), "Identification/NewsIdentifier");
    struct buf key = BUF_INIT;
    struct buf part = BUF_INIT;
    struct buf version = BUF_INIT;

    xml_text(&version, xml_path(id, "RevisionId"));
    xml_text(&part, xml_path(id, "NewsItemId"));
    /* urn:newsml:PROVIDER:DATE:ITEM:REVISION; some name the provider only. */
    if (!xml_text(&key, xml_path(id, "PublicIdentifier")) ||
        count_colons(&key) < 4) {
        xml_text(&key, xml_path(id, "ProviderId"));
        if (part.size)
            buf_printf(&key, ":%s", part.data);
    }
    drop_update(&key, &version);
    story_set_identity(article, &key, &version);
    add_component(article, component, count_colons(&key) < 4);
    buf_release(&key);
    buf_release(&part);
    buf_release(&version);
}

/* The agency, or whom it has the story from. */
static bool
party_name(struct buf *out, const xmlNode *component, const char *element)
{
    return xml_attribute(out, xml_find(xml_find(component, element), "Party"),
                         "FormalName");
}

static void
set_management(struct article *article, const xmlNode *component)
{
    const xmlNode *item = item_of(component);
    struct date date = {0};
    struct buf text = BUF_INIT;

    if (xml_date(&date, xml_path(item, "NewsManagement/FirstCreated")) ||
        xml_date(&date, xml_path(item, "NewsManagement/ThisRevisionCreated")))
        story_set_published(article, &date, "NewsManagement");
    if (party_name(&text, component, "Provider") ||
        party_name(&text, component, "Source") ||
        xml_text(&text, xml_path(item, "Identification/NewsIdentifier/"
                                       "ProviderId"))) {
        buf_set(&article->publication, text.data, text.size);
        article_set_origin(article, MEMBER_PUBLICATION, "Provider", "%s", "");
    }
    if (xml_attribute(&text, xml_find(component, "Language"), "FormalName"))
        story_set_language(article, &text);
    for (const xmlNode *node = component; node; node = node->parent)
        if (node->type == XML_ELEMENT_NODE &&
            xml_attribute(&text, node, "lang"))
            story_set_language(article, &text);
    buf_release(&text);
}

static void
set_lines(struct article *article, const xmlNode *component)
{
    struct buf text = BUF_INIT;

    if (line_text(&article->headline, component, "HeadLine"))
        article_set_origin(article, MEMBER_HEADLINE, "HeadLine", "%s", "");
    if (line_text(&text, component, "ByLine")) {
        byline_to_article(article, text.data, text.size);
        article_set_origin(article, MEMBER_BYLINE, "ByLine", "%s", "");
    }
    if (!article->byline.size &&
        line_text(&article->byline, component, "CreditLine"))
        article_set_origin(article, MEMBER_BYLINE, "CreditLine", "%s", "");
    if (line_text(&text, component, "DateLine"))
        story_set_dateline(article, &text, "DateLine");
    buf_release(&text);
}

/* The slug first: what stands in the other lines may be a code. */
static void
set_section(struct article *article, const xmlNode *component)
{
    static const char *const lines[] = {"SlugLine", "KeywordLine"};
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < COUNT(lines); i++)
        if (line_text(&text, component, lines[i]))
            story_set_section(article, text.data, text.size, lines[i]);
    if (xml_text(&text,
                 xml_path(item_of(component), "Identification/NameLabel")))
        story_set_section(article, text.data, text.size, "NameLabel");
    while ((node = xml_next(node, component, NULL)))
        if (xml_is(node->parent, "SubjectCode") &&
            xml_attribute(&text, node, "FormalName"))
            story_set_subject(article, &text);
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
        if (xml_is(child, "NewsComponent") && !is_side_component(child))
            add_contents(article, child);
        if (!xml_is(child, "ContentItem"))
            continue;
        if (xml_path(child, "DataContent"))
            add_content(article, xml_path(child, "DataContent"));
    }
}

/* Pictures' captions are components, with the picture beside them. */
static void
add_captions(struct article *article, const xmlNode *component)
{
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    while ((node = xml_next(node, component, "NewsComponent"))) {
        if (!has_role(node, "Caption") ||
            !xml_text(&text, xml_find(node, "DataContent")))
            continue;
        line_text(&credit, node, "CreditLine");
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
newsml_next(struct reader *reader, struct article *article, bool *more,
            struct error *err)
{
    const xmlNode *component;

    (void)err;
    do
        component = xml_items_next(reader, "NewsComponent");
    while (component && !is_story(component));
    *more = component != NULL;
    if (!component)
        return STATUS_OK;
    set_identity(article, component);
    set_management(article, component);
    set_lines(article, component);
    set_section(article, component);
    add_contents(article, component);
    add_captions(article, component);
    story_finish(article);
    return STATUS_OK;
}

const struct format format_newsml = {
    .name = "newsml",
    .about = "NewsML 1.x",
    .suffixes = "xml newsml",
    .sniff = newsml_sniff,
    .open = xml_items_open,
    .next = newsml_next,
    .close = xml_items_close,
};
