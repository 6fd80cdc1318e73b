#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "corpus/date/date.h"
#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"
#include "corpus/story/byline.h"

/*
 * Persons come first: from JSON-LD, from <meta>, then from what the page
 * shows, which is rel="author", itemprop="author" and elements that are named
 * for bylines.  The site's own name, which many templates give where the
 * author is not known, is no person.
 *
 * Only where nobody is named is a collective the author: "Reuters", "Metro
 * Reporters", the newspaper itself.  An address never is.
 */

enum {
    BYLINE_BYTES = 200, /* a longer element is no byline */
    NAME_BYTES = 80,
    SITE_BYTES = 400, /* of a site's name that are compared */
    NODES_AROUND = 150,
    ELSEWHERE = TRAIT_RELATED | TRAIT_COMMENTS | TRAIT_NAV | TRAIT_ADVERT |
                TRAIT_NEWSLETTER | TRAIT_HIDDEN | TRAIT_CAPTION
};

static bool
is_address(const char *text)
{
    return strstr(text, "://") || strstr(text, "www.") || *text == '/';
}

/* Is one of the texts, by its letters, part of the other? */
static bool
is_part(const char *a, const char *b)
{
    struct buf x = BUF_INIT;
    struct buf y = BUF_INIT;
    bool part;

    html_letters(a, strnlen(a, SITE_BYTES), &x);
    html_letters(b, strnlen(b, SITE_BYTES), &y);
    part = x.size >= 4 && y.size >= 4 &&
           (strstr(x.data, y.data) || strstr(y.data, x.data));
    buf_release(&x);
    buf_release(&y);
    return part;
}

/* Is this the name of the site itself? */
static bool
is_site(const struct html_page *page, const char *name)
{
    const char *url = strstr(page->article->url.data, "://");
    struct buf host = BUF_INIT;
    bool same;

    if (url)
        buf_add(&host, url + 3, strnlen(url + 3, SITE_BYTES));
    buf_cut(&host, strcspn(host.data, "/"));
    same = is_part(name, page->article->publication.data) ||
           is_part(name, page->stated.publisher.data) ||
           is_part(name, host.data);
    buf_release(&host);
    return same;
}

/* The text without emoji and other signs, which are no part of a name. */
static void
drop_signs(struct buf *out, const char *text)
{
    const size_t size = strlen(text);
    size_t step;

    for (size_t at = 0; at < size; at += step) {
        uint32_t code = 0;

        step = utf8_decode(text + at, size - at, &code);
        if (!step)
            step = 1;
        else if (code >= 0x1f000 || (code >= 0x2190 && code < 0x2c00) ||
                 (code >= 0xfe00 && code <= 0xfe0f) || code == 0x200d)
            continue;
        buf_add(out, text + at, step);
    }
}

/* A name in two to four Chinese characters. */
static bool
is_short_name(const char *name)
{
    const size_t size = strlen(name);

    for (size_t i = 0; i < size; i += 3)
        if ((unsigned char)name[i] < 0xe4 || (unsigned char)name[i] > 0xe9)
            return false;
    return size >= 6 && size <= 12;
}

/* Add the persons that a text names; false if it names none. */
static bool
add_persons(struct html_page *page, const char *stated)
{
    struct buf text_buf = BUF_INIT;
    const char *text;
    struct list names = LIST_INIT;
    struct list emails = LIST_INIT;
    struct buf printed = BUF_INIT;
    bool found = false;

    drop_signs(&text_buf, stated);
    text = text_buf.data;
    if (!is_address(text))
        byline_parse(text, strlen(text), &printed, &names, &emails);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.item[i];

        if (!(byline_is_name(name, strlen(name)) || is_short_name(name)) ||
            is_site(page, name))
            continue;
        if (!list_has(&page->article->authors, name))
            list_add_text(&page->article->authors, name);
        found = true;
    }
    for (size_t i = 0; found && i < emails.count; i++) {
        if (!list_has(&page->article->emails, emails.item[i]))
            list_add_text(&page->article->emails, emails.item[i]);
    }
    if (found && page->article->byline.size)
        buf_add_text(&page->article->byline, ", ");
    if (found)
        buf_add(&page->article->byline, printed.data, printed.size);
    list_release(&names);
    list_release(&emails);
    buf_release(&printed);
    buf_release(&text_buf);
    return found;
}

/* A word that stands for nobody in particular. */
static bool
is_nobody(const char *name)
{
    static const char *const names[] = {
        "admin",     "administrator", "staff",        "editor",
        "editors",   "redaktion",     "redacción",    "author",
        "guest",     "contributor",   "reporter",     "unknown",
        "null",      "none",          "staff writer", "staff reporter",
        "anonymous", "web desk",      "news desk",    "editorial",
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (!strcasecmp(names[i], name))
            return true;
    }
    return false;
}

/* Add a collective's name as it stands. */
static bool
add_collective(struct html_page *page, const char *text)
{
    struct article *article = page->article;
    struct buf name = BUF_INIT;
    struct buf raw = BUF_INIT;
    bool good;

    drop_signs(&raw, text);
    utf8_tidy(&name, raw.data, raw.size, false);
    buf_release(&raw);
    good = name.size > 1 && name.size <= NAME_BYTES && !is_address(name.data) &&
           !is_nobody(name.data) &&
           strspn(name.data, "0123456789 -_.") < name.size;
    if (good && !list_has(&article->authors, name.data))
        list_add(&article->authors, name.data, name.size);
    if (good && !article->byline.size)
        buf_swap(&article->byline, &name);
    buf_release(&name);
    return good;
}

/* Add a collective that works for the newspaper: "Metro Staff". */
static bool
add_staff(struct html_page *page, const char *text)
{
    static const char *const words[] = {
        "Staff",     "staff",    "STAFF",    "Reporters",      "Correspondent",
        "Redaktion", "Newsroom", "newsroom", "Correspondents", "News Desk",
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strstr(text, words[i]))
            return add_collective(page, text);
    }
    return false;
}

typedef bool (*add_name)(struct html_page *page, const char *text);

static bool
from_list(struct html_page *page, const struct list *names, add_name add)
{
    bool found = false;

    for (size_t i = 0; i < names->count; i++)
        found |= add(page, names->item[i]);
    if (found)
        article_set_origin(page->article, MEMBER_BYLINE, "jsonld", "script %u",
                           page->stated.script);
    return found;
}

static bool
from_meta(struct html_page *page, add_name add)
{
    static const char *const names[] = {
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "cxenseparse:author",
        "article.author",
        "dcsext.author",
        "og:article:author",
        "citation_author",
        "dc.author",
        "article_author",
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = html_meta(page, names[i]);

        if (value && add(page, value)) {
            article_set_origin(page->article, MEMBER_BYLINE, names[i], "%s",
                               "");
            return true;
        }
    }
    return false;
}

/* Yoast's "Written by" in the language of the site, with how long it takes to
 * read beside it. */
static bool
from_labels(struct html_page *page)
{
    const char *name = html_meta(page, "twitter:data1");
    const char *time = html_meta(page, "twitter:data2");

    if (!html_meta(page, "twitter:label1") || !name ||
        (time && !strpbrk(time, "0123456789")) ||
        !byline_is_name(name, strlen(name)) || !add_persons(page, name))
        return false;
    article_set_origin(page->article, MEMBER_BYLINE, "twitter:data1", "%s", "");
    return true;
}

/* Does the address lead to a page about an author? */
static bool
is_author_page(const char *href)
{
    static const char *const parts[] = {
        "/author/",     "/authors/",     "/auteur/",       "/auteurs/",
        "/autor/",      "/autoren/",     "/autores/",      "/autore/",
        "/journalist/", "/journalists/", "/by/",           "/staff/",
        "/people/",     "/contributor/", "/contributors/", "/profile/",
        "/writers/",    "/writer/",      "/reporter/",     "/reporters/",
        "/team/",       "/person/",      "/redactor",      "/columnist",
    };

    for (size_t i = 0; href && i < COUNT(parts); i++) {
        if (strstr(href, parts[i]))
            return true;
    }
    return false;
}

/* Is this element one that names an author, by the rule of this number? */
static bool
matches(const struct html_node *node, int rule)
{
    if (node->tag == HTML_TEXT || node->tag == GUMBO_TAG_META)
        return false;
    switch (rule) {
    case 0:
        return html_has_itemprop(node, "author");
    case 1:
        return html_attribute_has(node, "rel", "author");
    case 2:
        return node->tag == GUMBO_TAG_A &&
               is_author_page(html_attribute(node, "href"));
    default:
        return (node->traits & TRAIT_BYLINE) != 0;
    }
}

/* The names that are marked as such inside an element, joined: the rest of it
 * is where they are and what they do. */
static void
inner_names(const struct html_tree *tree, uint32_t i, struct buf *text)
{
    for (uint32_t k = i + 1; k < tree->node[i].end; k++) {
        const struct html_node *node = &tree->node[k];

        if (node->tag == HTML_TEXT || !node->text_size ||
            !(html_has_itemprop(node, "name") ||
              html_attribute_has(node, "rel", "author") ||
              html_attribute_has(node, "class", "fn") ||
              (node->tag == GUMBO_TAG_A &&
               is_author_page(html_attribute(node, "href")))))
            continue;
        if (text->size)
            buf_add_text(text, ", ");
        html_text(tree, k, TRAIT_DATE | TRAIT_SHARE | TRAIT_BIO, text);
        k = node->end - 1;
    }
}

/* A byline's text up to a date. */
static void
byline_text(const struct html_page *page, uint32_t i, struct buf *text)
{
    struct buf shown = BUF_INIT;
    struct date date;
    size_t start;

    html_text(&page->tree, i, TRAIT_DATE | TRAIT_SHARE | TRAIT_BIO, &shown);
    if (date_find(shown.data, shown.size, false, &date, &start) &&
        date.precision >= DATE_DAY)
        buf_cut(&shown, start);
    /* "By" and the name are often apart by style only. */
    if (shown.size > 3 && !memcmp(shown.data, "By", 2) &&
        ascii_is_upper(shown.data[2])) {
        buf_add_text(text, "By ");
        buf_add_text(text, shown.data + 2);
    } else {
        buf_swap(text, &shown);
    }
    buf_release(&shown);
}

/* Does the element stand in running text? */
static bool
is_in_prose(const struct html_tree *tree, uint32_t i)
{
    while (i && !html_is_block(tree->node[i].tag))
        i = tree->node[i].parent;
    return tree->node[i].text_size > BYLINE_BYTES;
}

/* The part of the page that is the article's: from a little before the
 * headline to a little behind the body. */
static bool
is_near(const struct html_page *page, uint32_t i)
{
    const uint32_t end = page->tree.node[page->body].end;

    return (!page->headline || i + NODES_AROUND >= page->headline) &&
           i < end + NODES_AROUND;
}

static bool
from_elements(struct html_page *page, int rule, add_name add, const char *name)
{
    const struct html_tree *tree = &page->tree;
    struct buf text = BUF_INIT;
    bool found = false;

    for (uint32_t i = 0; i < tree->count && !found; i++) {
        if (!matches(&tree->node[i], rule) || !tree->node[i].text_size ||
            tree->node[i].text_size > BYLINE_BYTES || !is_near(page, i) ||
            (page->blocks.inherited[i] & ELSEWHERE) || is_in_prose(tree, i))
            continue;
        buf_clear(&text);
        inner_names(tree, i, &text);
        found = text.size && add == add_persons && add(page, text.data);
        buf_clear(&text);
        byline_text(page, i, &text);
        found = found || add(page, text.data);
        if (found)
            html_origin(page, MEMBER_BYLINE, name, i);
    }
    buf_release(&text);
    return found;
}

/* A line near the headline that says "By", up to a date in it. */
static bool
from_text(struct html_page *page)
{
    const struct html_blocks *blocks = &page->blocks;
    struct buf line = BUF_INIT;
    bool found = false;

    for (size_t b = 0; b < blocks->count && !found; b++) {
        const struct html_block *block = &blocks->block[b];
        struct date date;
        size_t start;

        if (block->size > BYLINE_BYTES || !is_near(page, block->first) ||
            (block->traits & ELSEWHERE))
            continue;
        buf_set(&line, html_block_text(blocks, b), block->size);
        if (date_find(line.data, line.size, false, &date, &start))
            buf_cut(&line, start);
        buf_trim(&line);
        found = byline_look(line.data, line.size) == BYLINE_SURE &&
                add_persons(page, line.data);
        if (found)
            html_origin(page, MEMBER_BYLINE, "near headline", block->node);
    }
    buf_release(&line);
    return found;
}

void
html_authors(struct html_page *page)
{
    static const char *const rules[] = {"itemprop author", "rel author",
                                        "link to author", "byline class"};
    const struct html_jsonld *stated = &page->stated;
    bool found = from_list(page, &stated->authors, add_persons) ||
                 from_list(page, &stated->authors, add_staff) ||
                 from_list(page, &stated->organisations, add_staff) ||
                 from_meta(page, add_persons) || from_labels(page) ||
                 from_meta(page, add_staff);

    for (int i = 0; i < 4 && !found; i++)
        found = from_elements(page, i, add_persons, rules[i]);
    if (found || from_text(page) ||
        from_list(page, &stated->organisations, add_persons) ||
        from_list(page, &stated->authors, add_collective) ||
        from_list(page, &stated->organisations, add_collective) ||
        from_meta(page, add_collective))
        return;
    for (int i = 0; i < 2 && !found; i++)
        found = from_elements(page, i, add_collective, rules[i]);
}
