/*
 * corpus/formats/reader_agencyxml.c - XML of agencies that follow no standard.
 *
 * Their vocabularies differ and mean the same.  A record is an element that
 * has a headline or title and a text among its children, by any of the usual
 * names; capitals, "-" and "_" do not make a difference.  An element with a
 * caption, a date and a headline or slug is a picture:
 *
 *     <document>                          <RBNews>
 *       <title>Ferry adrift</title>         <headline>Ferry adrift</headline>
 *       <time>2018-10-29T18:30</time>       <PublishDate>...</PublishDate>
 *       <content>&lt;p&gt;...</content>     <content>...</content>
 *     </document>                         </RBNews>
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "corpus/base/seen.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/story_body.h"
#include "corpus/formats/xml_body.h"
#include "corpus/formats/xml_items.h"
#include "corpus/html/html_plain.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"

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
static const char *const slugs[] = {"slug",     "slugline",   "slugproper",
                                    "keywords", "objectname", NULL};
static const char *const places[] = {"town",     "city",     "placeline",
                                     "dateline", "location", NULL};
static const char *const languages[] = {"language", "lang", NULL};
static const char *const urls[] = {"longurl", "url", "link", NULL};
static const char *const emails[] = {"bylineemail", "email", NULL};
static const char *const photographers[] = {
    "credit", "byline", "photographer", "source", "copyright", NULL};

/* Is this the element's name in lower case without "-" and "_"? */
static bool
has_name(const xmlNode *node, const char *name)
{
    const char *at = (const char *)node->name;

    for (; *at; at++) {
        char low = ascii_lower(*at);

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

/* <caption>, <EnglishCaption>, <photo_caption>: by the end of the name. */
static bool
is_caption(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    size_t size = strlen(name);

    return node->type == XML_ELEMENT_NODE && size >= 7 &&
           !strcasecmp(name + size - 7, "caption");
}

/* A headline may be empty in a flash, a text may not. */
static bool
is_story(const xmlNode *node)
{
    return has_child(node, headlines) && member(node, bodies) != NULL;
}

enum {
    AROUND_MOST = 16 /* elements around a record */
};

struct agencyxml {
    struct xml_items items;
    struct seen around; /* elements around pictures, by number */
    bool *story;        /* whether one is a story */
    size_t stories;
    size_t room;
};

/* The same of an element around pictures, which may be many. */
static bool
is_story_around(struct agencyxml *state, const xmlNode *node)
{
    size_t number = seen_thing(&state->around, node);

    if (number == state->stories) {
        state->story = mem_grow(state->story, state->stories, &state->room,
                                sizeof(*state->story));
        state->story[state->stories++] = is_story(node);
    }
    return state->story[number];
}

/* A picture that is an item of its own: with a caption, a name and a day. */
static bool
is_picture(struct agencyxml *state, const xmlNode *node)
{
    struct buf text = BUF_INIT;
    bool captioned = false;

    for (const xmlNode *child = node->children; child; child = child->next)
        captioned = captioned || (is_caption(child) && xml_text(&text, child));
    buf_release(&text);
    if (!captioned || !member(node, dates) ||
        (!member(node, headlines) && !member(node, slugs)))
        return false;
    for (const xmlNode *outer = node->parent; outer; outer = outer->parent)
        if (outer->type == XML_ELEMENT_NODE && is_story_around(state, outer))
            return false;
    return true;
}

/* Records in records in records are read again with each of them. */
static bool
is_deep(const xmlNode *node)
{
    int around = 0;

    for (; node->parent && around <= AROUND_MOST; node = node->parent)
        around++;
    return around > AROUND_MOST;
}

static bool
is_record(struct agencyxml *state, const xmlNode *node)
{
    return !is_deep(node) && (is_story(node) || is_picture(state, node));
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
    static const char *const attributes[] = {"id", "ID", "Id", "guid", NULL};
    struct buf id = BUF_INIT;
    struct buf version = BUF_INIT;

    if (!xml_text(&id, member(record, ids)))
        for (size_t i = 0; attributes[i] && !id.size; i++)
            xml_attribute(&id, record, attributes[i]);
    xml_text(&version, member(record, versions));
    story_set_identity(article, &id, &version);
    buf_release(&id);
    buf_release(&version);
}

/* "/wire/" and "Via Wire" are Wire. */
static void
set_publication(struct article *article, const xmlNode *record)
{
    struct buf text = BUF_INIT;
    const char *name;

    xml_text(&text, member(record, credits));
    name = text.data + strspn(text.data, "/ ");
    if (!strncasecmp(name, "via ", 4))
        name += 4;
    buf_set(&article->publication, name, strcspn(name, "/"));
    if (article->publication.size)
        article_set_origin(article, MEMBER_PUBLICATION, "credit", "%s", "");
    buf_release(&text);
}

/* A single letter is a code of the wire's. */
static void
set_section(struct article *article, const xmlNode *record)
{
    struct buf text = BUF_INIT;

    if (xml_text(&text, member(record, sections)) && text.size > 1)
        story_set_section(article, text.data, text.size, "section");
    if (xml_text(&text, member(record, slugs)))
        story_set_section(article, text.data, text.size, "slug");
    buf_release(&text);
}

static void
set_lines(struct article *article, const xmlNode *record)
{
    struct buf text = BUF_INIT;

    set_plain(&article->headline, member(record, headlines));
    if (!article->headline.size && !is_story(record))
        set_plain(&article->headline, member(record, slugs));
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
    xml_text(&article->dateline, member(record, places));
    buf_cut(&article->dateline, strcspn(article->dateline.data, ";"));
    if (xml_text(&text, member(record, urls)) && !strncmp(text.data, "http", 4))
        buf_swap(&article->url, &text);
    buf_release(&text);
}

/* The best named date that is one: <published> may say "true". */
static void
set_published(struct article *article, const xmlNode *record)
{
    struct date date = {0};

    for (const char *const *name = dates; *name; name++) {
        const char *const one[] = {*name, NULL};

        if (xml_date(&date, member(record, one)))
            story_set_published(article, &date, "date");
    }
}

static void
set_meta(struct article *article, const xmlNode *record)
{
    struct buf text = BUF_INIT;

    set_published(article, record);
    if (xml_text(&text, member(record, languages)))
        story_set_language(article, &text);
    if (xml_attribute(&text, record, "lang"))
        story_set_language(article, &text);
    buf_release(&text);
}

/* The credit of the pictures in `parent`; it is looked for once. */
static const char *
credit_in(const xmlNode *parent, bool of_story, struct seen *parents,
          struct list *known)
{
    size_t number = seen_thing(parents, parent);
    struct buf text = BUF_INIT;

    if (number == known->count) {
        if (!of_story)
            xml_text(&text, member(parent, photographers));
        list_add(known, text.data, text.size);
    }
    buf_release(&text);
    return number < known->count ? known->item[number] : "";
}

/* The captions of a picture, or of all pictures that belong to a story. */
static void
add_captions(struct article *article, const xmlNode *record)
{
    const xmlNode *node = NULL;
    bool story = is_story(record);
    struct buf text = BUF_INIT;
    struct seen parents = SEEN_INIT;
    struct list known = LIST_INIT;

    while ((node = xml_next(node, record, NULL))) {
        const char *credit;

        if (!is_caption(node) || !xml_text(&text, node))
            continue;
        credit = credit_in(node->parent, story && node->parent == record,
                           &parents, &known);
        article_add_caption(article, text.data, text.size, credit,
                            strlen(credit));
        article_set_origin(article, MEMBER_CAPTIONS, "caption", "%s", "");
    }
    buf_release(&text);
    seen_release(&parents);
    list_release(&known);
}

static void
add_text(struct article *article, const xmlNode *node)
{
    struct buf text = BUF_INIT;

    if (xml_has_elements(node)) {
        xml_body(article, node);
    } else if (node) {
        xml_raw_text(&text, node);
        story_add_body(article, &text);
    }
    buf_release(&text);
}

static enum status
agencyxml_open(struct reader *reader, struct error *err)
{
    struct agencyxml *state = mem_zero(1, sizeof(*state));
    const xmlNode *node;
    enum status status;

    reader->state = state;
    status = xml_items_read(reader, err);
    if (status)
        return status;
    for (node = xml_items_root(reader); node;
         node = xml_next(node, xml_items_root(reader), NULL))
        if (is_record(state, node))
            return STATUS_OK;
    return error_set(err, STATUS_FORMAT,
                     "%s: XML <%s> of an unknown kind: no element in it has "
                     "a headline and a text",
                     input_name(reader->input),
                     (const char *)xml_items_root(reader)->name);
}

static void
agencyxml_close(struct reader *reader)
{
    struct agencyxml *state = reader->state;

    if (state) {
        seen_release(&state->around);
        free(state->story);
    }
    xml_items_close(reader);
}

static enum status
agencyxml_next(struct reader *reader, struct article *article, bool *more,
               struct error *err)
{
    const xmlNode *record;

    (void)err;
    do
        record = xml_items_next_of_all(reader, NULL);
    while (record && !is_record(reader->state, record));
    *more = record != NULL;
    if (!record)
        return STATUS_OK;
    set_identity(article, record);
    set_lines(article, record);
    set_meta(article, record);
    set_publication(article, record);
    set_section(article, record);
    if (!is_story(record))
        article->kind = ARTICLE_PICTURE;
    add_text(article, member(record, leads));
    add_text(article, member(record, bodies));
    add_captions(article, record);
    article_set_origin(article, MEMBER_BODY, "text", "%s", "");
    story_finish(article);
    return STATUS_OK;
}

const struct format format_agencyxml = {
    .name = "agencyxml",
    .about = "XML of an agency's own, with a headline and a text",
    .suffixes = "xml",
    .sniff = agencyxml_sniff,
    .open = agencyxml_open,
    .next = agencyxml_next,
    .close = agencyxml_close,
};
