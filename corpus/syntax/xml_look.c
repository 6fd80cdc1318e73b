#include "corpus/syntax/xml_look.h"

#include <stdbool.h>
#include <string.h>

enum {
    DEPTH_MOST = 256 /* libxml2 goes no deeper */
};

struct look {
    const char *text;
    const char *at;
    const char *end;
    unsigned depth;
    unsigned declared[DEPTH_MOST + 1]; /* namespaces, by the element's depth */
    unsigned in_force;
    const char *too_many; /* what there are too many of, or NULL */
};

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool
starts(const struct look *look, const char *with)
{
    size_t size = strlen(with);

    return (size_t)(look->end - look->at) >= size &&
           memcmp(look->at, with, size) == 0;
}

/* Go behind `mark`; to the end if it is not there. */
static void
skip_behind(struct look *look, const char *mark)
{
    size_t size = strlen(mark);

    while (look->at < look->end) {
        const char *found =
            memchr(look->at, *mark, (size_t)(look->end - look->at));

        look->at = found ? found : look->end;
        if (starts(look, mark)) {
            look->at += size;
            return;
        }
        look->at += found != NULL;
    }
}

/* Behind the quote that closes the one here. */
static void
skip_quoted(struct look *look)
{
    const char quote[] = {*look->at++, '\0'};

    skip_behind(look, quote);
}

/* Behind a comment or a processing instruction here; false if there is
 * neither. */
static bool
skip_aside(struct look *look)
{
    const char *mark = starts(look, "<!--") ? "-->" : "?>";

    if (*mark != '-' && !starts(look, "<?"))
        return false;
    look->at += *mark == '-' ? 4 : 2;
    skip_behind(look, mark);
    return true;
}

/* Behind the document type, whose own part in brackets may hold '>'. */
static void
skip_doctype(struct look *look)
{
    const char *start = look->at;
    bool inside = false; /* the brackets */
    bool over = false;

    while (look->at < look->end && !over &&
           look->at - start <= XML_DOCTYPE_MOST) {
        char byte = *look->at;

        if (byte == '"' || byte == '\'') {
            skip_quoted(look);
        } else if (!inside || !skip_aside(look)) {
            inside = byte == '[' || (inside && byte != ']');
            over = !inside && byte == '>';
            look->at++;
        }
    }
    if (look->at - start > XML_DOCTYPE_MOST)
        look->too_many = "the document type is longer than 16 KiB";
}

/* The names of attributes begin behind blanks and end before '='. */
static void
look_at_tag(struct look *look)
{
    const char *name = look->at;
    unsigned attributes = 0;
    unsigned namespaces = 0;
    bool empty;

    while (look->at < look->end && *look->at != '>') {
        if (*look->at == '"' || *look->at == '\'') {
            skip_quoted(look);
            continue;
        }
        if (*look->at == '=') {
            attributes++;
            namespaces += look->at - name >= 5 && !memcmp(name, "xmlns", 5);
        } else if (is_blank(*look->at)) {
            name = look->at + 1;
        }
        look->at++;
    }
    empty = look->at < look->end && look->at[-1] == '/';
    if (attributes > XML_ATTRIBUTES_MOST)
        look->too_many = "an element has more than 256 attributes";
    else if (look->in_force + namespaces > XML_NAMESPACES_MOST)
        look->too_many = "more than 256 namespaces are in force at an element";
    if (!empty && look->depth < DEPTH_MOST) {
        look->declared[look->depth++] = namespaces;
        look->in_force += namespaces;
    }
}

/* What begins with the '<' here. */
static void
look_at_markup(struct look *look)
{
    if (skip_aside(look))
        return;
    if (starts(look, "<![CDATA[")) {
        skip_behind(look, "]]>");
    } else if (starts(look, "<!DOCTYPE")) {
        skip_doctype(look);
    } else if (starts(look, "</")) {
        if (look->depth)
            look->in_force -= look->declared[--look->depth];
        skip_behind(look, ">");
    } else {
        look_at_tag(look);
    }
}

enum status
xml_look(const char *text, size_t size, const char *name, struct error *err)
{
    struct look look = {.text = text, .at = text, .end = text + size};
    size_t line = 1;

    while (look.at < look.end && !look.too_many) {
        const char *next = memchr(look.at, '<', (size_t)(look.end - look.at));

        look.at = next ? next : look.end;
        if (next)
            look_at_markup(&look);
    }
    if (!look.too_many)
        return STATUS_OK;
    for (const char *at = text; at < look.at; at++)
        line += *at == '\n';
    return error_set(err, STATUS_LIMIT,
                     "%s: line %zu: %s, which news has no need of; it was not "
                     "read",
                     name, line, look.too_many);
}
