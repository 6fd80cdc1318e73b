#include "corpus/html/html_scan.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/html/html_nesting.h"

/* Where the pass stands. */
struct cursor {
    struct html_scan *scan;
    const char *at;
    const char *end;
    struct html_nesting nesting; /* of the elements that were kept */
    size_t tags;
    size_t dropped; /* open elements that were left out for their depth */

    /* What is known not to be closed in the rest of the page: elements by
     * dropped_bit(), and comments.  Searching again for each of a million
     * <svg> would take a million times the page. */
    unsigned unclosed;
    bool comment_unclosed;
};

struct tag {
    char name[HTML_NAME + 1];
    bool closing;
    const char *attributes; /* behind the name */
    const char *end;        /* the '>' or the end of the page */
};

void
html_scan_release(struct html_scan *scan)
{
    buf_release(&scan->html);
    list_release(&scan->jsonld);
}

static bool
in_words(const char *const *words, const char *name)
{
    for (; *words; words++) {
        if (!strcmp(*words, name))
            return true;
    }
    return false;
}

/* Elements whose content is no text of the page: a bit of its own for each,
 * 0 for every other. */
static unsigned
dropped_bit(const char *name)
{
    static const char *const names[] = {
        "audio",    "canvas",   "iframe",   "math",     "noembed",
        "noframes", "noscript", "object",   "script",   "select",
        "style",    "svg",      "template", "textarea",
    };

    for (unsigned i = 0; i < COUNT(names); i++) {
        if (!strcmp(names[i], name))
            return 1U << i;
    }
    return 0;
}

/* Elements without an end tag. */
static bool
is_void(const char *name)
{
    static const char *const names[] = {
        "area", "base", "br",    "col",    "embed", "hr",  "img", "input",
        "link", "meta", "param", "source", "track", "wbr", NULL};

    return in_words(names, name);
}

/* Elements whose end tag pages leave out, and which close each other: they
 * cannot nest without another element between them. */
static bool
is_self_closing(const char *name)
{
    static const char *const names[] = {
        "a",  "body", "dd",    "dt", "head",  "html", "li",    "option", "p",
        "rp", "rt",   "tbody", "td", "tfoot", "th",   "thead", "tr",     NULL};

    return in_words(names, name);
}

/*
 * The name under which an element goes on.  The standard reopens formatting
 * elements after every block that they cross; plain ones are left alone.
 * Those whose content model swallows the rest of the page become blocks, and
 * so do those in which formatting is counted anew.
 */
static const char *
plain_name(const char *name)
{
    static const struct {
        const char *from, *to;
    } names[] = {
        {"b", "mark"},      {"strong", "mark"},  {"i", "span"},
        {"em", "span"},     {"font", "span"},    {"u", "span"},
        {"s", "span"},      {"big", "span"},     {"small", "span"},
        {"tt", "span"},     {"code", "span"},    {"strike", "span"},
        {"nobr", "span"},   {"xmp", "div"},      {"plaintext", "div"},
        {"listing", "div"}, {"frameset", "div"}, {"image", "img"},
        {"marquee", "div"}, {"applet", "div"},
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (!strcmp(names[i].from, name))
            return names[i].to;
    }
    return name;
}

/* Attributes that a rule looks at.  `data-*` ones name components where the
 * classes are hashes. */
static bool
is_kept_attribute(const char *name)
{
    static const char *const names[] = {"alt",
                                        "class",
                                        "content",
                                        "data-component",
                                        "data-gu-name",
                                        "data-qa",
                                        "data-test",
                                        "data-testid",
                                        "data-type",
                                        "datetime",
                                        "hidden",
                                        "href",
                                        "http-equiv",
                                        "id",
                                        "itemprop",
                                        "itemscope",
                                        "itemtype",
                                        "lang",
                                        "name",
                                        "property",
                                        "pubdate",
                                        "rel",
                                        "role",
                                        "title",
                                        NULL};

    return in_words(names, name);
}

/* Read a name at `at` into `name`, in lower case; returns where it ends. */
static const char *
read_name(const char *at, const char *end, char name[HTML_NAME + 1])
{
    size_t size = 0;

    for (; at < end && !ascii_is_blank(*at) && !ascii_is_one_of(*at, "/>=");
         at++) {
        if (size < HTML_NAME)
            name[size++] = ascii_lower(*at);
    }
    name[size] = '\0';
    return at;
}

/* One attribute at `*at`; false at the end of the tag. */
static bool
read_attribute(const char **at, const char *end, char name[HTML_NAME + 1],
               const char **value, size_t *size)
{
    const char *p = *at;
    char quote = 0;

    while (p < end && (ascii_is_blank(*p) || *p == '/' || *p == '='))
        p++;
    if (p == end || *p == '>') {
        *at = p;
        return false;
    }
    p = read_name(p, end, name);
    *value = p;
    *size = 0;
    while (p < end && ascii_is_blank(*p))
        p++;
    if (p == end || *p != '=') {
        *at = p;
        return true;
    }
    for (p++; p < end && ascii_is_blank(*p);)
        p++;
    if (p < end && (*p == '"' || *p == '\''))
        quote = *p++;
    *value = p;
    while (p < end && (quote ? *p != quote : !ascii_is_blank(*p) && *p != '>'))
        p++;
    *size = (size_t)(p - *value);
    *at = p + (quote && p < end);
    return true;
}

/* Read the tag at `at`, which is a '<' and a letter or "</" and a letter. */
static void
read_tag(const char *at, const char *end, struct tag *tag)
{
    char name[HTML_NAME + 1];
    const char *value;
    size_t size;

    tag->closing = at[1] == '/';
    at = read_name(at + 1 + tag->closing, end, tag->name);
    tag->attributes = at;
    while (read_attribute(&at, end, name, &value, &size))
        continue;
    tag->end = at;
}

static bool
contains(const char *text, size_t size, const char *word)
{
    size_t length = strlen(word);

    for (size_t i = 0; i + length <= size; i++) {
        if (ascii_lower(text[i]) == *word &&
            !strncasecmp(text + i, word, length))
            return true;
    }
    return false;
}

/* Does a style attribute hide its element? */
static bool
hides(const char *style, size_t size)
{
    return contains(style, size, "display:none") ||
           contains(style, size, "display: none") ||
           contains(style, size, "visibility:hidden");
}

static void
add_attribute(struct buf *out, const char *name, const char *value, size_t size)
{
    buf_add_byte(out, ' ');
    buf_add_text(out, name);
    buf_add_text(out, "=\"");
    for (size_t i = 0; i < size; i++) {
        if (value[i] == '"')
            buf_add_text(out, "&quot;");
        else
            buf_add_byte(out, value[i]);
    }
    buf_add_byte(out, '"');
}

static void
add_tag(struct buf *out, const char *name, const struct tag *tag)
{
    char attribute[HTML_NAME + 1];
    const char *at = tag->attributes;
    const char *value;
    size_t size;

    buf_add_text(out, tag->closing ? "</" : "<");
    buf_add_text(out, name);
    while (!tag->closing &&
           read_attribute(&at, tag->end, attribute, &value, &size)) {
        if (!strcmp(attribute, "style") && hides(value, size))
            add_attribute(out, "hidden", "1", 1);
        else if (is_kept_attribute(attribute))
            add_attribute(out, attribute, value, size);
    }
    buf_add_byte(out, '>');
}

/* Where "</name" stands at or behind `at`; NULL if nowhere. */
static const char *
find_end_tag(const char *at, const char *end, const char *name)
{
    size_t length = strlen(name);

    while ((at = memchr(at, '<', (size_t)(end - at)))) {
        if ((size_t)(end - at) > length + 2 && at[1] == '/' &&
            !strncasecmp(at + 2, name, length) &&
            (ascii_is_blank(at[2 + length]) ||
             ascii_is_one_of(at[2 + length], "/>")))
            return at;
        at++;
    }
    return NULL;
}

static bool
is_jsonld(const struct tag *tag)
{
    char name[HTML_NAME + 1];
    const char *at = tag->attributes;
    const char *value;
    size_t size;

    while (read_attribute(&at, tag->end, name, &value, &size)) {
        if (!strcmp(name, "type") && contains(value, size, "ld+json"))
            return true;
    }
    return false;
}

/* Pass over an element whose content is dropped.  One that is never closed
 * costs its tag only: the rest of the page is not thrown away. */
static void
drop_element(struct cursor *c, const struct tag *tag)
{
    const char *start = tag->end < c->end ? tag->end + 1 : c->end;
    unsigned bit = dropped_bit(tag->name);
    const char *stop = NULL;

    c->at = start;
    if (!(c->unclosed & bit))
        stop = find_end_tag(start, c->end, tag->name);
    if (!stop) {
        c->unclosed |= bit;
        return;
    }
    if (!strcmp(tag->name, "script") && is_jsonld(tag))
        list_add(&c->scan->jsonld, start, (size_t)(stop - start));
    stop = memchr(stop, '>', (size_t)(c->end - stop));
    c->at = stop ? stop + 1 : c->end;
    buf_add_byte(&c->scan->html, ' ');
}

/* Should this tag go on, under this name?  Keeps the books of depth.  The end
 * tag of what was left out goes with it, if it has to have one. */
static bool
count_tag(struct cursor *c, const struct tag *tag, const char *name)
{
    const GumboTag gumbo = gumbo_tag_enum(name);
    const bool paired = !is_void(name) && !is_self_closing(name);

    if (c->tags >= HTML_TAGS)
        return false;
    if (tag->closing && c->dropped && !is_void(name)) {
        c->dropped -= paired;
        return false;
    }
    if (tag->closing) {
        html_nesting_close(&c->nesting, gumbo);
    } else if (!html_nesting_open(&c->nesting, gumbo)) {
        c->dropped += paired;
        return false;
    }
    c->tags++;
    return true;
}

static void
scan_tag(struct cursor *c)
{
    struct tag tag;
    const char *name;

    read_tag(c->at, c->end, &tag);
    if (!tag.closing && dropped_bit(tag.name)) {
        drop_element(c, &tag);
        return;
    }
    c->at = tag.end < c->end ? tag.end + 1 : c->end;
    name = plain_name(tag.name);
    if (!dropped_bit(tag.name) && count_tag(c, &tag, name))
        add_tag(&c->scan->html, name, &tag);
}

/* The '>' that ends the comment at `at`, or NULL. */
static const char *
comment_end(const char *at, const char *end)
{
    for (at += 2; (at = memchr(at, '-', (size_t)(end - at))); at++) {
        if (end - at >= 3 && !memcmp(at, "-->", 3))
            return at + 2;
    }
    return NULL;
}

/* Pass over a comment, a doctype or a processing instruction. */
static void
skip_declaration(struct cursor *c)
{
    const char *stop = NULL;

    if (c->end - c->at >= 4 && !memcmp(c->at, "<!--", 4) &&
        !c->comment_unclosed) {
        stop = comment_end(c->at, c->end);
        c->comment_unclosed = !stop;
    }
    /* A comment without its end costs no more than its own line. */
    if (!stop)
        stop = memchr(c->at, '>', (size_t)(c->end - c->at));
    c->at = stop ? stop + 1 : c->end;
}

enum status
html_scan(struct html_scan *scan, const char *text, size_t size,
          struct error *err)
{
    struct cursor c = {.scan = scan, .at = text, .end = text + size};

    if (size > HTML_SIZE_MOST)
        return error_set(err, STATUS_LIMIT,
                         "the page has %zu MiB of HTML; at most %d are read",
                         size >> 20, HTML_SIZE_MOST >> 20);
    buf_reserve(&scan->html, size / 2);
    buf_add_text(&scan->html, "<!DOCTYPE html>");
    while (c.at < c.end) {
        const char *next = memchr(c.at, '<', (size_t)(c.end - c.at));

        if (!next)
            next = c.end;
        buf_add(&scan->html, c.at, (size_t)(next - c.at));
        c.at = next;
        if (c.end - next < 2)
            break;
        if (ascii_is_letter(next[1]) ||
            (next[1] == '/' && c.end - next > 2 && ascii_is_letter(next[2]))) {
            scan_tag(&c);
        } else if (ascii_is_one_of(next[1], "!?/")) {
            skip_declaration(&c);
        } else {
            buf_add_text(&scan->html, "&lt;");
            c.at++;
        }
    }
    return STATUS_OK;
}

char *
html_declared_charset(const char *bytes, size_t size)
{
    static const char word[] = "charset";
    const char *end = bytes + (size < 4096 ? size : 4096);

    for (const char *at = bytes; end - at > (int)sizeof(word); at++) {
        const char *stop;

        if (ascii_lower(*at) != 'c' ||
            strncasecmp(at, word, sizeof(word) - 1) != 0)
            continue;
        at += sizeof(word) - 1;
        while (at < end &&
               (ascii_is_blank(*at) || ascii_is_one_of(*at, "=\"'")))
            at++;
        for (stop = at; stop < end && !ascii_is_blank(*stop) &&
                        !ascii_is_one_of(*stop, "\"';/>");)
            stop++;
        if (stop > at && stop - at < 40)
            return mem_text(at, (size_t)(stop - at));
    }
    return NULL;
}
