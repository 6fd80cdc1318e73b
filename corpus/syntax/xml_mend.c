#include "corpus/syntax/xml_mend.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

enum {
    OPEN_MOST = 100,  /* elements in one another */
    NAME_MOST = 10,   /* letters of an entity's name; HTML 4's longest has 8 */
    ROOT_MOST = 2048, /* bytes of a root's start tag */
    WORK_FREE = 4 << 20, /* bytes of root tags parsed again, one an item */
    WORK_MOST = 8        /* times the document's bytes */
};

bool
xml_letter(struct buf *out, const char *name, size_t size)
{
    char copy[NAME_MOST + 1];
    const htmlEntityDesc *letter;

    if (size == 0 || size > NAME_MOST)
        return false;
    memcpy(copy, name, size);
    copy[size] = '\0';
    letter = htmlEntityLookup((const xmlChar *)copy);
    if (letter)
        utf8_encode(out, letter->value);
    return letter != NULL;
}

/* --- the text ------------------------------------------------------------- */

struct text {
    const char *at;
    const char *end;
};

static bool
starts(const struct text *text, const char *with)
{
    size_t size = strlen(with);

    return (size_t)(text->end - text->at) >= size &&
           memcmp(text->at, with, size) == 0;
}

/* Where `mark` begins from `at` on, or the end. */
static const char *
find(const struct text *text, const char *at, const char *mark)
{
    const size_t size = strlen(mark);

    for (; at + size <= text->end; at++) {
        at = memchr(at, *mark, (size_t)(text->end - at));
        if (!at || at + size > text->end)
            break;
        if (memcmp(at, mark, size) == 0)
            return at;
    }
    return text->end;
}

/* Append up to `to` without the characters that XML forbids. */
static void
copy_to(struct buf *out, struct text *text, const char *to)
{
    for (; text->at < to; text->at++) {
        char byte = *text->at;

        if ((unsigned char)byte < ' ' && !strchr("\t\n\r", byte))
            byte = ' ';
        buf_add_byte(out, byte);
    }
}

/* The letters and digits at `at`. */
static size_t
name_size(const char *at, const char *end)
{
    const char *start = at;

    while (at < end && (ascii_is_letter(*at) || ascii_is_digit(*at)))
        at++;
    return (size_t)(at - start);
}

static bool
is_xmls_own(const char *name, size_t size)
{
    static const char *const own[] = {"amp", "lt", "gt", "quot", "apos"};

    for (size_t i = 0; i < COUNT(own); i++)
        if (strlen(own[i]) == size && memcmp(name, own[i], size) == 0)
            return true;
    return false;
}

/* "&#233;" and "&#xE9;", of a character that XML allows. */
static bool
is_number(const char *at, const char *end, size_t *size)
{
    const bool hex = end - at > 3 && (at[2] == 'x' || at[2] == 'X');
    char digits[12] = "";
    size_t count = 0;
    unsigned long code;
    char *stop;

    at += hex ? 3 : 2;
    while (at + count < end && count < sizeof(digits) - 1 &&
           (ascii_is_digit(at[count]) || ascii_is_letter(at[count])))
        count++;
    memcpy(digits, at, count);
    code = strtoul(digits, &stop, hex ? 16 : 10);
    *size = count + (hex ? 4 : 3);
    return count > 0 && !*stop && at + count < end && at[count] == ';' &&
           (code >= ' ' || code == '\t' || code == '\n' || code == '\r') &&
           code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) &&
           code != 0xfffe && code != 0xffff;
}

/* What begins with the '&' here. */
static void
mend_reference(struct buf *out, struct text *text)
{
    const char *name = text->at + 1;
    size_t size = name_size(name, text->end);
    const bool ended = name + size < text->end && name[size] == ';';
    size_t number;

    if (name < text->end && *name == '#' &&
        is_number(text->at, text->end, &number)) {
        copy_to(out, text, text->at + number);
    } else if (ended && is_xmls_own(name, size)) {
        copy_to(out, text, name + size + 1);
    } else if (ended && xml_letter(out, name, size)) {
        text->at = name + size + 1;
    } else {
        buf_add_text(out, "&amp;");
        text->at++;
    }
}

/* Does the document type declare names of HTML's letters and nothing else?
 * Then it goes, and `text` moves behind it. */
static bool
skip_letters(struct text *text)
{
    const char *open = find(text, text->at, "[");
    const char *close = find(text, text->at, "]");
    const struct text inside = {open, close};
    struct buf letter = BUF_INIT;
    const char *at = open;
    bool all = close < text->end && find(text, text->at, ">") > open;
    bool any = false;

    while (all && (at = find(&inside, at, "<!ENTITY")) < close) {
        at += strlen("<!ENTITY");
        at += strspn(at, " \t\r\n");
        all = xml_letter(&letter, at, name_size(at, close));
        any = true;
    }
    all = all && any;
    buf_release(&letter);
    if (all)
        text->at = find(text, close, ">");
    if (all && text->at < text->end)
        text->at++;
    return all;
}

/* What begins with the '<' here, up to what is text again; a tag's attributes
 * may hold references, and are read as text is. */
static void
mend_markup(struct buf *out, struct text *text)
{
    static const struct {
        const char *start, *end;
    } asides[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

    for (size_t i = 0; i < COUNT(asides); i++) {
        if (starts(text, asides[i].start)) {
            const char *end = find(text, text->at, asides[i].end);

            copy_to(out, text, end);
            return;
        }
    }
    if (starts(text, "<!DOCTYPE") && skip_letters(text))
        return;
    if (text->end - text->at > 1 &&
        (ascii_is_letter(text->at[1]) || strchr("/!_:", text->at[1]) ||
         (unsigned char)text->at[1] >= 0x80))
        buf_add_byte(out, '<');
    else
        buf_add_text(out, "&lt;");
    text->at++;
}

void
xml_mend(struct buf *out, const char *text, size_t size)
{
    struct text rest = {text, text + size};

    while (rest.at < rest.end) {
        const char *next = rest.at;

        while (next < rest.end && *next != '<' && *next != '&')
            next++;
        copy_to(out, &rest, next);
        if (rest.at < rest.end && *rest.at == '&')
            mend_reference(out, &rest);
        else if (rest.at < rest.end)
            mend_markup(out, &rest);
    }
}

/* --- the tags ------------------------------------------------------------- */

/* Behind the tag here. */
static const char *
behind_tag(const struct text *text, const char *at)
{
    char quote = '\0';

    for (; at < text->end && (quote || *at != '>'); at++) {
        if (quote && *at == quote)
            quote = '\0';
        else if (!quote && (*at == '"' || *at == '\''))
            quote = *at;
    }
    return at < text->end ? at + 1 : at;
}

/* Names of the elements that are open, each ended by a NUL, and where each
 * begins. */
struct open {
    struct buf names;
    size_t start[OPEN_MOST];
    size_t count;
};

static void
end_last(struct buf *out, struct open *open)
{
    const size_t start = open->start[--open->count];

    buf_printf(out, "</%s>", open->names.data + start);
    buf_cut(&open->names, start);
}

/* The end tag of `name`, and of all that is open inside. */
static void
end_named(struct buf *out, struct open *open, const struct buf *name)
{
    size_t at = open->count;

    while (at > 0 &&
           strcmp(open->names.data + open->start[at - 1], name->data) != 0)
        at--;
    while (at > 0 && open->count >= at)
        end_last(out, open);
}

/* What begins with the '<' of a tag here. */
static void
mend_tag(struct buf *out, struct open *open, struct text *text)
{
    const char *end = behind_tag(text, text->at);
    const char *name = text->at + 1 + (text->at[1] == '/');
    const bool empty = end[-1] == '>' && end[-2] == '/';
    struct buf copy = BUF_INIT;

    while (name < end && !strchr(" \t\r\n/>", *name))
        buf_add_byte(&copy, *name++);
    if (text->at[1] == '/') {
        end_named(out, open, &copy);
    } else if (empty || open->count < OPEN_MOST) {
        buf_add(out, text->at, (size_t)(end - text->at));
        if (!empty) {
            open->start[open->count++] = open->names.size;
            buf_add(&open->names, copy.data, copy.size + 1);
        }
    }
    text->at = end;
    buf_release(&copy);
}

void
xml_mend_tags(struct buf *out, const char *text, size_t size)
{
    struct text rest = {text, text + size};
    struct open open = {.names = BUF_INIT};

    while (rest.at < rest.end) {
        const char *next = find(&rest, rest.at, "<");

        buf_add(out, rest.at, (size_t)(next - rest.at));
        rest.at = next;
        if (rest.end - rest.at < 2)
            break;
        if (ascii_is_letter(rest.at[1]) || rest.at[1] == '/' ||
            rest.at[1] == '_') {
            mend_tag(out, &open, &rest);
        } else {
            next = starts(&rest, "<![CDATA[") ? find(&rest, rest.at, "]]>")
                                              : rest.at + 1;
            buf_add(out, rest.at, (size_t)(next - rest.at));
            rest.at = next;
        }
    }
    while (open.count)
        end_last(out, &open);
    buf_release(&open.names);
}

/* --- the items ------------------------------------------------------------ */

/* The next tag that begins with `tag` and whose name ends there. */
static const char *
find_tag(const struct text *text, const char *at, const char *tag)
{
    const size_t size = strlen(tag);

    while ((at = find(text, at, tag)) < text->end) {
        if (at + size < text->end && strchr(" \t\r\n/>", at[size]))
            return at;
        at++;
    }
    return text->end;
}

/* The root's start tag. */
static struct text
find_root(const struct text *text)
{
    struct text root = *text;

    while (root.at < text->end &&
           !(root.at[0] == '<' && root.at + 1 < text->end &&
             root.at[1] != '?' && root.at[1] != '!'))
        root.at++;
    root.end = behind_tag(text, root.at);
    return root;
}

/* The names of items, as a start tag begins and as an end tag does. */
static const struct item {
    const char *start, *end;
} items[] = {
    {"<item", "</item"},         {"<entry", "</entry"},
    {"<newsItem", "</newsItem"}, {"<NewsItem", "</NewsItem"},
    {"<record", "</record"},     {"<article", "</article"},
    {"<story", "</story"},       {"<doc", "</doc"},
};

/* The items of this document, which are in its root; NULL if there are none. */
static const struct item *
find_items(const struct text *text, const struct text *root)
{
    for (size_t i = 0; i < COUNT(items); i++)
        if (find_tag(text, root->end, items[i].start) < text->end)
            return &items[i];
    return NULL;
}

/* Append the item from `at` on; returns what is behind it. */
static const char *
add_item(struct buf *out, const struct text *text, const struct text *root,
         const struct item *item, const char *at, xml_mend_piece *mend)
{
    const size_t root_size = (size_t)(root->end - root->at);
    const char *next = find_tag(text, at + 1, item->start);
    const struct text until_next = {at, next};
    const char *end = find_tag(&until_next, at, item->end);
    struct buf piece = BUF_INIT;

    if (end < next) {
        end = behind_tag(text, end);
        mend(out, root->at, root_size, at, (size_t)(end - at));
    } else if (next < text->end) { /* nobody ended it */
        end = next;
        buf_add(&piece, at, (size_t)(end - at));
        buf_printf(&piece, "%s>", item->end);
        mend(out, root->at, root_size, piece.data, piece.size);
    } else { /* cut off: what there is of it is no item */
        end = text->end;
    }
    buf_release(&piece);
    return end;
}

bool
xml_mend_items(struct buf *out, const char *text, size_t size,
               xml_mend_piece *mend)
{
    const struct text all = {text, text + size};
    const struct text root = find_root(&all);
    const size_t root_size = (size_t)(root.end - root.at);
    const struct item *item = find_items(&all, &root);
    const char *at = text;
    size_t work = WORK_FREE + WORK_MOST * size;

    if (!item || root_size > ROOT_MOST)
        return false;
    while (at < all.end) {
        const char *next = find_tag(&all, at, item->start);

        buf_add(out, at, (size_t)(next - at));
        at = next;
        if (at == all.end)
            break;
        if (work < root_size)
            break;
        work -= root_size;
        at = add_item(out, &all, &root, item, at, mend);
    }
    return true;
}
