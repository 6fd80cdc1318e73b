#include <string.h>
#include <strings.h>

#include "corpus/html_page.h"
#include "corpus/html_traits.h"

/*
 * When it was published, never when it was changed.
 */

static bool
set_date(struct html_page *page, const char *text, enum date_source source)
{
    struct date date;

    if (!text)
        return false;
    text += strspn(text, " \t\r\n");
    if (!date_parse(text, strlen(text), false, &date) ||
        date.precision < DATE_DAY)
        return false;
    page->article->published = date;
    page->article->published_from = source;
    return true;
}

static bool
from_jsonld(struct html_page *page)
{
    if (!set_date(page, page->stated.published.data, DATE_FROM_JSONLD))
        return false;
    article_set_origin(page->article, MEMBER_PUBLISHED, "jsonld", "script %u",
                       page->stated.script);
    return true;
}

static bool
from_meta(struct html_page *page)
{
    static const char *const names[] = {
        "article:published_time",
        "article:published",
        "datepublished",
        "og:article:published_time",
        "og:published_time",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
        "dc.date",
        "dc.created",
        "publish-date",
        "publish_date",
        "publishdate",
        "publication_date",
        "pubdate",
        "ptime",
        "cxenseparse:recs:publishtime",
        "article.published",
        "date",
        "dcterms.date",
        "article_date_original",
        "originalpublicationdate",
        "citation_publication_date",
        "datecreated",
        "created",
        "release_date",
        "article:created",
        "displaydate",
        "bt:pubdate",
        "pdate",
        "rnews:datepublished",
        "cxenseparse:publishtime",
        "vr:published_time",
        "lastmod-orig",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (set_date(page, html_meta(page, names[i]), DATE_FROM_META)) {
            article_set_origin(page->article, MEMBER_PUBLISHED, names[i], "%s",
                               "");
            return true;
        }
    }
    return false;
}

/* A date that an element carries, in an attribute or in its text. */
static bool
from_element(struct html_page *page, uint32_t i, enum date_source source)
{
    const struct html_node *node = &page->tree.node[i];
    struct buf text = BUF_INIT;
    struct date date;
    bool found = set_date(page, html_attribute(node, "datetime"), source) ||
                 set_date(page, html_attribute(node, "content"), source);

    if (!found && node->text_size < 200) {
        html_text(&page->tree, i, 0, &text);
        if (date_find(text.data, text.size, false, &date, NULL) &&
            date.precision >= DATE_DAY) {
            page->article->published = date;
            page->article->published_from = source;
            found = true;
        }
        buf_release(&text);
    }
    return found;
}

static bool
matches(const struct html_node *node, int rule)
{
    if (node->tag == HTML_TEXT)
        return false;
    switch (rule) {
    case 0:
        return html_has_itemprop(node, "datePublished");
    case 1:
        return node->tag == GUMBO_TAG_TIME && html_attribute(node, "pubdate");
    case 2:
        return html_attribute_has(node, "class", "published");
    case 3:
        return node->tag == GUMBO_TAG_TIME && html_attribute(node, "datetime");
    default:
        return (node->traits & TRAIT_DATE) != 0;
    }
}

static bool
from_elements(struct html_page *page, int rule, const char *name)
{
    for (uint32_t i = 0; i < page->tree.count; i++) {
        if (matches(&page->tree.node[i], rule) &&
            from_element(page, i, rule < 4 ? DATE_FROM_META : DATE_FROM_TEXT)) {
            html_origin(page, MEMBER_PUBLISHED, name, i);
            return true;
        }
    }
    return false;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number of `least` to `most` digits at `*at`, which moves behind it, and
 * behind one separator; -1 if there is none. */
static int
read_number(const char **at, int least, int most)
{
    int value = 0;
    int digits = 0;

    for (; digits < most && is_digit(**at); digits++, ++*at)
        value = value * 10 + (**at - '0');
    if (digits < least)
        return -1;
    *at += **at == '/' || **at == '-' || **at == '_';
    return value;
}

/* "/2014/10/24/", "/2014-10-24-", "/20141024/" in an address. */
static bool
from_url(struct html_page *page, const char *url)
{
    for (; *url; url++) {
        const char *at = url + 1;
        int year;
        int month;
        int day;

        if (is_digit(*url) || !is_digit(*at))
            continue;
        year = read_number(&at, 4, 4);
        month = year < 1990 || year > 2100 ? -1 : read_number(&at, 1, 2);
        day = month < 0 ? -1 : read_number(&at, 1, 2);
        if (day < 1 || day > 31 || month < 1 || month > 12 || is_digit(*at))
            continue;
        page->article->published = date_of_day(year, month, day);
        page->article->published_from = DATE_FROM_URL;
        article_set_origin(page->article, MEMBER_PUBLISHED, "url", "%s", "");
        return true;
    }
    return false;
}

void
html_date(struct html_page *page, const char *url)
{
    static const char *const rules[] = {"itemprop datePublished",
                                        "time pubdate", "published class",
                                        "time", "date class"};

    if (from_jsonld(page) || from_meta(page))
        return;
    for (int i = 0; i < 3; i++) {
        if (from_elements(page, i, rules[i]))
            return;
    }
    if (from_url(page, page->article->url.data) || (url && from_url(page, url)))
        return;
    for (int i = 3; i < 5; i++) {
        if (from_elements(page, i, rules[i]))
            return;
    }
}
