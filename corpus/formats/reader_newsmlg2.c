/*
 * corpus/formats/reader_newsmlg2.c - NewsML-G2: news items, alone or in a
 * message.
 *
 *     newsMessage / itemSet / newsItem guid version
 *                               / itemMeta      provider, dates
 *                               / contentMeta   headline, by, dateline
 *                               / contentSet    inlineXML (NITF or XHTML),
 *                                               inlineData
 *
 * Packages list items and hold none: a file with nothing else is refused
 * with that reason, and so are concepts, catalogues and knowledge.
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/keywords.h"
#include "corpus/base/count.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/nitf.h"
#include "corpus/formats/story_body.h"
#include "corpus/formats/xml_body.h"
#include "corpus/formats/xml_items.h"
#include "corpus/html/html_plain.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"

enum {
    ABSTRACTS_MOST = 10 /* of a text; each is put before all of it */
};

/* Roots of the standard, and what a person calls them. */
static const struct {
    const char *name;
    const char *about; /* NULL: holds news */
} roots[] = {
    {"newsMessage", NULL},
    {"newsItem", NULL},
    {"packageItem", "a package that lists news items"},
    {"conceptItem", "a concept"},
    {"knowledgeItem", "a list of concepts"},
    {"catalogItem", "a catalogue of vocabularies"},
    {"planningItem", "a planning note"},
};

static int
newsmlg2_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    int sure = 0;

    if (xml_sniff(head, size, &name))
        for (size_t i = 0; i < COUNT(roots); i++)
            if (!strcmp(name.data, roots[i].name))
                sure = 95;
    buf_release(&name);
    return sure;
}

static void
set_identity(struct article *article, const xmlNode *item)
{
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;

    xml_attribute(&id, item, "guid");
    xml_attribute(&version, item, "version");
    story_set_identity(article, &id, &version);
    buf_release(&id);
    buf_release(&version);
}

/* A party's name: <provider literal="Wire"/>, <provider><name>Wire</name>,
 * or the code behind the colon of its qcode. */
static bool
party_name(struct buf *out, const xmlNode *party)
{
    const char *colon;

    if (xml_text(out, xml_path(party, "name")) ||
        xml_attribute(out, party, "literal"))
        return true;
    if (!xml_attribute(out, party, "qcode"))
        return false;
    colon = strchr(out->data, ':');
    if (colon) {
        struct buf code = BUF_INIT;

        buf_set_text(&code, colon + 1);
        buf_swap(out, &code);
        buf_release(&code);
    }
    return out->size > 0;
}

static void
set_meta(struct article *article, const xmlNode *item)
{
    static const char *const dates[] = {"contentMeta/contentCreated",
                                        "itemMeta/firstCreated",
                                        "itemMeta/versionCreated", NULL};
    const xmlNode *meta = xml_path(item, "contentMeta");
    struct date date = {0};
    struct buf text = BUF_INIT;

    for (size_t i = 0; dates[i]; i++)
        if (xml_date(&date, xml_path(item, dates[i])))
            story_set_published(article, &date, dates[i]);
    if (xml_attribute(&text, xml_path(meta, "language"), "tag") ||
        xml_attribute(&text, item, "lang"))
        story_set_language(article, &text);
    if (party_name(&article->publication, xml_path(meta, "infoSource")) ||
        party_name(&article->publication, xml_path(item, "itemMeta/provider")))
        article_set_origin(article, MEMBER_PUBLICATION, "provider", "%s", "");
    buf_release(&text);
}

static bool
has_role(const xmlNode *node, const char *role)
{
    struct buf text = BUF_INIT;
    const char *colon;
    bool has;

    xml_attribute(&text, node, "role");
    colon = strchr(text.data, ':');
    has = !strcmp(colon ? colon + 1 : text.data, role);
    buf_release(&text);
    return has;
}

/* Of several the main one, or the first without a role such as "sub". */
static const xmlNode *
best_headline(const xmlNode *meta)
{
    const xmlNode *node = NULL;
    const xmlNode *best = NULL;

    while (meta && (node = xml_next(node, meta, "headline"))) {
        if (has_role(node, "main"))
            return node;
        if (!best || (has_role(node, "") && !has_role(best, "")))
            best = node;
    }
    return best;
}

/* A line may be markup, in elements or escaped. */
static bool
plain_text(struct buf *out, const xmlNode *node)
{
    struct buf text = BUF_INIT;

    buf_clear(out);
    xml_text(&text, node);
    if (strpbrk(text.data, "<&"))
        html_plain(out, text.data, text.size, NULL);
    else
        buf_swap(out, &text);
    buf_release(&text);
    return out->size > 0;
}

static void
set_lines(struct article *article, const xmlNode *item)
{
    const xmlNode *meta = xml_path(item, "contentMeta");
    const xmlNode *creator = NULL;
    struct buf text = BUF_INIT;

    if (plain_text(&article->headline, best_headline(meta)) ||
        plain_text(&article->headline, xml_path(item, "itemMeta/title")))
        article_set_origin(article, MEMBER_HEADLINE, "headline", "%s", "");
    if (plain_text(&text, xml_path(meta, "by")))
        byline_to_article(article, text.data, text.size);
    while (!article->authors.count && meta &&
           (creator = xml_next(creator, meta, "creator")))
        if (xml_text(&text, xml_path(creator, "name")) &&
            byline_is_name(text.data, text.size))
            byline_to_article(article, text.data, text.size);
    if (article->byline.size)
        article_set_origin(article, MEMBER_BYLINE, "by", "%s", "");
    if (xml_text(&text, xml_path(meta, "dateline")))
        story_set_dateline(article, &text, "dateline");
    buf_release(&text);
}

static void
set_section(struct article *article, const xmlNode *item)
{
    const xmlNode *meta = xml_path(item, "contentMeta");
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    struct buf keywords = BUF_INIT;

    if (xml_text(&text, xml_path(meta, "slugline")))
        story_set_section(article, text.data, text.size, "slugline");
    while (meta && (node = xml_next(node, meta, "keyword")))
        if (xml_text(&text, node))
            buf_printf(&keywords, "%s%s", keywords.size ? ", " : "", text.data);
    story_set_section(article, keywords.data, keywords.size, "keyword");
    while (meta && (node = xml_next(node, meta, "subject")))
        if (xml_attribute(&text, node, "qcode"))
            story_set_subject(article, &text);
    buf_release(&text);
    buf_release(&keywords);
}

/* Keywords, and subjects by their names and as codes. */
static void
set_keywords(struct article *article, const xmlNode *item)
{
    const xmlNode *meta = xml_path(item, "contentMeta");
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;

    if (!meta)
        return;
    while ((node = xml_next(node, meta, "keyword")))
        if (xml_text(&text, node))
            keywords_split(article, text.data, text.size);
    while ((node = xml_next(node, meta, "subject"))) {
        if (xml_text(&text, xml_path(node, "name")) ||
            xml_attribute(&text, node, "literal"))
            keywords_add(article, text.data, text.size);
        if (xml_attribute(&text, node, "qcode"))
            keywords_add(article, text.data, text.size);
    }
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "keyword", "%s", "");
    buf_release(&text);
}

/* The class of an item, "picture" in "ninat:picture" or "icls:picture". */
static bool
is_class(const xmlNode *item, const char *name)
{
    struct buf text = BUF_INIT;
    const char *colon;
    bool is;

    xml_attribute(&text, xml_path(item, "itemMeta/itemClass"), "qcode");
    colon = strchr(text.data, ':');
    is = !strcmp(colon ? colon + 1 : text.data, name);
    buf_release(&text);
    return is;
}

static void
add_inline(struct article *article, const xmlNode *content)
{
    const xmlNode *nitf = xml_find(content, "nitf");
    const xmlNode *body = xml_find(content, "body");
    struct buf text = BUF_INIT;

    if (nitf) {
        nitf_to_article(article, nitf);
    } else if (xml_has_elements(content)) {
        xml_body(article, body ? body : content);
    } else {
        xml_raw_text(&text, content);
        story_add_body(article, &text);
    }
    buf_release(&text);
}

/* Add the contents, but none that is in another. */
static void
add_contents(struct article *article, const xmlNode *item)
{
    const xmlNode *node = xml_next(NULL, item, NULL);

    while (node) {
        if (xml_is(node, "inlineXML") || xml_is(node, "inlineData")) {
            add_inline(article, node);
            node = xml_next_behind(node, item, NULL);
        } else {
            node = xml_next(node, item, NULL);
        }
    }
}

/* A picture or a film has a description instead of a text. */
static void
add_description(struct article *article, const xmlNode *item)
{
    const xmlNode *meta = xml_path(item, "contentMeta");
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    xml_text(&credit, xml_path(meta, "creditline"));
    while (meta && (node = xml_next(node, meta, "description")))
        if (xml_text(&text, node))
            article_add_caption(article, text.data, text.size, credit.data,
                                credit.size);
    if (article->captions)
        article_set_origin(article, MEMBER_CAPTIONS, "description", "%s", "");
    buf_release(&text);
    buf_release(&credit);
}

/* A text's description is its abstract, unless it says that it is not. */
static void
add_abstract(struct article *article, const xmlNode *item)
{
    const xmlNode *meta = xml_path(item, "contentMeta");
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;
    int abstracts = 0;

    while (abstracts < ABSTRACTS_MOST && meta &&
           (node = xml_next(node, meta, "description"))) {
        if (!has_role(node, "summary") && !has_role(node, "caption") &&
            !has_role(node, ""))
            continue;
        buf_clear(&text);
        xml_raw_text(&text, node);
        if (text.size)
            story_add_abstract(article, &text);
        abstracts++;
    }
    buf_release(&text);
}

static enum status
newsmlg2_open(struct reader *reader, struct error *err)
{
    enum status status = xml_items_open(reader, err);
    const xmlNode *root;

    if (status)
        return status;
    root = xml_items_root(reader);
    if (xml_is(root, "newsItem") || xml_find(root, "newsItem"))
        return STATUS_OK;
    for (size_t i = 0; i < COUNT(roots); i++)
        if (xml_is(root, roots[i].name) && roots[i].about)
            return error_set(err, STATUS_FORMAT,
                             "%s: NewsML-G2, but %s and not an article",
                             input_name(reader->input), roots[i].about);
    return error_set(err, STATUS_FORMAT,
                     "%s: a NewsML-G2 message without a news item",
                     input_name(reader->input));
}

static enum status
newsmlg2_next(struct reader *reader, struct article *article, bool *more,
              struct error *err)
{
    const xmlNode *item = xml_items_next(reader, "newsItem");

    (void)err;
    *more = item != NULL;
    if (!item)
        return STATUS_OK;
    set_identity(article, item);
    set_meta(article, item);
    set_lines(article, item);
    set_section(article, item);
    set_keywords(article, item);
    add_contents(article, item);
    if (is_class(item, "picture") || is_class(item, "graphic"))
        article->kind = ARTICLE_PICTURE;
    if (!article->body.size && !is_class(item, "text"))
        add_description(article, item);
    story_finish(article);
    if (is_class(item, "text"))
        add_abstract(article, item);
    return STATUS_OK;
}

const struct format format_newsmlg2 = {
    .name = "newsmlg2",
    .about = "NewsML-G2",
    .suffixes = "xml newsml g2",
    .sniff = newsmlg2_sniff,
    .open = newsmlg2_open,
    .next = newsmlg2_next,
    .close = xml_items_close,
};
