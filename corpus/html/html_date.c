#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/date/calendar.h"
#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"

/*
 * When it was published, never when it was changed: JSON-LD, <meta>,
 * microdata and <time>, the address, the text around the headline, in this
 * order.
 *
 * What is stated in UTC may fall on another day than the newsroom's own, and
 * JSON-LD and <meta> may contradict each other.  Then the day counts that
 * the page prints, in its address or around its headline.
 */

enum {
    BLOCKS_BEFORE = 8, /* of the headline, looked at for a printed date */
    BLOCKS_AFTER = 15,
    PRINTED_BYTES = 160, /* a longer block is no date line */
    ELSEWHERE = TRAIT_RELATED | TRAIT_COMMENTS | TRAIT_NAV | TRAIT_ADVERT |
                TRAIT_NEWSLETTER | TRAIT_HIDDEN | TRAIT_CAPTION,
    /* In UTC: yesterday evening in the Americas, tomorrow east of Europe. */
    MORNING = 8 * SECONDS_AN_HOUR,
    EVENING = 20 * SECONDS_AN_HOUR
};

/* A date with where it came from. */
struct finding {
    struct date date;
    bool vague; /* a clock time was stated that could not be read */
    enum date_source source;
    const char *rule;
    uint32_t node;
};

static bool
is_found(const struct finding *finding)
{
    return finding->date.precision >= DATE_DAY;
}

/* Are all-numeric dates read month first?  In American English they are. */
static bool
is_month_first(const struct html_page *page)
{
    const char *lang = html_attribute(&page->tree.node[0], "lang");

    return lang && (!strcasecmp(lang, "en") || !strcasecmp(lang, "en-US") ||
                    !strcasecmp(lang, "en_US"));
}

/* Seconds or milliseconds since 1970, as ten or thirteen digits from September
 * 2001 on. */
static bool
set_seconds(struct finding *finding, const char *text)
{
    enum {
        SECONDS = 10,
        MILLISECONDS = 13
    };
    const size_t digits = strspn(text, "0123456789");
    long long value;

    if ((digits != SECONDS && digits != MILLISECONDS) || *text != '1' ||
        text[digits])
        return false;
    value = strtoll(text, NULL, 10);
    finding->date =
        (struct date){.seconds = digits == SECONDS ? value : value / 1000,
                      .precision = DATE_SECOND,
                      .has_zone = true};
    finding->vague = false;
    return true;
}

static bool
set(const struct html_page *page, struct finding *finding, const char *text)
{
    struct date date;
    size_t length;

    if (!text)
        return false;
    text += strspn(text, " \t\r\n");
    if (set_seconds(finding, text))
        return true;
    length = date_parse(text, strlen(text), is_month_first(page), &date);
    if (!length || date.precision < DATE_DAY)
        return false;
    finding->date = date;
    finding->vague = date.precision == DATE_DAY && text[length] == 'T';
    return true;
}

/* Does the name of a <meta> say that it is when the page was published, in
 * whatever words its maker chose? */
static bool
is_of_publication(const char *name)
{
    static const char *const says[] = {"publish",  "publication", "pubdate",
                                       "pub_date", "pub-date",    "issued"};
    static const char *const denies[] = {"modif", "updat", "expir", "publisher",
                                         "unpub"};
    struct buf lower = BUF_INIT;
    bool is = false;

    for (; *name; name++)
        buf_add_byte(&lower, ascii_lower(*name));
    for (size_t i = 0; i < COUNT(says); i++)
        is = is || strstr(lower.data, says[i]);
    for (size_t i = 0; i < COUNT(denies); i++)
        is = is && !strstr(lower.data, denies[i]);
    buf_release(&lower);
    return is;
}

/* The first <meta> whose name says so in other words than all know. */
static struct finding
from_named_meta(const struct html_page *page)
{
    struct finding finding = {.source = DATE_FROM_META};

    for (size_t i = 0; i < page->meta_count; i++) {
        const struct html_meta_name *meta = &page->metas[i];

        if (is_of_publication(meta->name) &&
            set(page, &finding, meta->content)) {
            finding.rule = "meta";
            finding.node = meta->node;
            return finding;
        }
    }
    return (struct finding){.source = DATE_FROM_META};
}

/* The first <meta> that states a date; of those with a zone if `zoned`. */
static struct finding
from_meta(const struct html_page *page, bool zoned)
{
    static const char *const names[] = {
        "article:published_time",
        "article:published",
        "datepublished",
        "og:article:published_time",
        "og:published_time",
        "og:pubdate",
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
        "pub_date",
        "ptime",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
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
        "vr:published_time",
    };
    struct finding finding = {.source = DATE_FROM_META};

    for (size_t i = 0; i < COUNT(names); i++) {
        if (set(page, &finding, html_meta(page, names[i])) &&
            (finding.date.has_zone || !zoned)) {
            finding.rule = names[i];
            return finding;
        }
    }
    return (struct finding){.source = DATE_FROM_META};
}

/* RDFa: property="schema:datePublished", or of its creation. */
static bool
is_property(const struct html_node *node)
{
    const char *property = html_attribute(node, "property");
    const char *colon = property ? strrchr(property, ':') : NULL;

    if (!property || node->tag == GUMBO_TAG_META)
        return false;
    property = colon ? colon + 1 : property;
    return !strcmp(property, "datePublished") ||
           !strcmp(property, "dateCreated");
}

/* Is this element one that says when, by the rule of this number? */
static bool
matches(const struct html_node *node, int rule)
{
    if (node->tag == HTML_TEXT)
        return false;
    switch (rule) {
    case 0:
        return html_has_itemprop(node, "datePublished") || is_property(node);
    case 1:
        return node->tag == GUMBO_TAG_TIME && html_attribute(node, "pubdate");
    case 2:
        return html_attribute_has(node, "class", "published") ||
               html_attribute_has(node, "class", "entry-date");
    default:
        return node->tag == GUMBO_TAG_TIME;
    }
}

/* Does the text say that something was changed? */
static bool
says_changed(const char *text, size_t size)
{
    static const char *const words[] = {
        "pdated",    "odified",    "ktualisiert", "ctualizado", "tualizado",
        "is à jour", "ggiornato",  "ijgewerkt",   "ppdatert",   "pdaterad",
        "pdateret",  "ast edited", "Geändert",    "ktualizac",  "Stand:",
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        const size_t length = strlen(words[i]);

        for (size_t at = 0; at + length <= size; at++) {
            if (!memcmp(text + at, words[i], length))
                return true;
        }
    }
    return false;
}

/* "25.04.24", as German pages write it; date_find() wants four digits. */
bool
html_find_short_date(const char *text, size_t size, struct date *date)
{
    for (size_t i = 0; i + 8 <= size; i++) {
        const char *at = text + i;
        const int day = (at[0] - '0') * 10 + at[1] - '0';
        const int month = (at[3] - '0') * 10 + at[4] - '0';
        bool digits = true;

        for (int k = 0; k < 8; k++)
            digits &= k % 3 == 2 ? at[k] == '.' : ascii_is_digit(at[k]);
        if (!digits || (i && ascii_is_digit(at[-1])) ||
            (i + 8 < size && ascii_is_digit(at[8])) || day < 1 || day > 31 ||
            month < 1 || month > 12)
            continue;
        *date =
            date_of_day(2000 + (at[6] - '0') * 10 + at[7] - '0', month, day);
        return true;
    }
    return false;
}

/* The first date in a text that is not said to be of a change. */
static bool
find_printed(const struct html_page *page, const char *text, size_t size,
             struct date *date)
{
    size_t start;

    while (size) {
        const size_t length =
            date_find(text, size, is_month_first(page), date, &start);

        if (!length)
            break;
        if (date->precision >= DATE_DAY && !says_changed(text, start))
            return true;
        text += start + length;
        size -= start + length;
    }
    return html_find_short_date(text, size, date) && !says_changed(text, size);
}

/* A date that an element carries, in an attribute or in its text. */
static bool
from_element(const struct html_page *page, uint32_t i, struct finding *finding)
{
    static const char *const attributes[] = {"datetime", "content", "title"};
    const struct html_node *node = &page->tree.node[i];
    struct buf text = BUF_INIT;
    bool found = false;

    if (html_has_itemprop(node, "dateModified") ||
        (html_attribute_has(node, "class", "updated") &&
         !html_attribute_has(node, "class", "published") &&
         !html_attribute_has(node, "class", "entry-date")))
        return false;
    if (node->text_size < PRINTED_BYTES)
        html_text(&page->tree, i, 0, &text);
    if (!says_changed(text.data, text.size)) {
        for (size_t k = 0; k < 3 && !found; k++)
            found = set(page, finding, html_attribute(node, attributes[k]));
        if (!found)
            found = find_printed(page, text.data, text.size, &finding->date);
    }
    buf_release(&text);
    return found;
}

static struct finding
from_elements(const struct html_page *page, int rule, const char *name)
{
    struct finding finding = {.source = DATE_FROM_META, .rule = name};

    for (uint32_t i = 0; i < page->tree.count; i++) {
        if (matches(&page->tree.node[i], rule) &&
            !(page->blocks.inherited[i] & ELSEWHERE) &&
            from_element(page, i, &finding)) {
            finding.node = i;
            break;
        }
    }
    return finding;
}

/* A number of `least` to `most` digits at `*at`, which moves behind it; -1 if
 * there is none. */
static int
read_number(const char **at, int least, int most)
{
    int value = 0;
    int digits = 0;

    for (; digits < most && ascii_is_digit(**at); digits++, ++*at)
        value = value * 10 + (**at - '0');
    return digits < least ? -1 : value;
}

static void
skip_separator(const char **at)
{
    *at += **at == '/' || **at == '-' || **at == '_';
}

/* "/2014/10/24/", "/2014-10-24-", "/20141024/" in an address. */
static struct finding
from_url(const char *url, const char *rule)
{
    struct finding finding = {.source = DATE_FROM_URL, .rule = rule};

    for (; url && *url; url++) {
        const char *at = url + 1;
        int year;
        int month;
        int day;

        if (ascii_is_digit(*url) || !ascii_is_digit(*at))
            continue;
        year = read_number(&at, 4, 4);
        if (year < 1990 || year > 2100)
            continue;
        skip_separator(&at);
        month = read_number(&at, 1, 2);
        skip_separator(&at);
        day = read_number(&at, 1, 2);
        if (day < 1 || day > 31 || month < 1 || month > 12 ||
            ascii_is_digit(*at))
            continue;
        finding.date = date_of_day(year, month, day);
        break;
    }
    return finding;
}

/* The block at which the headline stands. */
static size_t
headline_block(const struct html_page *page)
{
    size_t b = 0;

    while (page->headline && b < page->blocks.count &&
           page->blocks.block[b].first < page->headline)
        b++;
    return b;
}

/* A footer of the page has the year or the day of the visit; one of the story
 * may have its date. */
static bool
is_site_footer(const struct html_page *page, const struct html_block *block)
{
    return (block->traits & TRAIT_FOOTER) &&
           (!page->story || block->first < page->story ||
            block->first >= page->tree.node[page->story].end);
}

static bool
from_block(const struct html_page *page, size_t b, struct finding *finding)
{
    const struct html_block *block = &page->blocks.block[b];
    const bool inside = page->headline && block->first >= page->headline &&
                        block->first < page->tree.node[page->headline].end;

    if (block->size > PRINTED_BYTES || (block->traits & ELSEWHERE) || inside ||
        is_site_footer(page, block) ||
        !find_printed(page, html_block_text(&page->blocks, b), block->size,
                      &finding->date))
        return false;
    finding->node = block->node;
    return true;
}

/* What stands near the headline, below it or above. */
static struct finding
from_text(const struct html_page *page)
{
    const size_t start = headline_block(page);
    struct finding finding = {.source = DATE_FROM_TEXT,
                              .rule = "near headline"};

    for (size_t b = start; b < page->blocks.count && b < start + BLOCKS_AFTER;
         b++) {
        if (from_block(page, b, &finding))
            return finding;
    }
    for (size_t b = start; b > 0 && b + BLOCKS_BEFORE > start; b--) {
        if (from_block(page, b - 1, &finding))
            return finding;
    }
    return finding;
}

/* A date in an element that is named for dates, wherever it stands. */
static struct finding
from_named(const struct html_page *page)
{
    struct finding finding = {.source = DATE_FROM_TEXT, .rule = "date class"};

    /* What stands far above the headline is the day of the visit. */
    const size_t start = headline_block(page);

    for (size_t b = start > BLOCKS_BEFORE ? start - BLOCKS_BEFORE : 0;
         b < page->blocks.count; b++) {
        if ((page->blocks.block[b].traits & (TRAIT_DATE | TRAIT_BYLINE)) &&
            from_block(page, b, &finding))
            break;
    }
    return finding;
}

/* What the page says for machines, the best first. */
static struct finding
from_stated(const struct html_page *page)
{
    static const char *const rules[] = {"itemprop datePublished",
                                        "time pubdate", "published class"};
    struct finding finding = {.source = DATE_FROM_JSONLD, .rule = "jsonld"};

    if (!set(page, &finding, page->stated.published.data))
        finding = from_meta(page, false);
    for (int i = 0; i < 3 && !is_found(&finding); i++)
        finding = from_elements(page, i, rules[i]);
    return is_found(&finding) ? finding : from_named_meta(page);
}

static int64_t
day_of(const struct date *date)
{
    int year;
    int month;
    int day;

    date_day(date, &year, &month, &day);
    return calendar_day(year, month, day);
}

/*
 * Can the newsroom's own day be `apart` days from the day of a time in UTC?
 * In the Americas, up to eight hours behind, it is the day before; up to
 * four hours ahead it is the day after.
 */
static bool
is_other_day(const struct finding *stated, int64_t apart)
{
    const struct date *date = &stated->date;
    const int second = calendar_second_of(date->seconds);

    if (stated->vague)
        return apart == 1 || apart == -1;
    if (date->precision <= DATE_DAY || (date->has_zone && date->zone))
        return false;
    return (apart == -1 && second < MORNING) ||
           (apart == 1 && second >= EVENING);
}

/* Let what is printed decide where what is stated leaves the day open. */
static void
settle(const struct html_page *page, struct finding *stated,
       const struct finding *printed)
{
    const struct finding meta = from_meta(page, false);
    int64_t day;
    int64_t apart;

    if (!is_found(printed))
        return;
    day = day_of(&printed->date);
    apart = day - day_of(&stated->date);
    if ((apart > 1 || apart < -1) && is_found(&meta) &&
        day == day_of(&meta.date))
        *stated = meta;
    else if (is_other_day(stated, apart))
        *stated = *printed;
}

/* A clock time without a zone may be of anywhere; where another statement
 * has a zone and is of the next day or the last, that one knows. */
static void
prefer_zoned(const struct html_page *page, struct finding *stated)
{
    const struct finding zoned = from_meta(page, true);
    int64_t apart;

    if (stated->date.precision <= DATE_DAY || stated->date.has_zone ||
        !is_found(&zoned))
        return;
    apart = day_of(&zoned.date) - day_of(&stated->date);
    if (apart == 1 || apart == -1)
        *stated = zoned;
}

static struct finding
from_page(const struct html_page *page, const char *url)
{
    struct finding finding = from_url(page->article->url.data, "url");

    if (!is_found(&finding))
        finding = from_url(url, "url");
    if (!is_found(&finding))
        finding = from_text(page);
    return finding;
}

/* The time of the day, which an element may have where the page prints the day
 * alone. */
static void
add_clock(const struct html_page *page, struct finding *best)
{
    struct finding time;

    if (best->date.precision != DATE_DAY)
        return;
    time = from_elements(page, 3, "time");
    if (is_found(&time) && time.date.precision > DATE_DAY &&
        day_of(&time.date) == day_of(&best->date))
        *best = time;
}

void
html_date(struct html_page *page, const char *url)
{
    struct finding best = from_stated(page);
    const struct finding printed = from_page(page, url);

    if (is_found(&best)) {
        prefer_zoned(page, &best);
        settle(page, &best, &printed);
    } else {
        best = printed;
    }
    if (!is_found(&best))
        best = from_elements(page, 3, "time");
    if (!is_found(&best))
        best = from_named(page);
    if (!is_found(&best))
        best = from_url(html_meta(page, "og:image"), "og:image");
    if (!is_found(&best))
        return;
    add_clock(page, &best);
    page->article->published = best.date;
    page->article->published_from = best.source;
    html_origin(page, MEMBER_PUBLISHED, best.rule, best.node);
}
