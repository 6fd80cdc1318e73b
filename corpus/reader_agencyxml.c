/*
 * corpus/reader_agencyxml.c - XML of agencies that follow no standard.
 *
 * Their vocabularies differ and mean the same.  A record is an element that
 * has a headline or title and a text among its children, by any of the usual
 * names; capitals, "-" and "_" do not make a difference:
 *
 *     <document>                          <RBNews>
 *       <title>Ferry adrift</title>         <headline>Ferry adrift</headline>
 *       <time>2018-10-29T18:30</time>       <PublishDate>...</PublishDate>
 *       <content>&lt;p&gt;...</content>     <content>...</content>
 *     </document>                         </RBNews>
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article.h"
#include "corpus/byline.h"
#include "corpus/formats.h"
#include "corpus/html.h"
#include "corpus/wire.h"
#include "corpus/xml_items.h"

/* The usual names of each member, best first. */
static const char *const headlines[] = {"headline", "title", "heading", NULL};
static const char *const bodies[] = {
    "content",     "body",        "bodytext", "text",    "story", "directtext",
    "contenttext", "bodycontent", "maintext", "article", NULL};
static const char *const leads[] = {"leadtext", "lead", "ingress", NULL};
static const char *const bylines[] = {"byline", "author", "writer", NULL};
static const char *const credits[] = {"origin", "credit", "source", NULL};
static const char *const ids[] = {
    "newsid",  "ntbid",         "guid",       "uniqueid", "itemid",
    "storyid", "contentitemid", "systemslug", "id",       NULL};
static const char *const versions[] = {"version", "revision", NULL};
static const char *const dates[] = {"publishdate",
                                    "publicationdate",
                                    "published",
                                    "pubdate",
                                    "publishdatetime",
                                    "datetime",
                                    "releasetime",
                                    "time",
                                    "date",
                                    "createddatetime",
                                    "created",
                                    NULL};
static const char *const sections[] = {"section", "category", NULL};
static const char *const places[] = {"town",     "city",     "placeline",
                                     "dateline", "location", NULL};
static const char *const languages[] = {"language", "lang", NULL};
static const char *const urls[] = {"longurl", "url", "link", NULL};
static const char *const emails[] = {"bylineemail", "email", NULL};

/* Is this the element's name in lower case without "-" and "_"? */
static bool
has_name(const xmlNode *node, const char *name)
{
    const char *at = (const char *)node->name;

    for (; *at; at++) {
        int low = *at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at;

        if (low == '-' || low == '_')
            continue;
        if (low != *name++)
            return false;
    }
    return *name == '\0';
}

/* The first child with text that has one of the names. */
static const xmlNode *
member(const xmlNode *record, const char *const *names)
{
    struct buf text = BUF_INIT;
    const xmlNode *found = NULL;

    for (; *names && !found; names++)
        for (const xmlNode *child = record->children; child && !found;
             child = child->next)
            if (child->type == XML_ELEMENT_NODE && has_name(child, *names) &&
                xml_text(&text, child))
                found = child;
    buf_release(&text);
    return found;
}

static bool
has_child(const xmlNode *record, const char *const *names)
{
    for (; *names; names++)
        for (const xmlNode *child = record->children; child;
             child = child->next)
            if (child->type == XML_ELEMENT_NODE && has_name(child, *names))
                return true;
    return false;
}

/* A headline may be empty in a flash, a text may not. */
static bool
is_record(const xmlNode *node)
{
    return has_child(node, headlines) && member(node, bodies) != NULL;
}

/* XML that no other format claims, and nothing of the web. */
static int
agencyxml_sniff(const char *head, size_t size)
{
    static const char *const others[] = {"html", "HTML", "rss",      "feed",
                                         "RDF",  "svg",  "Envelope", NULL};
    struct buf name = BUF_INIT;
    int sure = xml_sniff(head, size, &name) ? 30 : 0;

    for (size_t i = 0; others[i]; i++)
        if (!strcmp(name.data, others[i]))
            sure = 0;
    /* A fragment of HTML begins with a tag too. */
    if (sure && !memchr(head, '?', size < 8 ? size : 8) &&
        name.data[0] >= 'a' && name.size <= 4)
        sure = 0;
    buf_release(&name);
    return sure;
}

static void
set_plain(struct buf *out, const xmlNode *node)
{
    struct buf text = BUF_INIT;

    if (node && xml_text(&text, node))
        html_plain(out, text.data, text.size, NULL);
    buf_release(&text);
}

static void
set_identity(struct article *article, const xmlNode *record)
{
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;

    if (!xml_text(&id, member(record, ids)))
        xml_attribute(&id, record, "id");
    xml_text(&version, member(record, versions));
    wire_set_identity(article, &id, &version);
    buf_release(&id);
    buf_release(&version);
}

static void
set_lines(struct article *article, const xmlNode *record)
{
    struct buf text = BUF_INIT;

    set_plain(&article->headline, member(record, headlines));
    if (article->headline.size)
        article_set_origin(article, MEMBER_HEADLINE, "headline", "%s", "");
    if (xml_text(&text, member(record, bylines)))
        byline_to_article(article, text.data, text.size);
    else if (xml_text(&text, member(record, credits)))
        buf_swap(&article->byline, &text);
    if (article->byline.size)
        article_set_origin(article, MEMBER_BYLINE, "byline", "%s", "");
    if (xml_text(&text, member(record, emails)) && strchr(text.data, '@'))
        byline_parse(text.data, text.size, NULL, &article->authors,
                     &article->emails);
    xml_text(&article->section, member(record, sections));
    xml_text(&article->dateline, member(record, places));
    if (xml_text(&text, member(record, urls)) && !strncmp(text.data, "http", 4))
        buf_swap(&article->url, &text);
    buf_release(&text);
}

static void
set_meta(struct article *article, const xmlNode *record)
{
    struct date date = {0};
    struct buf text = BUF_INIT;

    if (xml_date(&date, member(record, dates)))
        wire_set_published(article, &date, "date");
    if (xml_text(&text, member(record, languages)))
        wire_set_language(article, &text);
    if (xml_attribute(&text, record, "lang"))
        wire_set_language(article, &text);
    buf_release(&text);
}

static void
add_text(struct article *article, const xmlNode *node)
{
    struct buf text = BUF_INIT;

    if (xml_has_elements(node)) {
        xml_body(article, node);
    } else if (node) {
        xml_raw_text(&text, node);
        wire_add_body(article, &text);
    }
    buf_release(&text);
}

static enum status
agencyxml_open(struct reader *reader, struct error *err)
{
    enum status status = xml_items_open(reader, err);
    const xmlNode *node;

    if (status)
        return status;
    for (node = xml_items_root(reader); node;
         node = xml_next(node, xml_items_root(reader), NULL))
        if (is_record(node))
            return STATUS_OK;
    return error_set(err, STATUS_FORMAT,
                     "%s: XML <%s> of an unknown kind: no element in it has "
                     "a headline and a text",
                     input_name(reader->input),
                     (const char *)xml_items_root(reader)->name);
}

static enum status
agencyxml_next(struct reader *reader, struct article *article, bool *more,
               struct error *err)
{
    const xmlNode *record;

    (void)err;
    do
        record = xml_items_next(reader, NULL);
    while (record && !is_record(record));
    *more = record != NULL;
    if (!record)
        return STATUS_OK;
    set_identity(article, record);
    set_lines(article, record);
    set_meta(article, record);
    add_text(article, member(record, leads));
    add_text(article, member(record, bodies));
    article_set_origin(article, MEMBER_BODY, "text", "%s", "");
    wire_finish(article);
    return STATUS_OK;
}

const struct format format_agencyxml = {
    .name = "agencyxml",
    .about = "XML of an agency's own, with a headline and a text",
    .suffixes = "xml",
    .sniff = agencyxml_sniff,
    .open = agencyxml_open,
    .next = agencyxml_next,
    .close = xml_items_close,
};
