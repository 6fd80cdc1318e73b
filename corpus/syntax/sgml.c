#include "corpus/syntax/sgml.h"

#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

size_t
sgml_find(struct span in, const char *needle)
{
    size_t length = strlen(needle);
    char first = needle[0];
    size_t at = 0;

    while (at + length <= in.size) {
        const char *found = memchr(in.text + at, first, in.size - at);

        if (!found)
            break;
        at = (size_t)(found - in.text);
        if (at + length <= in.size && strncasecmp(found, needle, length) == 0)
            return at;
        at++;
    }
    return in.size;
}

static struct span
behind(struct span in, size_t at)
{
    return (struct span){in.text + at, in.size - at};
}

bool
sgml_element(struct span in, const char *name, struct span *inside)
{
    char tag[32] = "<";
    size_t length = strlen(name);

    if (length > sizeof(tag) - 4)
        return false;
    memcpy(tag + 1, name, length);
    tag[length + 1] = '\0';
    for (;;) {
        size_t at = sgml_find(in, tag);
        const char *close;

        if (at + length + 1 >= in.size)
            return false;
        in = behind(in, at + length + 1);
        if (!strchr("> \t\n", in.text[0]))
            continue;
        close = memchr(in.text, '>', in.size);
        if (!close)
            return false;
        *inside = behind(in, (size_t)(close - in.text) + 1);
        break;
    }
    tag[1] = '/';
    memcpy(tag + 2, name, length);
    tag[length + 2] = '\0';
    inside->size = sgml_find(*inside, tag);
    return true;
}

bool
sgml_attribute(struct span in, const char *name, struct span *value)
{
    const char *end = memchr(in.text, '>', in.size);
    size_t length = strlen(name);

    if (!end)
        return false;
    in.size = (size_t)(end - in.text);
    while (in.size > length + 1) {
        size_t at = sgml_find(in, name);

        if (at + length + 1 >= in.size)
            return false;
        if (at == 0 || !strchr(" \t\n", in.text[at - 1]) ||
            in.text[at + length] != '=') {
            in = behind(in, at + 1);
            continue;
        }
        in = behind(in, at + length + 1);
        if (*in.text == '"' || *in.text == '\'') {
            const char *quote = memchr(in.text + 1, *in.text, in.size - 1);

            if (!quote)
                return false;
            *value = (struct span){in.text + 1, (size_t)(quote - in.text) - 1};
        } else {
            size_t size = 0;

            while (size < in.size && !strchr(" \t\n", in.text[size]))
                size++;
            *value = (struct span){in.text, size};
        }
        return true;
    }
    return false;
}

/* Names that the collections use; the rest stays as it is written. */
static const struct {
    const char *name;
    uint32_t code;
} references[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},
    {"apos", '\''},    {"nbsp", ' '},     {"blank", ' '},     {"hyph", '-'},
    {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},  {"rsquo", 0x2019},
    {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"hellip", 0x2026}, {"bull", 0x2022},
    {"cent", 0xa2},    {"pound", 0xa3},   {"yen", 0xa5},      {"sect", 0xa7},
    {"para", 0xb6},    {"deg", 0xb0},     {"frac12", 0xbd},   {"frac14", 0xbc},
    {"frac34", 0xbe},  {"eacute", 0xe9},  {"egrave", 0xe8},   {"agrave", 0xe0},
    {"aacute", 0xe1},  {"ccedil", 0xe7},  {"ntilde", 0xf1},   {"oacute", 0xf3},
    {"ouml", 0xf6},    {"uuml", 0xfc},    {"auml", 0xe4},     {"szlig", 0xdf},
};

/* "&#233;", "&#xe9;": how many bytes it takes, 0 if it is none. */
static size_t
number_reference(struct span in, uint32_t *code)
{
    bool hex = in.size > 2 && (in.text[2] == 'x' || in.text[2] == 'X');
    const int base = hex ? 16 : 10;
    size_t at = hex ? 3 : 2;
    size_t start = at;

    *code = 0;
    while (at < in.size && at < start + 8) {
        int digit = ascii_hex(in.text[at]);

        if (digit < 0 || digit >= base)
            break;
        *code = *code * (uint32_t)base + (uint32_t)digit;
        at++;
    }
    if (at == start || at >= in.size || in.text[at] != ';')
        return 0;
    return at + 1;
}

/* A reference at the start of `in`; returns the bytes it takes. */
static size_t
add_reference(struct buf *out, struct span in)
{
    uint32_t code;

    if (in.size > 3 && in.text[1] == '#') {
        size_t used = number_reference(in, &code);

        if (used > 0) {
            /* The wire's own control characters part words. */
            utf8_encode(out, code < 0x20 || code == 0x7f ? ' ' : code);
            return used;
        }
    }
    for (size_t i = 0; i < COUNT(references); i++) {
        size_t length = strlen(references[i].name);

        if (in.size > length + 1 && in.text[length + 1] == ';' &&
            strncasecmp(in.text + 1, references[i].name, length) == 0) {
            utf8_encode(out, references[i].code);
            return length + 2;
        }
    }
    buf_add_byte(out, '&');
    return 1;
}

/* A tag at the start of `in`; returns the bytes it takes, 1 if a bare '<'
 * was meant. */
static size_t
skip_tag(struct buf *out, struct span in)
{
    static const char *const breaks[] = {"<p>", "<p ", "<br", "<h3>",
                                         "<f ", "</p", NULL};
    const char *close = memchr(in.text, '>', in.size < 512 ? in.size : 512);
    char next = (char)(in.size > 1 ? in.text[1] : ' ');

    if (!close || !(ascii_is_letter(next) || next == '/' || next == '!')) {
        buf_add_byte(out, '<');
        return 1;
    }
    for (size_t i = 0; breaks[i]; i++)
        if (in.size >= strlen(breaks[i]) &&
            strncasecmp(in.text, breaks[i], strlen(breaks[i])) == 0)
            buf_add_text(out, "\n\n");
    return (size_t)(close - in.text) + 1;
}

void
sgml_text(struct buf *out, struct span in)
{
    while (in.size > 0) {
        size_t plain = 0;
        size_t used;

        while (plain < in.size && in.text[plain] != '<' &&
               in.text[plain] != '&')
            plain++;
        buf_add(out, in.text, plain);
        in = behind(in, plain);
        if (in.size == 0)
            break;
        used = *in.text == '<' ? skip_tag(out, in) : add_reference(out, in);
        in = behind(in, used);
    }
}
