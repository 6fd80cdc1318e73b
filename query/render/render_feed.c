#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "corpus/base/utf8.h"
#include "corpus/date/calendar.h"
#include "query/render/markup.h"
#include "query/render/render_parts.h"
#include "query/render/renderers.h"

/*
 * RSS 2.0 and Atom (RFC 4287) of a query.  An item is known by its URL or,
 * lacking one, by a tag: name that is made of its key.  Nothing in a text is
 * markup: it is escaped once, and once more where RSS wants HTML.
 */

struct moment {
    int year, month, day, hour, minute, second;
    int64_t day_number;
};

static struct moment
moment_of(int64_t seconds)
{
    struct moment moment;
    int rest = calendar_second_of(seconds);

    moment.day_number = calendar_day_of(seconds);
    calendar_date(moment.day_number, &moment.year, &moment.month, &moment.day);
    moment.hour = rest / SECONDS_AN_HOUR;
    moment.minute = rest / SECONDS_A_MINUTE % 60;
    moment.second = rest % SECONDS_A_MINUTE;
    return moment;
}

/* RFC 822, as RSS has it. */
static void
add_rss_date(struct markup *page, int64_t seconds)
{
    struct moment at = moment_of(seconds);
    struct buf text = BUF_INIT;

    buf_printf(&text, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
               calendar_weekdays[calendar_weekday(at.day_number)], at.day,
               calendar_months[at.month - 1], at.year, at.hour, at.minute,
               at.second);
    markup_buf(page, &text);
    buf_release(&text);
}

/* RFC 3339, as Atom has it. */
static void
add_atom_date(struct markup *page, int64_t seconds)
{
    struct moment at = moment_of(seconds);
    struct buf text = BUF_INIT;

    buf_printf(&text, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month,
               at.day, at.hour, at.minute, at.second);
    markup_buf(page, &text);
    buf_release(&text);
}

/* An absolute URI for an article that has no URL. */
static void
make_tag(struct buf *out, const struct hit *hit)
{
    buf_add_text(out, "tag:nsearch,2000:");
    url_add(out, hit->key.data, hit->key.size);
}

/* Where an article can be read: its own address, else its page here.  False:
 * nowhere that is known. */
static bool
make_link(struct buf *out, const struct hit *hit,
          const struct render_options *options)
{
    if (hit->url.size) {
        buf_add(out, hit->url.data, hit->url.size);
    } else if (options->base_url) {
        buf_printf(out, "%s?article=", options->base_url);
        url_add(out, hit->key.data, hit->key.size);
    }
    return out->size > 0;
}

/* What an article goes by stays the same, wherever the page is. */
static void
add_id(struct markup *page, const struct hit *hit)
{
    struct buf tag = BUF_INIT;

    if (hit->url.size) {
        markup_buf(page, &hit->url);
        return;
    }
    make_tag(&tag, hit);
    markup_buf(page, &tag);
    buf_release(&tag);
}

/* A text where HTML is read: escaped as that, and then as XML. */
static void
add_html(struct markup *page, const struct buf *text)
{
    struct markup html = MARKUP_INIT;

    markup_buf(&html, text);
    markup_buf(page, &html.out);
    markup_release(&html);
}

static void
add_title(struct markup *page, const struct hit *hit)
{
    if (hit->headline.text.size)
        markup_buf(page, &hit->headline.text);
    else
        MARKUP(page, "(no headline)");
}

static void
add_site(struct markup *page, const struct render_options *options)
{
    if (options->page)
        markup_string(page, options->page);
    else
        markup_string(page, options->base_url ? options->base_url
                                              : "https://localhost/");
}

/* Filters alone are a question, too. */
static void
add_question(struct markup *page, const struct render_options *options)
{
    markup_string(page, options->query[0] ? options->query : "All articles");
}

/* Where a reader of this feed finds it again. */
static void
add_own_address(struct markup *page, const struct render_options *options)
{
    if (!options->address)
        return;
    MARKUP(page, " rel=\"self\" href=\"");
    markup_string(page, options->address);
    MARKUP(page, "\"/>\n");
}

/* The newest article dates the feed, so that it changes when they do. */
static int64_t
newest(const struct search_result *result, int64_t otherwise)
{
    int64_t seconds = otherwise;
    bool any = false;

    for (size_t i = 0; i < result->hits; i++) {
        const struct date *date = &result->hit[i].published;

        if (date->precision == DATE_NONE || (any && date->seconds <= seconds))
            continue;
        seconds = date->seconds;
        any = true;
    }
    return seconds;
}

static void
add_rss_item(struct markup *page, const struct hit *hit,
             const struct render_options *options)
{
    struct buf link = BUF_INIT;

    MARKUP(page, "<item>\n<title>");
    add_title(page, hit);
    MARKUP(page, "</title>\n");
    if (make_link(&link, hit, options)) {
        MARKUP(page, "<link>");
        markup_buf(page, &link);
        MARKUP(page, "</link>\n");
    }
    buf_release(&link);
    if (hit->url.size)
        MARKUP(page, "<guid isPermaLink=\"true\">");
    else
        MARKUP(page, "<guid isPermaLink=\"false\">");
    add_id(page, hit);
    MARKUP(page, "</guid>\n");
    if (hit->published.precision != DATE_NONE) {
        MARKUP(page, "<pubDate>");
        add_rss_date(page, hit->published.seconds);
        MARKUP(page, "</pubDate>\n");
    }
    if (hit->section.size) {
        MARKUP(page, "<category>");
        markup_buf(page, &hit->section);
        MARKUP(page, "</category>\n");
    }
    MARKUP(page, "<description>");
    add_html(page, &hit->snippet.text);
    MARKUP(page, "</description>\n</item>\n");
}

void
render_rss(struct buf *out, const struct search_result *result,
           const struct render_options *options)
{
    struct markup page = MARKUP_INIT;

    MARKUP(&page, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<rss version=\"2.0\" "
                  "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n"
                  "<channel>\n<title>");
    add_question(&page, options);
    MARKUP(&page, "</title>\n<link>");
    add_site(&page, options);
    MARKUP(&page, "</link>\n");
    if (options->address)
        MARKUP(&page, "<atom:link type=\"application/rss+xml\"");
    add_own_address(&page, options);
    MARKUP(&page, "<description>Articles that match: ");
    add_question(&page, options);
    MARKUP(&page, "</description>\n<lastBuildDate>");
    add_rss_date(&page, newest(result, options->now));
    MARKUP(&page, "</lastBuildDate>\n<generator>nsearch</generator>\n");
    for (size_t i = 0; i < result->hits; i++)
        add_rss_item(&page, &result->hit[i], options);
    MARKUP(&page, "</channel>\n</rss>\n");
    buf_add(out, page.out.data, page.out.size);
    markup_release(&page);
}

static void
add_atom_author(struct markup *page, const struct hit *hit)
{
    struct buf byline = BUF_INIT;
    struct buf name = BUF_INIT;

    render_byline(&byline, hit);
    utf8_tidy(&name, byline.data, byline.size, false);
    if (!name.size)
        utf8_tidy(&name, hit->publication.data, hit->publication.size, false);
    MARKUP(page, "<author><name>");
    if (name.size)
        markup_buf(page, &name);
    else
        MARKUP(page, "unknown");
    MARKUP(page, "</name></author>\n");
    buf_release(&byline);
    buf_release(&name);
}

/* What can be read nowhere else must have content, not a summary of what is
 * elsewhere. */
static void
add_atom_text(struct markup *page, const struct hit *hit,
              const struct render_options *options)
{
    struct buf link = BUF_INIT;

    if (!make_link(&link, hit, options)) {
        MARKUP(page, "<content type=\"text\">");
        markup_buf(page, &hit->snippet.text);
        MARKUP(page, "</content>\n");
        return;
    }
    MARKUP(page, "<link rel=\"alternate\" href=\"");
    markup_buf(page, &link);
    MARKUP(page, "\"/>\n<summary type=\"text\">");
    markup_buf(page, &hit->snippet.text);
    MARKUP(page, "</summary>\n");
    buf_release(&link);
}

static void
add_atom_entry(struct markup *page, const struct hit *hit,
               const struct render_options *options)
{
    bool dated = hit->published.precision != DATE_NONE;

    MARKUP(page, "<entry>\n<title>");
    add_title(page, hit);
    MARKUP(page, "</title>\n<id>");
    add_id(page, hit);
    MARKUP(page, "</id>\n<updated>");
    add_atom_date(page, dated ? hit->published.seconds : options->now);
    MARKUP(page, "</updated>\n");
    if (dated) {
        MARKUP(page, "<published>");
        add_atom_date(page, hit->published.seconds);
        MARKUP(page, "</published>\n");
    }
    add_atom_author(page, hit);
    add_atom_text(page, hit, options);
    MARKUP(page, "</entry>\n");
}

void
render_atom(struct buf *out, const struct search_result *result,
            const struct render_options *options)
{
    struct markup page = MARKUP_INIT;
    struct buf id = BUF_INIT;

    if (options->address) {
        buf_add_text(&id, options->address);
    } else {
        buf_add_text(&id, "tag:nsearch,2000:query:");
        url_add(&id, options->query, strlen(options->query));
    }
    MARKUP(&page, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>");
    add_question(&page, options);
    MARKUP(&page, "</title>\n<id>");
    markup_buf(&page, &id);
    MARKUP(&page, "</id>\n");
    if (options->address)
        MARKUP(&page, "<link");
    add_own_address(&page, options);
    if (options->page) {
        MARKUP(&page, "<link rel=\"alternate\" type=\"text/html\" href=\"");
        markup_string(&page, options->page);
        MARKUP(&page, "\"/>\n");
    }
    MARKUP(&page, "<updated>");
    add_atom_date(&page, newest(result, options->now));
    MARKUP(&page, "</updated>\n<generator>nsearch</generator>\n");
    for (size_t i = 0; i < result->hits; i++)
        add_atom_entry(&page, &result->hit[i], options);
    MARKUP(&page, "</feed>\n");
    buf_add(out, page.out.data, page.out.size);
    markup_release(&page);
    buf_release(&id);
}
