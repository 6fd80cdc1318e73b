/*
 * Feeds and exports in XML: RSS 0.9x to 2.0, RSS 1.0, Atom, and WordPress'
 * export, which is RSS with the whole text and with much that is no article.
 *
 * The XML is libxml2's.  libmrss would bring a second parser of it, and curl,
 * LDAP and Kerberos (16 packages of Debian 12, 10.6 MB) into a process that
 * must not reach a network.
 */
#include <string.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/article/keywords.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/seen.h"
#include "corpus/base/utf8.h"
#include "corpus/formats/feed_node.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/shortcode.h"
#include "corpus/formats/xml_body.h"
#include "corpus/formats/xml_items.h"
#include "corpus/html/html.h"
#include "corpus/html/html_plain.h"
#include "corpus/story/byline.h"
#include "corpus/story/paragraph.h"

enum {
    WRITER_BYTES = 1000 /* of a writer's name, which is given to each item */
};

/* What is the same for all items is read once: looking for what a channel of
 * many items does not say takes as long as reading it. */
struct feed {
    struct xml_items items;
    bool atom;
    struct article common; /* publication, language, authors */
    struct seen logins;    /* of the writers of an export */
    struct list writers;   /* their names, "" for one without */
};

static void
set_key(struct article *article, const xmlNode *item)
{
    static const char *const names[] = {"guid", "id", NULL};

    for (size_t i = 0; names[i] && article->key.size == 0; i++)
        if (xml_text(&article->key, feed_child(item, NULL, names[i])))
            article_set_origin(article, MEMBER_KEY, "feed", "%s", names[i]);
    if (article->key.size == 0 && xml_attribute(&article->key, item, "about"))
        article_set_origin(article, MEMBER_KEY, "feed", "rdf:about");
    if (article->key.size == 0 && article->url.size > 0) {
        buf_set(&article->key, article->url.data, article->url.size);
        article_set_origin(article, MEMBER_KEY, "feed", "link");
    }
}

/* Atom's links say what they are; one that says nothing is the page. */
static void
set_url(struct article *article, const xmlNode *item)
{
    struct buf text = BUF_INIT;
    const xmlNode *link = NULL;

    xml_text(&text, feed_child(item, "feedburner", "origLink"));
    while (!article_is_web_address(text.data) &&
           (link = feed_next_child(item, link, NULL, "link"))) {
        xml_attribute(&text, link, "rel");
        if (text.size > 0 && strcmp(text.data, "alternate") != 0 &&
            strcmp(text.data, "self") != 0)
            continue;
        if (!xml_attribute(&text, link, "href"))
            xml_text(&text, link);
    }
    if (!article_is_web_address(text.data)) {
        const xmlNode *guid = feed_child(item, NULL, "guid");

        xml_attribute(&text, guid, "isPermaLink");
        if (strcmp(text.data, "false") != 0)
            xml_text(&text, guid);
    }
    if (article_is_web_address(text.data)) {
        buf_set(&article->url, text.data, text.size);
        article_set_origin(article, MEMBER_URL, "feed", "link");
    }
    buf_release(&text);
}

/* Titles are HTML in Atom if they say so, and in RSS by custom. */
static void
set_headline(struct article *article, const xmlNode *item)
{
    struct buf text = BUF_INIT;

    xml_text(&text, feed_child(item, NULL, "title"));
    if (strpbrk(text.data, "<&"))
        html_plain(&article->headline, text.data, text.size, NULL);
    else
        buf_swap(&article->headline, &text);
    article_set_origin(article, MEMBER_HEADLINE, "feed", "title");
    buf_release(&text);
}

/* "desk@news.example (Ann Lee)" is how RSS wants it. */
static void
add_author(struct article *article, const struct buf *text)
{
    const char *open = strchr(text->data, '(');
    const char *close = open ? strchr(open, ')') : NULL;
    const char *at = strchr(text->data, '@');

    if (at && close && at < open) {
        byline_to_article(article, open + 1, (size_t)(close - open) - 1);
        list_add(&article->emails, text->data, strcspn(text->data, " (\t\r\n"));
        if (article->byline.size == 0)
            buf_set(&article->byline, open + 1, (size_t)(close - open) - 1);
    } else if (!byline_to_article(article, text->data, text->size) &&
               article->byline.size == 0) {
        buf_set(&article->byline, text->data, text->size);
    }
}

/* An export names its writers once, and by their login in each item. */
static void
set_display_name(struct buf *login, struct feed *feed)
{
    size_t number = seen_find(&feed->logins, login->data, login->size);

    if (number < feed->writers.count && *feed->writers.item[number])
        buf_set_text(login, feed->writers.item[number]);
}

static void
add_authors(struct article *article, struct feed *feed, const xmlNode *item,
            const char *space, const char *name)
{
    struct buf text = BUF_INIT;
    const xmlNode *node = NULL;

    while ((node = feed_next_child(item, node, space, name))) {
        const xmlNode *inner = feed_child(node, NULL, "name");

        if (!xml_text(&text, inner ? inner : node))
            continue;
        set_display_name(&text, feed);
        add_author(article, &text);
        article_set_origin(article, MEMBER_BYLINE, "feed", "%s", name);
        if (xml_text(&text, feed_child(node, NULL, "email")))
            list_add(&article->emails, text.data, text.size);
    }
    buf_release(&text);
}

static void
set_byline(struct article *article, struct feed *feed, const xmlNode *item)
{
    add_authors(article, feed, item, "purl.org/dc", "creator");
    if (article->byline.size == 0)
        add_authors(article, feed, item, NULL, "author");
}

static void
set_date(struct article *article, const xmlNode *item)
{
    static const struct {
        const char *space, *name;
    } dates[] = {{NULL, "pubDate"},
                 {NULL, "published"},
                 {"purl.org/dc", "date"},
                 {"purl.org/dc", "created"},
                 {NULL, "issued"},
                 {"wordpress.org/export", "post_date_gmt"},
                 {"wordpress.org/export", "post_date"},
                 /* Not the publication, but no feed that has only this knows
                  * better. */
                 {NULL, "updated"},
                 {NULL, "modified"}};

    for (size_t i = 0; i < COUNT(dates); i++) {
        if (!xml_date(&article->published,
                      feed_child(item, dates[i].space, dates[i].name)))
            continue;
        article->published_from = DATE_FROM_FEED;
        /* As its name says; a day without a time has no zone. */
        if (strcmp(dates[i].name, "post_date_gmt") == 0)
            article->published.has_zone =
                article->published.precision >= DATE_MINUTE;
        article_set_origin(article, MEMBER_PUBLISHED, "feed", "%s",
                           dates[i].name);
        return;
    }
}

/* The first category that is one: WordPress keeps its tags in them too. */
static void
set_section(struct article *article, const xmlNode *item)
{
    struct buf domain = BUF_INIT;
    const xmlNode *node = NULL;

    while (article->section.size == 0 &&
           (node = feed_next_child(item, node, NULL, "category"))) {
        if (xml_attribute(&domain, node, "domain") &&
            strcmp(domain.data, "post_tag") == 0)
            continue;
        if (xml_attribute(&domain, node, "scheme") &&
            strstr(domain.data, "#kind"))
            continue;
        if (!xml_attribute(&article->section, node, "label") &&
            !xml_attribute(&article->section, node, "term"))
            xml_text(&article->section, node);
        article_set_origin(article, MEMBER_SECTION, "feed", "category");
    }
    buf_release(&domain);
}

/* Every category, and what other vocabularies call subjects.  Atom's name what
 * is shown "label"; some schemes sort entries by what they are. */
static void
set_keywords(struct article *article, const xmlNode *item)
{
    struct buf text = BUF_INIT;
    const xmlNode *node = NULL;

    while ((node = feed_next_child(item, node, NULL, "category"))) {
        if (xml_attribute(&text, node, "scheme") && strstr(text.data, "#kind"))
            continue;
        if (xml_attribute(&text, node, "label") ||
            xml_attribute(&text, node, "term") || xml_text(&text, node))
            keywords_add(article, text.data, text.size);
    }
    while ((node = feed_next_child(item, node, "purl.org/dc", "subject")))
        if (xml_text(&text, node))
            keywords_split(article, text.data, text.size);
    if (xml_text(&text, feed_child(item, "search.yahoo.com", "keywords")))
        keywords_split(article, text.data, text.size);
    if (article->keywords.count)
        article_set_origin(article, MEMBER_KEYWORDS, "feed", "category");
    buf_release(&text);
}

static void
set_source(struct article *article, const xmlNode *item)
{
    const xmlNode *source = feed_child(item, NULL, "source");
    const xmlNode *title = feed_child(source, NULL, "title");

    if (xml_text(&article->publication, title ? title : source))
        article_set_origin(article, MEMBER_PUBLICATION, "feed", "title");
    if (xml_attribute(&article->language, item, "lang") &&
        article_code_language(&article->language))
        article_set_origin(article, MEMBER_LANGUAGE, "feed", "language");
}

/* The credit that stands beside a description; each is looked for once. */
static const char *
credit_beside(const xmlNode *node, struct seen *parents, struct list *credits)
{
    struct buf text = BUF_INIT;
    size_t number = seen_thing(parents, node->parent);

    if (number == credits->count) {
        xml_text(&text, feed_child(node->parent, "search.yahoo.com", "credit"));
        list_add(credits, text.data, text.size);
    }
    buf_release(&text);
    return number < credits->count ? credits->item[number] : "";
}

static void
add_captions(struct article *article, const xmlNode *item)
{
    struct buf text = BUF_INIT;
    struct seen parents = SEEN_INIT;
    struct list credits = LIST_INIT;
    const xmlNode *node = NULL;

    while ((node = xml_next(node, item, "description"))) {
        const char *credit;

        if (!node->ns ||
            !strstr((const char *)node->ns->href, "search.yahoo.com") ||
            !xml_text(&text, node))
            continue;
        credit = credit_beside(node, &parents, &credits);
        article_add_caption(article, text.data, text.size, credit,
                            strlen(credit));
        article_set_origin(article, MEMBER_CAPTIONS, "feed",
                           "media:description");
    }
    buf_release(&text);
    seen_release(&parents);
    list_release(&credits);
}

/* Exports leave out <p> and part paragraphs by a blank line, which is what
 * their editor did. */
static void
add_blank_line_marks(struct buf *text)
{
    struct buf marked = BUF_INIT;
    const char *at = text->data;
    const char *gap;

    if (strstr(at, "<p>") || strstr(at, "<p "))
        return;
    while ((gap = strstr(at, "\n\n"))) {
        buf_add(&marked, at, (size_t)(gap - at));
        buf_add_text(&marked, "<p>");
        at = gap + strspn(gap, "\n");
    }
    buf_add_text(&marked, at);
    buf_swap(text, &marked);
    buf_release(&marked);
}

/* Append the text with one escape less. */
static void
unescape(struct buf *out, const char *text)
{
    static const struct {
        const char *escape, *letter;
    } escapes[] = {{"&lt;", "<"},    {"&gt;", ">"},   {"&amp;", "&"},
                   {"&quot;", "\""}, {"&#34;", "\""}, {"&#39;", "'"}};

    while (*text) {
        size_t i = 0;

        while (i < COUNT(escapes) &&
               strncmp(text, escapes[i].escape, strlen(escapes[i].escape)) != 0)
            i++;
        if (i < COUNT(escapes)) {
            buf_add_text(out, escapes[i].letter);
            text += strlen(escapes[i].escape);
        } else {
            buf_add_byte(out, *text++);
        }
    }
}

/* Some templates escape a body that is escaped already, or that stands in a
 * CDATA section of its own.  A text about tags has none that end a paragraph.
 */
static void
undo_escapes(struct buf *text)
{
    static const char open[] = "<![CDATA[";
    const char *start = text->data + strspn(text->data, " \t\r\n");
    struct buf plain = BUF_INIT;

    if (strncmp(start, open, strlen(open)) == 0) {
        const char *end = strstr(start, "]]>");

        start += strlen(open);
        buf_add(&plain, start, end ? (size_t)(end - start) : strlen(start));
        buf_swap(text, &plain);
    } else if (!strchr(text->data, '<') && (strstr(text->data, "&lt;/p&gt;") ||
                                            strstr(text->data, "&lt;br"))) {
        unescape(&plain, text->data);
        buf_swap(text, &plain);
    }
    buf_release(&plain);
}

static void
add_body(struct article *article, const xmlNode *node)
{
    struct buf text = BUF_INIT;

    if (xml_has_elements(node)) {
        xml_body(article, node); /* Atom's type="xhtml" */
        return;
    }
    xml_raw_text(&text, node);
    undo_escapes(&text);
    shortcode_remove(&text);
    if (strpbrk(text.data, "<&")) {
        add_blank_line_marks(&text);
        html_fragment(article, text.data, text.size, NULL);
    } else {
        paragraph_split(article, text.data, text.size);
    }
    buf_release(&text);
}

static void
set_body(struct article *article, const xmlNode *item)
{
    static const struct {
        const char *space, *name;
    } bodies[] = {{"content", "encoded"},   {NULL, "content"},
                  {"fulltext", "fulltext"}, {NULL, "description"},
                  {NULL, "summary"},        {"excerpt", "encoded"}};

    for (size_t i = 0; i < COUNT(bodies); i++) {
        const xmlNode *node = feed_child(item, bodies[i].space, bodies[i].name);

        if (!node)
            continue;
        add_body(article, node);
        article_set_origin(article, MEMBER_BODY, "feed", "%s", bodies[i].name);
        if (article->body.size > 0)
            return;
    }
}

/* WordPress ends what it feeds with "The post TITLE appeared first on SITE."
 */
static void
drop_footer(struct article *article)
{
    struct buf *body = &article->body;
    size_t at = body->size;

    while (at > 0 && body->data[at - 1] != '\n')
        at--;
    if (strncmp(body->data + at, "The post ", 9) == 0 &&
        strstr(body->data + at, " appeared first on "))
        buf_cut(body, at ? at - 1 : 0);
}

/* Blogger's export has the template, settings, pages of comments and drafts
 * besides: what an entry is says a category, or in newer ones an element. */
static bool
is_blogger_post(const xmlNode *item)
{
    static const char blogger[] = "blogger.com";
    struct buf text = BUF_INIT;
    const xmlNode *node = NULL;
    bool yes = true;

    while ((node = feed_next_child(item, node, NULL, "category"))) {
        if (!xml_attribute(&text, node, "scheme") ||
            !strstr(text.data, "#kind") || !xml_attribute(&text, node, "term"))
            continue;
        yes = strstr(text.data, "kind#post") || strstr(text.data, "kind#page");
    }
    if (xml_text(&text, xml_path(item, "control/draft")))
        yes = yes && strcmp(text.data, "yes") != 0;
    if (xml_text(&text, feed_child(item, blogger, "type")))
        yes = yes && strcmp(text.data, "COMMENT") != 0;
    if (xml_text(&text, feed_child(item, blogger, "status")))
        yes = yes && strcmp(text.data, "LIVE") == 0;
    buf_release(&text);
    return yes;
}

/* WordPress exports pictures, menus and drafts as well. */
static bool
is_article(const xmlNode *item)
{
    static const char wordpress[] = "wordpress.org/export";
    struct buf text = BUF_INIT;
    bool yes = true;

    if (xml_text(&text, feed_child(item, wordpress, "post_type")))
        yes = strcmp(text.data, "post") == 0 || strcmp(text.data, "page") == 0;
    if (xml_text(&text, feed_child(item, wordpress, "status")) &&
        (strstr(text.data, "draft") || strcmp(text.data, "trash") == 0))
        yes = false;
    buf_release(&text);
    return yes && is_blogger_post(item);
}

static int
feed_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    int sure = 0;

    if (xml_sniff(head, size, &name)) {
        if (strcmp(name.data, "rss") == 0 || strcmp(name.data, "feed") == 0)
            sure = 95;
        else if (strcmp(name.data, "RDF") == 0)
            sure = 90;
    }
    buf_release(&name);
    return sure;
}

/* --- what the channel says ------------------------------------------------ */

static void
read_language(struct feed *feed, const xmlNode *channel)
{
    struct buf *language = &feed->common.language;

    if ((xml_text(language, feed_child(channel, NULL, "language")) &&
         article_code_language(language)) ||
        (xml_attribute(language, channel, "lang") &&
         article_code_language(language)))
        article_set_origin(&feed->common, MEMBER_LANGUAGE, "feed", "language");
}

static void
read_writers(struct feed *feed, const xmlNode *channel)
{
    static const char wordpress[] = "wordpress.org/export";
    const xmlNode *node = NULL;
    struct buf text = BUF_INIT;

    while ((node = feed_next_child(channel, node, wordpress, "author"))) {
        if (!xml_text(&text, feed_child(node, wordpress, "author_login")) ||
            seen_number(&feed->logins, text.data, text.size) <
                feed->writers.count)
            continue;
        xml_text(&text, feed_child(node, wordpress, "author_display_name"));
        list_add(&feed->writers, text.data,
                 utf8_cut(text.data, text.size, WRITER_BYTES));
    }
    buf_release(&text);
}

/* The channel or the feed around the items; in RSS 1.0 it stands beside them.
 */
static void
read_channel(struct feed *feed, const xmlNode *root)
{
    const xmlNode *channel =
        xml_is(root, "feed") ? root : feed_child(root, NULL, "channel");

    feed->atom = channel == root;
    if (!channel)
        return;
    if (xml_text(&feed->common.publication, feed_child(channel, NULL, "title")))
        article_set_origin(&feed->common, MEMBER_PUBLICATION, "feed", "title");
    read_language(feed, channel);
    read_writers(feed, channel);
    if (feed->atom)
        add_authors(&feed->common, feed, channel, NULL, "author");
    article_shorten(&feed->common);
}

static enum status
feed_open(struct reader *reader, struct error *err)
{
    struct feed *feed = mem_zero(1, sizeof(*feed));
    enum status status;

    article_init(&feed->common);
    reader->state = feed;
    status = xml_items_read(reader, err);
    if (!status)
        read_channel(feed, xml_items_root(reader));
    return status;
}

static void
feed_close(struct reader *reader)
{
    struct feed *feed = reader->state;

    if (feed) {
        article_release(&feed->common);
        seen_release(&feed->logins);
        list_release(&feed->writers);
    }
    xml_items_close(reader);
}

static enum status
feed_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct feed *feed = reader->state;
    const xmlNode *item;

    (void)err;
    do
        item = xml_items_next(reader, feed->atom ? "entry" : "item");
    while (item && !is_article(item));
    *more = item != NULL;
    if (!item)
        return STATUS_OK;
    set_url(article, item);
    set_key(article, item);
    set_headline(article, item);
    set_byline(article, feed, item);
    set_date(article, item);
    set_section(article, item);
    set_keywords(article, item);
    set_source(article, item);
    article_complete(article, &feed->common);
    set_body(article, item);
    drop_footer(article);
    add_captions(article, item);
    return STATUS_OK;
}

const struct format format_feed = {
    .name = "feed",
    .about = "an RSS or Atom feed, or a WordPress or Blogger export",
    .suffixes = "rss atom xml rdf wxr",
    .sniff = feed_sniff,
    .open = feed_open,
    .next = feed_next,
    .close = feed_close,
};
